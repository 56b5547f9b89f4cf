import Database
package import Domain

/// A client about to be made, with what is known besides its draft: from an import or demonstration data it may have a past.
package struct NewClient: Sendable {
  package var draft: ClientDraft
  package var people: [NewPerson] = []
  package var importID: ImportID?
  /// The moment of the transaction when nil.
  package var createdAt: Instant?
  /// The actor when nil.
  package var createdBy: AccountID?
  /// As `HistoryDraft`s tell it: the newest contact, kept beside the client.
  package var lastContact: NewLastContact?
  /// The day of a contact before, as the imported file tells it.
  package var toldContact: CalendarDate?
  /// Whether "created" or "imported" is told; demonstration data writes its own history.
  package var tellsCreation = true

  package init(_ draft: ClientDraft, people: [NewPerson] = [], importID: ImportID? = nil) {
    self.draft = draft
    self.people = people
    self.importID = importID
  }
}

package struct NewLastContact: Sendable {
  /// Nil where entries get their numbers when they are written.
  package var entry: HistoryID?
  package let at: Instant
  package let channel: Channel
  package let direction: Direction
  package let by: AccountID?
  package init(_ entry: HistoryID? = nil, at: Instant, channel: Channel, direction: Direction, by: AccountID?) {
    (self.entry, self.at, self.channel, self.direction, self.by) = (entry, at, channel, direction, by)
  }
}

package struct NewPerson: Sendable {
  package var draft: ClientDraft
  package var tie: TieDraft
  /// That of the client when nil.
  package var createdAt: Instant?
  package var lastContact: NewLastContact?
  package init(_ draft: ClientDraft, tie: TieDraft = TieDraft()) {
    self.draft = draft
    self.draft.isClient = false
    self.tie = tie
  }
}

package struct MadeClient: Sendable {
  package let id: ClientID
  /// In the order in which they were given.
  package let people: [PersonID]
}

extension Transaction {
  /// Many clients by the engine's fastest road. The caller has settled owners and own numbers and may do it.
  package func insertClients(_ clients: [NewClient]) throws -> [MadeClient] {
    guard !clients.isEmpty else { return [] }
    let count = clients.reduce(0) { $0 + 1 + $1.people.count }
    var ids = try reserveParties(count)[...]
    let made = clients.map { client in
      MadeClient(id: ids.removeFirst(), people: client.people.map { _ in ids.removeFirst() })
    }
    var batch = PartyBatch(
      teams: try teams(ofOwners: clients.map(\.draft.ownerID)),
      tags: try tagIDs(clients.flatMap { $0.draft.tags + $0.people.flatMap(\.draft.tags) }), now: now, by: actor.id)
    batch.rhythms = try rhythmTable(tags: batch.tags.values)
    for (client, made) in zip(clients, made) { try batch.add(client, made) }
    try batch.write(to: connection)
    try insertHistory(batch.history)
    if batch.hasRhythm, let first = made.first?.id, let last = made.last?.id {
      try rhythmReasons(where: "p.id BETWEEN \(first) AND \(last)")
    }
    try datesFollow(batch.born)
    for made in made { audit(.created, .party, made.id.rawValue) }
    return made
  }

  /// Ids in ascending order, not used by anyone else.
  private func reserveParties(_ count: Int) throws -> [PartyID] {
    if connection.dialect == .sqlite {
      let last = try connection.required("SELECT coalesce(max(id), 0) FROM party", as: Int64.self)
      return (1...Int64(count)).map { PartyID(rawValue: last + $0) }
    }
    return try connection.values("SELECT nextval(pg_get_serial_sequence('party', 'id')) FROM generate_series(1, \(count))")
  }
}

/// Rows of all tables, gathered to be written one table after another.
struct PartyBatch {
  let teams: [AccountID?: TeamID?]
  let tags: [String: TagID]
  let now: Instant
  let by: AccountID
  private var parties: [[SQLValue]] = []
  private var points: [[SQLValue]] = []
  private var partyTags: [[SQLValue]] = []
  private var values: [[SQLValue]] = []
  private var ties: [[SQLValue]] = []
  private var documents: [[SQLValue]] = []
  private(set) var history: [HistoryDraft] = []
  var rhythms = RhythmTable()
  private(set) var hasRhythm = false
  /// Those with a birthday.
  private(set) var born: [PartyID] = []

