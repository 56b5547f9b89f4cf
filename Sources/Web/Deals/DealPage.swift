import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// A project: what is being sold, to whom, for how much, who is on it, and everything that happened to it.
enum DealPage {
  struct Model: Sendable {
    let deal: StoredDeal
    let lines: [DealLine]
    let margin: DealMargin?
    let members: [DealMember]
    let contacts: [DealContact]
    let requirements: [DealRequirement]
    let documents: [DealDocument]
    let stages: [DealStage]
    let timeline: Timeline

    init(_ reader: Reader, _ id: DealID) throws {
      deal = try reader.deal(id)
      lines = try reader.lines(of: id)
      margin = reader.margin(of: deal, lines)
      members = try reader.members(of: id)
      contacts = try reader.contacts(of: id)
      requirements = try reader.requirements(of: id)
      documents = try reader.documents(of: id)
      stages = try reader.stages()
      timeline = try reader.timeline(of: id)
    }

    /// Someone may change it now.
    func isOpen(_ call: Call) -> Bool { call.may(.editDeals) && !deal.isRemoved }
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Deals.page) { call, id in
      let response = try await call.page({ try Model($0, id) }, { page($0, call) })
      try call.saw(.deal, id.rawValue)
      return response
    }
  }

  private static func page(_ model: Model, _ call: Call) -> Page {
    var page = Page(model.deal.draft.name, place: .deals, main: """
      \(head(model, call))\(notes(model, call))
      <div class="split"><div class="stack">\(DealLinesPanel.html(model, call))\(DealPartsPanel.requirements(model, call))\(history(model, call))</div>
      <div class="stack">\(summary(model, call))\(DealPartsPanel.contacts(model, call))\(DealPartsPanel.members(model, call))\(DealPartsPanel.documents(model, call))</div></div>
      """)
    page.sheets = ["deals"]
    return page
  }

  private static func head(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let deal = model.deal
    let worth: HTML = deal.worth.map { "<span><b>\(w.formats.money($0))</b></span>" } ?? ""
    let owner: HTML = deal.ownerName.map { "<span>\(w("deals.owner_named", ["name": $0]))</span>" } ?? ""
    let number: HTML = deal.draft.number.map { "<span>\($0)</span>" } ?? ""
    let urgent: HTML = deal.draft.isUrgent ? "<span class=\"chip warn\">\(w("deals.urgent"))</span>" : ""
    return """
      <nav class="crumb" aria-label="\(w("clients.place"))"><a href="\(Routes.Deals.board())" data-key="u">\(call.icon("back"))\(w("deals.title"))</a></nav>
      <header class="head client-head"><div><div class="who"><h1>\(deal.draft.name)</h1>\(DealSummary.chip(deal.stage, w))\(urgent)</div>
      <p class="line"><span><a href="\(Routes.Clients.page(deal.clientID))">\(deal.clientName)</a></span>\(number)\(worth)\(owner)\
      <span>\(w.html("deals.stage_since", ["when": w.dayTag(deal.stageSince, now: call.now)]))</span></p></div>
      <div class="actions">\(actions(model, call))</div></header>
      """
  }

  private static func actions(_ model: Model, _ call: Call) -> HTML {
    guard model.isOpen(call) else { return "" }
    let w = call.words
    let id = model.deal.id
    return """
      \(DealStepper.html(model.deal, model.stages, back: Routes.Deals.page(id), call, isBig: true))\
      <a class="button" href="\(Routes.Deals.edit(id))" data-key="e">\(call.icon("pencil"))\(w("deals.edit"))</a>\
      <button class="square quiet" popovertarget="deal-menu" aria-label="\(w("clients.more_actions", ["name": model.deal.draft.name]))">\(call.icon("more"))</button>\
      <div class="menu" id="deal-menu" popover><form method="post" action="\(Routes.Deals.remove(id))"><button class="danger">\(call.icon("bin"))\(w("deals.remove"))</button></form></div>
      """
  }

  private static func notes(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    if model.deal.isRemoved { return "<div class=\"notes\"><div class=\"note warn\">\(call.icon("bin"))<p>\(w("deals.is_removed"))</p></div></div>" }
    guard model.deal.stage.phase == .lost, let reason = model.deal.reason else { return "" }
    let words: HTML = model.deal.lostNote.isEmpty ? "" : " \(model.deal.lostNote)"
    return """
      <div class="notes"><div class="note">\(call.icon("cross"))<p>\(w("deals.lost_because", ["reason": DealWords.reason(reason, w)]))\(words)</p></div></div>
      """
  }

  private static func summary(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let rows = DealSummary.rows(model.deal, call)
    let margin: HTML = model.margin.map { margin in
      let left: HTML = margin.left.map { DealSummary.row(w("deals.margin"), "\(w.formats.money($0))") } ?? ""
      let partly: HTML = margin.isPartial ? "<p class=\"hint\">\(w("deals.margin_partial"))</p>" : ""
      return """
        <div class="margin"><p class="meta">\(call.icon("lock"))\(w("deals.margin_hint"))</p><dl class="defs">\(DealSummary.row(w("deals.cost"), "\(w.formats.money(margin.cost))"))\(left)</dl>\(partly)</div>
        """
    } ?? ""
    let note: HTML = model.deal.draft.note.isEmpty ? "" : "<p class=\"text\">\(model.deal.draft.note)</p>"
    let list: HTML = rows.isEmpty ? "<p class=\"empty in\">\(w("deals.no_price"))</p>" : "<dl class=\"defs\">\(rows)</dl>"
    return """
      <section class="card" aria-labelledby="sum-h"><header><h2 id="sum-h">\(w("deals.price_and_period"))</h2></header><div class="stack">\(list)\(margin)\(note)</div></section>
      """
  }

  private static func history(_ model: Model, _ call: Call) -> HTML {
    let entries = EntryHTML(model.timeline, party: model.deal.clientID, call, namesDeals: false)
    let items = model.timeline.entries.map { entries.whole($0, dated: true) }
    return """
      <section class="section" aria-labelledby="hist-h"><header><h2 id="hist-h">\(call.words("deals.history"))</h2></header>
      <ol class="timeline" data-entries>\(items)</ol></section>
      """
  }
}

