import Database
import Domain

/// Finds which parties of the base the rows of a chunk are: a few reads for a thousand rows.
struct ImportMatches {
  struct Found {
    let party: PartyID
    let isClient: Bool
    let isVisible: Bool
  }
  enum Match {
    case none
    case party(PartyID)
    /// Someone has it whom the actor may not see.
    case elsewhere
    case several
  }

  private var byKey: [String: [Found]] = [:]
  private var companies: [PartyID: [Found]] = [:]
  /// Own numbers in use, whatever the rows are matched by: a number is nobody else's.
  private(set) var numbers: [String: PartyID] = [:]
  private let key: MatchKey

  init(_ session: any Session, _ key: MatchKey, _ clients: [ImportedClient]) throws {
    self.key = key
    try readNumbers(session, Set(clients.compactMap(\.client.ownNumber)).sorted())
    guard key == .email || key == .phone else { return }
    let kind = key == .email ? ContactPointKind.email : .phone
    let values = Set(clients.flatMap { $0.matchValues(key) }).sorted()
    guard !values.isEmpty else { return }
    try session.connection.each("""
      SELECT cp.value_key, p.id, p.is_client, (\(session.visible())) IS TRUE FROM contact_point cp JOIN party p ON p.id = cp.party_id
      WHERE cp.kind = \(kind) AND cp.value_key IN \(list: values) AND p.deleted_at IS NULL AND p.erased_at IS NULL
      """) { row in
      let value = try row.next(String.self)
      byKey[value, default: []].append(Found(party: try row.next(), isClient: try row.next(), isVisible: try row.next()))
    }
    try readCompanies(session, Set(byKey.values.joined().filter { !$0.isClient }.map(\.party)).sorted())
  }

  private mutating func readNumbers(_ session: any Session, _ values: [String]) throws {
    guard !values.isEmpty else { return }
    try session.connection.each("""
      SELECT p.own_number, p.id, p.is_client, (\(session.visible())) IS TRUE, p.deleted_at IS NULL FROM party p
      WHERE p.own_number IN \(list: values)
      """) { row in
      let number = try row.next(String.self)
      let found = Found(party: try row.next(), isClient: try row.next(), isVisible: try row.next())
      numbers[number] = found.party
      if key == .ownNumber { byKey[number] = [Found(party: found.party, isClient: true, isVisible: try found.isVisible && row.next())] }
    }
  }

  private mutating func readCompanies(_ session: any Session, _ people: [PartyID]) throws {
    guard !people.isEmpty else { return }
    try session.connection.each("""
      SELECT t.person_id, p.id, p.is_client, (\(session.visible())) IS TRUE FROM tie t JOIN party p ON p.id = t.company_id
      WHERE t.person_id IN \(list: people) AND t.until_date IS NULL AND p.deleted_at IS NULL AND p.erased_at IS NULL
      """) { row in
      let person = try row.next(PartyID.self)
      companies[person, default: []].append(Found(party: try row.next(), isClient: try row.next(), isVisible: try row.next()))
    }
  }

  /// By the client's own values first; where they say nothing, by those of its people.
  func match(_ imported: ImportedClient) -> Match {
    guard key != .none else { return .none }
    let own = ImportedClient(client: imported.client).matchValues(key).flatMap { byKey[$0] ?? [] }
    let found = own.isEmpty ? imported.matchValues(key).flatMap { byKey[$0] ?? [] } : own
    guard !found.isEmpty else { return .none }
    var targets = found.filter(\.isVisible)
    if targets.isEmpty { return .elsewhere }
    if imported.client.kind == .company {
      // A person's address in the row of a company says which company it is.
      targets = targets.flatMap { $0.isClient ? [$0] : companies[$0.party] ?? [] }.filter(\.isVisible)
    }
    if targets.contains(where: \.isClient) { targets = targets.filter(\.isClient) }
    let ids = Set(targets.map(\.party))
    guard let only = ids.first else { return .none }
    return ids.count == 1 ? .party(only) : .several
  }
}
