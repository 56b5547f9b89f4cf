import Database
package import Domain

extension Transaction {
  /// Writes an automatic entry, in the transaction of what it tells about. Whether the actor may do that is the caller's
  /// question, answered before.
  @discardableResult
  package func record(
    _ event: HistoryEvent, client: ClientID, person: PersonID? = nil, importID: ImportID? = nil
  ) throws -> HistoryID {
    let entry = try insert(HistoryDraft(event, client: client, person: person, by: actor.id, at: now, importID: importID))
    try dossierHears(event, client: client, entry: entry)
    return entry
  }

  /// Many entries by the engine's fastest road. Contacts among them do not move "last contact": the caller writes it with
  /// the parties, or calls `recomputeLastContact`.
  package func insertHistory(_ drafts: some Sequence<HistoryDraft>) throws {
    try connection.insert(into: "history", HistoryDraft.columns, rows: drafts.lazy.map(\.values))
  }

  func insert(_ draft: HistoryDraft) throws -> HistoryID {
    try connection.required("""
      INSERT INTO history (client_id, person_id, kind, version, automatic, channel, direction, occurred_at, recorded_at,
        author_id, subject, body, outcome, text_key, data, corrects_id, import_id)
      VALUES (\(draft.values.map { "\($0)" as SQL }.joined(separator: ",")))
      RETURNING id
      """)
  }
}

extension Transaction {
  /// Writes what a person says happened, for a client this actor may see.
  @discardableResult
  package func logContact(_ contact: Contact, client: ClientID) throws -> HistoryID {
    let id = try write(.contact(contact), client: client)
    try moveLastContact(to: id, contact, of: client)
    try dossierHears(contact, client: client, entry: id)
    if let person = contact.personID, person != client { try moveLastContact(to: id, contact, of: person) }
    if contact.direction == .incoming { try answered(client, at: contact.occurredAt) }
    try introduced(to: client)
    if let person = contact.personID { try introduced(to: person, at: client) }
    return id
  }

  @discardableResult
  package func addNote(_ note: Note, client: ClientID) throws -> HistoryID { try write(.note(note), client: client) }

  private func write(_ written: Written, client: ClientID) throws -> HistoryID {
    try require(.logContacts)
    try requireOpen(client)
    if let person = written.personID { try requirePerson(person, of: client) }
    let id = try insert(HistoryDraft(written, client: client, by: actor.id, recordedAt: now))
    audit(.created, .history, id.rawValue)
    return id
  }

  /// Forward only: a contact entered late, of long ago, leaves the later one standing.
  private func moveLastContact(to id: HistoryID, _ contact: Contact, of party: PartyID) throws {
    let moved = try connection.run("""
      UPDATE party SET last_contact_at = \(contact.occurredAt), last_contact_id = \(id),
        last_contact_channel = \(contact.channel), last_contact_direction = \(contact.direction), last_contact_by = \(actor.id)
      WHERE id = \(party) AND last_contact_at <= \(contact.occurredAt)
      """)
    if moved > 0 { try restartClock(of: party) }
  }

  /// After a correction or withdrawal: the newest contact that still stands, or never.
  package func recomputeLastContact(of party: PartyID) throws {
    // Locks the row before reading: a contact being logged meanwhile is either seen here or moves the row afterwards.
    try connection.run("UPDATE party SET last_contact_at = last_contact_at WHERE id = \(party)")
    let newest: SQL = """
      FROM history h LEFT JOIN history_mark m ON m.history_id = h.id
      WHERE NOT h.automatic AND h.kind = 'contact' AND m.superseded_by IS NULL
      """
    let byClient = try connection.first(
      "SELECT h.id, h.occurred_at, h.channel, h.direction, h.author_id \(newest) AND h.client_id = \(party) ORDER BY h.occurred_at DESC, h.id DESC LIMIT 1",
      LastContact.init(row:))
    let byPerson = try connection.first(
      "SELECT h.id, h.occurred_at, h.channel, h.direction, h.author_id \(newest) AND h.person_id = \(party) ORDER BY h.occurred_at DESC, h.id DESC LIMIT 1",
      LastContact.init(row:))
    let last = [byClient, byPerson].compactMap(\.self).max { ($0.at, $0.id) < ($1.at, $1.id) }
    try connection.run("""
      UPDATE party SET last_contact_at = \(last?.at ?? Instant(milliseconds: 0)), last_contact_id = \(last?.id),
        last_contact_channel = \(last?.channel), last_contact_direction = \(last?.direction), last_contact_by = \(last?.by)
      WHERE id = \(party)
      """)
    try putClockBack(of: party)
  }
}

private struct LastContact {
  let id: HistoryID, at: Instant, channel: Channel?, direction: Direction?, by: AccountID?

  init(row: inout Row) throws {
    id = try row.next()
    at = try row.next()
    channel = try row.next()
    direction = try row.next()
    by = try row.next()
  }
}

extension Session {
  /// The client is there and this actor may see it.
  func requireVisible(_ party: PartyID) throws {
    guard try connection.exists("SELECT 1 FROM party p WHERE p.id = \(party) AND \(visible())") else { throw Refusal.notFound }
  }
  /// … and is not in the bin.
  func requireOpen(_ party: PartyID) throws {
    guard try connection.exists("SELECT 1 FROM party p WHERE p.id = \(party) AND p.deleted_at IS NULL AND \(visible())")
    else { throw Refusal.notFound }
  }
  /// With whom: the client itself or someone who is or was tied to it.
  func requirePerson(_ person: PersonID, of client: ClientID) throws {
    guard try person == client || connection.exists(
      "SELECT 1 FROM tie WHERE company_id = \(client) AND person_id = \(person)")
    else { throw InvalidForm([FieldMessage(field: "person", key: "history.error.person")]) }
  }
}
