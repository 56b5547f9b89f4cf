import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// How it goes: contacts, clients by the time since the last, promises kept, what lies with whom. Every number leads to its rows.
enum DashboardPage {
  @Sendable static func page(_ call: Call) async throws -> Response {
    let filter = DashboardFilter(pairs: call.query.pairs)
    return try await call.page({ try $0.dashboard(filter) }, { view(call, filter, $0) })
  }

  private static func view(_ call: Call, _ filter: DashboardFilter, _ model: Dashboard) -> Page {
    let w = call.words
    let sections = [
      ContactSection(call: call, filter: filter, model: model).html, AgeSection(call: call, filter: filter, model: model).html,
      KeptSection(call: call, filter: filter, model: model).html, LoadSection(call: call, filter: filter, model: model).html,
    ]
    var page = Page(w("dashboards.title"), place: .dashboards, main: """
      <header class="head"><div><h1>\(w("dashboards.title"))</h1><p class="sub">\(w("dashboards.scope_\(call.signedIn?.actor.scope.rawValue ?? "own")"))</p></div></header>
      \(bar(call, filter, model))<div class="stack" id="figures">\(sections)</div>
      """)
    page.sheets = ["charts"]
    return page
  }

  private static func bar(_ call: Call, _ filter: DashboardFilter, _ model: Dashboard) -> HTML {
    let w = call.words
    let periods = DashboardFilter.Period.allCases.map { ($0.rawValue, w("dashboards.period_\($0.rawValue)")) }
    let teams = model.teams.isEmpty ? "" : FilterBar.select("team", w("clients.team"), [("", w("clients.any_team"))] + model.teams.map { ("\($0.id)", $0.name) }, filter.team?.description ?? "")
    return """
      <form class="filters" role="search" aria-label="\(w("dashboards.filter"))" action="\(Routes.Dashboards.page())"><input type="hidden" name="owner"\(attr: "value", filter.owner?.description)>
      \(FilterBar.select("period", w("dashboards.period"), periods, filter.period.rawValue))\(teams)<button>\(w("dashboards.show"))</button></form>\(applied(call, filter, model))
      """
  }

  /// One colleague's figures are reached from the tables; here is the way back.
  private static func applied(_ call: Call, _ filter: DashboardFilter, _ model: Dashboard) -> HTML {
    guard let owner = filter.owner else { return "" }
    let w = call.words
    var all = filter
    all.owner = nil
    let name = model.people.first { $0.id == owner }?.name ?? "№ \(owner)"
    return """
      <div class="applied" role="group" aria-label="\(w("clients.filters"))"><a class="chip remove" href="\(url(all))" aria-label="\(w("clients.remove_filter", ["filter": name]))">\(name) \(call.icon("close"))</a></div>
      """
  }

  static func url(_ filter: DashboardFilter) -> String { Routes.Dashboards.page() + URLText.query(filter.pairs) }
}

/// What the sections share.
protocol DashboardSection {
  var call: Call { get }
  var filter: DashboardFilter { get }
  var model: Dashboard { get }
}

extension DashboardSection {
  var w: Words { call.words }

  func card(_ id: String, _ title: String, _ hint: String, _ content: HTML) -> HTML {
    """
    <section class="card stack" aria-labelledby="\(id)-h"><header><div><h2 id="\(id)-h">\(title)</h2><p class="meta">\(hint)</p></div></header>\(content)</section>
    """
  }

  /// The client list as it stands behind a number.
  func clients(owner: ClientFilter.Owner?, _ age: ContactAge? = nil) -> String {
    var list = ClientFilter(.clients)
    list.owner = owner ?? filter.owner.map(ClientFilter.Owner.account)
    list.team = filter.team
    list.lastContact = age?.range(until: call.today)
    return Routes.Clients.list() + URLText.query(list.pairs)
  }

  func contacts(_ from: CalendarDate, _ until: CalendarDate, _ channel: Channel? = nil, author: AccountID? = nil) -> String {
    let list = ContactListFilter(from: from, until: until, channel: channel, author: author ?? filter.owner, team: filter.team)
    return Routes.Dashboards.contacts() + URLText.query(list.pairs)
  }

  func link(_ count: Int, _ url: String) -> HTML { count == 0 ? "0" : "<a href=\"\(url)\">\(w.formats.integer(count))</a>" }
}
