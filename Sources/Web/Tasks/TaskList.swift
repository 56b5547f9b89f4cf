import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// My tasks, and those of the others I may see: open, overdue or done, of one owner or for one client.
enum TaskList {
  struct Model: Sendable {
    let filter: TaskFilter
    let page: TaskListPage
    let count: Int
    let owners: [AccountName]
    let client: String?
    let isFirst: Bool
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Tasks.list) { call in
      let filter = TaskFilter(pairs: call.query.pairs)
      let cursor = call.query["after"].flatMap { ListCursor($0) }
      // Never kept: a time that passes makes a task late without any change.
      return try await call.fresh({ reader in
        let page = try reader.tasks(filter, after: cursor)
        let count = cursor == nil && page.next == nil ? page.tasks.count : try reader.taskCount(filter)
        return Model(
          filter: filter, page: page, count: count, owners: filter.who == .all ? try reader.taskOwners() : [],
          client: try filter.client.flatMap { try reader.visibleName($0) }, isFirst: cursor == nil)
      }) { render($0, call) }
    }
  }

  private static func render(_ model: Model, _ call: Call) -> Page {
    let w = call.words
    let title = model.client.map { w("tasks.of_client", ["name": $0]) } ?? w("tasks.title")
    let new: HTML = !call.may(.editTasks) ? "" : """
      <a class="button primary" href="\(newURL(model))" data-dialog data-key="c">\(call.icon("plus"))\(w("tasks.new"))</a>
      """
    return Page(title, place: .tasks, main: """
      <header class="head"><div><h1>\(title)</h1></div><div class="actions">\(new)</div></header>
      \(tabs(model, call))\(filters(model, call))
      <div id="list">\(body(model, call))</div>
      """)
  }

  private static func newURL(_ model: Model) -> String {
    let path = model.client.flatMap { _ in model.filter.client }.map { Routes.Tasks.newFor($0) } ?? Routes.Tasks.new()
    return path + URLText.query([("back", url(model.filter))])
  }

  static func url(_ filter: TaskFilter) -> String { Routes.Tasks.list() + URLText.query(filter.pairs) }

  /// Nobody to look after: no second tab.
  private static func tabs(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    guard model.filter.client == nil, let scope = call.signedIn?.actor.scope, scope != .own else { return "" }
    let links = TaskFilter.Who.allCases.map { who -> HTML in
      var filter = TaskFilter(who)
      filter.state = model.filter.state
      let name = who == .mine ? w("tasks.mine") : w(scope == .all ? "tasks.all" : "tasks.team")
      return "<a href=\"\(url(filter))\"\(attr: "aria-current", who == model.filter.who ? "page" : nil)>\(name)</a>"
    }
    return "<nav class=\"tabs\" aria-label=\"\(w("tasks.views"))\">\(links)</nav>"
  }

  private static func filters(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let filter = model.filter
    let states = TaskFilter.State.allCases.map { ($0.rawValue, w("tasks.state.\($0.rawValue)")) }
    var out = FilterBar.select("state", w("tasks.state"), states, filter.state.rawValue)
    if filter.who == .all, call.signedIn?.actor.scope != .own {
      let owners = [("", w("tasks.anyone"))] + model.owners.map { ($0.id.description, $0.name) }
      out += FilterBar.select("owner", w("tasks.column.owner"), owners, filter.owner?.description ?? "")
    }
    if filter.who == .all { out += "<input type=\"hidden\" name=\"who\" value=\"all\">" }
    if let client = filter.client { out += "<input type=\"hidden\" name=\"client\" value=\"\(client)\">" }
    return """
      <form class="filters" role="search" aria-label="\(w("tasks.filter"))" action="\(Routes.Tasks.list())" data-live="#list">\(out)\
      <button class="no-js">\(w("tasks.show"))</button><output class="hide"></output></form>
      """
  }

  private static func body(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let applied: HTML = model.filter.client == nil ? "" : """
      <div class="applied" role="group" aria-label="\(w("clients.filters"))"><a class="chip remove" href="\(Routes.Tasks.list())" aria-label="\(w("tasks.remove_client"))">\(model.client ?? w("clients.unavailable")) \(call.icon("close"))</a></div>
      """
    guard !model.page.tasks.isEmpty else { return applied + empty(model, call) }
    let more: HTML = model.page.next.map { cursor in
      "<a class=\"button\" href=\"\(Routes.Tasks.list() + URLText.query(model.filter.pairs + [("after", cursor.text)]))\" rel=\"next\">\(w("tasks.next_page"))</a>"
    } ?? ""
    let first: HTML = model.isFirst ? "" : "<a href=\"\(url(model.filter))\">\(w("tasks.first_page"))</a>"
    let count = model.count > 1000 ? w("tasks.more_than", ["count": w.formats.integer(1000)]) : w.count("tasks.count", model.count)
    return """
      \(applied)\(TaskTable.html(model, call))
      <nav class="list-end" aria-label="\(w("tasks.pages"))"><span data-found>\(count)</span>\(first)\(more)</nav>
      """
  }

  private static func empty(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    if model.filter.state != .open || model.filter.owner != nil || model.filter.client != nil {
      return """
        <div class="empty">\(call.icon("search"))<p data-found>\(w("tasks.none_found"))</p><a class="button" href="\(url(TaskFilter(model.filter.who)))">\(w("tasks.clear"))</a></div>
        """
    }
    let add: HTML = !call.may(.editTasks) ? "" : """
      <a class="button" href="\(newURL(model))" data-dialog>\(call.icon("plus"))\(w("tasks.add"))</a>
      """
    return "<div class=\"empty\">\(call.icon("task"))<p data-found>\(w("tasks.none"))</p>\(add)</div>"
  }
}

