import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// What is open or being done, a column a stage. A card moves by a button to the next stage
/// or by its menu to any; both are forms. A mouse drags it too.
enum BoardPage {
  struct Model: Sendable {
    let filter: DealFilter
    let columns: [BoardColumn]
    let stages: [DealStage]
    let colleagues: [(id: AccountID, name: String)]
    let waiting: Int
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Deals.board) { call in
      let filter = DealFilter(pairs: call.query.pairs)
      return try await call.page({ reader in
        Model(
          filter: filter, columns: try reader.board(filter), stages: try reader.stages(), colleagues: try reader.colleagues(),
          waiting: try reader.opportunitiesWaiting().count)
      }, { page($0, call) })
    }
  }

  private static func page(_ model: Model, _ call: Call) -> Page {
    let w = call.words
    let isEmpty = model.columns.allSatisfy { $0.count == 0 }
    let body: HTML = isEmpty ? empty(model, call) : """
      <div class="board" data-rows>\(model.columns.map { column($0, model, call) })</div>
      """
    var page = Page(w("deals.title"), place: .deals, main: """
      \(DealHead.html(.board, model.filter, waiting: model.waiting, call))
      <form class="filters" role="search" aria-label="\(w("deals.filter"))" action="\(Routes.Deals.board())" data-live="#list">
      \(DealFilters.text(model.filter, call))\(DealFilters.owner(model.filter, model.colleagues, call))\
      <button class="no-js">\(w("deals.show"))</button><output class="hide"></output></form>
      <div id="list">\(body)</div>
      """)
    page.sheets = ["deals"]
    return page
  }

  private static func empty(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    if model.filter.isNarrowed {
      return """
        <div class="empty">\(call.icon("search"))<p data-found>\(w("deals.none_found"))</p><a class="button" href="\(Routes.Deals.board())">\(w("deals.clear"))</a></div>
        """
    }
    return "<div class=\"empty\">\(call.icon("deal"))<p>\(w("deals.none"))</p>\(DealHead.newButton(call))</div>"
  }

  private static func column(_ column: BoardColumn, _ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let isCapped = column.count > BoardColumn.cap
    let count = isCapped ? w("deals.more_than", ["count": w.formats.integer(BoardColumn.cap)]) : w.formats.integer(column.count)
    let sums: HTML = isCapped ? "" : column.sums.filter { $0.money.minor != 0 }.map { "<span>\(w.formats.money($0.money))</span>" as HTML }.joined(by: " ")
    var all = model.filter
    (all.stage, all.state) = (column.stage.id, .all)
    let more: HTML = column.count > column.deals.count ? """
      <p class="more"><a href="\(Routes.Deals.list() + URLText.query(all.pairs))">\(w("deals.all_in_stage"))</a></p>
      """ : ""
    let id = "s\(column.stage.id)"
    let cards: HTML = column.deals.isEmpty
      ? "<p class=\"empty in\">\(w("deals.none_in_stage"))</p>"
      : "<ul>\(column.deals.map { card($0, model, call) })</ul>"
    return """
      <section class="column" aria-labelledby="\(id)" data-stage="\(column.stage.id)"><header><h2 id="\(id)">\(DealWords.stage(column.stage, w)) <span class="count">\(count)</span></h2><p class="sums">\(sums)</p></header>
      \(cards)\(more)</section>
      """
  }

  private static func card(_ deal: StoredDeal, _ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let worth: HTML = deal.worth.map { "<b class=\"worth\">\(w.formats.money($0))</b>" } ?? ""
    let owner: HTML = deal.ownerName.map { "<span>\($0)</span>" } ?? ""
    let urgent: HTML = deal.draft.isUrgent ? "<span class=\"chip warn\">\(w("deals.urgent"))</span>" : ""
    return """
      <li class="deal" data-row><h3><a href="\(Routes.Deals.page(deal.id))" data-open>\(deal.draft.name)</a></h3>
      <p class="meta">\(deal.clientName)</p><p class="meta line">\(worth)\(owner)<span>\(w.dayTag(deal.stageSince, now: call.now))</span>\(urgent)</p>
      \(DealStepper.html(deal, model.stages, back: Routes.Deals.board() + URLText.query(model.filter.pairs), call))</li>
      """
  }
}

