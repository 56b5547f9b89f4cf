import Database
package import Domain

/// The client's manager changed (D1): one tie ends and another begins, in one transaction, with one undo.
package struct ManagerSuccession: Sendable {
  package enum Successor: Sendable {
    case known(PersonID)
    case new(ClientDraft)
    /// Nobody knows yet.
    case unknown
  }
  /// Where the old manager went: the work with him or her may go on there.
  package enum Destination: Sendable {
    case none
    case known(PartyID, role: String)
    case new(name: String, role: String)
  }
  /// The old manager's tie; nil where nobody was known to decide.
  package let old: TieID?
  package let lastDay: CalendarDate
  package let successor: Successor
  package let role: String
  package let destination: Destination

  /// How long before the last day one may know of it.
  package static let noticeDays = 366

  package init(old: TieID?, lastDay: CalendarDate, successor: Successor, role: String = "", destination: Destination = .none) {
    (self.old, self.lastDay, self.successor, self.role, self.destination) = (old, lastDay, successor, role, destination)
  }
}

extension Transaction {
  /// - Returns: how to take it back; nil when nothing was to be done.
  package func changeManager(of company: ClientID, _ change: ManagerSuccession, returnTo: String) throws -> UndoID? {
    try require(.editClients)
    let client = try storedClient(company)
    guard client.draft.kind == .company, client.deletedAt == nil else { throw Refusal.notFound }
    var undo = ManagerUndo.Payload(company: company)
    let old = try change.old.map(tie)
    if let old {
      guard old.company == company, old.isCurrent else { throw Refusal.conflict(currentVersion: old.version) }
      undo.old = try endManager(old, on: change.lastDay)
    }
    try succeed(old, change, &undo)
    if let old { try follow(old.person, change, &undo) }
    guard undo.old != nil || undo.new != nil else { return nil }
    return try leaveUndo(
      ManagerUndo.kind, payload: undo, summary: "handover.undo.manager", ["client": client.draft.name], returnTo: returnTo,
      lifetime: HandoverRecord.undoLifetime)
  }

  private func endManager(_ old: Tie, on day: CalendarDate) throws -> ManagerUndo.Changed {
    var ended = old.tie
    // A tie that is said to have begun later cannot end before.
    ended.until = max(day, ended.from ?? day)
    try updateTie(old.id, ended, expecting: old.version)
    return ManagerUndo.Changed(tie: old.id, before: old.tie, after: old.version + 1)
  }

  private func succeed(_ old: Tie?, _ change: ManagerSuccession, _ undo: inout ManagerUndo.Payload) throws {
    let company = undo.company
    let role = change.role.isEmpty ? old?.tie.role ?? "" : change.role
    let person: PersonID
    switch change.successor {
    case .unknown: return
    case .new(let draft):
      let made = try addPerson(draft, to: company, TieDraft(role: role, isManager: true, from: change.lastDay))
      undo.new = try newestTie(of: made, at: company)
      undo.madePerson = made
      return
    case .known(let known): person = known
    }
    guard try isSomeone(person, for: company) else {
      throw InvalidForm([FieldMessage(field: "successor", key: "handover.error.person")])
    }
    guard person != old?.person else { throw InvalidForm([FieldMessage(field: "successor", key: "handover.error.same_person")]) }
    if let there = try currentTie(of: person, at: company) {
      var raised = there.tie
      raised.isManager = true
      if !change.role.isEmpty { raised.role = change.role }
      guard raised != there.tie else { return }
      try updateTie(there.id, raised, expecting: there.version)
      undo.raised = ManagerUndo.Changed(tie: there.id, before: there.tie, after: there.version + 1)
      undo.new = there.id
    } else {
      undo.new = try addTie(company: company, person: person, TieDraft(role: role, isManager: true, from: change.lastDay))
    }
  }

  private func follow(_ person: PersonID, _ change: ManagerSuccession, _ undo: inout ManagerUndo.Payload) throws {
    let place: PartyID, role: String
    switch change.destination {
    case .none: return
    case .known(let known, let there):
      guard let firm = try storedClients([known])[known], firm.draft.kind == .company, firm.deletedAt == nil else {
        throw InvalidForm([FieldMessage(field: "company_name", key: "handover.error.company")])
      }
      (place, role) = (known, there)
    case .new(let name, let there):
      place = try createClient(ClientDraft(kind: .company, name: name))
      undo.madeCompany = place
      role = there
    }
    guard place != undo.company else { throw InvalidForm([FieldMessage(field: "company_name", key: "handover.error.same_company")]) }
    // Said of the company here: the one who is there already is no field of this form.
    guard try currentTie(of: person, at: place) == nil else {
      throw InvalidForm([FieldMessage(field: "company_name", key: "clients.error.tie_twice")])
    }
    undo.followed = try addTie(company: place, person: person, TieDraft(role: role, from: change.lastDay))
  }

