import Database
package import Domain

/// From stage to stage. What follows from a stage (won, begun, finished, lost) is written with it.
extension Transaction {
  /// - Parameters:
  ///   - reason: why it was lost; asked for there, kept nowhere else.
  package func moveDeal(
    _ id: DealID, to stage: StageID, expecting version: Int?, reason: ReasonID? = nil, words: String = ""
  ) throws {
    let deal = try changeable(id, version)
    guard stage != deal.stage.id else { return }
    guard let target = try stages().first(where: { $0.id == stage }) else {
      throw InvalidForm([FieldMessage(field: "stage", key: "deals.error.stage")])
    }
    var why: LossReason?
    if target.phase == .lost {
      why = try lossReasons(archived: true).first { $0.id == reason }
      guard why != nil else { throw InvalidForm([FieldMessage(field: "reason_id", key: "deals.error.reason")]) }
    }
    try place(deal, at: target, reason: why, words: target.phase == .lost ? words : "")
  }

  /// For a stage that is taken out of the pipeline: deals of everyone, whatever the actor sees.
  func put(_ id: DealID, from old: DealStage, to new: DealStage) throws {
    guard let deal = try connection.first("""
      SELECT \(StoredDeal.columns) FROM \(StoredDeal.tables) WHERE d.id = \(id)
      """, { try StoredDeal(row: &$0) }) else { return }
    try place(deal, at: new, reason: deal.reason, words: deal.lostNote)
  }

  private func place(_ deal: StoredDeal, at target: DealStage, reason: LossReason?, words: String) throws {
    let to = target.phase
    let wonAt = to.isWon ? deal.wonAt ?? now : nil
    let finishedAt = to == .finished ? deal.finishedAt ?? now : nil
    let lostAt = to == .lost ? deal.lostAt ?? now : nil
    let changed = try connection.run("""
      UPDATE deal SET stage_id = \(target.id), stage_since = \(now), won_at = \(wonAt), finished_at = \(finishedAt),
        lost_at = \(lostAt), reason_id = \(to == .lost ? reason?.id : nil), lost_note = \(words), changed_at = \(now),
        changed_by = \(actor.id), version = version + 1
      WHERE id = \(deal.id) AND version = \(deal.version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: deal.version + 1) }
    let price = deal.draft.price
    try tell(.stage(DealStageChange(
      deal: deal.id, name: deal.draft.name, from: deal.stage.ref, to: target.ref, fromPhase: deal.stage.phase, toPhase: to,
      reason: reason?.key, reasonName: reason?.name, words: words, price: price.money(price.final ?? price.agreed))),
      client: deal.clientID)
    audit(.changed, .deal, deal.id.rawValue, detail: "stage")
    try begins(deal, at: to)
    try answerOpportunities(of: deal, at: to)
  }

  /// The day work begins and the day it ends, where nobody named them.
  private func begins(_ deal: StoredDeal, at phase: DealPhase) throws {
    var period = deal.draft.period
    if phase == .delivery, period.actualFrom == nil { period.actualFrom = today }
    if phase == .finished, period.actualUntil == nil { period.actualUntil = max(today, period.actualFrom ?? today) }
    guard period != deal.draft.period else { return }
    try connection.run("""
      UPDATE deal SET actual_from = \(period.actualFrom), actual_until = \(period.actualUntil) WHERE id = \(deal.id)
      """)
    try tell(.period(DealPeriodChange(
      deal: deal.id, name: deal.draft.name, old: deal.draft.period, new: period,
      price: deal.draft.price.money(deal.draft.price.agreed), priceStayed: true)), client: deal.clientID)
  }

  /// Out of the lists. It comes back by undo, for 30 days.
  package func removeDeal(_ id: DealID, expecting version: Int?) throws {
    let deal = try changeable(id, version)
    try connection.run("""
      UPDATE deal SET deleted_at = \(now), changed_at = \(now), changed_by = \(actor.id), version = version + 1 WHERE id = \(id)
      """)
    try tell(.removed(deal.note), client: deal.clientID)
    audit(.removed, .deal, id.rawValue)
  }

  func restoreDeal(_ id: DealID) throws {
    try require(.editDeals)
    let deal = try self.deal(id)
    guard deal.isRemoved else { return }
    try requireOpen(deal.clientID)
    try connection.run("""
      UPDATE deal SET deleted_at = NULL, changed_at = \(now), changed_by = \(actor.id), version = version + 1 WHERE id = \(id)
      """)
    try tell(.restored(deal.note), client: deal.clientID)
    audit(.restored, .deal, id.rawValue)
  }
}
