import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The price list: what the company sells, with a price in each currency, and for those who may see it what it costs us.
enum OfferingPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Pipeline.offerings) { call in
      let find = call.query["q"] ?? ""
      let (all, toast) = try await call.read { (try $0.offerings(find: find, archived: true), try call.toast($0)) }
      return call.answer(list(all, find, call), toast: toast)
    }
    book.on(Routes.Pipeline.newOffering) { call in
      let currency = try await call.read { try $0.installation()?.value.currency ?? .eur }
      return call.answer(edit(nil, Form([("currency", currency.code)]), [], call))
    }
    book.on(Routes.Pipeline.createOffering) { call in
      let form = try await call.form()
      return try await call.submit {
        let draft = try parse(form)
        try await call.write { _ = try $0.createOffering(draft) }
      } again: { edit(nil, form, $0, call) } then: { call.redirect(to: Routes.Pipeline.offerings(), said: "said.saved") }
    }
    book.on(Routes.Pipeline.offering) { call, id in
      let offering = try await call.read { try $0.offering(id) }
      return call.answer(edit(offering, form(offering), [], call))
    }
    book.on(Routes.Pipeline.changeOffering) { call, id in
      let form = try await call.form()
      let old = try await call.read { try $0.offering(id) }
      return try await call.submit {
        let draft = try parse(form)
        try await call.write { try $0.changeOffering(id, draft, expecting: Int(form["version"]) ?? 0) }
      } again: { edit(old, form, $0, call) } then: { call.redirect(to: Routes.Pipeline.offerings(), said: "said.saved") }
    }
    book.on(Routes.Pipeline.archiveOffering) { call, id in
      let old = try await call.read { try $0.offering(id) }
      try await call.write { try $0.setOfferingArchived(id, !old.isArchived) }
      return call.redirect(to: Routes.Pipeline.offerings(), said: "said.saved")
    }
  }

  /// Prices stand in rows of currency, price and cost.
  private static func parse(_ form: Form) throws(InvalidForm) -> OfferingDraft {
    var check = Validation()
    let name = check.text(form["name"], field: "name", required: true, max: OfferingDraft.nameLimit)
    let code = check.text(form["code"], field: "code", max: OfferingDraft.codeLimit)
    let unit = check.text(form["unit"], field: "unit", max: DealLineDraft.unitLimit)
    let note = check.text(form["note"], field: "note", max: 2000)
    var prices: [OfferingPrice] = []
    let currencies = form.all("currency"), amounts = form.all("price"), costs = form.all("cost")
    for (index, code) in currencies.enumerated().prefix(OfferingDraft.priceLimit) {
      let amount = amounts.dropFirst(index).first ?? "", cost = costs.dropFirst(index).first ?? ""
      guard !amount.trimmingBlanks.isEmpty else { continue }
      guard let currency = Currency(code), !prices.contains(where: { $0.currency == currency }) else {
        check.fail("price", key: "deals.error.amount")
        continue
      }
      let price = check.money(amount, field: "price", key: "deals.error.amount", in: currency)
      let known = check.money(cost, field: "price", key: "deals.error.amount", in: currency)
      if let price { prices.append(OfferingPrice(currency: currency, price: price.minor, cost: known?.minor)) }
    }
    try check.check()
    return OfferingDraft(name: name ?? "", code: code, note: note ?? "", unit: unit ?? "", prices: prices.sorted { $0.currency.code < $1.currency.code })
  }

  private static func form(_ offering: Offering) -> Form {
    let draft = offering.draft
    var pairs = [
      ("name", draft.name), ("code", draft.code ?? ""), ("unit", draft.unit), ("note", draft.note), ("version", "\(offering.version)"),
    ]
    for price in draft.prices {
      pairs.append(("currency", price.currency.code))
      pairs.append(("price", Money(minor: price.price, currency: price.currency).plain))
      pairs.append(("cost", price.cost.map { Money(minor: $0, currency: price.currency).plain } ?? ""))
    }
    return Form(pairs)
  }

  private static func list(_ all: [Offering], _ find: String, _ call: Call) -> Page {
    let w = call.words
    let new: HTML = "<a class=\"button primary\" href=\"\(Routes.Pipeline.newOffering())\" data-dialog>\(call.icon("plus"))\(w("deals.new_offering"))</a>"
    let items = all.map { item($0, call) }
    let body: HTML = items.isEmpty ? "<p class=\"empty in\">\(w(find.isEmpty ? "deals.no_offerings" : "deals.none_found"))</p>" : "<ul class=\"items\">\(items)</ul>"
    return Settings.page(call, .offerings, title: w("deals.offerings_title"), actions: new, """
      <form class="filters" role="search" aria-label="\(w("deals.filter"))" action="\(Routes.Pipeline.offerings())" data-live="#list"><div class="field"><label class="hide" for="q">\(w("deals.find_offering"))</label>\
      <input type="search" id="q" name="q" value="\(find)" placeholder="\(w("deals.find_offering"))"></div><button class="no-js">\(w("deals.show"))</button><output class="hide"></output></form>
      <div id="list" class="narrow"><section class="card" aria-labelledby="list-h"><header><h2 id="list-h">\(w("deals.offerings_title"))</h2></header>\(body)</section></div>
      """)
  }

  private static func item(_ offering: Offering, _ call: Call) -> HTML {
    let w = call.words
    let draft = offering.draft
    let prices = draft.prices.map { w.formats.money(Money(minor: $0.price, currency: $0.currency)) }
    let about = ([draft.code, draft.unit.isEmpty ? nil : draft.unit].compactMap(\.self) + prices).joined(separator: " · ")
    let chip: HTML = offering.isArchived ? " <span class=\"chip\">\(w("clients.archived"))</span>" : ""
    return """
      <li><div><b><a href="\(Routes.Pipeline.offering(offering.id))" data-dialog>\(draft.name)</a></b>\(chip)<p class="meta">\(about)</p></div>
      <div class="actions"><form method="post" action="\(Routes.Pipeline.archiveOffering(offering.id))"><button class="small" aria-label="\(w(offering.isArchived ? "clients.unarchive_named" : "clients.archive_named", ["name": draft.name]))">\(w(offering.isArchived ? "clients.unarchive" : "clients.archive"))</button></form></div></li>
      """
  }

  private static func edit(_ offering: Offering?, _ form: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body: HTML = """
      \(fields.text("name", w("deals.field.name")))<div class="row">\(fields.text("code", w("deals.field.code"), width: "w-12", isOptional: true))\
      \(fields.text("unit", w("deals.field.unit"), hint: w("deals.hint.unit"), width: "w-12", isOptional: true))</div>\(prices(form, messages, call))\(fields.area("note", w("deals.field.note"), isOptional: true))
      """
    return FormPage(
      title: offering?.draft.name ?? w("deals.new_offering"), back: Routes.Pipeline.offerings(), backTitle: w("deals.offerings_title"),
      action: offering.map { Routes.Pipeline.changeOffering($0.id) } ?? Routes.Pipeline.createOffering(), submit: w("deals.save"),
      summary: fields.summary, fields: offering == nil ? body : body + fields.hidden("version")
    ).page(call, place: .settings)
  }

  /// What there is and two more rows.
  private static func prices(_ form: Form, _ messages: [FieldMessage], _ call: Call) -> HTML {
    let w = call.words
    let currencies = form.all("currency"), amounts = form.all("price"), costs = form.all("cost")
    let rows = (0..<max(2, amounts.count + 1)).map { index -> HTML in
      let chosen = currencies.dropFirst(index).first ?? ""
      let options = [("", "–")] + Choices.currencies(w.language)
      let items = options.map { "<option value=\"\($0.0)\"\(attr: "selected", if: $0.0 == chosen)>\($0.1)</option>" as HTML }
      let id = index == 0 ? "price" : "price\(index)"
      let cost: HTML = !call.may(.viewMargins) ? "" : """
        <div class="field w-12"><label for="cost\(index)">\(w("deals.unit_cost"))</label><input id="cost\(index)" name="cost" inputmode="decimal" autocomplete="off" value="\(costs.dropFirst(index).first ?? "")"></div>
        """
      return """
        <div class="row"><div class="field w-12"><label for="cur\(index)">\(w("deals.field.currency"))</label><select id="cur\(index)" name="currency">\(items)</select></div>\
        <div class="field w-12"><label for="\(id)">\(w("deals.price"))</label><input id="\(id)" name="price" inputmode="decimal" autocomplete="off" value="\(amounts.dropFirst(index).first ?? "")"></div>\(cost)</div>
        """
    }
    let errors = messages.filter { $0.field == "price" }
    let error: HTML = errors.first.map { "<p class=\"error\">\(call.icon("alert"))\(call.words($0))</p>" } ?? ""
    return "<fieldset class=\"field\"><legend>\(w("deals.prices"))</legend>\(error)\(rows)</fieldset>"
  }
}
