import Database
package import Domain

/// The pipeline's stages and the reasons for losing, as a company sets them.
extension Session {
  package func stages(archived: Bool = false) throws -> [DealStage] {
    try connection.rows("""
      SELECT \(DealStage.columns) FROM deal_stage s \(archived ? "" : "WHERE s.archived_at IS NULL" as SQL) ORDER BY s.position, s.id
      """) { try DealStage(row: &$0) }
  }

  package func stage(_ id: StageID) throws -> DealStage {
    guard let stage = try connection.first("SELECT \(DealStage.columns) FROM deal_stage s WHERE s.id = \(id)", {
      try DealStage(row: &$0)
    }) else { throw Refusal.notFound }
    return stage
  }

  package func lossReasons(archived: Bool = false) throws -> [LossReason] {
    try connection.rows("""
      SELECT id, key, name, archived_at, version FROM deal_reason \(archived ? "" : "WHERE archived_at IS NULL" as SQL)
      ORDER BY position, id
      """) { row in
      LossReason(
        id: try row.next(), key: try row.next(), name: try row.next(), isArchived: try row.next(Int64?.self) != nil,
        version: try row.next())
    }
  }

  /// How many deals stand at each stage.
  package func stageUse() throws -> [StageID: Int] {
    var out: [StageID: Int] = [:]
    try connection.each("SELECT stage_id, count(*) FROM deal WHERE deleted_at IS NULL GROUP BY stage_id") { row in
      out[try row.next()] = try row.next(Int.self)
    }
    return out
  }
}

extension DealStage {
  static let columns: SQL = "s.id, s.key, s.name, s.phase, s.probability, s.position, s.archived_at, s.version"

  init(row: inout Row) throws {
    self.init(
      id: try row.next(), key: try row.next(), name: try row.next(), phase: try row.next(), probability: try row.next(),
      position: try row.next(), isArchived: try row.next(Int64?.self) != nil, version: try row.next())
  }
}

extension Transaction {
  /// A new stage stands before the first that ends a deal.
  @discardableResult
  package func createStage(_ draft: StageDraft) throws -> StageID {
    try require(.manageDeals)
    guard let name = draft.name else { throw InvalidForm([FieldMessage(field: "name", key: "field.required")]) }
    let all = try stages()
    try requireFreeName(name, among: all.map { ($0.id.rawValue, $0.name) }, except: nil)
    let before = all.first { $0.phase.isClosed }?.position ?? (all.last?.position ?? 0) + 1
    try connection.run("UPDATE deal_stage SET position = position + 1 WHERE position >= \(before)")
    let id: StageID = try connection.required("""
      INSERT INTO deal_stage (key, name, phase, probability, position)
      VALUES (\("own.\(Fold.search(name)).\(now.milliseconds)"), \(name), \(draft.phase), \(draft.probability), \(before)) RETURNING id
      """)
    audit(.created, .stage, id.rawValue)
    return id
  }