  init(teams: [AccountID?: TeamID?], tags: [String: TagID], now: Instant, by: AccountID) {
    (self.teams, self.tags, self.now, self.by) = (teams, tags, now, by)
  }

  mutating func add(_ client: NewClient, _ made: MadeClient) throws {
    try add(client.draft, made.id, client, at: client.createdAt, lastContact: client.lastContact)
    var document = client.draft.searchDocument
    for (person, id) in zip(client.people, made.people) {
      let created = person.createdAt ?? client.createdAt
      try add(person.draft, id, client, at: created, lastContact: person.lastContact)
      let own = person.draft.searchDocument
      documents.append([id.sqlValue, own.sqlValue])
      if person.tie.until == nil { document += "\n" + own }
      ties.append(person.tie.row(company: made.id, person: id, at: created ?? now))
    }
    documents.append([made.id.sqlValue, document.sqlValue])
    guard client.tellsCreation else { return }
    let event = client.importID == nil ? HistoryEvent.partyCreated : .imported(ImportNote(lastContact: client.toldContact))
    history.append(HistoryDraft(event, client: made.id, by: client.createdBy ?? by, at: now, importID: client.importID))
    for (person, id) in zip(client.people, made.people) {
      let note = person.tie.note(company: made.id, person: id)
      history.append(HistoryDraft(.tieBegan(note), client: made.id, by: by, at: now, importID: client.importID))
    }
  }

  private mutating func add(
    _ draft: ClientDraft, _ id: PartyID, _ client: NewClient, at created: Instant?, lastContact last: NewLastContact?
  ) throws {
    let created = created ?? now, author = client.createdBy ?? by
    let owner = draft.isClient ? draft.ownerID : nil
    let own = Set(draft.tags.compactMap { tags[Fold.search($0)] })
    let days = draft.isClient ? rhythms.days(of: draft, own) : nil
    hasRhythm = hasRhythm || days != nil
    if draft.birthDate != nil { born.append(id) }
    parties.append([
      id.sqlValue, draft.kind.sqlValue, draft.isClient.sqlValue, draft.name.sqlValue, draft.sortKey.sqlValue,
      draft.givenName.sqlValue, draft.middleName.sqlValue, draft.familyName.sqlValue, draft.ownNumber.sqlValue,
      draft.language.sqlValue, draft.zone.sqlValue, draft.country.sqlValue, draft.birthDate.sqlValue, draft.industry.sqlValue,
      draft.size.sqlValue, (draft.profile == Profile() ? "{}" : try JSON.text(draft.profile)).sqlValue, draft.note.sqlValue,
      draft.relationshipID.sqlValue, owner.sqlValue, (teams[owner] ?? nil).sqlValue,
      (last?.at ?? Instant(milliseconds: 0)).sqlValue, (last?.entry).sqlValue, (last?.channel).sqlValue, (last?.direction).sqlValue, (last?.by).sqlValue,
      created.sqlValue, author.sqlValue, created.sqlValue, author.sqlValue, client.importID.sqlValue,
      draft.contactDays.sqlValue, days.sqlValue, (days.map { Rhythm.due(after: last?.at ?? created, every: $0) } ?? Reason.never).sqlValue,
    ])
    points += Transaction.pointRows(id, draft.contactPoints)
    partyTags += own.map { [id.sqlValue, $0.sqlValue] }
    values += Transaction.valueRows(id, draft.customValues)
  }

  func write(to connection: any Connection) throws {
    try connection.insert(into: "party", Self.partyColumns, rows: parties)
    try connection.insert(into: "contact_point", Transaction.pointColumns, rows: points)
    try connection.insert(into: "party_tag", ["party_id", "tag_id"], rows: partyTags)
    try connection.insert(into: "custom_value", Transaction.valueColumns, rows: values)
    try connection.insert(into: "tie", TieDraft.columns, rows: ties)
    try connection.insert(into: "party_search", ["party_id", "doc"], rows: documents)
  }

  private static let partyColumns: [StaticString] = [
    "id", "kind", "is_client", "name", "name_sort", "given_name", "middle_name", "family_name", "own_number", "language", "zone",
    "country", "birth_date", "industry", "size_band", "profile", "note", "relationship_id", "owner_id", "team_id",
    "last_contact_at", "last_contact_id", "last_contact_channel", "last_contact_direction", "last_contact_by", "created_at", "created_by",
    "changed_at", "changed_by", "import_id", "contact_days_own", "contact_days", "contact_due_at",
  ]
}