/// The lines with their sum. The cost column is there for those who may see margins.
enum DealLinesPanel {
  static func html(_ model: DealPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let add: HTML = !model.isOpen(call) ? "" : """
      <a class="button small no-print" href="\(Routes.Deals.newLine(model.deal.id))" data-dialog>\(call.icon("plus"))\(w("deals.add_line"))</a>
      """
    let body: HTML = model.lines.isEmpty ? "<p class=\"empty in\">\(w("deals.no_lines"))</p>" : table(model, call)
    return """
      <section class="card" aria-labelledby="lines-h"><header><h2 id="lines-h">\(w("deals.lines"))</h2>\(add)</header>\(body)</section>
      """
  }

  private static func table(_ model: DealPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let seesCost = call.may(.viewMargins), mayEdit = model.isOpen(call)
    let code = model.deal.draft.price.currency.code
    let cost: HTML = seesCost ? "<th scope=\"col\" class=\"num\">\(w("deals.unit_cost"))</th>" : ""
    let act: HTML = mayEdit ? "<th scope=\"col\" class=\"fit no-print\"><span class=\"hide\">\(w("clients.actions"))</span></th>" : ""
    let span = 5 + (seesCost ? 1 : 0)
    let sum = (try? Pricing.sum(model.lines.map(\.net))).map { amount($0, model, w) } ?? ""
    return """
      <div class="scroll flat" role="region" aria-labelledby="lines-h" tabindex="0"><table><thead><tr><th scope="col">\(w("deals.field.text"))</th><th scope="col" class="num">\(w("deals.field.quantity"))</th>\
      <th scope="col" class="num">\(w("deals.unit_price", ["currency": code]))</th><th scope="col" class="num">\(w("deals.field.discount_label"))</th>\(cost)<th scope="col" class="num">\(w("deals.line_total", ["currency": code]))</th>\(act)</tr></thead>
      <tbody>\(model.lines.map { row($0, model, seesCost, mayEdit, call) })</tbody>
      <tfoot><tr><th scope="row" colspan="\(span - 1)">\(w("deals.sum"))</th><td class="num">\(sum)</td>\(mayEdit ? "<td class=\"no-print\"></td>" as HTML : "")</tr></tfoot></table></div>
      """
  }

  private static func row(_ line: DealLine, _ model: DealPage.Model, _ seesCost: Bool, _ mayEdit: Bool, _ call: Call) -> HTML {
    let w = call.words
    let unit = line.draft.unit.isEmpty ? "" : "\u{A0}\(line.draft.unit)"
    let discount = line.draft.discount == .none ? "" : DealWords.percent(line.draft.discount, w)
    let cost: HTML = seesCost ? "<td class=\"num\">\(line.draft.unitCost.map { amount($0, model, w) } ?? "–")</td>" : ""
    let act: HTML = !mayEdit ? "" : """
      <td class="fit no-print"><span class="actions"><a class="button square quiet small" href="\(Routes.Deals.line(line.id))" data-dialog aria-label="\(w("deals.change_line", ["text": line.draft.text]))">\(call.icon("pencil"))</a>\
      <form method="post" action="\(Routes.Deals.removeLine(line.id))"><button class="square quiet small" aria-label="\(w("deals.remove_line", ["text": line.draft.text]))">\(call.icon("bin"))</button></form></span></td>
      """
    return """
      <tr><th scope="row">\(line.draft.text)</th><td class="num">\(DealWords.quantity(line.draft.quantity, w))\(unit)</td><td class="num">\(amount(line.draft.unitPrice, model, w))</td>\
      <td class="num">\(discount)</td>\(cost)<td class="num">\(amount(line.net, model, w))</td>\(act)</tr>
      """
  }

  private static func amount(_ minor: Int64, _ model: DealPage.Model, _ w: Words) -> String {
    w.formats.amount(Money(minor: minor, currency: model.deal.draft.price.currency))
  }
}
