import Database
package import Domain

extension Transaction {
  @discardableResult
  package func addFact(_ draft: FactDraft, to party: PartyID, learnedIn entry: HistoryID? = nil) throws -> FactID {
    try require(.editFacts)
    try requireOpen(party)
    if let entry { _ = try self.entry(entry) }
    let id: FactID = try connection.required("""
      INSERT INTO fact (party_id, kind, text, date, source, source_id, author_id, recorded_at, ends_on)
      VALUES (\(party), \(draft.kind), \(draft.text), \(draft.date), \(draft.source), \(entry), \(actor.id), \(now),
              \(draft.endsOn))
      RETURNING id
      """)
    if draft.recurs { try datesFollow([party]) }
    try record(.factAdded(FactNote(fact: id, kind: draft.kind, text: draft.text)), client: party)
    audit(.created, .fact, id.rawValue)
    return id
  }

  /// - Parameter version: the one the change was made to.
  package func changeFact(_ id: FactID, to draft: FactDraft, version: Int) throws {
    let old = try changeable(id, version)
    guard old.draft != draft else { return }
    try update(old, "kind = \(draft.kind), text = \(draft.text), date = \(draft.date), source = \(draft.source), ends_on = \(draft.endsOn)")
    let before = old.draft.text == draft.text ? nil : old.draft.text
    try record(.factChanged(FactNote(fact: id, kind: draft.kind, text: draft.text, old: before)), client: old.partyID)
    audit(.changed, .fact, id.rawValue)
  }

  /// It holds no longer; it stays to be read, and can be put back.
  package func endFact(_ id: FactID, version: Int) throws {
    let fact = try changeable(id, version)
    guard fact.endedAt == nil else { return }
    try update(fact, "ended_at = \(now), ended_by = \(actor.id)")
    try record(.factEnded(FactNote(fact: id, kind: fact.draft.kind, text: fact.draft.text)), client: fact.partyID)
    audit(.changed, .fact, id.rawValue, detail: "ended")
  }

  /// It holds again. An end date that has passed goes with the end.
  package func restoreFact(_ id: FactID, version: Int) throws {
    let fact = try changeable(id, version)
    let endsOn = fact.draft.endsOn.flatMap { $0 < today ? nil : $0 }
    try update(fact, "ended_at = NULL, ended_by = NULL, ends_on = \(endsOn)")
    try record(.factRestored(FactNote(fact: id, kind: fact.draft.kind, text: fact.draft.text)), client: fact.partyID)
    audit(.restored, .fact, id.rawValue)
  }

  private func changeable(_ id: FactID, _ version: Int) throws -> Fact {
    try require(.editFacts)
    let fact = try self.fact(id)
    try requireOpen(fact.partyID)
    guard fact.version == version else { throw Refusal.conflict(currentVersion: fact.version) }
    return fact
  }

  private func update(_ fact: Fact, _ assignments: SQL) throws {
    let changed = try connection.run("""
      UPDATE fact SET \(assignments), version = version + 1 WHERE id = \(fact.id) AND version = \(fact.version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: fact.version + 1) }
    try datesFollow([fact.partyID])
  }
}

/// Taking back an end puts the fact back, and the other way round; taking back an addition ends it.
package enum FactUndo {
  static let ended = "fact.ended"
  static let restored = "fact.restored"

  struct Payload: Codable {
    let fact: FactID
    /// The fact as it was left: after another change there is nothing to take back blindly.
    let version: Int
  }

  static let kinds: [String: Undoing.TakeBack] = [
    ended: { tx, payload in
      let payload = try JSON.value(payload, as: Payload.self)
      try tx.restoreFact(payload.fact, version: payload.version)
    },
    restored: { tx, payload in
      let payload = try JSON.value(payload, as: Payload.self)
      try tx.endFact(payload.fact, version: payload.version)
    },
  ]
}

extension Transaction {
  package func leaveUndo(ofEnding id: FactID, version: Int, returnTo: String) throws -> UndoID {
    try leaveUndo(
      FactUndo.ended, payload: FactUndo.Payload(fact: id, version: version), summary: "facts.undo.ended", returnTo: returnTo)
  }
  package func leaveUndo(ofRestoring id: FactID, version: Int, returnTo: String) throws -> UndoID {
    try leaveUndo(
      FactUndo.restored, payload: FactUndo.Payload(fact: id, version: version), summary: "facts.undo.restored", returnTo: returnTo)
  }
  package func leaveUndo(ofAdding id: FactID, returnTo: String) throws -> UndoID {
    try leaveUndo(
      FactUndo.restored, payload: FactUndo.Payload(fact: id, version: 1), summary: "facts.undo.added", returnTo: returnTo)
  }
}
