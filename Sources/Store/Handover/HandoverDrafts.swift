import Database
package import Domain

/// A handover being prepared. Each step of the wizard is kept, so that one can leave it and come back.
extension Transaction {
  package func beginHandover(from: AccountID, reason: HandoverReason, note: String = "") throws -> HandoverID {
    try require(.handOver)
    try requireGiver(from)
    try requireMayClose(from, reason)
    let id: HandoverID = try connection.required("""
      INSERT INTO handover (from_id, reason, plan, note, state, made_by, created_at, changed_at)
      VALUES (\(from), \(reason), \(try JSON.text(HandoverPlan())), \(note), \(HandoverState.draft), \(actor.id), \(now), \(now)) RETURNING id
      """)
    audit(.created, .handover, id.rawValue)
    return id
  }

  /// Who leaves and why; another person makes what was given one by one void.
  package func changeHandover(_ id: HandoverID, from: AccountID, reason: HandoverReason, note: String, expecting version: Int) throws {
    let record = try draft(id, version)
    try requireGiver(from)
    try requireMayClose(from, reason)
    if from != record.fromID { try connection.run("DELETE FROM handover_choice WHERE handover_id = \(id)") }
    try advance(record, .draft, "from_id = \(from), reason = \(reason), note = \(note)")
  }

  package func changeHandover(_ id: HandoverID, plan: HandoverPlan, expecting version: Int) throws {
    let record = try draft(id, version)
    try requirePossible(plan, record)
    try advance(record, .draft, "plan = \(try JSON.text(plan))")
  }

  /// Clients given one by one, over whatever the plan says; `.byPlan` takes that back.
  package func choose(_ choices: [ClientID: HandoverChoice], in id: HandoverID, expecting version: Int) throws {
    let record = try draft(id, version)
    guard let from = record.fromID else { throw Refusal.notFound }
    let takers = try handoverTakerIDs()
    for case .to(let taker) in choices.values where taker == from || !takers.contains(taker) {
      throw InvalidForm([FieldMessage(field: "takers", key: "handover.error.not_available")])
    }
    let own = try connection.values("""
      SELECT p.id FROM party p WHERE p.id IN \(list: choices.keys.sorted()) AND p.owner_id = \(from) AND \(Self.handable) AND \(visible())
      """, as: ClientID.self)
    try connection.run("DELETE FROM handover_choice WHERE handover_id = \(id) AND client_id IN \(list: own)")
    let rows: [[SQLValue]] = own.sorted().compactMap { client in
      switch choices[client] {
      case .to(let taker): [id.sqlValue, client.sqlValue, taker.sqlValue]
      case .keep where record.reason != .leaves: [id.sqlValue, client.sqlValue, AccountID?.none.sqlValue]
      default: nil
      }
    }
    if !rows.isEmpty { try connection.insert(into: "handover_choice", ["handover_id", "client_id", "to_id"], rows: rows) }
    try advance(record)
  }

  package func discardHandover(_ id: HandoverID) throws {
    let record = try handover(id)
    guard record.state == .draft, !record.isWorking else { throw Refusal.conflict(currentVersion: record.version) }
    try connection.run("DELETE FROM handover_choice WHERE handover_id = \(id)")
    try connection.run("DELETE FROM handover WHERE id = \(id)")
    audit(.removed, .handover, id.rawValue)
  }

  func draft(_ id: HandoverID, _ version: Int) throws -> HandoverRecord {
    let record = try handover(id)
    guard record.state == .draft, !record.isWorking, record.version == version else {
      throw Refusal.conflict(currentVersion: record.version)
    }
    return record
  }

  func advance(_ record: HandoverRecord, _ state: HandoverState = .draft, _ change: SQL = "") throws {
    let more: SQL = change.isEmpty ? "" : ", \(change)"
    let changed = try connection.run("""
      UPDATE handover SET state = \(state), stale_at = NULL, changed_at = \(now), version = version + 1\(more)
      WHERE id = \(record.id) AND version = \(record.version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: record.version + 1) }
  }

  /// Closing is asked for at once, not after all the work of the wizard.
  func requireMayClose(_ id: AccountID, _ reason: HandoverReason) throws {
    guard reason == .leaves else { return }
    try require(.manageAccounts)
    let account = try accountRow(id)
    guard account.state != .closed else { return }
    try AccountRules.mayClose(id, account.rights.role, by: actor, owners: try owners())
  }
}

package enum HandoverChoice: Sendable, Hashable {
  case byPlan, keep
  case to(AccountID)
}

extension Session {
  /// Clients that can change hands, over `p`: those in the archive and the bin too, since nothing may stay with a closed account.
  static var handable: SQL { "p.is_client AND p.erased_at IS NULL" }

  func requirePossible(_ plan: HandoverPlan, _ record: HandoverRecord) throws {
    guard let from = record.fromID else { throw Refusal.notFound }
    try plan.check(from: from, reason: record.reason, among: try handoverTakerIDs())
  }
}

extension Session {
  /// Why a plan cannot be carried out as it stands; empty when it can.
  package func planProblems(_ record: HandoverRecord) throws -> [FieldMessage] {
    do { try requirePossible(record.plan, record) } catch let invalid as InvalidForm { return invalid.messages }
    return []
  }
}