/// The head that board, list and forecast share.
enum DealHead {
  enum View { case board, list, forecast }

  static func html(_ view: View, _ filter: DealFilter, waiting: Int, _ call: Call) -> HTML {
    let w = call.words
    let query = URLText.query(filter.pairs.filter { $0.0 == "owner" || $0.0 == "q" })
    func link(_ url: String, _ key: String, _ one: View) -> HTML {
      "<a class=\"button\" href=\"\(url + query)\"\(attr: "aria-current", one == view ? "page" : nil)>\(w(key))</a>"
    }
    let opportunities: HTML = waiting == 0 ? "" : """
      <a class="button" href="\(Routes.Opportunities.mine())">\(call.icon("bell"))\(w.count("deals.opportunities_waiting", waiting))</a>
      """
    return """
      <header class="head"><div><h1>\(w("deals.title"))</h1></div><div class="actions">\(opportunities)
      <div class="group" role="group" aria-label="\(w("deals.views"))">\(link(Routes.Deals.board(), "deals.board", .board))\
      \(link(Routes.Deals.list(), "deals.list", .list))\(link(Routes.Deals.forecast(), "deals.forecast", .forecast))</div>\(newButton(call))</div></header>
      """
  }

  static func newButton(_ call: Call) -> HTML {
    guard call.may(.editDeals) else { return "" }
    return """
      <a class="button primary" href="\(Routes.Deals.new())" data-key="c">\(call.icon("plus"))\(call.words("deals.new"))</a>
      """
  }
}

/// One click to the next stage, two to any other.
enum DealStepper {
  static func html(_ deal: StoredDeal, _ stages: [DealStage], back: String, _ call: Call, isBig: Bool = false) -> HTML {
    guard call.may(.editDeals) else { return "" }
    let w = call.words
    let hidden: HTML = "<input type=\"hidden\" name=\"version\" value=\"\(deal.version)\"><input type=\"hidden\" name=\"back\" value=\"\(back)\">"
    let small = isBig ? "" : "small"
    let next = stages.first { $0.position > deal.stage.position && $0.phase != .lost && !deal.stage.phase.isClosed }
    let one: HTML = next.map { stage in
      """
      <form method="post" action="\(Routes.Deals.move(deal.id))">\(hidden)<input type="hidden" name="stage" value="\(stage.id)">\
      <button class="\(isBig ? "primary" : "small")" data-key-row="e">\(call.icon("arrow"))\(DealWords.stage(stage, w))</button></form>
      """
    } ?? ""
    let others = stages.filter { $0.id != deal.stage.id && $0.phase != .lost }.map { stage -> HTML in
      "<button name=\"stage\" value=\"\(stage.id)\">\(DealWords.stage(stage, w))</button>"
    }
    let lost: HTML = deal.stage.phase == .lost ? "" : """
      <hr><a href="\(Routes.Deals.loss(deal.id) + URLText.query([("back", back)]))" data-dialog>\(call.icon("cross"))\(w("deals.lose"))</a>
      """
    return """
      <div class="actions">\(one)<button class="square quiet \(small)" popovertarget="m\(deal.id)" data-key-row="." aria-label="\(w("deals.move_named", ["name": deal.draft.name]))">\(call.icon("dots"))</button>
      <div class="menu" id="m\(deal.id)" popover><p>\(w("deals.move_to"))</p><form method="post" action="\(Routes.Deals.move(deal.id))">\(hidden)\(others)</form>\(lost)</div></div>
      """
  }
}

enum DealFilters {
  static func text(_ filter: DealFilter, _ call: Call) -> HTML {
    let label = call.words("deals.filter_text")
    return """
      <div class="field"><label class="hide" for="q">\(label)</label><input type="search" id="q" name="q" value="\(filter.text)" placeholder="\(label)"></div>
      """
  }

  static func owner(_ filter: DealFilter, _ colleagues: [(id: AccountID, name: String)], _ call: Call) -> HTML {
    FilterBar.select(
      "owner", call.words("deals.field.owner"), [("", call.words("deals.any_owner"))] + colleagues.map { ($0.id.description, $0.name) },
      filter.owner?.description ?? "")
  }
}
