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
