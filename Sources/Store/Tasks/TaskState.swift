import Database
import Domain

/// What a task is at a moment, without its checklist: what a change writes, and what an undo puts back.
struct TaskState: Codable, Hashable, Sendable {
  var title: String
  var note: String
  var client: ClientID?
  var owner: AccountID
  var isImportant: Bool
  var dueOn: CalendarDate?
  var dueTime: String?
  /// Of the due date; without one, the owner's.
  var zone: String
  var rule: String?
  var basis: Recurrence.Basis?
  var scheduledOn: CalendarDate?
  var doneAt: Instant?
  var doneBy: AccountID?
  var deletedAt: Instant?
}

extension TaskState {
  init(_ task: StoredTask) {
    self.init(
      title: task.title, note: task.note, client: task.keptClientID, owner: task.ownerID, isImportant: task.isImportant,
      dueOn: task.due?.date, dueTime: task.due?.time?.description, zone: task.due?.zone.name ?? "UTC", rule: task.recurrence?.rule.text,
      basis: task.recurrence?.basis, scheduledOn: task.scheduledOn, doneAt: task.doneAt, doneBy: task.doneByID,
      deletedAt: task.deletedAt)
  }

  var due: TaskDue? {
    get { dueOn.map { TaskDue($0, dueTime.flatMap { LocalTime($0) }, zone: Zone(zone) ?? .utc) } }
    set {
      (dueOn, dueTime) = (newValue?.date, newValue?.time?.description)
      if let name = newValue?.zone.name { zone = name }
    }
  }

  var recurrence: Recurrence? {
    rule.flatMap { RecurrenceRule($0) }.map { Recurrence($0, basis ?? .schedule) }
  }

  /// A series stands where its rule puts it; nil ends it.
  mutating func repeats(_ recurrence: Recurrence?, from day: CalendarDate?) {
    (rule, basis) = (recurrence?.rule.text, recurrence?.basis)
    scheduledOn = recurrence == nil ? nil : day
  }

  var dueAt: Instant { due?.moment ?? TaskDue.never }
  var dayAt: Instant? { due.map { $0.zone.instant($0.date) } }

  static let columns: SQL = """
    title, note, client_id, owner_id, team_id, important, due_on, due_time, zone, due_at, day_at, rule, basis, scheduled_on, done_at,
    done_by, deleted_at, changed_at
    """

  /// In the order of `columns`.
  func values(at now: Instant) -> SQL {
    """
    \(title), \(note), \(client), \(owner), (SELECT team_id FROM account WHERE id = \(owner)), \(isImportant), \(dueOn), \(dueTime),
    \(zone), \(dueAt), \(dayAt), \(rule), \(basis), \(scheduledOn), \(doneAt), \(doneBy), \(deletedAt), \(now)
    """
  }
}
