import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// A new task and the change of one.
enum TaskFormPages {
  struct Named: Sendable {
    let id: ClientID
    let name: String
  }

  struct Choices: Sendable {
    let owners: [AccountName]
    let zones: [String]

    /// The zones that come into question: the reader's, the company's, the task's.
    init(_ session: some Session, also zone: String?) throws {
      owners = try session.taskOwners()
      var zones = [session.actor.zone]
      for name in [try session.installation()?.value.zone.name, zone, "UTC"] {
        if let name, !zones.contains(name) { zones.append(name) }
      }
      self.zones = zones
    }
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Tasks.new) { call in try await showNew(call, client: nil) }
    book.on(Routes.Tasks.newFor) { call, id in
      let name = try await call.read { try $0.partyName(id) }
      return try await showNew(call, client: (id, name))
    }
    book.on(Routes.Tasks.add, add)
    book.on(Routes.Tasks.edit) { call, id in
      let (task, choices) = try await known(call, id)
      return call.answer(page(call, TaskForm.form(task), [], choices, old: task))
    }
    book.on(Routes.Tasks.save, save)
  }

  private static func showNew(_ call: Call, client: (id: ClientID, name: String)?) async throws -> Response {
    let choices = try await call.read { try Choices($0, also: nil) }
    var form = TaskForm.new(
      owner: try call.actor.id, client: client, zone: call.words.zone, due: call.query["due"].flatMap { CalendarDate($0) },
      title: String((call.query["title"] ?? "").prefix(TaskDraft.titleLimit)))
    if let back = localPath(call.query["back"]) ?? client.map({ Routes.Clients.page($0.id) }) { form.set("back", back) }
    return call.answer(page(call, form, [], choices, old: nil))
  }

  private static func known(_ call: Call, _ id: TaskID) async throws -> (StoredTask, Choices) {
    try await call.read { reader in
      let task = try reader.task(id)
      return (task, try Choices(reader, also: task.due?.zone.name))
    }
  }

  private static func add(_ call: Call) async throws -> Response {
    let form = try await call.form()
    let today = call.today
    let (client, choices) = try await call.read { (try TaskClient(form, $0), try Choices($0, also: form["zone"])) }
    return try await call.submit {
      let draft = try TaskForm.draft(form, client: try client.id(), over: nil, today: today)
      let back = localPath(form["back"])
      return try await call.write { tx in
        let id = try tx.addTask(draft)
        let page = back ?? Routes.Tasks.page(id)
        return (page, try tx.leaveUndo(ofAddingTask: id, returnTo: back ?? Routes.Tasks.list()))
      }
    } again: { messages in page(call, form, messages, choices, alike: client.alike, old: nil) } then: { path, undo in
      call.redirect(to: path, undo: undo)
    }
  }

  private static func save(_ call: Call, _ id: TaskID) async throws -> Response {
    let form = try await call.form()
    let today = call.today
    let (task, choices) = try await known(call, id)
    let client = try await call.read { try TaskClient(form, $0) }
    do {
      return try await call.submit {
        let draft = try TaskForm.draft(form, client: try client.id(), over: task, today: today)
        let version = try TaskSteps.version(form)
        try await call.write { try $0.changeTask(id, to: draft, version: version) }
      } again: { messages in page(call, form, messages, choices, alike: client.alike, old: task) } then: {
        call.redirect(to: localPath(form["back"]) ?? Routes.Tasks.page(id), said: "said.task_saved")
      }
    } catch Refusal.conflict {
      var again = form
      again.set("version", "\(task.version)")
      return call.answer(page(call, again, [], choices, old: task, conflict: true), status: .conflict)
    }
  }

  private static func page(
    _ call: Call, _ form: Form, _ messages: [FieldMessage], _ choices: Choices, alike: [Named] = [], old: StoredTask?,
    conflict: Bool = false
  ) -> Page {
    let w = call.words
    var fields = TaskFields(call, form, messages, choices, alike: alike)
    let body = fields.html() + fields.fields.hidden("version") + fields.fields.hidden("back")
    let note: HTML = conflict ? self.conflict(old, call) : ""
    let back = localPath(form["back"]) ?? old.map { Routes.Tasks.page($0.id) } ?? Routes.Tasks.list()
    return FormPage(
      title: title(form, old, w), back: back, backTitle: old?.title ?? w("tasks.title"),
      action: old.map { Routes.Tasks.save($0.id) } ?? Routes.Tasks.add(), submit: w("tasks.save"),
      summary: fields.fields.summary + note, fields: body
    ).page(call, place: .tasks)
  }

  private static func title(_ form: Form, _ old: StoredTask?, _ w: Words) -> String {
    if old != nil { return w("tasks.edit_title") }
    guard let name = form.text("client_name") else { return w("tasks.new") }
    return w("tasks.new_for", ["name": name])
  }

  private static func conflict(_ task: StoredTask?, _ call: Call) -> HTML {
    let w = call.words
    let due: HTML = task?.due.map { " · \(w.dueTag($0, now: call.now))" } ?? ""
    return """
      <div class="note warn" role="alert">\(call.icon("warn"))<p>\(w("tasks.conflict")) <b>\(task?.title ?? "")</b>\(due) · \(task?.owner ?? "")</p></div>
      """
  }
}

/// The client a form names: picked by script, chosen among several, or meant by a name that only one has.
struct TaskClient: Sendable {
  private var picked: ClientID?
  private(set) var alike: [TaskFormPages.Named] = []
  private let isNamed: Bool

  init(_ form: Form, _ reader: Reader) throws {
    isNamed = form.text("client_name") != nil
    guard isNamed else { return }
    picked = ClientID(form["client_id"])
    guard picked == nil else { return }
    alike = try reader.clientsNamed(form["client_name"], limit: 8).map { TaskFormPages.Named(id: $0.id, name: $0.name) }
    if alike.count == 1 {
      picked = alike.first?.id
      alike = []
    }
  }

  /// Nil for a task without a client.
  func id() throws(InvalidForm) -> ClientID? {
    if picked != nil || !isNamed { return picked }
    throw InvalidForm([FieldMessage(field: "client_name", key: alike.isEmpty ? "tasks.error.no_client" : "history.error.which_client")])
  }
}
