import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// One task: what it is, its checklist, when it comes again, what was done before.
enum TaskPage {
  struct Model: Sendable {
    let task: StoredTask
    let before: [StoredTask]

    init(_ reader: Reader, _ id: TaskID) throws {
      task = try reader.task(id)
      before = try reader.doneBefore(task, limit: 10)
    }
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Tasks.page) { call, id in
      // Never kept: a time that passes makes a task late without any change.
      let response = try await call.fresh({ try Model($0, id) }) { page($0, call, Form(), []) }
      try call.saw(.task, id.rawValue)
      return response
    }
  }

  static func page(_ model: Model, _ call: Call, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    let task = model.task
    var fields = FormFields(call, form, messages)
    let steps = checklist(task, call, &fields)
    let note: HTML = task.note.isEmpty ? "" : "<section class=\"card\" aria-labelledby=\"note-h\"><h2 id=\"note-h\">\(w("tasks.field.note"))</h2><p class=\"text\">\(task.note)</p></section>"
    return Page(task.title, place: .tasks, main: """
      \(fields.summary)<nav class="crumb" aria-label="\(w("history.place"))"><a href="\(Routes.Tasks.list())" data-key="u">\(call.icon("back"))\(w("tasks.title"))</a></nav>
      <header class="head"><div><h1>\(task.title)</h1><p class="chips">\(TaskHTML.chips(task, call))</p></div><div class="actions">\(actions(task, call))</div></header>
      <div class="stack narrow">\(details(task, call))\(steps)\(note)\(before(model, call))</div>
      """)
  }

  private static func actions(_ task: StoredTask, _ call: Call) -> HTML {
    guard call.may(.editTasks) else { return "" }
    let w = call.words
    let step: HTML =
      task.doneAt == nil
      ? """
        <form method="post" action="\(Routes.Tasks.done(task.id))"><button class="primary" data-key="e">\(call.icon("check"))\(w("tasks.done"))</button></form>
        <a class="button" href="\(Routes.Tasks.postpone(task.id))" data-dialog data-key="z">\(call.icon("snooze"))\(w("tasks.postpone"))</a>
        """
      : "<form method=\"post\" action=\"\(Routes.Tasks.reopen(task.id))\"><button>\(call.icon("refresh"))\(w("tasks.reopen"))</button></form>"
    return """
      \(step)<a class="button" href="\(Routes.Tasks.edit(task.id))" data-dialog>\(call.icon("pencil"))\(w("tasks.edit"))</a>
      <button class="square quiet" popovertarget="task-menu" aria-label="\(w("tasks.more_actions", ["title": task.title]))">\(call.icon("dots"))</button>
      <div class="menu" id="task-menu" popover><a href="\(Routes.Tasks.hand(task.id))" data-dialog>\(call.icon("handover"))\(w("tasks.hand"))</a><hr>
      <form method="post" action="\(Routes.Tasks.delete(task.id))"><button class="danger">\(call.icon("bin"))\(w("tasks.delete"))</button></form></div>
      """
  }

  private static func details(_ task: StoredTask, _ call: Call) -> HTML {
    let w = call.words
    var rows: [HTML] = []
    func add(_ label: String, _ value: HTML) { rows.append("<dt>\(label)</dt><dd>\(value)</dd>") }
    add(w("tasks.column.due"), task.due.map { w.dueTag($0, now: call.now) } ?? "\(w("tasks.no_due"))")
    if let recurrence = task.recurrence { add(w("tasks.repeat"), repeats(task, recurrence, call)) }
    add(w("tasks.column.owner"), "\(task.owner)")
    if let id = task.clientID, let client = task.client {
      add(w("tasks.column.client"), "<a href=\"\(Routes.Clients.page(id))\">\(client)</a>")
    }
    if let at = task.doneAt {
      add(w("tasks.state.done"), w.html("tasks.is_done", ["when": w.dayTag(at, now: call.now), "who": "\(task.doneBy ?? "–")"]))
    }
    return """
      <section class="card" aria-labelledby="details-h"><h2 class="hide" id="details-h">\(w("tasks.details"))</h2><dl class="defs">\(rows)</dl>
      <p class="meta">\(w.html("tasks.made_by", ["when": w.dateTimeTag(task.createdAt)]))</p></section>
      """
  }

  /// The rule in words, and the days after this one.
  private static func repeats(_ task: StoredTask, _ recurrence: Recurrence, _ call: Call) -> HTML {
    let w = call.words
    var out: HTML = "\(w.sentence(recurrence))"
    guard task.doneAt == nil, let scheduled = task.scheduledOn else { return out }
    if let due = task.due, due.date != scheduled {
      out += "<p class=\"meta\">\(w("tasks.scheduled", ["date": w.formats.date(scheduled)]))</p>"
    }
    guard recurrence.basis == .schedule else { return out }
    // The first is this one.
    let dates = recurrence.rule.occurrences(from: scheduled).prefix(4).filter { $0 > scheduled }.map { w.formats.date($0) }
    let line = dates.isEmpty ? w("tasks.last_of_series") : w("tasks.next_dates", ["dates": dates.joined(separator: " · ")])
    return out + "<p class=\"meta\">\(line)</p>"
  }

  private static func checklist(_ task: StoredTask, _ call: Call, _ fields: inout FormFields) -> HTML {
    let w = call.words
    let may = call.may(.editTasks)
    if task.steps.isEmpty, !may { return "" }
    let count: HTML = task.steps.isEmpty ? "" : """
      <span class="meta">\(w("tasks.steps_done", ["done": w.formats.integer(task.stepsDone), "count": w.formats.integer(task.stepCount)]))</span>
      """
    let items = task.steps.map { step($0, may, call) }
    let list: HTML = items.isEmpty ? "<p class=\"empty in\">\(w("tasks.no_steps"))</p>" : "<ul class=\"items checklist\">\(items)</ul>"
    let add: HTML = !may ? "" : """
      <form class="row no-print" method="post" action="\(Routes.Tasks.addStep(task.id))" novalidate>\(fields.text("step", w("tasks.step_new")))<button>\(call.icon("plus"))\(w("tasks.step_add"))</button></form>
      """
    return """
      <section class="card stack" aria-labelledby="steps-h"><header><h2 id="steps-h">\(w("tasks.steps"))</h2>\(count)</header>\(list)\(add)</section>
      """
  }

  private static func step(_ step: TaskStep, _ may: Bool, _ call: Call) -> HTML {
    let w = call.words
    let text: HTML = step.isDone ? "<s>\(step.text)</s>" : "\(step.text)"
    let mark = call.icon(step.isDone ? "check" : "minus")
    guard may else { return "<li>\(mark)<div>\(text)</div></li>" }
    let action = step.isDone ? Routes.Tasks.untick(step.id) : Routes.Tasks.tick(step.id)
    let label = w(step.isDone ? "tasks.untick" : "tasks.tick", ["step": step.text])
    return """
      <li><form method="post" action="\(action)"><button class="tick" aria-label="\(label)">\(step.isDone ? call.icon("check") : "" as HTML)</button></form><div>\(text)</div></li>
      """
  }

  private static func before(_ model: Model, _ call: Call) -> HTML {
    guard !model.before.isEmpty else { return "" }
    let w = call.words
    let items = model.before.map { task -> HTML in
      let when: HTML = task.doneAt.map { w.html("tasks.is_done", ["when": w.dayTag($0, now: call.now), "who": "\(task.doneBy ?? "–")"]) } ?? ""
      return "<li><div><a href=\"\(Routes.Tasks.page(task.id))\">\(task.due.map { w.formats.date($0.date) } ?? task.title)</a><p class=\"meta\">\(when)</p></div></li>"
    }
    return """
      <section class="card" aria-labelledby="before-h"><header><h2 id="before-h">\(w("tasks.before"))</h2></header><ul class="items">\(items)</ul></section>
      """
  }
}

/// Pieces that pages of tasks share.
enum TaskHTML {
  static func chips(_ task: StoredTask, _ call: Call) -> HTML {
    let w = call.words
    var out: [HTML] = []
    if task.doneAt != nil { out.append("<span class=\"chip ok\">\(call.icon("check"))\(w("tasks.done"))</span>") }
    if task.isOverdue(at: call.now) { out.append("<span class=\"chip danger\">\(call.icon("clock"))\(w("tasks.overdue"))</span>") }
    if task.isImportant { out.append("<span class=\"chip warn\">\(call.icon("star"))\(w("tasks.important"))</span>") }
    return out.joined(by: " ")
  }

  /// Below the title: when it comes again, how far its checklist is.
  static func meta(_ task: StoredTask, _ call: Call) -> [HTML] {
    let w = call.words
    var out: [HTML] = []
    if let recurrence = task.recurrence { out.append("\(call.icon("refresh")) \(w.sentence(recurrence))") }
    if task.stepCount > 0 {
      out.append("\(call.icon("check")) \(w("tasks.steps_done", ["done": w.formats.integer(task.stepsDone), "count": w.formats.integer(task.stepCount)]))")
    }
    return out
  }
}
