import Database
package import Domain

/// The steps of a task. Ticking one is a small thing: it leaves the task's version alone, so that a form open elsewhere stays
/// good; a form keeps the ticks of lines it did not change.
extension Transaction {
  /// - Returns: the step's task.
  @discardableResult
  package func tickStep(_ id: TaskStepID, done: Bool) throws -> TaskID {
    try require(.editTasks)
    guard let task = try connection.value("SELECT task_id FROM task_step WHERE id = \(id)", as: TaskID.self) else { throw Refusal.notFound }
    _ = try self.task(task)
    try connection.run("UPDATE task_step SET done = \(done) WHERE id = \(id)")
    try connection.run("UPDATE task SET changed_at = \(now) WHERE id = \(task)")
    audit(.changed, .task, task.rawValue, detail: "step")
    return task
  }

  @discardableResult
  package func addStep(_ text: String, to id: TaskID) throws -> TaskStepID {
    let task = try changeable(id, nil)
    guard task.steps.count < TaskDraft.stepsLimit else {
      throw InvalidForm([FieldMessage(field: "step", key: "tasks.error.steps", slots: ["max": String(TaskDraft.stepsLimit)])])
    }
    try connection.run("UPDATE task SET changed_at = \(now) WHERE id = \(id)")
    audit(.changed, .task, id.rawValue, detail: "step")
    return try connection.required("""
      INSERT INTO task_step (task_id, position, text)
      SELECT \(id), coalesce(max(position), 0) + 1, \(text) FROM task_step WHERE task_id = \(id) RETURNING id
      """)
  }

  func replaceSteps(of id: TaskID, by steps: [ChecklistStep]) throws {
    try connection.run("DELETE FROM task_step WHERE task_id = \(id)")
    try insertSteps(steps, of: id)
  }

  func insertSteps(_ steps: [ChecklistStep], of id: TaskID) throws {
    guard !steps.isEmpty else { return }
    try connection.run(all: steps.enumerated().map { index, step in
      "INSERT INTO task_step (task_id, position, text, done) VALUES (\(id), \(index + 1), \(step.text), \(step.isDone))"
    })
  }
}
