import Database
package import Domain

/// Laying aside what is shown, until a day or until the client answers. Who, when and why stays to be read; what it hid comes
/// back by itself.
extension Transaction {
  /// All that is shown of the client in the row of this reason; a reason that comes up later shows.
  package func snooze(_ key: ReasonKey, _ draft: SnoozeDraft, returnTo: String) throws -> UndoID {
    try require(.logContacts)
    let first = try shownReason(key)
    let reasons = try row(of: first)
    let until = draft.end(from: now, in: zone)
    let id: Int64 = try connection.required("""
      INSERT INTO snooze (client_id, until_at, until_answer, why, made_at, made_by)
      VALUES (\(first.clientID), \(until), \(draft.untilAnswer), \(draft.why), \(now), \(actor.id)) RETURNING id
      """)
    try connection.run("""
      UPDATE reason SET snooze_id = \(id), snoozed_until = \(until), shows_at = CASE WHEN shows_at = \(Reason.never) THEN shows_at
        WHEN from_at > \(until) THEN from_at ELSE \(until) END WHERE id IN \(list: reasons.map(\.id))
      """)
    if let client = first.clientID {
      try record(.snoozed(SnoozeNote(until: zone.date(until), untilAnswer: draft.untilAnswer, why: draft.why)), client: client)
    }
    audit(.changed, .reason, first.id, detail: "snoozed")
    let name = try reasonName(first)
    return try leaveUndo("today.snoozed", payload: SnoozeUndo(snooze: id), summary: "today.undo.snoozed", ["name": name], returnTo: returnTo)
  }

  /// The client came in with something: what waited for that is shown again.
  func answered(_ client: ClientID, at moment: Instant) throws {
    let waiting = try connection.values("""
      SELECT id FROM snooze WHERE client_id = \(client) AND ended_at IS NULL AND until_answer AND made_at <= \(moment)
      """, as: Int64.self)
    for snooze in waiting { try wake(snooze) }
  }

  /// Before its time.
  package func wake(_ snooze: Int64) throws {
    try connection.run("UPDATE snooze SET ended_at = \(now), ended_by = \(actor.id) WHERE id = \(snooze) AND ended_at IS NULL")
    try connection.run("""
      UPDATE reason SET snooze_id = NULL, snoozed_until = 0,
        shows_at = CASE WHEN shows_at = \(Reason.never) THEN shows_at ELSE from_at END WHERE snooze_id = \(snooze)
      """)
  }

  /// Any who may see it may look at it again.
  package func wake(_ key: ReasonKey) throws {
    try require(.logContacts)
    let found = try connection.first("""
      SELECT \(StoredReason.columns), r.snooze_id FROM reason r WHERE r.kind = \(key.kind) AND r.subject_id = \(key.subject)
      """, { (try StoredReason(&$0), try $0.next(Int64?.self)) })
    guard let (reason, snooze) = found, try isInReach(reason) else { throw Refusal.notFound }
    guard let snooze else { return }
    try wake(snooze)
    audit(.changed, .reason, reason.id, detail: "woken")
  }
}

private struct SnoozeUndo: Codable { let snooze: Int64 }

enum TodayUndo {
  static let kinds: [String: Undoing.TakeBack] = YearlyDates.undo.merging([
    "today.snoozed": { tx, payload in try tx.wake(try JSON.value(payload, as: SnoozeUndo.self).snooze) },
    "today.passed": Transaction.undoPassing, "today.absence": Transaction.undoAbsence,
  ]) { first, _ in first }
}
