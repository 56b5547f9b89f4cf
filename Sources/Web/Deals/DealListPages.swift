import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The list of projects with its filters in the URL, and the forecast by months.
enum DealListPages {
  struct Model: Sendable {
    let filter: DealFilter
    let sort: DealSort
    let isFirst: Bool
    let page: DealListPage
    let count: Int
    let stages: [DealStage]
    let reasons: [LossReason]
    let colleagues: [(id: AccountID, name: String)]
    let clientName: String?
    let waiting: Int
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Deals.list) { call in
      let filter = DealFilter(pairs: call.query.pairs)
      let sort = call.query["sort"].flatMap { DealSort($0) } ?? .usual
      let cursor = call.query["after"].flatMap { ListCursor($0) }
      return try await call.page({ reader in
        let page = try reader.deals(filter, sort, after: cursor)
        let count = cursor == nil && page.next == nil ? page.deals.count : try reader.count(filter)
        return Model(
          filter: filter, sort: sort, isFirst: cursor == nil, page: page, count: count, stages: try reader.stages(),
          reasons: try reader.lossReasons(), colleagues: try reader.colleagues(),
          clientName: try filter.client.map { try reader.partyName($0) }, waiting: try reader.opportunitiesWaiting().count)
      }, { render($0, call) })
    }
    book.on(Routes.Deals.forecast) { call in
      let filter = DealFilter(pairs: call.query.pairs.filter { $0.0 == "owner" || $0.0 == "currency" })
      return try await call.page({ reader in
        (try reader.forecast(filter), try reader.colleagues(), try reader.opportunitiesWaiting().count)
      }, { months, colleagues, waiting in ForecastPage.page(months, filter, colleagues, waiting, call) })
    }
  }

  private static func url(_ filter: DealFilter, _ sort: DealSort, after: ListCursor? = nil) -> String {
    var pairs = filter.pairs
    if sort != .usual { pairs.append(("sort", sort.text)) }
    if let after { pairs.append(("after", after.text)) }
    return Routes.Deals.list() + URLText.query(pairs)
  }

  private static func render(_ model: Model, _ call: Call) -> Page {
    let w = call.words
    var page = Page(w("deals.title"), place: .deals, main: """
      \(DealHead.html(.list, model.filter, waiting: model.waiting, call))\(tabs(model, call))\(bar(model, call))
      <div id="list">\(body(model, call))</div>
      """)
    page.sheets = ["deals"]
    return page
  }

  private static func tabs(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let links = DealFilter.State.allCases.map { state -> HTML in
      var filter = model.filter
      (filter.state, filter.stage, filter.reason) = (state, nil, nil)
      return "<a href=\"\(url(filter, model.sort))\"\(attr: "aria-current", state == model.filter.state ? "page" : nil)>\(w("deals.state.\(state.rawValue)"))</a>"
    }
    return "<nav class=\"tabs\" aria-label=\"\(w("deals.states"))\">\(links)</nav>"
  }

  private static func bar(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let filter = model.filter
    let stages = model.stages.filter { filter.state.phases.contains($0.phase) }
    let stage: HTML = stages.count < 2 ? "" : FilterBar.select(
      "stage", w("deals.field.stage"), [("", w("deals.any_stage"))] + stages.map { ($0.id.description, DealWords.stage($0, w)) },
      filter.stage?.description ?? "")
    let reason: HTML = filter.state != .lost ? "" : FilterBar.select(
      "reason", w("deals.field.reason"), [("", w("deals.any_reason"))] + model.reasons.map { ($0.id.description, DealWords.reason($0, w)) },
      filter.reason?.description ?? "")
    var hidden: [(String, String)] = filter.state == .open ? [] : [("state", filter.state.rawValue)]
    if let client = filter.client { hidden.append(("client", client.description)) }
    if let currency = filter.currency { hidden.append(("currency", currency.code)) }
    if let month = filter.month { hidden.append(("month", String(month.description.prefix(7)))) }
    if model.sort != .usual { hidden.append(("sort", model.sort.text)) }
    return """
      <form class="filters" role="search" aria-label="\(w("deals.filter"))" action="\(Routes.Deals.list())" data-live="#list">
      \(DealFilters.text(filter, call))\(DealFilters.owner(filter, model.colleagues, call))\(stage)\(reason)\
      \(hidden.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML })<button class="no-js">\(w("deals.show"))</button><output class="hide"></output></form>
      """
  }

  private static func applied(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    var chips: [(String, DealFilter)] = []
    func add(_ text: String, _ change: (inout DealFilter) -> Void) {
      var filter = model.filter
      change(&filter)
      chips.append((text, filter))
    }
    if let name = model.clientName { add(w("deals.of_client", ["name": name])) { $0.client = nil } }
    if let month = model.filter.month { add(w.formats.month(month)) { $0.month = nil } }
    if let currency = model.filter.currency { add(currency.code) { $0.currency = nil } }
    guard !chips.isEmpty else { return "" }
    let items = chips.map { text, filter -> HTML in
      "<a class=\"chip remove\" href=\"\(url(filter, model.sort))\" aria-label=\"\(w("clients.remove_filter", ["filter": text]))\">\(text) \(call.icon("close"))</a>"
    }
    return "<div class=\"applied\" role=\"group\" aria-label=\"\(w("clients.filters"))\">\(items.joined(by: " "))</div>"
  }

  private static func body(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    guard !model.page.deals.isEmpty else { return applied(model, call) + empty(model, call) }
    let more: HTML = model.page.next.map { "<a class=\"button\" href=\"\(url(model.filter, model.sort, after: $0))\" rel=\"next\">\(w("clients.next_page"))</a>" } ?? ""
    let first: HTML = model.isFirst ? "" : "<a href=\"\(url(model.filter, model.sort))\">\(w("clients.first_page"))</a>"
    let count = model.count > 1000
      ? w("deals.more_than", ["count": w.formats.integer(1000)]) : w.count("deals.count", model.count)
    return """
      \(applied(model, call))<div class="scroll" role="region" aria-labelledby="cap" tabindex="0" data-rows><table><caption id="cap" class="hide">\(w("deals.title"))</caption>
      <thead><tr>\(head("deals.field.name", .name, model, call))<th scope="col">\(w("deals.field.client"))</th><th scope="col">\(w("deals.field.stage"))</th>\
      <th scope="col" class="num">\(w("deals.worth"))</th><th scope="col">\(w("deals.field.owner"))</th>\(head("deals.field.expected", .expected, model, call))\
      \(head("deals.changed_at", .changed, model, call))</tr></thead><tbody>\(model.page.deals.map { row($0, call) })</tbody></table></div>
      <nav class="list-end" aria-label="\(w("clients.pages"))"><span data-found>\(count)</span>\(first)\(more)</nav>
      """
  }

  private static func head(_ label: String, _ key: DealSort.Key, _ model: Model, _ call: Call) -> HTML {
    let isCurrent = model.sort.key == key
    let order = isCurrent ? (model.sort.descending ? "descending" : "ascending") : nil
    let next = DealSort(key, descending: isCurrent ? !model.sort.descending : key == .changed)
    return "<th scope=\"col\"\(attr: "aria-sort", order)><a class=\"sort\" href=\"\(url(model.filter, next))\">\(call.words(label))</a></th>"
  }

  private static func row(_ deal: StoredDeal, _ call: Call) -> HTML {
    let w = call.words
    let reason: HTML = deal.reason.map { "<span class=\"sub\">\(DealWords.reason($0, w))</span>" } ?? ""
    let number: HTML = deal.draft.number.map { "<span class=\"sub\">\($0)</span>" } ?? ""
    return """
      <tr data-row><th scope="row"><a href="\(Routes.Deals.page(deal.id))" data-open>\(deal.draft.name)</a>\(number)</th>\
      <td><a href="\(Routes.Clients.page(deal.clientID))">\(deal.clientName)</a></td><td>\(DealSummary.chip(deal.stage, w))\(reason)</td>\
      <td class="num">\(deal.worth.map { w.formats.money($0) } ?? "")</td><td>\(deal.ownerName ?? "")</td>\
      <td class="nowrap">\(deal.draft.expectedOn.map { w.dateTag($0) } ?? "" as HTML)</td><td class="nowrap">\(w.dayTag(deal.changedAt, now: call.now))</td></tr>
      """
  }

  private static func empty(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    if model.filter.isNarrowed {
      var bare = DealFilter()
      bare.state = model.filter.state
      return """
        <div class="empty">\(call.icon("search"))<p data-found>\(w("deals.none_found"))</p><a class="button" href="\(url(bare, model.sort))">\(w("deals.clear"))</a></div>
        """
    }
    let text = model.filter.state == .open || model.filter.state == .all ? "deals.none" : "deals.none_in_state"
    return "<div class=\"empty\">\(call.icon("deal"))<p>\(w(text))</p>\(DealHead.newButton(call))</div>"
  }
}

