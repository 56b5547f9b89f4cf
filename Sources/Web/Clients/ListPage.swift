import Database
import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The lists of clients and of people.
enum ListPage {
  struct Model: Sendable {
    let state: ListState
    let page: ClientListPage
    let count: Int
    /// Counted to the end, not to the cap.
    let isWholeCount: Bool
    let choices: ClientChoices
    let views: [SavedView]
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Clients.list) { call in try await answer(.clients, call) }
    book.on(Routes.Clients.people) { call in try await answer(.people, call) }
  }

  private static func answer(_ who: ClientFilter.Who, _ call: Call) async throws -> Response {
    let state = ListState(who, call.query.pairs)
    return try await call.page({ try read($0, state) }, { render($0, call) })
  }

  static func read(_ reader: Reader, _ state: ListState) throws -> Model {
    let page = try reader.clients(state.filter, state.sort, after: state.cursor)
    // What is all on one page is counted already.
    let count = state.cursor == nil && page.next == nil
      ? page.lines.count : try page.found ?? reader.count(state.filter, cap: state.countsAll ? nil : 1000)
    return Model(
      state: state, page: page, count: count, isWholeCount: state.countsAll || page.found != nil, choices: try reader.clientChoices(),
      views: try reader.savedViews(of: state.filter.who.rawValue))
  }

  static func render(_ model: Model, _ call: Call) -> Page {
    let w = call.words
    let isClients = model.state.filter.who == .clients
    let title = w(isClients ? "clients.title" : "clients.people_title")
    return Page(title, place: isClients ? .clients : .people, main: """
      <header class="head"><div><h1>\(title)</h1></div><div class="actions">\(isClients ? actions(model.state, call) : "")</div></header>
      \(ListTabs.html(model, call))\(ListFilters.bar(model, call))
      <div id="list">\(ListFilters.applied(model, call))\(body(model, call))</div>
      """)
  }

  private static func actions(_ state: ListState, _ call: Call) -> HTML {
    let export: HTML = !call.may(.exportClients) ? "" : """
      <a class="button" href="\(Routes.Exports.clients() + URLText.query(state.pairs))" download>\(call.icon("download"))\(call.words("export.list"))</a>
      """
    return export + newClient(call)
  }

  private static func newClient(_ call: Call) -> HTML {
    guard call.may(.editClients) else { return "" }
    return """
      <a class="button primary" href="\(Routes.Clients.new())" data-key="c">\(call.icon("plus"))\(call.words("clients.new"))</a>
      """
  }

  private static func body(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    guard !model.page.lines.isEmpty else { return empty(model, call) }
    let more: HTML = model.page.next.map { cursor in
      "<a class=\"button\" href=\"\(model.state.next(cursor))\" rel=\"next\">\(w("clients.next_page"))</a>"
    } ?? ""
    let first: HTML = model.state.cursor == nil ? "" : "<a href=\"\(model.state.url)\">\(w("clients.first_page"))</a>"
    return """
      \(ListTable.html(model, call))
      <nav class="list-end" aria-label="\(w("clients.pages"))"><span>\(count(model, call))</span>\(first)\(more)</nav>
      """
  }

  private static func count(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let isClients = model.state.filter.who == .clients
    if model.count > 1000, !model.isWholeCount {
      return """
        <span data-found>\(w("clients.more_than", ["count": w.formats.integer(1000)]))</span> <a href="\(model.state.countingAll)">\(w("clients.count_all"))</a>
        """
    }
    return "<span data-found>\(w.count(isClients ? "clients.count" : "clients.people_count", model.count))</span>"
  }

  private static func empty(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let state = model.state
    if state.filter.isNarrowed {
      var bare = state.filter
      bare = ClientFilter(bare.who, pairs: [("state", bare.state.rawValue)])
      return """
        <div class="empty">\(call.icon("search"))<p data-found>\(w("clients.none_found"))</p>
        <a class="button" href="\(state.path + URLText.query(bare.pairs))">\(w("clients.clear"))</a></div>
        """
    }
    switch (state.filter.state, state.filter.who) {
    case (.archived, _): return "<div class=\"empty\">\(call.icon("archive"))<p>\(w("clients.none_archived"))</p></div>"
    case (.bin, _): return "<div class=\"empty\">\(call.icon("bin"))<p>\(w("clients.none_in_bin"))</p></div>"
    case (.active, .people): return "<div class=\"empty\">\(call.icon("people"))<p>\(w("clients.no_people"))</p></div>"
    case (.active, .clients):
      let action: HTML = call.may(.importClients)
        ? "<a class=\"button\" href=\"\(Routes.Imports.start())\">\(call.icon("upload"))\(w("clients.import"))</a>" : ""
      return "<div class=\"empty\">\(call.icon("clients"))<p>\(w("clients.none"))</p>\(newClient(call))\(action)</div>"
    }
  }
}
