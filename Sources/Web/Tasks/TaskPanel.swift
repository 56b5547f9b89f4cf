import Domain
import Markup
import Store

/// The open tasks of a client, beside its record.
enum TaskPanel {
  struct Model: Sendable {
    let client: ClientID
    let tasks: [StoredTask]
    let hasMore: Bool
  }

  private static let limit = 8

  static func read(_ reader: Reader, _ client: ClientID) throws -> Model {
    let tasks = try reader.openTasks(of: client, limit: limit + 1)
    return Model(client: client, tasks: Array(tasks.prefix(limit)), hasMore: tasks.count > limit)
  }

  static func render(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    guard call.may(.viewTasks) else { return "" }
    let add: HTML = !call.may(.editTasks) ? "" : """
      <a class="button square quiet small no-print" href="\(Routes.Tasks.newFor(model.client))" data-dialog data-key="t" aria-label="\(w("tasks.add"))">\(call.icon("plus"))</a>
      """
    let list: HTML = model.tasks.isEmpty
      ? "<p class=\"empty in\">\(w("tasks.panel_none"))</p>" : "<ul class=\"items\">\(model.tasks.map { item($0, model, call) })</ul>"
    let all: HTML = model.tasks.isEmpty ? "" : """
      <p class="meta no-print"><a href="\(TaskList.url(TaskFilter(.all, client: model.client)))">\(w("tasks.panel_all"))</a></p>
      """
    return """
      <section class="card" aria-labelledby="tasks-h"><header><h2 id="tasks-h">\(w("tasks.title"))</h2>\(add)</header>\(list)\(all)</section>
      """
  }

  private static func item(_ task: StoredTask, _ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let isLate = task.isOverdue(at: call.now)
    let due: HTML = task.due.map { w.dueTag($0, now: call.now) } ?? "\(w("tasks.no_due"))"
    let late: HTML = isLate ? "\(w("tasks.overdue")): " : ""
    let parts = ["\(late)\(due)" as HTML, "\(task.owner)" as HTML] + TaskHTML.meta(task, call)
    let done: HTML = !call.may(.editTasks) ? "" : """
      <div class="actions"><form method="post" action="\(Routes.Tasks.done(task.id))"><input type="hidden" name="back" value="\(Routes.Clients.page(model.client))"><button class="small" aria-label="\(w("tasks.done_named", ["title": task.title]))">\(w("tasks.done"))</button></form></div>
      """
    return """
      <li><div><a href="\(Routes.Tasks.page(task.id))">\(task.title)</a><p class="\(isLate ? "meta late" : "meta")">\(parts.joined(by: " · "))</p></div>\(done)</li>
      """
  }
}
