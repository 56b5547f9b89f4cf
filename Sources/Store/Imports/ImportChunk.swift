package import Database
package import Domain

/// Decides what each row of a chunk is to the base: new, changed, same or wrong. The dry run stops here; the run writes it.
///
/// Two rows of one chunk may be the same client: the later one is laid over the earlier.
struct ImportChunk {
  enum Target: Equatable {
    case new(Int)
    case known(PartyID)
  }
  struct Known {
    let stored: StoredClient
    var client: ImportedClient
    /// Of people who are there, in the order of `client.people`; those after them are new.
    let people: [StoredPerson]
    var rows: [Int] = []
    /// A row knows of a later contact than the base.
    var isContacted = false

    /// People who are there and are others now than they were.
    var changedPeople: [(now: ClientDraft, stored: StoredClient)] {
      zip(client.people, people).compactMap { now, there in
        now.person == there.stored.draft ? nil : (now.person, there.stored)
      }
    }
  }
  struct StoredPerson {
    let tie: Tie?
    let stored: StoredClient
  }
  struct New {
    var client: ImportedClient
    let row: Int
  }

  private(set) var new: [New] = []
  private(set) var known: [PartyID: Known] = [:]
  private(set) var wrong: [ImportRow] = []
  private(set) var counts = ImportCounts()
  private(set) var examples: [ImportExample] = []
  private var pending: [String: Target] = [:]
  private let plan: ImportPlan
  private let lookups: ImportLookups

  /// - Parameter seen: keys of earlier chunks of a dry run, which wrote nothing that could be found.
  init(_ session: any Session, _ plan: ImportPlan, _ rows: [ImportRow], seen: inout ImportSeen) throws {
    self.plan = plan
    lookups = try ImportLookups(session, plan)
    var resolved: [(row: ImportRow, client: ImportedClient)] = []
    for row in rows {
      guard let (client, problems) = lookups.resolve(row) else {
        reject(row, row.problems)
        continue
      }
      if problems.isEmpty { resolved.append((row, client)) } else { reject(row, problems) }
    }
    let matches = try ImportMatches(session, plan.mapping.match, resolved.map(\.client))
    try readKnown(session, resolved, matches)
    for (row, client) in resolved { take(row, client, matches, &seen) }
  }

  private mutating func readKnown(
    _ session: any Session, _ rows: [(row: ImportRow, client: ImportedClient)], _ matches: ImportMatches
  ) throws {
    var wanted: Set<PartyID> = [], withPeople: Set<PartyID> = []
    for (_, client) in rows {
      guard case .party(let id) = matches.match(client) else { continue }
      wanted.insert(id)
      if !client.people.isEmpty { withPeople.insert(id) }
    }
    guard !wanted.isEmpty else { return }
    let stored = try session.storedClients(wanted.sorted())
    let people = try session.people(at: withPeople.sorted())
    let contacts = rows.contains { $0.client.lastContact != nil } ? try session.lastContacts(of: wanted.sorted()) : [:]
    for (id, client) in stored {
      var base = ImportedClient(client: client.draft)
      base.lastContact = contacts[id].map { session.zone.date($0) }
      let there = people[id] ?? []
      base.people = there.map { ImportedPerson(person: $0.stored.draft, role: $0.tie?.tie.role ?? "") }
      known[id] = Known(stored: client, client: base, people: there)
    }
  }

  private mutating func reject(_ row: ImportRow, _ problems: [RowProblem]) {
    let row = ImportRow(number: row.number, line: row.line, cells: row.cells, problems: problems)
    wrong.append(row)
    counts.wrong += 1
    examples.append(ImportExample(
      line: row.line, outcome: .wrong, name: row.cells.first { !$0.isEmpty } ?? "", party: nil, changes: [], problems: problems))
  }

  private mutating func take(_ row: ImportRow, _ client: ImportedClient, _ matches: ImportMatches, _ seen: inout ImportSeen) {
    let keys = client.matchValues(plan.mapping.match)
    switch keys.compactMap({ pending[$0] }).first {
    case .new(let index):
      join(row, client, index, matches)
      return
    case .known(let id):
      update(row, client, id, keys, matches)
      return
    case nil: break
    }
    switch matches.match(client) {
    case .elsewhere: reject(row, [lookups.problem(nil, "elsewhere", "")])
    case .several: reject(row, [lookups.problem(nil, "several", "")])
    case .party(let id): update(row, client, id, keys, matches)
    case .none: add(row, client, keys, matches, &seen)
    }
  }

  private mutating func add(
    _ row: ImportRow, _ client: ImportedClient, _ keys: [String], _ matches: ImportMatches, _ seen: inout ImportSeen
  ) {
    guard isFree(client.client.ownNumber, for: .new(new.count), row, matches) else { return }
    if let again = seen.note(keys, row.cells) {
      // An earlier chunk of the dry run has it.
      if again || plan.existing == .skip { counts.same += 1 } else { counts.changed += 1 }
      return
    }
    var client = client
    client.client.ownerID = lookups.owner(of: client.client)
    for key in keys { pending[key] = .new(new.count) }
    claim(client.client.ownNumber, for: .new(new.count))
    new.append(New(client: client, row: row.number))
    counts.added += 1
    example(row, .new, client.client.name, nil, [])
  }

  /// The same client again in this chunk.
  private mutating func join(_ row: ImportRow, _ client: ImportedClient, _ index: Int, _ matches: ImportMatches) {
    guard plan.existing != .skip else {
      counts.same += 1
      return
    }
    guard isFree(client.client.ownNumber, for: .new(index), row, matches) else { return }
    claim(client.client.ownNumber, for: .new(index))
    let before = new[index].client
    let after = client.laid(onto: before)
    new[index].client = after
    if after == before { counts.same += 1 } else { counts.changed += 1 }
  }