  /// Whoever works at the company is known there, even where he or she is also a client out of the actor's sight.
  private func isSomeone(_ id: PersonID, for company: ClientID) throws -> Bool {
    try connection.exists("""
      SELECT 1 FROM party p WHERE p.id = \(id) AND p.kind = \(PartyKind.person) AND p.deleted_at IS NULL AND p.erased_at IS NULL
        AND (\(visible())
          OR EXISTS (SELECT 1 FROM tie t WHERE t.person_id = p.id AND t.company_id = \(company) AND t.until_date IS NULL))
      """)
  }

  func currentTie(of person: PersonID, at company: PartyID) throws -> Tie? {
    try connection.first(
      "\(Tie.select) WHERE t.company_id = \(company) AND t.person_id = \(person) AND t.until_date IS NULL ORDER BY t.id LIMIT 1") { try Tie(&$0) }
  }
}

enum ManagerUndo {
  static let kind = "handover.manager"

  /// A tie as it was, and the version it was left with: after another change there is nothing to take back blindly.
  struct Changed: Codable {
    let tie: TieID
    let before: TieDraft
    let after: Int
  }
  struct Payload: Codable {
    let company: ClientID
    var old: Changed?
    var raised: Changed?
    var new: TieID?
    var madePerson: PersonID?
    var followed: TieID?
    var madeCompany: PartyID?
  }

  static let kinds: [String: Undoing.TakeBack] = [
    kind: { tx, payload in
      let undo: Payload = try JSON.value(payload)
      try takeBack(undo, tx)
    },
  ]

  /// The new tie first, so that the old manager is the only one again when he or she comes back.
  private static func takeBack(_ undo: Payload, _ tx: Transaction) throws {
    if let followed = undo.followed { try tx.removeTie(followed, expecting: 1) }
    if let company = undo.madeCompany { try tx.take(.remove, [company]) }
    if let raised = undo.raised {
      try tx.updateTie(raised.tie, raised.before, expecting: raised.after)
    } else if let new = undo.new {
      try tx.removeTie(new, expecting: 1)
      if let person = undo.madePerson { try tx.binOrphan(person) }
    }
    guard let old = undo.old else { return }
    // Coming back is no change of manager to propose anything for.
    try tx.restoreTie(old.tie, old.before, expecting: old.after)
  }
}

extension Transaction {
  /// A person who was made for the change goes with it, unless someone has been in contact since.
  fileprivate func binOrphan(_ person: PersonID) throws {
    let isKnown = try connection.exists("""
      SELECT 1 FROM history WHERE person_id = \(person) AND NOT automatic UNION ALL SELECT 1 FROM fact WHERE party_id = \(person)
      UNION ALL SELECT 1 FROM tie WHERE person_id = \(person)
      """)
    if isKnown { return }
    try connection.run("""
      UPDATE party SET deleted_at = \(now), changed_at = \(now), changed_by = \(actor.id), version = version + 1 WHERE id = \(person)
      """)
    audit(.removed, .party, person.rawValue)
  }

  fileprivate func restoreTie(_ id: TieID, _ draft: TieDraft, expecting version: Int) throws {
    let old = try tie(id)
    let changed = try connection.run("""
      UPDATE tie SET role = \(draft.role), is_manager = \(draft.isManager), from_date = \(draft.from), until_date = \(draft.until),
        version = version + 1 WHERE id = \(id) AND version = \(version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: old.version) }
    if draft.isManager {
      // Whoever decided in between does not any more.
      try connection.run("""
        UPDATE tie SET is_manager = \(false), version = version + 1
        WHERE company_id = \(old.company) AND is_manager AND until_date IS NULL AND id <> \(id)
        """)
    }
    try record(.tieChanged(draft.note(company: old.company, person: old.person)), client: old.company, person: old.person)
    audit(.undone, .tie, id.rawValue)
    try refreshSearch(of: [old.company])
  }
}
