import Database
package import Domain

/// Who is what at which company, from when until when.
package struct TieDraft: Hashable, Sendable, Codable {
  package var role: String
  /// Decides for the client.
  package var isManager: Bool
  package var from: CalendarDate?
  package var until: CalendarDate?

  package init(role: String = "", isManager: Bool = false, from: CalendarDate? = nil, until: CalendarDate? = nil) {
    (self.role, self.isManager, self.from, self.until) = (role, isManager, from, until)
  }

  static let columns: [StaticString] = ["company_id", "person_id", "role", "is_manager", "from_date", "until_date", "created_at"]
  func row(company: PartyID, person: PersonID, at now: Instant) -> [SQLValue] {
    [
      company.sqlValue, person.sqlValue, role.sqlValue, isManager.sqlValue, from.sqlValue, until.sqlValue, now.sqlValue,
    ]
  }
  func note(company: PartyID, person: PersonID) -> TieNote {
    TieNote(company: company, person: person, role: role, isManager: isManager, from: from, until: until)
  }
}

package struct Tie: Hashable, Sendable, Codable {
  package let id: TieID
  package let company: PartyID
  package let person: PersonID
  package let tie: TieDraft
  package let version: Int

  package var isCurrent: Bool { tie.until == nil }

  init(_ row: inout Row) throws {
    id = try row.next()
    company = try row.next()
    person = try row.next()
    tie = TieDraft(role: try row.next(), isManager: try row.next(), from: try row.next(), until: try row.next())
    version = try row.next()
  }
  static let select: SQL = "SELECT t.id, t.company_id, t.person_id, t.role, t.is_manager, t.from_date, t.until_date, t.version FROM tie t"
}

extension Session {
  /// Its company must be in the actor's scope.
  package func tie(_ id: TieID) throws -> Tie {
    let found = try connection.first(
      "\(Tie.select) JOIN party p ON p.id = t.company_id WHERE t.id = \(id) AND p.deleted_at IS NULL AND \(visible())", { try Tie(&$0) })
    guard let found else { throw Refusal.notFound }
    return found
  }

  func currentCompanies(of people: [PersonID]) throws -> [PersonID: [PartyID]] {
    guard !people.isEmpty else { return [:] }
    let ties = try connection.rows("""
      SELECT person_id, company_id FROM tie WHERE person_id IN \(list: people) AND until_date IS NULL ORDER BY company_id
      """) { (person: try $0.next(PersonID.self), company: try $0.next(PartyID.self)) }
    return Dictionary(grouping: ties, by: \.person).mapValues { $0.map(\.company) }
  }
}

extension Transaction {
  /// A new person at a client.
  package func addPerson(_ draft: ClientDraft, to company: PartyID, _ tie: TieDraft) throws -> PersonID {
    try require(.editClients)
    let client = try storedClient(company)
    guard client.deletedAt == nil, client.draft.kind == .company else { throw Refusal.notFound }
    var draft = draft
    draft.isClient = false
    draft.ownerID = nil
    var row = NewClient(draft)
    row.tellsCreation = false
    guard let made = try insertClients([row]).first else { throw Refusal.notFound }
    try join(company, made.id, tie)
    return made.id
  }

  /// Someone who is here already, at one more client.
  package func addTie(company: PartyID, person: PersonID, _ tie: TieDraft) throws -> TieID {
    try require(.editClients)
    let ends = try storedClients([company, person])
    guard let firm = ends[company], let someone = ends[person], firm.deletedAt == nil, someone.deletedAt == nil,
      firm.draft.kind == .company, someone.draft.kind == .person
    else { throw Refusal.notFound }
    guard company != person else { throw InvalidForm([FieldMessage(field: "person", key: "clients.error.tie_self")]) }
    let twice = try connection.exists(
      "SELECT 1 FROM tie WHERE company_id = \(company) AND person_id = \(person) AND until_date IS NULL")
    if twice { throw InvalidForm([FieldMessage(field: "person", key: "clients.error.tie_twice")]) }
    return try join(company, person, tie)
  }

  @discardableResult
  private func join(_ company: PartyID, _ person: PersonID, _ tie: TieDraft) throws -> TieID {
    let id: TieID = try connection.required("""
      INSERT INTO tie (company_id, person_id, role, is_manager, from_date, until_date, created_at)
      VALUES (\(company), \(person), \(tie.role), \(tie.isManager), \(tie.from), \(tie.until), \(now)) RETURNING id
      """)
    try record(tie.until == nil ? .tieBegan(tie.note(company: company, person: person)) : .tieChanged(tie.note(company: company, person: person)),
      client: company, person: person)
    if tie.isManager, tie.until == nil { try becomeManager(person, of: company, tie: id) }
    audit(.created, .tie, id.rawValue)
    try datesFollow([person])
    try refreshSearch(of: [company])
    return id
  }

  package func updateTie(_ id: TieID, _ draft: TieDraft, expecting version: Int) throws {
    try require(.editClients)
    let old = try tie(id)
    guard old.version == version else { throw Refusal.conflict(currentVersion: old.version) }
    guard draft != old.tie else { return }
    let changed = try connection.run("""
      UPDATE tie SET role = \(draft.role), is_manager = \(draft.isManager), from_date = \(draft.from),
        until_date = \(draft.until), version = version + 1 WHERE id = \(id) AND version = \(version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: version + 1) }
    let note = draft.note(company: old.company, person: old.person)
    let ended = old.isCurrent && draft.until != nil
    try record(ended ? .tieEnded(note) : .tieChanged(note), client: old.company, person: old.person)
    if draft.isManager, !old.tie.isManager, draft.until == nil { try becomeManager(old.person, of: old.company, tie: id) }
    if !draft.isManager || draft.until != nil { try dropAcquaintance([id]) }
    audit(.changed, .tie, id.rawValue)
    if old.isCurrent != (draft.until == nil) { try datesFollow([old.person]) }
    try refreshSearch(of: [old.company])
  }

  /// One person at a time decides for a client: the former manager stays tied and loses the mark. A handing over by the one
  /// to the other is an event of its own.
  private func becomeManager(_ person: PersonID, of company: PartyID, tie: TieID) throws {
    let former = try connection.rows("""
      SELECT id, person_id FROM tie WHERE company_id = \(company) AND is_manager AND until_date IS NULL AND id <> \(tie)
      """) { (try $0.next(TieID.self), try $0.next(PersonID.self)) }
    let before = try former.first?.1 ?? connection.value("""
      SELECT person_id FROM tie WHERE company_id = \(company) AND is_manager AND id <> \(tie) ORDER BY until_date DESC, id DESC LIMIT 1
      """, as: PersonID.self)
    for (old, _) in former {
      try connection.run("UPDATE tie SET is_manager = \(false), version = version + 1 WHERE id = \(old)")
    }
    try dropAcquaintance(former.map(\.0))
    guard let before, before != person else { return }
    try record(.managerChanged(ManagerChange(from: before, to: person)), client: company, person: person)
    try proposeAcquaintance(with: tie, at: company)
  }
}
