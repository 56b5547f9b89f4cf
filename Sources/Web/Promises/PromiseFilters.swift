import Domain
import Markup
import Store

/// Open, overdue, today, and what has been settled: each has its URL.
enum PromiseTabs {
  static func html(_ filter: PromiseFilter, _ overdue: Int, _ today: Int, _ call: Call) -> HTML {
    let w = call.words
    let tabs = PromiseFilter.State.allCases.map { state -> HTML in
      var other = filter
      (other.state, other.inTime) = (state, nil)
      let count = state == .overdue ? overdue : state == .today ? today : 0
      let number: HTML = count == 0 ? "" : " <span class=\"count\">\(count > 99 ? "99+" : "\(count)")</span>"
      return """
        <a href="\(PromiseListPage.url(other, call))"\(attr: "aria-current", state == filter.state ? "page" : nil)>\(w("promises.tab.\(state.rawValue)"))\(number)</a>
        """
    }
    return "<nav class=\"tabs\" aria-label=\"\(w("promises.title"))\">\(tabs)</nav>"
  }
}

/// Whose, on which side, and by when.
enum PromiseFilters {
  static func bar(_ model: PromiseListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let filter = model.filter
    let mine = call.signedIn?.actor.id
    var owners = [("all", w("promises.everyone"))]
    if let mine, !model.owners.contains(where: { $0.id == mine }) { owners.append((mine.description, call.signedIn?.actor.name ?? "")) }
    owners += model.owners.map { ($0.id.description, $0.name) }
    let sides = [("", w("promises.both_sides"))] + PromiseSide.allCases.map { ($0.rawValue, w("promises.who.\($0.rawValue)")) }
    let teams = [("", w("clients.any_team"))] + model.teams.map { ($0.id.description, $0.name) }
    var hidden: HTML = "<input type=\"hidden\" name=\"state\" value=\"\(filter.state.rawValue)\">"
    if let client = filter.client { hidden += "<input type=\"hidden\" name=\"client\" value=\"\(client)\">" }
    return """
      <form class="filters" role="search" aria-label="\(w("promises.filter"))" action="\(Routes.Promises.list())" data-live="#list">\(hidden)
      \(FilterBar.select("owner", w("promises.field.owner"), owners, filter.owner?.description ?? "all", isLabelled: true))\(FilterBar.select("side", w("promises.field.side"), sides, filter.side?.rawValue ?? "", isLabelled: true))\
      \(model.teams.isEmpty ? "" : FilterBar.select("team", w("clients.team"), teams, filter.team?.description ?? "", isLabelled: true))
      \(date("from", w("promises.due_from"), filter.from))\(date("until", w("promises.due_until"), filter.until))
      <button class="no-js">\(w("clients.show"))</button><output class="hide"></output></form>
      """
  }

  private static func date(_ name: String, _ label: String, _ value: CalendarDate?) -> HTML {
    "<div class=\"field\"><label for=\"f-\(name)\">\(label)</label><input type=\"date\" id=\"f-\(name)\" name=\"\(name)\"\(attr: "value", value?.description)></div>"
  }

  static func applied(_ model: PromiseListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let filter = model.filter
    var chips: [(String, PromiseFilter)] = []
    func add(_ text: String, _ change: (inout PromiseFilter) -> Void) {
      var other = filter
      change(&other)
      chips.append((text, other))
    }
    if filter.client != nil {
      let chip = model.clientName.map { w("clients.chip", ["label": w("promises.field.client"), "value": $0]) }
      add(chip ?? w("clients.unavailable")) { $0.client = nil }
    }
    if let team = filter.team { add(w("clients.chip", ["label": w("clients.team"), "value": model.teams.first { $0.id == team }?.name ?? "№ \(team)"])) { $0.team = nil } }
    if let side = filter.side { add(w("promises.who.\(side.rawValue)")) { $0.side = nil } }
    if let from = filter.from { add(w("clients.chip", ["label": w("promises.due_from"), "value": w.formats.date(from)])) { $0.from = nil } }
    if let until = filter.until { add(w("clients.chip", ["label": w("promises.due_until"), "value": w.formats.date(until)])) { $0.until = nil } }
    if let inTime = filter.inTime { add(w(inTime ? "promises.state.kept" : "promises.state.kept_late")) { $0.inTime = nil } }
    guard !chips.isEmpty else { return "" }
    let items = chips.map { text, other -> HTML in
      "<a class=\"chip remove\" href=\"\(PromiseListPage.url(other, call))\" aria-label=\"\(w("clients.remove_filter", ["filter": text]))\">\(text) \(call.icon("close"))</a>"
    }
    return "<div class=\"applied\" role=\"group\" aria-label=\"\(w("clients.filters"))\">\(items.joined(by: " "))</div>"
  }
}
