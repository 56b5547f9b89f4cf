import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// "Kept on time" over the last twelve months: in all, by month, by employee, by team. Every figure leads to its promises.
enum PromiseSharePage {
  private struct Model: Sendable {
    let scope: PromiseScope
    let days: ClosedRange<CalendarDate>
    let name: String?
    let total: PromiseShare
    let months: [(month: CalendarDate, share: PromiseShare)]
    let owners: [(id: AccountID, name: String, team: String?, share: PromiseShare)]
    let teams: [(id: TeamID?, name: String?, share: PromiseShare)]
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Promises.share) { call in
      let query = call.query, today = call.today
      return try await call.page({ try read($0, query, today) }, { render($0, call) })
    }
  }

  private static func read(_ reader: Reader, _ query: Query, _ today: CalendarDate) throws -> Model {
    try reader.require(.viewPromises)
    let side = query["side"].flatMap(PromiseSide.init) ?? .us
    let scope = PromiseScope(
      owner: query["owner"].flatMap { AccountID($0) }, team: query["team"].flatMap { TeamID($0) }, client: query["client"].flatMap { ClientID($0) },
      side: side)
    let first = CalendarDate(year: today.year, month: today.month, day: 1) ?? today
    let days = first.adding(months: -11)...first.adding(months: 1).adding(days: -1)
    let months = try reader.promiseShareByMonth(scope, days)
    let isNarrow = scope.owner != nil || scope.client != nil
    var name = try scope.owner.flatMap { try reader.accountName($0) }
    if let client = scope.client { name = try reader.partyName(client) }
    return Model(
      scope: scope, days: days, name: name, total: months.reduce(PromiseShare()) { $0 + $1.share }, months: months,
      owners: isNarrow ? [] : try reader.promiseShareByOwner(scope, days), teams: isNarrow ? [] : try reader.promiseShareByTeam(scope, days))
  }

  static func ratio(_ share: PromiseShare, _ w: Words) -> String {
    w("promises.ratio", ["kept": w.formats.integer(share.onTime), "all": w.formats.integer(share.counted)])
  }
  static func percent(_ share: PromiseShare, _ w: Words) -> String { share.share.map { w.formats.percent($0) } ?? "–" }

  private static func render(_ model: Model, _ call: Call) -> Page {
    let w = call.words
    let sub: HTML = "<p class=\"sub\">\(model.name.map { "\($0) · " as HTML } ?? "")\(w("promises.share_hint"))</p>"
    let empty: HTML = "<div class=\"empty\">\(call.icon("promise"))<p>\(w("promises.none_counted"))</p></div>"
    return Page(w("promises.kept_on_time"), place: .promises, main: """
      <nav class="crumb" aria-label="\(w("history.place"))"><a href="\(Routes.Promises.list())" data-key="u">\(call.icon("back"))\(w("promises.title"))</a></nav>
      <header class="head"><div><h1>\(w("promises.kept_on_time"))</h1>\(sub)</div></header>\(sides(model, call))
      \(model.total.counted == 0 ? empty : tables(model, call))
      """)
  }

  private static func sides(_ model: Model, _ call: Call) -> HTML {
    let links = PromiseSide.allCases.map { side -> HTML in
      let url = Routes.Promises.share() + URLText.query(pairs(model.scope, side))
      return "<a href=\"\(url)\"\(attr: "aria-current", side == model.scope.side ? "page" : nil)>\(call.words("promises.who.\(side.rawValue)"))</a>"
    }
    return "<nav class=\"tabs\" aria-label=\"\(call.words("promises.field.side"))\">\(links)</nav>"
  }

  private static func pairs(_ scope: PromiseScope, _ side: PromiseSide) -> [(String, String)] {
    [
      side == .us ? nil : ("side", side.rawValue), scope.owner.map { ("owner", $0.description) }, scope.team.map { ("team", $0.description) },
      scope.client.map { ("client", $0.description) },
    ].compactMap(\.self)
  }

  private static func tables(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let months = model.months.reversed().map { month, share -> HTML in
      var scope = PromiseFilter(.kept, owner: model.scope.owner, team: model.scope.team, client: model.scope.client, side: model.scope.side)
      (scope.from, scope.until) = (month, month.adding(months: 1).adding(days: -1))
      return row(w.formats.month(month), share, scope, call)
    }
    let owners = model.owners.map { one -> HTML in
      let filter = PromiseFilter(.kept, owner: one.id, side: model.scope.side, from: model.days.lowerBound, until: model.days.upperBound)
      return row(one.team.map { "\(one.name), \($0)" } ?? one.name, one.share, filter, call)
    }
    let teams = model.teams.map { one -> HTML in
      let filter = PromiseFilter(.kept, team: one.id, side: model.scope.side, from: model.days.lowerBound, until: model.days.upperBound)
      return row(one.name ?? w("promises.no_team"), one.share, filter, call)
    }
    let total: HTML = """
      <dl class="stats"><div class="stat"><dt>\(w("promises.last_year"))</dt><dd>\(percent(model.total, w))</dd><dd class="meta">\(ratio(model.total, w))</dd></div></dl>
      """
    return """
      \(total)<div class="stack narrow gap">\(table("by-month", w("promises.by_month"), w("promises.month"), months, call))\
      \(owners.isEmpty ? "" : table("by-owner", w("promises.by_owner"), w("promises.field.owner"), owners, call))\
      \(teams.count < 2 ? "" : table("by-team", w("promises.by_team"), w("clients.team"), teams, call))</div>
      """
  }

  private static func table(_ id: String, _ title: String, _ head: String, _ rows: [HTML], _ call: Call) -> HTML {
    let w = call.words
    return """
      <section class="card"><header><h2 id="\(id)">\(title)</h2></header>
      <div class="scroll" role="region" aria-labelledby="\(id)" tabindex="0"><table><thead><tr><th scope="col">\(head)</th>\
      <th scope="col" class="num">\(w("promises.on_time"))</th><th scope="col" class="num">\(w("promises.counted"))</th><th scope="col" class="num">%</th></tr></thead>
      <tbody>\(rows)</tbody></table></div></section>
      """
  }

  private static func row(_ name: String, _ share: PromiseShare, _ filter: PromiseFilter, _ call: Call) -> HTML {
    let w = call.words
    var kept = filter
    kept.inTime = true
    return """
      <tr><th scope="row">\(name)</th><td class="num"><a href="\(PromiseListPage.url(kept, call))">\(w.formats.integer(share.onTime))</a></td>\
      <td class="num">\(w.formats.integer(share.counted))</td><td class="num">\(percent(share, w))</td></tr>
      """
  }
}
