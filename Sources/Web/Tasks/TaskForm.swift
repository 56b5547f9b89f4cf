import Domain
import Store

/// A task as typed, read once.
enum TaskForm {
  /// - Parameter old: the task being changed: what the form did not touch stays as it is.
  static func draft(_ form: Form, client: ClientID?, over old: StoredTask?, today: CalendarDate) throws(InvalidForm) -> TaskDraft {
    var check = Validation()
    let title = check.text(form["title"], field: "title", required: true, max: TaskDraft.titleLimit)
    let note = check.text(form["note"], field: "note", max: TaskDraft.noteLimit)
    let owner = check.parsed(form["owner"], field: "owner", key: "tasks.error.owner", required: true) { AccountID($0) }
    let steps = steps(form, &check)
    let due = due(form, &check)
    let recurrence = recurrence(form, due, old, today, &check)
    try check.check()
    guard let title, let owner else { throw InvalidForm(check.messages) }
    return TaskDraft(
      title: title, note: note ?? "", clientID: client, ownerID: owner, due: due, isImportant: form.isOn("important"),
      recurrence: recurrence, checklist: (old?.draft.checklist ?? []).replaced(by: steps))
  }

  private static func due(_ form: Form, _ check: inout Validation) -> TaskDue? {
    let date = check.parsed(form["due"], field: "due", key: "tasks.error.due") { text in
      CalendarDate(text).flatMap { TaskDue.years ~= $0.year ? $0 : nil }
    }
    let time = check.parsed(form["time"], field: "time", key: "tasks.error.time") { LocalTime($0) }
    let zone = check.parsed(form["zone"], field: "zone", key: "field.unknown") { Zone($0) }
    if time != nil, date == nil, check.isValid { check.fail("due", key: "tasks.error.time_alone") }
    return date.map { TaskDue($0, time, zone: zone ?? .utc) }
  }

  private static func steps(_ form: Form, _ check: inout Validation) -> [String] {
    let lines = form["steps"].split(whereSeparator: \.isNewline).map { String($0.trimmingBlanks) }.filter { !$0.isEmpty }
    if lines.count > TaskDraft.stepsLimit {
      check.fail("steps", key: "tasks.error.steps", slots: ["max": String(TaskDraft.stepsLimit)])
    }
    if lines.contains(where: { $0.unicodeScalars.count > TaskDraft.stepLimit }) {
      check.fail("steps", key: "tasks.error.step_long", slots: ["max": String(TaskDraft.stepLimit)])
    }
    return lines
  }

  private static func recurrence(
    _ form: Form, _ due: TaskDue?, _ old: StoredTask?, _ today: CalendarDate, _ check: inout Validation
  ) -> Recurrence? {
    let stays = old != nil && old?.due == due
    if stays, let old {
      let shown = self.form(old)
      let isSame = RecurrenceForm.names.allSatisfy { form.all($0).filter { !$0.isEmpty } == shown.all($0) || !concerns($0, form) }
      if isSame, form["repeat"] == shown["repeat"] { return old.recurrence }
    }
    let anchor = (stays ? old?.scheduledOn : nil) ?? due?.date ?? today
    let was = stays ? old?.recurrence.flatMap { PlainRecurrence($0.rule) } : nil
    return RecurrenceForm.recurrence(form, anchor: anchor, was: was, &check)
  }

  /// The rule's own text says nothing while the editor's fields do.
  private static func concerns(_ name: String, _ form: Form) -> Bool { name != "rule" || form["repeat"] == "rule" }

  static func form(_ task: StoredTask) -> Form {
    var pairs = [
      ("title", task.title), ("note", task.note), ("owner", task.ownerID.description), ("client_name", task.client ?? ""),
      ("client_id", task.clientID?.description ?? ""), ("due", task.due?.date.description ?? ""),
      ("time", task.due?.time?.description ?? ""), ("important", task.isImportant ? "1" : ""),
      ("steps", task.steps.map(\.text).joined(separator: "\n")), ("version", "\(task.version)"),
    ]
    if let zone = task.due?.zone.name { pairs.append(("zone", zone)) }
    return Form(pairs + RecurrenceForm.pairs(task.recurrence))
  }

  /// - Parameter zone: the reader's.
  static func new(owner: AccountID, client: (id: ClientID, name: String)?, zone: Zone, due: CalendarDate? = nil, title: String = "") -> Form {
    Form([
      ("title", title), ("owner", owner.description), ("client_id", client?.id.description ?? ""), ("client_name", client?.name ?? ""),
      ("zone", zone.name), ("due", due?.description ?? ""),
    ] + RecurrenceForm.pairs(nil))
  }
}