  /// The pipeline keeps one stage for what is open and one for what is lost, whatever is changed.
  package func changeStage(_ id: StageID, _ draft: StageDraft, expecting version: Int) throws {
    try require(.manageDeals)
    let old = try stage(id)
    if let name = draft.name { try requireFreeName(name, among: stages().map { ($0.id.rawValue, $0.name) }, except: id.rawValue) }
    if draft.phase != old.phase { try requireAnother(old) }
    let changed = try connection.run("""
      UPDATE deal_stage SET name = \(draft.name ?? old.name), phase = \(draft.phase), probability = \(draft.probability),
        version = version + 1 WHERE id = \(id) AND version = \(version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: old.version) }
    audit(.changed, .stage, id.rawValue)
  }

  /// One place up or down among the stages in use.
  package func shiftStage(_ id: StageID, by places: Int) throws {
    try require(.manageDeals)
    var order = try stages().map(\.id)
    guard let at = order.firstIndex(of: id) else { throw Refusal.notFound }
    let to = min(max(at + places, 0), order.count - 1)
    order.remove(at: at)
    order.insert(id, at: to)
    for (position, stage) in order.enumerated() {
      try connection.run("UPDATE deal_stage SET position = \(position + 1) WHERE id = \(stage) AND position <> \(position + 1)")
    }
    audit(.changed, .stage, id.rawValue, detail: "position")
  }

  /// Takes a stage out of the pipeline. Its deals go to another one; each of them is told so in its history.
  /// - Parameter target: needed where deals stand there.
  /// - Returns: how many deals went on.
  @discardableResult
  package func removeStage(_ id: StageID, movingTo target: StageID?) throws -> Int {
    try require(.manageDeals)
    // Everyone's deals go on, those out of the actor's sight among them.
    let old = try stage(id)
    try requireAnother(old)
    let there = try connection.values("SELECT id FROM deal WHERE stage_id = \(id)", as: DealID.self)
    if !there.isEmpty {
      guard let target, target != id, case let new = try stage(target), !new.isArchived else {
        throw InvalidForm([FieldMessage(field: "target", key: "deals.error.target")])
      }
      for deal in there { try put(deal, from: old, to: new) }
    }
    try connection.run("UPDATE deal_stage SET archived_at = \(now), version = version + 1 WHERE id = \(id)")
    audit(.archived, .stage, id.rawValue)
    return there.count
  }

  package func restoreStage(_ id: StageID) throws {
    try require(.manageDeals)
    let changed = try connection.run("""
      UPDATE deal_stage SET archived_at = NULL, version = version + 1 WHERE id = \(id) AND archived_at IS NOT NULL
      """)
    guard changed == 1 else { throw Refusal.notFound }
    audit(.restored, .stage, id.rawValue)
  }

  /// Without an open stage nothing could begin, and without one that is lost nothing could end badly.
  private func requireAnother(_ stage: DealStage) throws {
    guard stage.phase != .delivery else { return }
    guard try stages().contains(where: { $0.id != stage.id && $0.phase == stage.phase }) else {
      throw InvalidForm([FieldMessage(field: "phase", key: "deals.error.last_stage")])
    }
  }

  private func requireFreeName(_ name: String, among names: [(id: Int64, name: String?)], except id: Int64?) throws {
    let key = Fold.search(name)
    if let holder = names.first(where: { $0.id != id && $0.name.map(Fold.search) == key }) {
      throw Refusal.duplicate(field: "name", of: holder.id)
    }
  }
}

extension Transaction {
  @discardableResult
  package func createLossReason(_ name: String) throws -> ReasonID {
    try require(.manageDeals)
    try requireFreeName(name, among: lossReasons(archived: true).map { ($0.id.rawValue, $0.name) }, except: nil)
    let id: ReasonID = try connection.required("""
      INSERT INTO deal_reason (key, name, position)
      VALUES (\("own.\(Fold.search(name)).\(now.milliseconds)"), \(name), (SELECT coalesce(max(position), 0) + 1 FROM deal_reason))
      RETURNING id
      """)
    audit(.created, .stage, id.rawValue, detail: "reason")
    return id
  }

  package func renameLossReason(_ id: ReasonID, _ name: String, expecting version: Int) throws {
    try require(.manageDeals)
    try requireFreeName(name, among: lossReasons(archived: true).map { ($0.id.rawValue, $0.name) }, except: id.rawValue)
    let changed = try connection.run("""
      UPDATE deal_reason SET name = \(name), version = version + 1 WHERE id = \(id) AND version = \(version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: version + 1) }
    audit(.changed, .stage, id.rawValue, detail: "reason")
  }

  /// What was lost for it keeps it; it is not offered any more.
  package func setLossReasonArchived(_ id: ReasonID, _ isArchived: Bool) throws {
    try require(.manageDeals)
    let at = isArchived ? now : nil
    let changed = try connection.run("UPDATE deal_reason SET archived_at = \(at), version = version + 1 WHERE id = \(id)")
    guard changed == 1 else { throw Refusal.notFound }
    audit(isArchived ? .archived : .restored, .stage, id.rawValue, detail: "reason")
  }
}
