import Database
package import Domain

/// A client that undo left as it is, and why.
package struct KeptClient: Codable, Sendable, Hashable {
  package enum Reason: String, Codable, Sendable { case changed, contacted, gone }
  package let id: PartyID
  package let name: String
  package let reason: Reason
}

package struct UndoProgress: Codable, Sendable, Hashable {
  package var removed = 0
  package var restored = 0
  package var kept = 0
  /// The first of the kept ones, to be looked at.
  package var examples: [KeptClient] = []
  package init() {}

  mutating func keep(_ client: KeptClient) {
    kept += 1
    if examples.count < 100 { examples.append(client) }
  }
}

/// Takes an import back: what it made goes to the bin, what it changed gets its values of before, unless someone has changed
/// it since or has been in contact. Each step can be done again after a crash and finds nothing left to do.
extension Transaction {
  package func openUndo(_ id: ImportID, _ job: LeasedJob) throws -> ImportRecord {
    try hold(job)
    let record = try importRecord(id)
    guard record.jobID == job.id else { throw LeaseLost() }
    return record
  }

  /// The next clients and people whom the import made.
  /// - Returns: the last one looked at; nil when there are no more.
  package func undoCreated(
    _ id: ImportID, after last: PartyID, limit: Int, job: LeasedJob, _ progress: inout UndoProgress
  ) throws -> PartyID? {
    try hold(job)
    let made = try connection.rows("""
      SELECT p.id, p.name, p.version, (\(visible())) IS TRUE,
        EXISTS (SELECT 1 FROM history h WHERE h.client_id = p.id AND NOT h.automatic)
          OR EXISTS (SELECT 1 FROM history h WHERE h.person_id = p.id AND NOT h.automatic),
        EXISTS (SELECT 1 FROM fact f WHERE f.party_id = p.id)
          OR EXISTS (SELECT 1 FROM tie t JOIN party o ON o.id = t.person_id WHERE t.company_id = p.id AND o.import_id IS DISTINCT FROM \(id))
      FROM party p WHERE p.import_id = \(id) AND p.id > \(last) AND p.deleted_at IS NULL AND p.erased_at IS NULL
      ORDER BY p.id LIMIT \(limit)
      """) { try Made(&$0) }
    let own = try versionsAfter(id, made.map(\.id))
    var gone: [PartyID] = []
    for party in made {
      if party.isContacted { progress.keep(KeptClient(id: party.id, name: party.name, reason: .contacted)) }
      else if party.hasMore || party.version != own[party.id] ?? 1 { progress.keep(KeptClient(id: party.id, name: party.name, reason: .changed)) }
      else if !party.isVisible { progress.keep(KeptClient(id: party.id, name: "", reason: .gone)) }
      else { gone.append(party.id) }
    }
    if !gone.isEmpty { progress.removed += try take(.remove, gone).count }
    return made.last?.id
  }

  /// The version that this import left behind, of parties that a later row of the file changed again.
  private func versionsAfter(_ id: ImportID, _ parties: [PartyID]) throws -> [PartyID: Int] {
    var versions: [PartyID: Int] = [:]
    try connection.each("""
      SELECT party_id, before FROM import_row WHERE import_id = \(id) AND party_id IN \(list: parties) AND before IS NOT NULL ORDER BY row
      """) { row in
      let party = try row.next(PartyID.self)
      let before: ImportBefore = try JSON.value(try row.next())
      versions[party] = max(versions[party] ?? 0, before.versionAfter)
    }
    return versions
  }

  /// The next changed clients, those of the last rows first: what one row gave away and a later one took is free again.
  /// - Returns: how many were looked at.
  package func undoChanged(_ id: ImportID, limit: Int, job: LeasedJob, _ progress: inout UndoProgress) throws -> Int {
    try hold(job)
    let rows = try connection.rows("""
      SELECT r.party_id, p.import_id IS NOT DISTINCT FROM \(id) FROM import_row r JOIN party p ON p.id = r.party_id
      WHERE r.import_id = \(id) AND r.outcome = 'changed' AND r.before IS NOT NULL ORDER BY r.row DESC LIMIT \(limit)
      """) { (id: try $0.next(PartyID.self), isOwn: try $0.next(Bool.self)) }
    var seen: Set<PartyID> = []
    let parties = rows.filter { seen.insert($0.id).inserted }
    for party in parties {
      // What the import made itself went to the bin or was kept as a whole.
      if !party.isOwn, let before = try firstBefore(id, party.id) { try putBack(party.id, before, &progress) }
      try connection.run("UPDATE import_row SET before = NULL WHERE import_id = \(id) AND party_id = \(party.id)")
    }
    return parties.count
  }

