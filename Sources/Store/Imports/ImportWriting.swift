import Database
package import Domain

package struct ImportDryRun: Sendable {
  package let counts: ImportCounts
  package let wrong: [ImportRow]
  package let examples: [ImportExample]
  package let seen: ImportSeen
}

extension Session {
  /// What a chunk would do. Nothing is written.
  package func tryImport(_ plan: ImportPlan, _ rows: [ImportRow], seen: ImportSeen) throws -> ImportDryRun {
    try require(.importClients)
    var seen = seen
    let chunk = try ImportChunk(self, plan, rows, seen: &seen)
    return ImportDryRun(counts: chunk.counts, wrong: chunk.wrong, examples: chunk.examples, seen: seen)
  }
}

extension Transaction {
  /// Writes a chunk and moves the import on, in one transaction that commits only while the job holds its lease: run again
  /// after a crash, it goes on with the next row and doubles nothing.
  /// - Parameter rows: those after `from`, the last of them numbered `through`; empty rows are left out.
  @discardableResult
  package func importChunk(
    _ id: ImportID, _ plan: ImportPlan, _ rows: [ImportRow], from: Int, through: Int, job: LeasedJob
  ) throws -> ImportCounts {
    try require(.importClients)
    try require(.editClients)
    try hold(job)
    var seen = ImportSeen(isOn: false)
    let chunk = try ImportChunk(self, plan, rows, seen: &seen)
    try insert(chunk, id)
    var records = chunk.wrong.map { ImportRowRecord(wrong: $0) }
    records += try save(chunk.known.values.filter { !$0.rows.isEmpty }.sorted { $0.stored.id < $1.stored.id }, id)
    try insertRows(id, records)
    let moved = try connection.run("""
      UPDATE import SET next_row = \(through), added = added + \(chunk.counts.added), changed = changed + \(chunk.counts.changed),
        same = same + \(chunk.counts.same), wrong = wrong + \(chunk.counts.wrong)
      WHERE id = \(id) AND next_row = \(from) AND state = \(ImportState.running) AND job_id = \(job.id)
      """)
    guard moved == 1 else { throw LeaseLost() }
    return chunk.counts
  }

  private func insert(_ chunk: ImportChunk, _ id: ImportID) throws {
    let employers = try companies(named: chunk.new.compactMap(\.client.employer))
    let clients = chunk.new.map { row in
      var draft = row.client.client
      if let employer = row.client.employer, employers[Fold.sortKey(employer)] == nil, draft.profile.occupation == nil {
        // No such client: where the person works is still worth knowing.
        draft.profile.occupation = [row.client.role, employer].filter { !$0.isEmpty }.joined(separator: ", ")
      }
      let people = row.client.people.map { NewPerson($0.person, tie: TieDraft(role: $0.role)) }
      var new = NewClient(draft, people: people, importID: id)
      new.toldContact = row.client.lastContact
      return new
    }
    let made = try insertClients(clients)
    for (row, made) in zip(chunk.new, made) {
      if let company = row.client.employer.flatMap({ employers[Fold.sortKey($0)] }) {
        _ = try addTie(company: company, person: made.id, TieDraft(role: row.client.role))
      }
    }
    let contacted = zip(chunk.new, made).compactMap { row, made in row.client.lastContact.map { (made.id, $0) } }
    try connection.run(all: contacted.map { lastContact($1, of: $0) })
    try rhythmFollows(contacted.map(\.0))
  }

  /// A contact of before, known only by its day: it moves "last contact", and tells no channel.
  private func lastContact(_ date: CalendarDate, of id: PartyID) -> SQL { lastContact(zone.noon(date), of: id) }

  func lastContact(_ at: Instant, of id: PartyID) -> SQL {
    """
    UPDATE party SET last_contact_at = \(at), last_contact_id = NULL, last_contact_channel = NULL, last_contact_direction = NULL,
      last_contact_by = NULL WHERE id = \(id) AND last_contact_at < \(at)
    """
  }

  /// Client companies in sight by name; a name that two have names none.
  private func companies(named names: [String]) throws -> [String: PartyID] {
    guard !names.isEmpty else { return [:] }
    let keys = Set(names.map { Fold.sortKey($0) }).sorted()
    let found = try connection.rows("""
      SELECT p.name_sort, p.id FROM party p WHERE p.name_sort IN \(list: keys) AND p.is_client AND p.kind = 'company'
        AND p.archived_at IS NULL AND p.deleted_at IS NULL AND \(visible())
      """) { (try $0.next(String.self), try $0.next(PartyID.self)) }
    return Dictionary(grouping: found, by: \.0).compactMapValues { $0.count == 1 ? $0.first?.1 : nil }
  }

  /// Lays what the rows say over clients and their people.
  private func save(_ targets: [ImportChunk.Known], _ id: ImportID) throws -> [ImportRowRecord] {
    var savings: [PartyID: ClientSaving] = [:]
    func lay(_ draft: ClientDraft, over old: StoredClient) {
      // Someone at two companies may stand in two rows.
      if savings[old.id] == nil { savings[old.id] = ClientSaving(draft, over: old) } else { savings[old.id]?.take(draft) }
    }
    for target in targets {
      lay(target.client.client, over: target.stored)
      for (person, there) in target.changedPeople { lay(person, over: there) }
    }
    let versions = try save(Array(savings.values), importID: id)
    try addPeople(to: targets, id)
    let contacts = try tellLastContacts(
      targets.filter(\.isContacted).compactMap { target in target.client.lastContact.map { (target.stored.id, $0) } }, id)
    return targets.compactMap { target in
      guard let row = target.rows.first else { return nil }
      let old = target.stored
      var before = ImportBefore(draft: old.draft, versionAfter: versions[old.id] ?? old.version)
      before.lastContact = contacts[old.id]
      before.people = target.changedPeople.map { _, there in
        ImportBefore.Person(id: there.id, draft: there.draft, versionAfter: versions[there.id] ?? there.version)
      }
      return ImportRowRecord(changed: row, party: old.id, before: before)
    }
  }

  private func addPeople(to targets: [ImportChunk.Known], _ id: ImportID) throws {
    for target in targets {
      for person in target.client.people.dropFirst(target.people.count) {
        let made = try addPerson(person.person, to: target.stored.id, TieDraft(role: person.role))
        try connection.run("UPDATE party SET import_id = \(id) WHERE id = \(made)")
      }
    }
  }

  /// Those whose last contact was before: the client says so, and its clock runs from there.
  /// - Returns: when it was, of those that moved.
  private func tellLastContacts(_ told: [(client: PartyID, day: CalendarDate)], _ id: ImportID) throws -> [PartyID: Instant] {
    guard !told.isEmpty else { return [:] }
    let known = Dictionary(uniqueKeysWithValues: try connection.rows("""
      SELECT id, last_contact_at FROM party WHERE id IN \(list: told.map(\.client)) ORDER BY id \(sqlite: "", postgres: "FOR UPDATE")
      """) { (try $0.next(PartyID.self), try $0.next(Instant.self)) })
    let later = told.filter { client, day in known[client].map { $0 < zone.noon(day) } ?? false }
    try connection.run(all: later.map { lastContact($0.day, of: $0.client) })
    try rhythmFollows(later.map(\.client))
    try insertHistory(later.map { client, day in
      HistoryDraft(.imported(ImportNote(lastContact: day)), client: client, by: actor.id, at: now, importID: id)
    })
    let moved = Set(later.map(\.client))
    return known.filter { moved.contains($0.key) }
  }
}
