package import Database
package import Domain

package enum HandoverState: String, Sendable, Codable, CaseIterable { case draft, running, done, undoing, undone }
extension HandoverState: SQLBindable, ColumnDecodable {}
extension HandoverReason: SQLBindable, ColumnDecodable {}

/// What passed on, and what an undo took back or left.
package struct HandoverReport: Codable, Sendable, Hashable {
  package var clients = 0
  /// By the key of `PassedOn`.
  package var things: [String: Int] = [:]
  package var closedAccount = false
  package var restored: Int?
  package var restoredThings: [String: Int] = [:]
  /// Clients that somebody else answers for by now: how many, and the first of them.
  package var left = 0
  package var examples: [ClientID] = []
  package var leftThings: [String: Int] = [:]
  package init() {}
}

/// A handover as its pages show it.
package struct HandoverRecord: Sendable {
  package let id: HandoverID
  package let fromID: AccountID?
  package let from: String?
  package let reason: HandoverReason
  package let plan: HandoverPlan
  package let note: String
  /// As stored; `state` also knows that the job behind it ended without success.
  let storedState: HandoverState
  package let seen: String?
  package let staleAt: Instant?
  package let jobID: JobID?
  let jobState: String?
  package let report: HandoverReport
  let lastHistoryID: HistoryID
  package let madeBy: AccountID
  package let maker: String
  package let createdAt: Instant
  package let changedAt: Instant
  package let doneAt: Instant?
  package let undoneAt: Instant?
  package let version: Int

  /// How long it can be taken back.
  package static let undoLifetime = 30 * Instant.day

  package var isWorking: Bool { jobState == "queued" || jobState == "running" }
  package var state: HandoverState {
    guard !isWorking else { return storedState }
    return switch storedState {
    case .running: .draft
    case .undoing: .done
    default: storedState
    }
  }
  /// The job behind it ended without doing anything.
  package var hasFailed: Bool { !isWorking && jobState == "failed" && (storedState == .running || storedState == .undoing) }

  package func mayUndo(at now: Instant) -> Bool {
    guard state == .done, !isWorking, let doneAt else { return false }
    return doneAt.adding(milliseconds: Self.undoLifetime) > now
  }
}

extension Session {
  /// Newest first: those among the accounts one may hand over for, and one's own.
  package func handovers(before: HandoverID? = nil, limit: Int = 50) throws -> [HandoverRecord] {
    try require(.handOver)
    let place: SQL = before.map { " AND h.id < \($0)" } ?? ""
    return try connection.rows(
      "\(Self.handoverColumns) WHERE \(reachableHandover)\(place) ORDER BY h.id DESC LIMIT \(limit)", HandoverRecord.init(row:))
  }

  package func handover(_ id: HandoverID) throws -> HandoverRecord {
    try require(.handOver)
    guard let found = try connection.first("\(Self.handoverColumns) WHERE h.id = \(id) AND \(reachableHandover)", HandoverRecord.init(row:))
    else { throw Refusal.notFound }
    return found
  }

  private var reachableHandover: SQL {
    switch actor.scope {
    case .all: "h.id > 0"
    case .team where actor.teamID != nil:
      "(h.made_by = \(actor.id) OR h.from_id IN (SELECT id FROM account WHERE team_id = \(actor.teamID)))"
    case .team, .own: "(h.made_by = \(actor.id) OR h.from_id = \(actor.id))"
    }
  }

  private static var handoverColumns: SQL {
    """
    SELECT h.id, h.from_id, f.name, h.reason, h.plan, h.note, h.state, h.seen, h.stale_at, h.job_id, j.state, h.report, h.last_history_id,
      h.made_by, m.name, h.created_at, h.changed_at, h.done_at, h.undone_at, h.version
    FROM handover h JOIN account m ON m.id = h.made_by LEFT JOIN account f ON f.id = h.from_id LEFT JOIN job j ON j.id = h.job_id
    """
  }
}

extension HandoverRecord {
  fileprivate init(row: inout Row) throws {
    id = try row.next()
    fromID = try row.next()
    from = try row.next()
    reason = try row.next()
    plan = try JSON.value(try row.next())
    note = try row.next()
    storedState = try row.next()
    seen = try row.next()
    staleAt = try row.next()
    jobID = try row.next()
    jobState = try row.next()
    let text = try row.next(String.self)
    report = text == "{}" ? HandoverReport() : try JSON.value(text)
    lastHistoryID = try row.next()
    madeBy = try row.next()
    maker = try row.next()
    createdAt = try row.next()
    changedAt = try row.next()
    doneAt = try row.next()
    undoneAt = try row.next()
    version = try row.next()
  }
}