  /// Several rows of the file may have changed one client: how it was before the first, and its version after the last.
  private func firstBefore(_ id: ImportID, _ party: PartyID) throws -> ImportBefore? {
    let all = try connection.rows("""
      SELECT before FROM import_row WHERE import_id = \(id) AND party_id = \(party) AND before IS NOT NULL ORDER BY row
      """) { try JSON.value(try $0.next(), as: ImportBefore.self) }
    guard let first = all.first, let last = all.last else { return nil }
    var before = ImportBefore(draft: first.draft, versionAfter: last.versionAfter)
    before.lastContact = all.lazy.compactMap(\.lastContact).first
    let people = Dictionary(grouping: all.flatMap(\.people), by: \.id), companies = try currentCompanies(of: people.keys.sorted())
    for (person, here) in people.sorted(by: { $0.key < $1.key }) {
      // Someone at several companies may stand in rows of each.
      let versions = companies[person, default: []].count > 1 ? try everywhere(id, person) : here
      guard let draft = versions.first?.draft, let version = versions.map(\.versionAfter).max() else { continue }
      before.people.append(ImportBefore.Person(id: person, draft: draft, versionAfter: version))
    }
    return before
  }

  /// How someone was before each row that is not taken back yet, whichever company the row is of.
  private func everywhere(_ id: ImportID, _ person: PartyID) throws -> [ImportBefore.Person] {
    let mention = "%\"id\":\(person)"
    return try connection.rows("""
      SELECT before FROM import_row WHERE import_id = \(id) AND (before LIKE \(mention + ",%") OR before LIKE \(mention + "}%")) ORDER BY row
      """) { try JSON.value(try $0.next(), as: ImportBefore.self) }.flatMap(\.people).filter { $0.id == person }
  }

  private func putBack(_ party: PartyID, _ before: ImportBefore, _ progress: inout UndoProgress) throws {
    for person in before.people { _ = try putBack(person.id, person.draft, person.versionAfter) }
    if let kept = try putBack(party, before.draft, before.versionAfter) { return progress.keep(kept) }
    progress.restored += 1
    guard let contact = before.lastContact else { return }
    // The newest that somebody wrote down, or what an import of before knew.
    try recomputeLastContact(of: party)
    try connection.run(lastContact(contact, of: party))
    try rhythmFollows([party])
  }

  private func putBack(_ id: PartyID, _ draft: ClientDraft, _ version: Int) throws -> KeptClient? {
    guard let now = try storedClients([id])[id], now.deletedAt == nil else {
      return KeptClient(id: id, name: "", reason: .gone)
    }
    // A person may stand in two rows, of which the first has put everything back.
    if now.draft == draft { return nil }
    guard now.version == version else { return KeptClient(id: id, name: now.draft.name, reason: .changed) }
    do { try connection.savepoint { _ = try save(draft, over: now) } } catch is Refusal {
      return KeptClient(id: id, name: now.draft.name, reason: .changed)
    } catch is InvalidForm {
      return KeptClient(id: id, name: now.draft.name, reason: .changed)
    }
    return nil
  }

  package func endUndo(_ id: ImportID, _ job: LeasedJob) throws {
    try hold(job)
    try connection.run("""
      UPDATE import SET state = \(ImportState.undone), ended_at = \(now), version = version + 1 WHERE id = \(id) AND job_id = \(job.id)
      """)
  }
}

private struct Made {
  let id: PartyID, name: String, version: Int, isVisible: Bool, isContacted: Bool, hasMore: Bool

  init(_ row: inout Row) throws {
    id = try row.next()
    name = try row.next()
    version = try row.next()
    isVisible = try row.next()
    isContacted = try row.next()
    hasMore = try row.next()
  }
}
