import Database
package import Domain

/// A task as it is kept, with the names beside it.
package struct StoredTask: Sendable, Hashable {
  package let id: TaskID
  package let version: Int
  package let title: String
  package let note: String
  /// Nil also where the reader may not see the client.
  package let clientID: ClientID?
  package let client: String?
  /// Whether or not the reader may see it.
  let keptClientID: ClientID?
  package let ownerID: AccountID
  package let owner: String
  package let isImportant: Bool
  package let due: TaskDue?
  package let recurrence: Recurrence?
  /// The day the rule gave.
  package let scheduledOn: CalendarDate?
  package let seriesID: TaskID?
  package let authorID: AccountID?
  package let createdAt: Instant
  package let changedAt: Instant
  package let doneAt: Instant?
  package let doneByID: AccountID?
  package let doneBy: String?
  package let deletedAt: Instant?
  /// In order; read for one task only.
  package var steps: [TaskStep] = []
  /// How many steps there are and how many are done: read for lists.
  package let stepCount: Int
  package let stepsDone: Int

  package func isOverdue(at now: Instant) -> Bool { doneAt == nil && due?.isOverdue(at: now) ?? false }

  /// As a form shows it.
  package var draft: TaskDraft {
    TaskDraft(
      title: title, note: note, clientID: clientID, ownerID: ownerID, due: due, isImportant: isImportant, recurrence: recurrence,
      checklist: steps.map { ChecklistStep($0.text, isDone: $0.isDone) })
  }
}

package struct TaskStep: Sendable, Hashable {
  package let id: TaskStepID
  package let text: String
  package let isDone: Bool
}

extension StoredTask {
  /// `visible` is the condition under which the client `p` may be named.
  static func select(_ visible: SQL) -> SQL {
    """
    SELECT t.id, t.version, t.title, t.note, p.id, p.name, t.client_id, t.owner_id, o.name, t.important, t.due_on, t.due_time, t.zone, t.rule,
      t.basis, t.scheduled_on, t.series_id, t.created_by, t.created_at, t.changed_at, t.done_at, t.done_by, d.name, t.deleted_at,
      (SELECT count(*) FROM task_step s WHERE s.task_id = t.id),
      (SELECT count(*) FROM task_step s WHERE s.task_id = t.id AND s.done)
    FROM task t JOIN account o ON o.id = t.owner_id LEFT JOIN account d ON d.id = t.done_by
      LEFT JOIN party p ON p.id = t.client_id AND p.deleted_at IS NULL AND \(visible)
    """
  }

  init(row: inout Row) throws {
    id = try row.next()
    version = try row.next()
    title = try row.next()
    note = try row.next()
    clientID = try row.next()
    client = try row.next()
    keptClientID = try row.next()
    ownerID = try row.next()
    owner = try row.next()
    isImportant = try row.next()
    let date = try row.next(CalendarDate?.self), time = try row.next(String?.self)
    let zone = Zone(try row.next(String.self)) ?? .utc
    due = date.map { TaskDue($0, time.flatMap { LocalTime($0) }, zone: zone) }
    let rule = try row.next(String?.self).flatMap { RecurrenceRule($0) }
    let basis = try row.next(Recurrence.Basis?.self)
    recurrence = rule.map { Recurrence($0, basis ?? .schedule) }
    scheduledOn = try row.next()
    seriesID = try row.next()
    authorID = try row.next()
    createdAt = try row.next()
    changedAt = try row.next()
    doneAt = try row.next()
    doneByID = try row.next()
    doneBy = try row.next()
    deletedAt = try row.next()
    stepCount = try row.next()
    stepsDone = try row.next()
  }
}

extension Recurrence.Basis: SQLBindable, ColumnDecodable {}