/// The rows of the list.
enum TaskTable {
  static func html(_ model: TaskList.Model, _ call: Call) -> HTML {
    let w = call.words
    let isDone = model.filter.state == .done
    let owner: HTML = showsOwner(model) ? "<th scope=\"col\">\(w("tasks.column.owner"))</th>" : ""
    let client: HTML = model.client == nil ? "<th scope=\"col\">\(w("tasks.column.client"))</th>" : ""
    return """
      <div class="scroll" role="region" aria-labelledby="cap" tabindex="0" data-rows><table><caption id="cap" class="hide">\(w("tasks.title"))</caption>
      <thead><tr><th scope="col">\(w("tasks.column.task"))</th><th scope="col">\(w(isDone ? "tasks.column.done" : "tasks.column.due"))</th>\(client)\(owner)\
      <th scope="col"><span class="hide">\(w("tasks.actions"))</span></th></tr></thead>
      <tbody>\(model.page.tasks.map { row($0, model, call) })</tbody></table></div>
      """
  }

  private static func showsOwner(_ model: TaskList.Model) -> Bool { model.filter.who == .all || model.filter.client != nil }

  private static func row(_ task: StoredTask, _ model: TaskList.Model, _ call: Call) -> HTML {
    let meta = TaskHTML.meta(task, call)
    let sub: HTML = meta.isEmpty ? "" : "<span class=\"sub\">\(meta.joined(by: " · "))</span>"
    let chips = TaskHTML.chips(task, call)
    let client: HTML = model.client != nil ? "" : "<td>\(clientLink(task))</td>"
    let owner: HTML = showsOwner(model) ? "<td>\(task.owner)</td>" : ""
    return """
      <tr data-row><th scope="row"><a href="\(Routes.Tasks.page(task.id))" data-open>\(task.title)</a> \(chips)\(sub)</th>\
      <td class="nowrap">\(when(task, call))</td>\(client)\(owner)<td class="fit">\(actions(task, model, call))</td></tr>
      """
  }

  private static func clientLink(_ task: StoredTask) -> HTML {
    guard let id = task.clientID, let client = task.client else { return "" }
    return "<a href=\"\(Routes.Clients.page(id))\">\(client)</a>"
  }

  private static func when(_ task: StoredTask, _ call: Call) -> HTML {
    let w = call.words
    if let at = task.doneAt { return w.dayTag(at, now: call.now) }
    return task.due.map { w.dueTag($0, now: call.now) } ?? "<span class=\"meta\">\(w("tasks.no_due"))</span>"
  }

  private static func actions(_ task: StoredTask, _ model: TaskList.Model, _ call: Call) -> HTML {
    guard call.may(.editTasks) else { return "" }
    let w = call.words, back = TaskList.url(model.filter)
    if task.doneAt != nil {
      return form(Routes.Tasks.reopen(task.id), back, """
        <button class="small" aria-label="\(w("tasks.reopen_named", ["title": task.title]))">\(w("tasks.reopen"))</button>
        """)
    }
    let postpone = Routes.Tasks.postpone(task.id) + URLText.query([("back", back)])
    return form(Routes.Tasks.done(task.id), back, """
      <button class="small" data-key-row="e" aria-label="\(w("tasks.done_named", ["title": task.title]))">\(w("tasks.done"))</button>\
      <a class="button small" href="\(postpone)" data-dialog data-key-row="z" aria-label="\(w("tasks.postpone_named", ["title": task.title]))">\(w("tasks.postpone"))</a>
      """)
  }

  private static func form(_ action: String, _ back: String, _ buttons: HTML) -> HTML {
    "<form class=\"actions\" method=\"post\" action=\"\(action)\" data-quick><input type=\"hidden\" name=\"back\" value=\"\(back)\">\(buttons)</form>"
  }
}
