import Database
package import Domain

extension Transaction {
  /// Done: told in the client's history, and the next of a series is made.
  /// - Returns: nil when it was done already.
  package func finishTask(_ id: TaskID, version: Int? = nil, returnTo: String) throws -> UndoID? {
    let old = try changeable(id, version)
    guard old.doneAt == nil else { return nil }
    var state = TaskState(old)
    (state.doneAt, state.doneBy) = (now, actor.id)
    try write(state, over: old)
    if let client = state.client { try record(.taskDone(TaskNote(task: id, title: state.title)), client: client) }
    audit(.changed, .task, id.rawValue, detail: "done")
    let next = try makeNext(after: old)
    return try leaveUndo(of: old, "tasks.undo.done", next: next, returnTo: returnTo)
  }

  /// Open again. A series that went on goes on without it.
  package func reopenTask(_ id: TaskID, version: Int? = nil, returnTo: String) throws -> UndoID? {
    let old = try changeable(id, version)
    guard old.doneAt != nil else { return nil }
    var state = TaskState(old)
    (state.doneAt, state.doneBy) = (nil, nil)
    if let series = old.seriesID,
      try connection.exists("SELECT 1 FROM task WHERE series_id = \(series) AND id > \(id) AND deleted_at IS NULL")
    {
      state.repeats(nil, from: nil)
    }
    try write(state, over: old)
    if let client = state.client { try record(.taskReopened(TaskNote(task: id, title: state.title)), client: client) }
    audit(.changed, .task, id.rawValue, detail: "reopened")
    return try leaveUndo(of: old, "tasks.undo.reopened", returnTo: returnTo)
  }

  private func makeNext(after old: StoredTask) throws -> TaskID? {
    guard let recurrence = old.recurrence, let due = old.due, let scheduled = old.scheduledOn,
      let next = recurrence.next(after: scheduled, due, done: now)
    else { return nil }
    var state = TaskState(old)
    state.due = due.on(next.date)
    state.repeats(next.recurrence, from: next.date)
    let steps = old.steps.map { ChecklistStep($0.text) }
    let id = try insertTask(state, steps: steps, series: old.seriesID ?? old.id)
    audit(.created, .task, id.rawValue, detail: "next")
    return id
  }
}

/// A state is put back as it was, unless somebody went on from it.
enum TaskUndo {
  static let changed = "task.changed"
  static let added = "task.added"

  struct Payload: Codable {
    let task: TaskID
    /// The version that the change left.
    let version: Int
    let before: TaskState
    /// The next of the series, made by the change.
    let next: TaskID?
  }
  struct Added: Codable { let task: TaskID }

  static let kinds: [String: Undoing.TakeBack] = [
    changed: { tx, payload in try tx.putBack(try JSON.value(payload, as: Payload.self)) },
    added: { tx, payload in
      let payload = try JSON.value(payload, as: Added.self)
      try tx.unmakeTask(payload.task)
    },
  ]
}

extension Transaction {
  package func leaveUndo(ofAddingTask id: TaskID, returnTo: String) throws -> UndoID {
    try leaveUndo(TaskUndo.added, payload: TaskUndo.Added(task: id), summary: "tasks.undo.added", returnTo: returnTo)
  }

  func leaveUndo(
    of old: StoredTask, _ key: String, _ slots: [String: String] = [:], next: TaskID? = nil, returnTo: String
  ) throws -> UndoID {
    let payload = TaskUndo.Payload(task: old.id, version: old.version + 1, before: TaskState(old), next: next)
    return try leaveUndo(
      TaskUndo.changed, payload: payload, summary: key, slots.merging(["title": old.title]) { given, _ in given }, returnTo: returnTo)
  }

  /// Whoever gave a task away may not see it any more, and still takes that back.
  fileprivate func putBack(_ payload: TaskUndo.Payload) throws {
    try require(.editTasks)
    let isDone = try connection.first("SELECT done_at FROM task WHERE id = \(payload.task) AND version = \(payload.version)") {
      try $0.next(Instant?.self) != nil
    }
    guard let isDone else { throw Refusal.conflict(currentVersion: payload.version + 1) }
    if let next = payload.next {
      let isUntouched = try connection.exists("SELECT 1 FROM task WHERE id = \(next) AND version = 1")
      guard isUntouched else { throw Refusal.conflict(currentVersion: payload.version) }
      try remove(next)
    }
    try write(payload.before, to: payload.task, version: payload.version)
    let note = TaskNote(task: payload.task, title: payload.before.title)
    if let client = payload.before.client, isDone != (payload.before.doneAt != nil) {
      try record(isDone ? .taskReopened(note) : .taskDone(note), client: client)
    }
    audit(.changed, .task, payload.task.rawValue, detail: "undone")
  }

  fileprivate func unmakeTask(_ id: TaskID) throws {
    try require(.editTasks)
    let changed = try connection.run(
      "UPDATE task SET deleted_at = \(now), changed_at = \(now), version = version + 1 WHERE id = \(id) AND version = 1")
    guard changed == 1 else { throw Refusal.conflict(currentVersion: 2) }
    try settle(.task, id.rawValue, as: .dropped)
    audit(.removed, .task, id.rawValue)
  }

  /// A row nobody has seen yet.
  private func remove(_ id: TaskID) throws {
    try settle(.task, id.rawValue, as: .dropped)
    try connection.run("DELETE FROM task_step WHERE task_id = \(id)")
    try connection.run("DELETE FROM task WHERE id = \(id)")
    audit(.removed, .task, id.rawValue)
  }
}