  private mutating func update(
    _ row: ImportRow, _ client: ImportedClient, _ id: PartyID, _ keys: [String], _ matches: ImportMatches
  ) {
    guard var target = known[id] else {
      reject(row, [lookups.problem(nil, "elsewhere", "")])
      return
    }
    guard isFree(client.client.ownNumber, for: .known(id), row, matches) else { return }
    for key in keys { pending[key] = .known(id) }
    guard plan.existing == .update else {
      counts.same += 1
      return
    }
    claim(client.client.ownNumber, for: .known(id))
    var client = client
    if !namesCountry(row.cells), target.client.client.country != nil { client.client.country = nil }
    // Someone at a client stays that, whatever the list calls them.
    client.client.isClient = target.client.client.isClient
    let before = target.client
    target.client = client.laid(onto: before)
    let changes = before.client.changedFields(to: target.client.client).map { FieldChange($0.name, old: $0.old, new: $0.new) }
    let people = before.people != target.client.people, isContacted = before.lastContact != target.client.lastContact
    guard !changes.isEmpty || people || isContacted else {
      counts.same += 1
      return
    }
    target.rows.append(row.number)
    target.isContacted = target.isContacted || isContacted
    known[id] = target
    counts.changed += 1
    let names = people ? [FieldChange("people", old: before.peopleNames, new: target.client.peopleNames)] : []
    let contact = !isContacted ? [] : [
      FieldChange("lastContact", old: before.lastContact?.description ?? "", new: target.client.lastContact?.description ?? "")
    ]
    example(row, .changed, before.client.name, id, changes + names + contact)
  }

  /// An own number is nobody else's, neither in the base nor in this chunk; else the row is wrong.
  private mutating func isFree(_ number: String?, for target: Target, _ row: ImportRow, _ matches: ImportMatches) -> Bool {
    guard let number else { return true }
    let holders = [matches.numbers[number].map(Target.known), pending["#" + number]].compactMap(\.self)
    if holders.allSatisfy({ $0 == target }) { return true }
    reject(row, [lookups.problem(.ownNumber, "number_taken", number)])
    return false
  }
  private mutating func claim(_ number: String?, for target: Target) {
    if let number { pending["#" + number] = target }
  }

  /// The default country is for those whose country is not known.
  private func namesCountry(_ cells: [String]) -> Bool {
    plan.mapping.fields.contains { column, field in
      switch field {
      case .country, .address(.country, _): cells.dropFirst(column).first.map { !$0.isEmpty } ?? false
      default: false
      }
    }
  }

  private mutating func example(
    _ row: ImportRow, _ outcome: ImportOutcome, _ name: String, _ party: PartyID?, _ changes: [FieldChange]
  ) {
    guard examples.count(where: { $0.outcome == outcome }) < Self.examplesOfEach else { return }
    examples.append(ImportExample(line: row.line, outcome: outcome, name: name, party: party, changes: changes, problems: []))
  }

  package static let examplesOfEach = 10
}

/// Keys that a dry run met in earlier chunks, by hash: eight bytes each, so that a million rows fit.
package struct ImportSeen: Sendable {
  private var rows: [Int: Int] = [:]
  private let isOn: Bool

  /// Off for a run, which finds in the base what it wrote.
  package init(isOn: Bool) { self.isOn = isOn }

  /// - Returns: nil when none of the keys was met; else whether the row was word for word the same.
  mutating func note(_ keys: [String], _ cells: [String]) -> Bool? {
    guard isOn, !keys.isEmpty else { return nil }
    let content = cells.hashValue
    if let earlier = keys.compactMap({ rows[$0.hashValue] }).first { return earlier == content }
    for key in keys { rows[key.hashValue] = content }
    return nil
  }
}

extension ImportedClient {
  /// Laid over, with the ids that the words were resolved to.
  fileprivate func laid(onto old: ImportedClient) -> ImportedClient {
    var new = merged(onto: old)
    new.client.relationshipID = client.relationshipID ?? old.client.relationshipID
    new.client.ownerID = client.ownerID ?? old.client.ownerID
    new.client.customValues = old.client.customValues.merging(client.customValues) { _, imported in imported }
    return new
  }
  fileprivate var peopleNames: String { people.map(\.person.name).joined(separator: ", ") }
}

extension Session {
  /// Of those who had one.
  fileprivate func lastContacts(of clients: [PartyID]) throws -> [PartyID: Instant] {
    Dictionary(uniqueKeysWithValues: try connection.rows("""
      SELECT id, last_contact_at FROM party WHERE id IN \(list: clients) AND last_contact_at > 0
      """) { (try $0.next(PartyID.self), try $0.next(Instant.self)) })
  }

  /// People of today, with their ties.
  fileprivate func people(at companies: [PartyID]) throws -> [PartyID: [ImportChunk.StoredPerson]] {
    guard !companies.isEmpty else { return [:] }
    let ties = try connection.rows(
      "\(Tie.select) WHERE t.company_id IN \(list: companies) AND t.until_date IS NULL ORDER BY t.id", { try Tie(&$0) })
    let stored = try storedClients(Set(ties.map(\.person)).sorted())
    var people: [PartyID: [ImportChunk.StoredPerson]] = [:]
    for tie in ties {
      guard let person = stored[tie.person], person.deletedAt == nil else { continue }
      people[tie.company, default: []].append(ImportChunk.StoredPerson(tie: tie, stored: person))
    }
    return people
  }
}
