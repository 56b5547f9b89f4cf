import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The list of promises: the own ones due first when nothing is asked. Its whole state is in the URL.
enum PromiseListPage {
  struct Model: Sendable {
    let filter: PromiseFilter
    let cursor: ListCursor?
    let page: PromiseLines
    let owners: [(id: AccountID, name: String)]
    let teams: [(id: TeamID, name: String)]
    let overdue: Int
    let today: Int
    let share: PromiseShare
    let clientName: String?
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Promises.list) { call in
      let mine = try call.actor.id
      let filter = PromiseFilter(pairs: call.query.pairs, mine: mine)
      let cursor = call.query["after"].flatMap { ListCursor($0) }
      let today = call.today
      return try await call.page({ try read($0, filter, cursor, today) }, { render($0, call) })
    }
  }

  private static func read(_ reader: Reader, _ filter: PromiseFilter, _ cursor: ListCursor?, _ today: CalendarDate) throws -> Model {
    let choices = try reader.clientChoices()
    func count(_ state: PromiseFilter.State) throws -> Int {
      try reader.count(PromiseFilter(state, owner: filter.owner, team: filter.team, client: filter.client, side: filter.side), cap: 99)
    }
    let scope = PromiseScope(owner: filter.owner, team: filter.team, client: filter.client)
    return Model(
      filter: filter, cursor: cursor, page: try reader.promises(filter, after: cursor), owners: choices.owners, teams: choices.teams,
      overdue: try count(.overdue), today: try count(.today),
      share: try reader.promiseShare(scope, today.adding(days: -90)...today),
      clientName: try filter.client.flatMap { try reader.visibleName($0) })
  }

  private static func render(_ model: Model, _ call: Call) -> Page {
    let w = call.words
    let new: HTML = call.may(.editPromises) ? """
      <a class="button primary" href="\(Routes.Promises.newAnywhere())" data-dialog data-key="c">\(call.icon("plus"))\(w("promises.new"))</a>
      """ : ""
    return Page(w("promises.title"), place: .promises, main: """
      <header class="head"><div><h1>\(w("promises.title"))</h1></div><div class="actions">\(new)</div></header>
      \(PromiseTabs.html(model.filter, model.overdue, model.today, call))\(figures(model, call))\(PromiseFilters.bar(model, call))
      <div id="list">\(PromiseFilters.applied(model, call))\(body(model, call))</div>
      """)
  }

  private static func figures(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    guard model.share.counted > 0 else { return "" }
    var pairs = model.filter.pairs(mine: call.signedIn?.actor.id).filter { ["owner", "team", "client"].contains($0.0) }
    if let owner = model.filter.owner, !pairs.contains(where: { $0.0 == "owner" }) { pairs.append(("owner", owner.description)) }
    return """
      <dl class="stats"><div class="stat"><dt>\(w("promises.kept_90"))</dt><dd><a href="\(Routes.Promises.share() + URLText.query(pairs))">\(PromiseSharePage.ratio(model.share, w))</a></dd>\
      <dd class="meta">\(PromiseSharePage.percent(model.share, w))</dd></div></dl>
      """
  }

  private static func body(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    guard !model.page.lines.isEmpty else { return empty(model, call) }
    let back = Self.url(model.filter, call)
    let rows = model.page.lines.map { row($0, back, call) }
    let more: HTML = model.page.next.map { cursor in
      let url = Routes.Promises.list() + URLText.query(model.filter.pairs(mine: call.signedIn?.actor.id) + [("after", cursor.text)])
      return "<a class=\"button\" href=\"\(url)\" rel=\"next\">\(w("clients.next_page"))</a>"
    } ?? ""
    let first: HTML = model.cursor == nil ? "" : "<a href=\"\(back)\">\(w("clients.first_page"))</a>"
    return """
      <ul class="items card promises" data-rows>\(rows)</ul>
      <nav class="list-end" aria-label="\(w("clients.pages"))">\(first)\(more)</nav>
      """
  }

  private static func row(_ promise: StoredPromise, _ back: String, _ call: Call) -> HTML {
    let w = call.words
    let terms = promise.value.terms
    var about: [HTML] = [w.fate(promise.value, now: call.now), "\(w.side(terms.side))"]
    if let person = promise.personName { about.append("\(person)") }
    about.append("\(promise.ownerName)")
    return """
      <li data-row><div><b><a href="\(Routes.Clients.page(promise.clientID))">\(promise.clientName)</a></b> <a href="\(Routes.Promises.page(promise.id))" data-open>\(terms.what)</a>\
      <p class="\(promise.value.tone(at: call.now))">\(about.joined(by: " · "))</p></div>\(PromiseActions.row(promise, back: back, call, menu: "pm"))</li>
      """
  }

  static func url(_ filter: PromiseFilter, _ call: Call) -> String {
    Routes.Promises.list() + URLText.query(filter.pairs(mine: call.signedIn?.actor.id))
  }

  private static func empty(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let isBare = model.filter == PromiseFilter(model.filter.state, owner: call.signedIn?.actor.id)
    let action: HTML = !isBare
      ? "<a class=\"button\" href=\"\(Routes.Promises.list())\">\(w("clients.clear"))</a>"
      : call.may(.editPromises) ? "<a class=\"button\" href=\"\(Routes.Promises.newAnywhere())\" data-dialog>\(call.icon("promise"))\(w("promises.make"))</a>" : ""
    let why = isBare ? w("promises.none.\(model.filter.state.rawValue)") : w("promises.none_found")
    return "<div class=\"empty\">\(call.icon("promise"))<p data-found>\(why)</p>\(action)</div>"
  }
}
