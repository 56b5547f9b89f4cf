import Database
package import Domain

/// A due task among the reasons of Today.
enum TaskSource {
  static let due = ReasonSource(
    .task,
    expected: """
      SELECT id AS subject_id, client_id, CASE WHEN due_time IS NULL THEN day_at ELSE due_at END AS due_at
      FROM task WHERE done_at IS NULL AND deleted_at IS NULL AND due_on IS NOT NULL
      """,
    finish: { tx, subject, returnTo in try tx.finishTask(TaskID(rawValue: subject), returnTo: returnTo) },
    hand: { tx, subject, account, returnTo in
      let id = TaskID(rawValue: subject)
      guard try tx.connection.exists("SELECT 1 FROM task WHERE id = \(id)") else { return nil }
      return try tx.handTask(id, to: account, version: try tx.task(id).version, returnTo: returnTo)
    })
}

/// Tasks go with their people and their clients.
extension Transaction {
  /// Open tasks of one account to another, all or those for some clients. History, audit and undo are the caller's.
  /// - Returns: which.
  package func moveOpenTasks(from old: AccountID, to new: AccountID, of clients: [ClientID]? = nil) throws -> [TaskID] {
    var condition: SQL = "owner_id = \(old) AND done_at IS NULL AND deleted_at IS NULL"
    if let clients { condition += " AND client_id IN \(list: clients)" }
    let ids = try connection.values("SELECT id FROM task WHERE \(condition) ORDER BY id", as: TaskID.self)
    try moveTasks(ids, to: new)
    return ids
  }

  package func moveTasks(_ ids: [TaskID], to owner: AccountID) throws {
    for some in stride(from: 0, to: ids.count, by: 500).map({ ids[$0..<min($0 + 500, ids.count)] }) {
      try connection.run("""
        UPDATE task SET owner_id = \(owner), team_id = (SELECT team_id FROM account WHERE id = \(owner)), changed_at = \(now),
          version = version + 1
        WHERE id IN \(list: some)
        """)
      try connection.run("UPDATE reason SET account_id = \(owner) WHERE kind = 'task' AND subject_id IN \(list: some.map(\.rawValue))")
    }
  }
}

extension Store {
  /// Deleted tasks stay as long as the bin keeps things.
  package func purgeTasks(at now: Instant, limit: Int = 1000) async throws {
    try await database.write { try $0.purgeTasks(before: now.adding(milliseconds: -Bin.lifetime), limit: limit) }
  }
}

extension Connection {
  /// What was said about a client goes with the client.
  func eraseTasks(of parties: [PartyID]) throws {
    let tasks: SQL = "SELECT id FROM task WHERE client_id IN \(list: parties)"
    try run("DELETE FROM task_step WHERE task_id IN (\(tasks))")
    try run("DELETE FROM reason WHERE kind = 'task' AND subject_id IN (\(tasks))")
    try run("DELETE FROM task WHERE client_id IN \(list: parties)")
  }

  fileprivate func purgeTasks(before moment: Instant, limit: Int) throws {
    let tasks: SQL = "SELECT id FROM task WHERE deleted_at IS NOT NULL AND deleted_at < \(moment) ORDER BY id LIMIT \(limit)"
    try run("DELETE FROM task_step WHERE task_id IN (\(tasks))")
    try run("DELETE FROM task WHERE id IN (\(tasks))")
  }
}
