import Database
package import Domain

/// What a handover would do, with counts and names, and a fingerprint by which a change in between shows.
package struct HandoverPreview: Sendable {
  package struct Share: Sendable {
    /// Nil for the clients that stay.
    package let to: AccountID?
    package let name: String?
    package let count: Int
    package let examples: [(id: ClientID, name: String)]
  }
  package struct Thing: Sendable {
    package let key: String
    package let count: Int
    package let examples: [String]
  }
  package let clients: Int
  package let archived: Int
  package let shares: [Share]
  package let things: [Thing]
  /// What ends with the account, when it is closed.
  package let sessions: Int
  package let tokens: Int
  package let closesAccount: Bool
  package let fingerprint: String
}

extension Session {
  package func preview(_ record: HandoverRecord) throws -> HandoverPreview {
    let assignment = try assignment(of: record)
    return HandoverPreview(
      clients: assignment.count, archived: try archivedClients(record), shares: try shares(assignment),
      things: try things(record, assignment), sessions: try ownCount("session", record, "id IS NOT NULL"),
      tokens: try ownCount("api_token", record, "revoked_at IS NULL"), closesAccount: record.reason == .leaves,
      fingerprint: try fingerprint(record, assignment))
  }

  /// Whom each client goes to, by the plan and by what was given one by one; nil for those that stay.
  func assignment(of record: HandoverRecord) throws -> [ClientID: AccountID?] {
    guard let from = record.fromID else { throw Refusal.notFound }
    let choices = Dictionary(uniqueKeysWithValues: try connection.rows("""
      SELECT c.client_id, c.to_id FROM handover_choice c JOIN party p ON p.id = c.client_id
      WHERE c.handover_id = \(record.id) AND p.owner_id = \(from)
      """) { (try $0.next(ClientID.self), try $0.next(AccountID?.self)) })
    return record.plan.assign(try splitClients(of: from, by: record.plan.method == .rule ? record.plan.trait : nil), choices: choices)
  }

  private func splitClients(of from: AccountID, by trait: SplitTrait?) throws -> [SplitClient] {
    let value: SQL =
      switch trait {
      case .language: "p.language"
      case .country: "p.country"
      case .relationship: "CAST(p.relationship_id AS TEXT)"
      case .tag, nil: "CAST(NULL AS TEXT)"
      }
    var tags: [ClientID: Set<String>] = [:]
    if trait == .tag {
      try connection.each("""
        SELECT t.party_id, t.tag_id FROM party p JOIN party_tag t ON t.party_id = p.id WHERE p.owner_id = \(from) AND \(Self.handable)
        """) { row in
        let client = try row.next(ClientID.self)
        tags[client, default: []].insert(try row.next(TagID.self).description)
      }
    }
    return try connection.rows("""
      SELECT p.id, \(value) FROM party p WHERE p.owner_id = \(from) AND \(Self.handable) AND \(visible()) ORDER BY p.id
      """) { row in
      let id = try row.next(ClientID.self), value = try row.next(String?.self)
      return SplitClient(id: id, values: tags[id] ?? value.map { [$0] } ?? [])
    }
  }

  private func archivedClients(_ record: HandoverRecord) throws -> Int {
    try connection.value("""
      SELECT count(*) FROM party p WHERE p.owner_id = \(record.fromID) AND \(Self.handable) AND \(visible())
        AND (p.archived_at IS NOT NULL OR p.deleted_at IS NOT NULL)
      """) ?? 0
  }

  private func ownCount(_ table: StaticString, _ record: HandoverRecord, _ condition: SQL) throws -> Int {
    guard record.reason == .leaves else { return 0 }
    return try connection.value("SELECT count(*) FROM \(raw: table) WHERE account_id = \(record.fromID) AND \(condition)") ?? 0
  }

  private func shares(_ assignment: [ClientID: AccountID?]) throws -> [HandoverPreview.Share] {
    let groups = Dictionary(grouping: assignment.keys.sorted()) { assignment[$0] ?? nil }
    let first = groups.values.flatMap { $0.prefix(5) }
    let names = Dictionary(uniqueKeysWithValues: try connection.rows("SELECT id, name FROM party WHERE id IN \(list: first)") {
      (try $0.next(ClientID.self), try $0.next(String.self))
    })
    let accounts = try accountNames(groups.keys.compactMap(\.self))
    return groups.map { to, clients in
      HandoverPreview.Share(
        to: to, name: to.flatMap { accounts[$0] }, count: clients.count,
        examples: clients.prefix(5).map { (id: $0, name: names[$0] ?? "") })
    }.sorted { ($0.count, $1.name ?? "") > ($1.count, $0.name ?? "") }
  }

