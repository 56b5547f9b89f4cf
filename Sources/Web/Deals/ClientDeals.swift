import Domain
import Markup
import Store

/// Projects and opportunities on the client's page.
enum ClientDeals {
  struct Model: Sendable {
    let client: ClientID
    let deals: [StoredDeal]
    let opportunities: [Opportunity]
  }

  private static let shown = 8

  static func read(_ reader: Reader, _ client: ClientID) throws -> Model? {
    guard reader.actor.may(.viewDeals) else { return nil }
    return Model(
      client: client, deals: try reader.deals(of: client, limit: shown + 1),
      opportunities: try reader.opportunities(of: client, limit: 3).filter { $0.state == .waiting })
  }

  static func html(_ model: Model?, _ call: Call) -> HTML {
    guard let model else { return "" }
    let w = call.words
    let add: HTML = !call.may(.editDeals) ? "" : """
      <a class="button square quiet small no-print" href="\(Routes.Deals.newFor(model.client))" aria-label="\(w("deals.new"))">\(call.icon("plus"))</a>
      """
    let items = model.deals.prefix(shown).map { item($0, call) }
    var all = DealFilter()
    (all.state, all.client) = (.all, model.client)
    let more: HTML = model.deals.count <= shown ? "" : "<p class=\"more\"><a href=\"\(Routes.Deals.list() + URLText.query(all.pairs))\">\(w("deals.all_of_client"))</a></p>"
    let body: HTML = items.isEmpty ? "<p class=\"empty in\">\(w("deals.none_at_client"))</p>" : "<ul class=\"items\">\(items)</ul>\(more)"
    let waiting: HTML = model.opportunities.isEmpty ? "" : "<ul class=\"items\">\(model.opportunities.map { "<li>\(OpportunityPages.about($0, call))</li>" as HTML })</ul>"
    let notice: HTML = !call.may(.logContacts) ? "" : """
      <p class="no-print"><a class="button small" href="\(Routes.Opportunities.new(model.client))" data-dialog>\(call.icon("bell"))\(w("deals.opportunity"))</a></p>
      """
    return """
      <section class="card" id="deals" aria-labelledby="deals-h"><header><h2 id="deals-h">\(w("deals.title"))</h2>\(add)</header>\(body)\(waiting)\(notice)</section>
      """
  }

  private static func item(_ deal: StoredDeal, _ call: Call) -> HTML {
    let w = call.words
    let worth: HTML = deal.worth.map { "\(w.formats.money($0))" } ?? ""
    let period = deal.draft.period.isEmpty ? "" : (deal.worth == nil ? "" : " · ") + DealWords.period(deal.draft.period, w)
    return """
      <li><div><a href="\(Routes.Deals.page(deal.id))">\(deal.draft.name)</a> \(DealSummary.chip(deal.stage, w))<p class="meta">\(worth)\(period)</p></div></li>
      """
  }
}
