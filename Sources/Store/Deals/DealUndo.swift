import Database
package import Domain

/// Taking back what was done to a deal. Each is refused when something else was done to the deal since.
package enum DealUndo {
  static let moved = "deal.moved"
  static let line = "deal.line"
  static let removed = "deal.removed"

  struct Moved: Codable {
    let deal: DealID
    /// The deal's version after the move.
    let version: Int
    let stage: StageID
    let stageSince: Instant
    let wonAt: Instant?
    let finishedAt: Instant?
    let lostAt: Instant?
    let reason: ReasonID?
    let words: String
    let period: DealPeriod
  }
  struct Line: Codable {
    let deal: DealID
    let line: DealLineDraft
  }
  struct Removed: Codable { let deal: DealID }

  static let kinds: [String: Undoing.TakeBack] = [
    moved: { tx, payload in try tx.takeBack(try JSON.value(payload, as: Moved.self)) },
    line: { tx, payload in
      let removed = try JSON.value(payload, as: Line.self)
      let deal = try tx.changeable(removed.deal, nil)
      try tx.insertLine(removed.line, removed.deal)
      try tx.linesChanged(deal, FieldChange("line", old: nil, new: removed.line.text))
    },
    removed: { tx, payload in try tx.restoreDeal(try JSON.value(payload, as: Removed.self).deal) },
  ]
}

extension Transaction {
  /// Moves a deal and leaves how to take it back.
  package func moveDealWithUndo(
    _ id: DealID, to stage: StageID, expecting version: Int?, reason: ReasonID? = nil, words: String = "", returnTo: String
  ) throws -> UndoID? {
    let old = try deal(id)
    try moveDeal(id, to: stage, expecting: version, reason: reason, words: words)
    let new = try deal(id)
    guard new.version != old.version else { return nil }
    return try leaveUndo(
      DealUndo.moved,
      payload: DealUndo.Moved(
        deal: id, version: new.version, stage: old.stage.id, stageSince: old.stageSince, wonAt: old.wonAt,
        finishedAt: old.finishedAt, lostAt: old.lostAt, reason: old.reason?.id, words: old.lostNote, period: old.draft.period),
      summary: new.stage.phase == .lost ? "deals.undo.lost" : "deals.undo.moved", ["name": new.draft.name], returnTo: returnTo)
  }

  package func removeDealWithUndo(_ id: DealID, expecting version: Int?, returnTo: String) throws -> UndoID {
    let old = try deal(id)
    try removeDeal(id, expecting: version)
    return try leaveUndo(
      DealUndo.removed, payload: DealUndo.Removed(deal: id), summary: "deals.undo.removed", ["name": old.draft.name],
      returnTo: returnTo, lifetime: Bin.lifetime)
  }

  fileprivate func takeBack(_ move: DealUndo.Moved) throws {
    let deal = try changeable(move.deal, move.version)
    let old = try stage(move.stage)
    guard !old.isArchived else { throw Refusal.conflict(currentVersion: deal.version) }
    try connection.run("""
      UPDATE deal SET stage_id = \(old.id), stage_since = \(move.stageSince), won_at = \(move.wonAt),
        finished_at = \(move.finishedAt), lost_at = \(move.lostAt), reason_id = \(move.reason), lost_note = \(move.words),
        actual_from = \(move.period.actualFrom), actual_until = \(move.period.actualUntil), changed_at = \(now),
        changed_by = \(actor.id), version = version + 1
      WHERE id = \(deal.id) AND version = \(deal.version)
      """)
    let price = deal.draft.price
    try tell(.stage(DealStageChange(
      deal: deal.id, name: deal.draft.name, from: deal.stage.ref, to: old.ref, fromPhase: deal.stage.phase, toPhase: old.phase,
      price: price.money(price.final ?? price.agreed))), client: deal.clientID)
    if move.period != deal.draft.period {
      try tell(.period(DealPeriodChange(
        deal: deal.id, name: deal.draft.name, old: deal.draft.period, new: move.period, price: price.money(price.agreed),
        priceStayed: true)), client: deal.clientID)
    }
    audit(.changed, .deal, deal.id.rawValue, detail: "stage")
    try answerOpportunities(of: deal, at: old.phase)
  }
}
