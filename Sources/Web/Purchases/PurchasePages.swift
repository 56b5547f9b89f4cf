import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// A client's purchases: their sums on the client's page, and the list.
enum PurchasePages {
  struct Panel: Sendable {
    let client: ClientID
    let totals: [PurchaseTotal]
    let latest: [Purchase]
  }

  /// Nil where there is nothing to show: most companies have either projects or purchases.
  static func read(_ reader: Reader, _ client: ClientID) throws -> Panel? {
    guard reader.actor.may(.viewPurchases) else { return nil }
    let latest = try reader.purchases(of: client, limit: 4)
    guard !latest.isEmpty else { return nil }
    return Panel(client: client, totals: try reader.purchaseTotals(of: client), latest: latest)
  }

  static func html(_ panel: Panel?, _ call: Call) -> HTML {
    guard let panel else { return "" }
    let w = call.words
    let items = panel.latest.prefix(3).map { item($0, call) }
    let more: HTML = panel.latest.count > 3
      ? "<p class=\"more\"><a href=\"\(Routes.Purchases.ofClient(panel.client))\">\(w("purchases.all"))</a></p>" : ""
    return """
      <section class="card" id="purchases" aria-labelledby="buy-h"><header><h2 id="buy-h">\(w("purchases.title"))</h2></header>
      <dl class="defs">\(panel.totals.map { total($0, w) })</dl><ul class="items">\(items)</ul>\(more)</section>
      """
  }

  private static func total(_ total: PurchaseTotal, _ w: Words) -> HTML {
    """
    <dt>\(w.formats.money(total.money))</dt><dd>\(w.count("purchases.count", total.count)), \(w("purchases.span", [
      "first": w.formats.date(total.first), "last": w.formats.date(total.last),
    ]))</dd>
    """
  }

  private static func item(_ purchase: Purchase, _ call: Call) -> HTML {
    let w = call.words
    let what: HTML = purchase.draft.what.isEmpty ? "" : "<p class=\"meta\">\(purchase.draft.what)</p>"
    return "<li><div>\(w.formats.money(purchase.draft.amount)) <span class=\"meta\">\(w.dateTag(purchase.draft.boughtOn))</span>\(what)</div></li>"
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Purchases.ofClient) { call, id in
      let place = call.query["before"].flatMap { PurchasePlace($0) }
      return try await call.page({ reader in
        (try reader.partyName(id), try reader.purchases(of: id, before: place, limit: 51), try reader.purchaseTotals(of: id))
      }, { page(id, $0.0, $0.1, $0.2, call) })
    }
  }

  private static func page(_ id: ClientID, _ name: String, _ found: [Purchase], _ totals: [PurchaseTotal], _ call: Call) -> Page {
    let w = call.words
    let shown = found.prefix(50)
    let rows = shown.map { one -> HTML in
      """
      <tr><th scope="row" class="nowrap">\(w.dateTag(one.draft.boughtOn))</th><td class="nowrap">\(one.draft.number ?? "")</td><td class="wide">\(one.draft.what)</td>\
      <td class="num">\(w.formats.money(one.draft.amount))</td></tr>
      """
    }
    let more: HTML = found.count > 50 ? shown.last.map { last in
      let url = Routes.Purchases.ofClient(id) + URLText.query([("before", PurchasePlace(last).description)])
      return "<nav class=\"list-end\" aria-label=\"\(w("clients.pages"))\"><a class=\"button\" rel=\"next\" href=\"\(url)\">\(w("clients.next_page"))</a></nav>"
    } ?? "" : ""
    let table: HTML = rows.isEmpty ? "<div class=\"empty\">\(call.icon("purchase"))<p>\(w("purchases.none"))</p></div>" : """
      <div class="scroll" role="region" aria-labelledby="cap" tabindex="0"><table><caption id="cap" class="hide">\(w("purchases.title"))</caption><thead><tr><th scope="col">\(w("purchases.date"))</th>\
      <th scope="col">\(w("purchases.number"))</th><th scope="col">\(w("purchases.what"))</th><th scope="col" class="num">\(w("purchases.amount"))</th></tr></thead><tbody>\(rows)</tbody></table></div>\(more)
      """
    let sums: HTML = totals.isEmpty ? "" : "<section class=\"card\" aria-label=\"\(w("deals.sum"))\"><dl class=\"defs\">\(totals.map { total($0, w) })</dl></section>"
    return Page(w("purchases.of", ["name": name]), place: .clients, main: """
      \(ClientFormPages.crumb(Routes.Clients.page(id), name, call))<header class="head"><div><h1>\(w("purchases.of", ["name": name]))</h1></div></header>
      <div class="stack">\(sums)\(table)</div>
      """)
  }
}
