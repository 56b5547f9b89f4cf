package import Database
package import Domain

/// Where a client is on its way out: archived (kept, out of the lists), in the bin (30 days), purged.
package enum ClientStep: String, Sendable, Codable, CaseIterable {
  case archive, unarchive, remove, restore

  /// The state a client must be in for it.
  fileprivate var before: SQL {
    switch self {
    case .archive: "archived_at IS NULL AND deleted_at IS NULL"
    case .unarchive: "archived_at IS NOT NULL AND deleted_at IS NULL"
    case .remove: "deleted_at IS NULL"
    case .restore: "deleted_at IS NOT NULL"
    }
  }
  fileprivate func change(_ now: Instant) -> SQL {
    switch self {
    case .archive: "archived_at = \(now)"
    case .unarchive: "archived_at = NULL"
    case .remove: "deleted_at = \(now)"
    case .restore: "deleted_at = NULL"
    }
  }
  fileprivate var event: HistoryEvent {
    switch self {
    case .archive: .partyArchived
    case .remove: .partyRemoved
    case .unarchive, .restore: .partyRestored
    }
  }
  fileprivate var action: AuditAction {
    switch self {
    case .archive: .archived
    case .remove: .removed
    case .unarchive, .restore: .restored
    }
  }
  package var opposite: ClientStep {
    switch self {
    case .archive: .unarchive
    case .unarchive: .archive
    case .remove: .restore
    case .restore: .remove
    }
  }
}

extension Transaction {
  /// Takes the step with those of the parties that can take it; the others are left as they are.
  /// - Returns: those that took it.
  @discardableResult
  package func take(_ step: ClientStep, _ ids: [PartyID]) throws -> [PartyID] {
    try require(.removeClients)
    let seen = try connection.rows("""
      SELECT p.id, p.is_client FROM party p WHERE p.id IN \(list: ids) AND \(visible()) AND \(step.before)
      """) { (id: try $0.next(PartyID.self), isClient: try $0.next(Bool.self)) }
    if seen.isEmpty {
      let known = try connection.exists("SELECT 1 FROM party p WHERE p.id IN \(list: ids) AND \(visible())")
      guard known else { throw Refusal.notFound }
      return []
    }
    try connection.run("""
      UPDATE party SET \(step.change(now)), changed_at = \(now), changed_by = \(actor.id), version = version + 1
      WHERE id IN \(list: seen.map(\.id)) AND \(step.before)
      """)
    try reasonsFollow(seen.map(\.id))
    // Someone in the bin has no birthday on Today, and is not found at the company.
    try datesFollow(seen.map(\.id))
    try refreshSearch(of: seen.map(\.id))
    let homes = try homes(of: seen)
    try insertHistory(seen.flatMap { party in
      homes[party.id, default: []].map { HistoryDraft(step.event, client: $0.client, person: $0.person, by: actor.id, at: now) }
    })
    for party in seen { audit(step.action, .party, party.id.rawValue) }
    return seen.map(\.id)
  }

  /// The step with an undo of 30 days for the bin and a day for the archive.
  package func takeWithUndo(_ step: ClientStep, _ ids: [PartyID], summary: String, returnTo: String) throws -> UndoID? {
    let taken = try take(step, ids)
    guard let first = taken.first else { return nil }
    let name = try connection.value("SELECT name FROM party WHERE id = \(first)", as: String.self) ?? ""
    return try leaveUndo(
      "clients.step", payload: StepUndo(step: step.opposite, ids: taken), summary: summary,
      ["name": name, "count": String(taken.count)], returnTo: returnTo,
      lifetime: step == .remove ? Bin.lifetime : Instant.day)
  }

  static func undoStep(_ tx: Transaction, _ payload: String) throws {
    let undo: StepUndo = try JSON.value(payload)
    try tx.take(undo.step, undo.ids)
  }
}

private struct StepUndo: Codable {
  let step: ClientStep
  let ids: [PartyID]
}

/// The bin: what is older than 30 days is purged by a job.
package enum Bin {
  package static let lifetime = 30 * Instant.day
}
