import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let tasks = APIRoute<Void>(.get, "/tasks", .viewTasks, APIOperation(
    id: "listTasks", group: .tasks, summary: "Tasks, open ones by what is due first, done ones by what was done last",
    query: TaskSchema.filters + [API.limit, API.cursor], answer: .found(TaskSchema.page)))
  static let addTask = APIRoute<Void>(.post, "/tasks", .editTasks, APIOperation(
    id: "addTask", group: .tasks, summary: "Write down a task",
    details: "With a rule, the task is due on the first day that the rule names on or after `dueDate` (today without one).",
    body: .json(TaskSchema.input), answer: .made(TaskSchema.task), traits: [.repeatable], fields: TaskAPI.fields))
  static let task = APIRoute<TaskID>(.get, "/tasks/:id", .viewTasks, APIOperation(
    id: "readTask", group: .tasks, summary: "A task with its checklist", answer: .found(TaskSchema.task)))
  static let changeTask = APIRoute<TaskID>(.patch, "/tasks/:id", .editTasks, APIOperation(
    id: "changeTask", group: .tasks, summary: "Change a task by a merge patch", details: "Another `ownerId` hands it over.",
    body: .mergePatch(TaskSchema.patch), answer: .changed(TaskSchema.task), traits: [.versioned, .repeatable],
    fields: TaskAPI.fields))
  static let deleteTask = APIRoute<TaskID>(.delete, "/tasks/:id", .editTasks, APIOperation(
    id: "deleteTask", group: .tasks, summary: "Delete a task", answer: .nothing, traits: [.repeatable]))
  static let finishTask = APIRoute<TaskID>(.post, "/tasks/:id/done", .editTasks, APIOperation(
    id: "finishTask", group: .tasks, summary: "It is done", details: "The next task of a series is made; the list of open tasks has it.",
    answer: .changed(TaskSchema.task), traits: [.repeatable]))
  static let reopenTask = APIRoute<TaskID>(.post, "/tasks/:id/reopening", .editTasks, APIOperation(
    id: "reopenTask", group: .tasks, summary: "It is not done after all", answer: .changed(TaskSchema.task), traits: [.repeatable]))
}

enum TaskAPI {
  static let fields = ["client_name": "clientId", "repeat": "rule"]

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.tasks, list)
    api.change(Routes.API.addTask) { tx, request in
      let draft = try draft(request.body, over: TaskDraft(title: "", ownerID: tx.actor.id), tx)
      return try answer(tx, try tx.addTask(draft), status: 201)
    }
    api.get(Routes.API.task) { reader, request, id in
      try request.call.saw(.task, id.rawValue)
      return try answer(reader, id)
    }
    api.change(Routes.API.changeTask) { tx, request, id in
      let old = try tx.task(id)
      let version = try request.expected(old.version)
      let draft = try draft(request.body, over: old.draft, tx)
      try tx.changeTask(id, to: draft, version: version)
      return try answer(tx, id)
    }
    api.change(Routes.API.deleteTask) { tx, _, id in
      _ = try tx.deleteTask(id, returnTo: Routes.Tasks.list())
      return .nothing
    }
    api.change(Routes.API.finishTask) { tx, _, id in
      _ = try tx.finishTask(id, returnTo: Routes.Tasks.page(id))
      return try answer(tx, id)
    }
    api.change(Routes.API.reopenTask) { tx, _, id in
      _ = try tx.reopenTask(id, returnTo: Routes.Tasks.page(id))
      return try answer(tx, id)
    }
  }

  @Sendable private static func list(_ reader: Reader, _ request: APIRequest) throws -> APIAnswer {
    let filter = TaskFilter(
      request["who"].flatMap(TaskFilter.Who.init(rawValue:)) ?? .all, request["state"].flatMap(TaskFilter.State.init(rawValue:)) ?? .open,
      owner: request["owner"].flatMap { AccountID($0) }, client: request["client"].flatMap { ClientID($0) })
    let page = try reader.tasks(filter, after: try request.cursor { ListCursor($0) }, limit: request.number("limit", default: 50))
    return APIAnswer { w in
      w.object { w in
        w.name("tasks")
        w.array(page.tasks) { w, task in w.object { $0.taskFields(task) } }
        w.field("next", page.next?.text)
      }
    }
  }

  private static func answer(_ session: some Session, _ id: TaskID, status: Int = 200) throws -> APIAnswer {
    let task = try session.task(id)
    return APIAnswer(status, version: task.version, location: status == 201 ? Routes.API.task(id) : nil) { $0.task(task) }
  }

  private static func draft(_ body: JSONObject, over old: TaskDraft, _ session: some Session) throws -> TaskDraft {
    var draft = old
    var check = Validation()
    if let title = body["title"]?.text { draft.title = String(title.trimmingBlanks) }
    if draft.title.isEmpty { check.fail("title", key: "field.required") }
    if let note = body["note"] { draft.note = note.filled ?? "" }
    if let client = body["clientId"] { draft.clientID = client.integer.map(ClientID.init(rawValue:)) }
    if let owner = body["ownerId"]?.integer { draft.ownerID = AccountID(rawValue: owner) }
    if let important = body["isImportant"]?.bool { draft.isImportant = important }
    draft.due = due(body, old.due, session.zone, &check)
    draft.recurrence = recurrence(body, old.recurrence, &check)
    if draft.due == nil, body["dueDate"] != nil, body["rule"] == nil { draft.recurrence = nil }
    if let steps = body["checklist"]?.array { draft.checklist = checklist(steps, &check) }
    try check.check()
    return draft
  }

  private static func due(_ body: JSONObject, _ old: TaskDue?, _ zone: Zone, _ check: inout Validation) -> TaskDue? {
    let date = body["dueDate"].map { $0.text.flatMap { CalendarDate($0) } } ?? old?.date
    var time = old?.time, place = old?.zone ?? zone
    if let given = body["dueTime"] { time = given.text.flatMap { LocalTime($0) } }
    if let text = body["dueTime"]?.text, LocalTime(text) == nil { check.fail("dueTime", key: "tasks.error.time") }
    if let name = body["zone"]?.text {
      if let named = Zone(name) { place = named } else { check.fail("zone", key: "field.unknown") }
    }
    if let date, !(TaskDue.years ~= date.year) { check.fail("dueDate", key: "tasks.error.due") }
    if date == nil, body["dueTime"]?.text != nil { check.fail("dueDate", key: "tasks.error.time_alone") }
    return date.map { TaskDue($0, time, zone: place) }
  }

  private static func recurrence(_ body: JSONObject, _ old: Recurrence?, _ check: inout Validation) -> Recurrence? {
    let basis = body["basis"]?.text.flatMap(Recurrence.Basis.init(rawValue:)) ?? old?.basis ?? .schedule
    guard let given = body["rule"] else { return old.map { Recurrence($0.rule, basis) } }
    guard let text = given.text else { return nil }
    guard let rule = RecurrenceRule(text) else {
      check.fail("rule", key: "tasks.error.rule")
      return nil
    }
    return Recurrence(rule, basis)
  }

  private static func checklist(_ steps: [JSONValue], _ check: inout Validation) -> [ChecklistStep] {
    steps.enumerated().compactMap { index, step in
      let text = step["text"]?.filled ?? ""
      if text.isEmpty { check.fail("checklist.\(index).text", key: "field.required") }
      return ChecklistStep(text, isDone: step["isDone"]?.bool ?? false)
    }
  }
}
