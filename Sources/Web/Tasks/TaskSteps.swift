import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// What is done to a task: done, open again, put off, handed over, deleted; and the ticks of its checklist. All can be undone.
enum TaskSteps {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Tasks.done) { call, id in try await change(call, id) { try $0.finishTask(id, returnTo: $1) } }
    book.on(Routes.Tasks.reopen) { call, id in try await change(call, id) { try $0.reopenTask(id, returnTo: $1) } }
    book.on(Routes.Tasks.delete) { call, id in
      try await change(call, id, home: Routes.Tasks.list()) { try $0.deleteTask(id, returnTo: $1) }
    }
    book.on(Routes.Tasks.postpone) { call, id in
      let task = try await call.read { try $0.task(id) }
      return call.answer(postponePage(call, task, Form([("back", call.query["back"] ?? "")]), []))
    }
    book.on(Routes.Tasks.postponeSave, postpone)
    book.on(Routes.Tasks.hand) { call, id in
      let (task, owners) = try await call.read { (try $0.task(id), try $0.taskOwners()) }
      return call.answer(handPage(call, task, owners, Form([("version", "\(task.version)")]), []))
    }
    book.on(Routes.Tasks.handSave, hand)
    book.on(Routes.Tasks.addStep, addStep)
    book.on(Routes.Tasks.tick) { call, id in try await tick(call, id, true) }
    book.on(Routes.Tasks.untick) { call, id in try await tick(call, id, false) }
  }

  private typealias Change = @Sendable (Transaction, _ returnTo: String) throws -> UndoID?

  /// - Parameter home: where it goes on when the form does not say.
  private static func change(_ call: Call, _ id: TaskID, home: String? = nil, _ body: @escaping Change) async throws -> Response {
    let form = try await call.form()
    let back = localPath(form["back"]) ?? home ?? Routes.Tasks.page(id)
    // Undone, a deleted task has its page again.
    let undone = home == nil ? back : Routes.Tasks.page(id)
    let (undo, notice) = try await call.write { tx in
      let undo = try body(tx, undone)
      return (undo, try undo.flatMap { try tx.undoNotice($0) })
    }
    // From a row of a list the script wants only what to say.
    if call.isFragment, form.has("back"), let notice { return call.answer(Page("", main: Shell.toastHTML(.undo(notice), call))) }
    return call.redirect(to: back, undo: undo)
  }

  private static func postpone(_ call: Call, _ id: TaskID) async throws -> Response {
    let form = try await call.form()
    let task = try await call.read { try $0.task(id) }
    let today = call.today
    return try await call.submit {
      var check = Validation()
      let date: CalendarDate? =
        switch form["by"] {
        case "tomorrow": today.adding(days: 1)
        case "week": today.adding(days: 7)
        case "month": today.adding(months: 1)
        default:
          check.parsed(form["until"], field: "until", key: "tasks.error.due", required: true) { text in
            CalendarDate(text).flatMap { TaskDue.years ~= $0.year ? $0 : nil }
          }
        }
      try check.check()
      guard let date else { throw InvalidForm(check.messages) }
      let back = localPath(form["back"]) ?? Routes.Tasks.page(id)
      return (back, try await call.write { try $0.postponeTask(id, to: date, returnTo: back) })
    } again: { messages in postponePage(call, task, form, messages) } then: { back, undo in
      call.redirect(to: back, undo: undo)
    }
  }

  private static func hand(_ call: Call, _ id: TaskID) async throws -> Response {
    let form = try await call.form()
    let (task, owners) = try await call.read { (try $0.task(id), try $0.taskOwners()) }
    return try await call.submit {
      var check = Validation()
      let owner = check.parsed(form["owner"], field: "owner", key: "tasks.error.owner", required: true) { AccountID($0) }
      try check.check()
      guard let owner else { throw InvalidForm(check.messages) }
      let version = try version(form)
      return try await call.write { tx in
        // Undone, it can be seen again.
        let undo = try tx.handTask(id, to: owner, version: version, returnTo: Routes.Tasks.page(id))
        return (undo, (try? tx.task(id)) != nil)
      }
    } again: { messages in handPage(call, task, owners, form, messages) } then: { undo, isSeen in
      call.redirect(to: isSeen ? Routes.Tasks.page(id) : Routes.Tasks.list(), undo: undo)
    }
  }

  private static func addStep(_ call: Call, _ id: TaskID) async throws -> Response {
    let form = try await call.form()
    return try await call.submit {
      var check = Validation()
      let text = check.text(form["step"], field: "step", required: true, max: TaskDraft.stepLimit)
      try check.check()
      try await call.write { _ = try $0.addStep(text ?? "", to: id) }
    } again: { messages in
      TaskPage.page(try await call.read { try TaskPage.Model($0, id) }, call, form, messages)
    } then: {
      call.redirect(to: Routes.Tasks.page(id) + "#step")
    }
  }

  private static func tick(_ call: Call, _ id: TaskStepID, _ done: Bool) async throws -> Response {
    let task = try await call.write { try $0.tickStep(id, done: done) }
    return call.redirect(to: Routes.Tasks.page(task) + "#steps-h")
  }

  static func version(_ form: Form) throws -> Int {
    guard let version = Int(form["version"]), version > 0, version < Int.max else { throw WebError.preconditionRequired }
    return version
  }
}

extension TaskSteps {
  private static func postponePage(_ call: Call, _ task: StoredTask, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let until = fields.text("until", w("tasks.postpone_to"), type: "date", width: "w-12")
    let quick = ["tomorrow", "week", "month"].map { "<button name=\"by\" value=\"\($0)\">\(w("tasks.postpone_\($0)"))</button>" as HTML }
    let due: HTML = task.due.map { " · \(w.dueTag($0, now: call.now))" } ?? ""
    return FormPage(
      title: w("tasks.postpone_title"), back: localPath(form["back"]) ?? Routes.Tasks.page(task.id), backTitle: task.title,
      action: Routes.Tasks.postponeSave(task.id), submit: w("tasks.postpone"), summary: fields.summary,
      fields: "<p>\(task.title)\(due)</p>\(until)\(fields.hidden("back"))", extra: quick.joined()
    ).page(call, place: .tasks)
  }

  private static func handPage(
    _ call: Call, _ task: StoredTask, _ owners: [AccountName], _ form: Form, _ messages: [FieldMessage]
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let others = owners.filter { $0.id != task.ownerID }.map { (value: $0.id.description, text: $0.name) }
    let owner = fields.select("owner", w("tasks.hand_to"), others, width: "w-20")
    return FormPage(
      title: w("tasks.hand_title"), back: Routes.Tasks.page(task.id), backTitle: task.title, action: Routes.Tasks.handSave(task.id),
      submit: w("tasks.hand"), summary: fields.summary,
      fields: "<p>\(task.title)</p><p class=\"meta\">\(w("tasks.for_whom", ["name": task.owner]))</p>\(owner)\(fields.hidden("version"))"
    ).page(call, place: .tasks)
  }
}