/// What may come in, month by month: the whole and the likely part of it.
enum ForecastPage {
  static func page(
    _ months: [ForecastMonth], _ filter: DealFilter, _ colleagues: [(id: AccountID, name: String)], _ waiting: Int, _ call: Call
  ) -> Page {
    let w = call.words
    let currencies = Set(months.map(\.currency)).sorted { $0.code < $1.code }
    let tables = currencies.map { currency in table(months.filter { $0.currency == currency }, currency, filter, call) }
    let body: HTML = months.isEmpty
      ? "<div class=\"empty\">\(call.icon("chart"))<p>\(w("deals.no_forecast"))</p></div>" : "<div class=\"stack\">\(tables)</div>"
    var page = Page(w("deals.forecast"), place: .deals, main: """
      \(DealHead.html(.forecast, filter, waiting: waiting, call))
      <form class="filters" role="search" aria-label="\(w("deals.filter"))" action="\(Routes.Deals.forecast())" data-live="#list">\
      \(DealFilters.owner(filter, colleagues, call))<button class="no-js">\(w("deals.show"))</button><output class="hide"></output></form>
      <p class="hint">\(w("deals.forecast_hint"))</p><div id="list">\(body)</div>
      """)
    page.sheets = ["deals"]
    return page
  }

  private static func table(_ months: [ForecastMonth], _ currency: Currency, _ filter: DealFilter, _ call: Call) -> HTML {
    let w = call.words
    let largest = max(1, months.map { $0.weighted }.max() ?? 1)
    let rows = months.map { month -> HTML in
      var of = filter
      (of.month, of.currency) = (month.month, currency)
      let name = month.month.map { w.formats.month($0) } ?? w("deals.no_month")
      let head: HTML = month.month == nil ? "\(name)" : "<a href=\"\(Routes.Deals.list() + URLText.query(of.pairs))\">\(name)</a>"
      return """
        <tr><th scope="row">\(head)</th><td class="num">\(w.formats.integer(month.count))</td><td class="num">\(amount(month.total, currency, w))</td>\
        <td class="num">\(amount(month.weighted, currency, w))</td><td class="bar"><meter min="0" max="\(largest)" value="\(month.weighted)" aria-hidden="true"></meter></td></tr>
        """
    }
    let total = (try? Pricing.sum(months.map(\.total))) ?? 0, weighted = (try? Pricing.sum(months.map(\.weighted))) ?? 0
    let id = "fc-\(currency.code)"
    return """
      <div class="scroll" role="region" aria-labelledby="\(id)" tabindex="0"><table><caption id="\(id)">\(w("deals.forecast_in", ["currency": currency.code]))</caption>
      <thead><tr><th scope="col">\(w("deals.month"))</th><th scope="col" class="num">\(w("deals.projects"))</th><th scope="col" class="num">\(w("deals.total"))</th>\
      <th scope="col" class="num">\(w("deals.weighted"))</th><td></td></tr></thead><tbody>\(rows)</tbody>
      <tfoot><tr><th scope="row">\(w("deals.sum"))</th><td class="num">\(w.formats.integer(months.reduce(0) { $0 + $1.count }))</td>\
      <td class="num">\(amount(total, currency, w))</td><td class="num">\(amount(weighted, currency, w))</td><td></td></tr></tfoot></table></div>
      """
  }

  private static func amount(_ minor: Int64, _ currency: Currency, _ w: Words) -> String {
    w.formats.amount(Money(minor: minor, currency: currency))
  }
}