  func accountNames(_ ids: [AccountID]) throws -> [AccountID: String] {
    Dictionary(uniqueKeysWithValues: try connection.rows("SELECT id, name FROM account WHERE id IN \(list: ids)") {
      (try $0.next(AccountID.self), try $0.next(String.self))
    })
  }
}

extension Session {
  private func things(_ record: HandoverRecord, _ assignment: [ClientID: AccountID?]) throws -> [HandoverPreview.Thing] {
    guard let from = record.fromID else { return [] }
    let going = Set(assignment.filter { $0.value != nil }.keys)
    return try PassedOn.all.filter { !$0.isSilent }.compactMap { thing in
      if let isTwin = thing.isTwin { return try passing(thing, isTwin, record, from, assignment) }
      if record.reason == .leaves { return try all(thing, of: from) }
      guard let client = thing.client else { return nil }
      // One who stays keeps what belongs to the clients he or she keeps.
      let rows = try connection.rows("SELECT \(client), \(thing.label) FROM \(thing.rows(.everything(from), on: today))") {
        (try $0.next(ClientID?.self), try $0.next(String.self))
      }.filter { $0.0.map(going.contains) ?? false }
      return rows.isEmpty ? nil : HandoverPreview.Thing(key: thing.key, count: rows.count, examples: rows.prefix(3).map(\.1))
    }
  }

  /// What its taker has already stays where it is, and is counted nowhere.
  private func passing(
    _ thing: PassedOn, _ isTwin: (SQL) -> SQL, _ record: HandoverRecord, _ from: AccountID, _ assignment: [ClientID: AccountID?]
  ) throws -> HandoverPreview.Thing? {
    let client = thing.client ?? "CAST(NULL AS BIGINT)", rows = thing.rows(.everything(from), on: today)
    let all = try connection.rows("""
      SELECT t.id, \(client), (SELECT p.owner_id FROM party p JOIN account a ON a.id = p.owner_id
        WHERE p.id = \(client) AND p.owner_id <> \(from) AND a.closed_at IS NULL), \(thing.label) FROM \(rows) ORDER BY t.id
      """) { row in
      let id = try row.next(Int64.self), client = try row.next(ClientID?.self), owner = try row.next(AccountID?.self)
      let given = client.flatMap { assignment[$0] ?? nil }
      return (id: id, to: given ?? (record.reason == .leaves ? owner ?? record.plan.restTaker : nil), label: try row.next(String.self))
    }
    var twins: [AccountID: Set<Int64>] = [:]
    for taker in Set(all.compactMap(\.to)) {
      twins[taker] = Set(try connection.values("SELECT t.id FROM \(rows) AND (\(isTwin("\(taker)")))", as: Int64.self))
    }
    let going = all.filter { row in row.to.map { twins[$0]?.contains(row.id) != true } ?? false }
    return going.isEmpty ? nil : HandoverPreview.Thing(key: thing.key, count: going.count, examples: going.prefix(3).map(\.label))
  }

  private func all(_ thing: PassedOn, of from: AccountID) throws -> HandoverPreview.Thing? {
    let rows = thing.rows(.everything(from), on: today)
    let count = try connection.value("SELECT count(*) FROM \(rows)", as: Int.self) ?? 0
    guard count > 0 else { return nil }
    let examples = try connection.values("SELECT \(thing.label) FROM \(rows) ORDER BY t.id LIMIT 3", as: String.self)
    return HandoverPreview.Thing(key: thing.key, count: count, examples: examples)
  }

  /// The same for the same clients, successors and open things.
  func fingerprint(_ record: HandoverRecord, _ assignment: [ClientID: AccountID?]) throws -> String {
    var hash = StableHash()
    for client in assignment.keys.sorted() {
      hash.add(UInt64(bitPattern: client.rawValue))
      hash.add(UInt64(bitPattern: (assignment[client] ?? nil)?.rawValue ?? 0))
    }
    guard let from = record.fromID else { return hash.value().description }
    for thing in PassedOn.all where !thing.isFleeting {
      let sums = try connection.first("""
        SELECT count(*), CAST(coalesce(sum(t.id), 0) AS \(sqlite: "INTEGER", postgres: "bigint")) FROM \(thing.rows(.everything(from), on: today))
        """) { (try $0.next(Int64.self), try $0.next(Int64.self)) }
      hash.add(UInt64(bitPattern: sums?.0 ?? 0))
      hash.add(UInt64(bitPattern: sums?.1 ?? 0))
    }
    return hash.value().description
  }
}
