import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// A line of a project: from the price list or in free words.
enum DealLinePages {
  struct Known: Sendable {
    let deal: StoredDeal
    let offerings: [Offering]
    var line: DealLine?

    init(_ reader: Reader, _ id: DealID, line: LineID? = nil) throws {
      deal = try reader.deal(id)
      guard !deal.isRemoved else { throw Refusal.notFound }
      if let line { self.line = try reader.lines(of: id).first { $0.id == line } }
      var offerings = try reader.offerings()
      // What is not offered any more stays with the lines that have it.
      if let own = self.line?.draft.offeringID, !offerings.contains(where: { $0.id == own }) { offerings.append(try reader.offering(own)) }
      self.offerings = offerings
    }
    var currency: Currency { deal.draft.price.currency }
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Deals.newLine) { call, id in
      let known = try await call.read { try Known($0, id) }
      return call.answer(page(call, Form([("quantity", "1")]), [], known))
    }
    book.on(Routes.Deals.addLine) { call, id in
      let form = try await call.form()
      let known = try await call.read { try Known($0, id) }
      return try await call.submit {
        let draft = try draft(form, known)
        try await call.write { _ = try $0.addLine(draft, to: id, expecting: nil) }
      } again: { page(call, form, $0, known) } then: { call.redirect(to: Routes.Deals.page(id), said: "said.saved") }
    }
    book.on(Routes.Deals.line) { call, id in
      let known = try await call.read { try Known($0, try $0.deal(ofLine: id), line: id) }
      return call.answer(page(call, form(known), [], known))
    }
    book.on(Routes.Deals.changeLine) { call, id in
      let form = try await call.form()
      let known = try await call.read { try Known($0, try $0.deal(ofLine: id), line: id) }
      return try await call.submit {
        let draft = try draft(form, known)
        let version = Int(form["version"])
        try await call.write { try $0.changeLine(id, of: known.deal.id, to: draft, expecting: version) }
      } again: { page(call, form, $0, known) } then: { call.redirect(to: Routes.Deals.page(known.deal.id), said: "said.saved") }
    }
    book.on(Routes.Deals.removeLine) { call, id in
      let deal = try await call.read { try $0.deal(try $0.deal(ofLine: id)).id }
      let back = Routes.Deals.page(deal)
      let undo = try await call.write { try $0.removeLine(id, of: deal, expecting: nil, returnTo: back) }
      return call.redirect(to: back, undo: undo)
    }
  }

  /// What is left empty comes from the price list.
  private static func draft(_ form: Form, _ known: Known) throws(InvalidForm) -> DealLineDraft {
    var check = Validation()
    let id = OfferingID(form["offering"]), offering = known.offerings.first { $0.id == id }
    let listed = offering?.draft.prices.first { $0.currency == known.currency }
    let text = check.text(form["text"], field: "text", required: offering == nil, max: DealLineDraft.textLimit) ?? offering?.draft.name
    let quantity = check.parsed(form["quantity"], field: "quantity", key: "deals.error.quantity", required: true) { Quantity($0) }
    let unit = check.text(form["unit"], field: "unit", max: DealLineDraft.unitLimit) ?? offering?.draft.unit
    let price = DealForm.amount(form, "unit_price", known.currency, &check) ?? listed?.price
    let discount = check.parsed(form["discount"], field: "discount", key: "deals.error.discount") { BasisPoints(percent: $0) }
    let cost = DealForm.amount(form, "unit_cost", known.currency, &check)
    if price == nil, check.isValid { check.fail("unit_price", key: "field.required") }
    try check.check()
    return DealLineDraft(
      offeringID: id, text: text ?? "", quantity: quantity ?? .one, unit: unit ?? "", unitPrice: price ?? 0,
      discount: discount ?? .none, unitCost: cost)
  }

  private static func form(_ known: Known) -> Form {
    guard let line = known.line?.draft else { return Form() }
    func plain(_ minor: Int64?) -> String { minor.map { Money(minor: $0, currency: known.currency).plain } ?? "" }
    return Form([
      ("offering", line.offeringID?.description ?? ""), ("text", line.text), ("quantity", line.quantity.plain), ("unit", line.unit),
      ("unit_price", plain(line.unitPrice)), ("discount", line.discount == .none ? "" : line.discount.percent),
      ("unit_cost", plain(line.unitCost)), ("version", "\(known.deal.version)"),
    ])
  }

  private static func page(_ call: Call, _ form: Form, _ messages: [FieldMessage], _ known: Known) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let options = [("", w("deals.free_line"))] + known.offerings.map { offering in
      let price = offering.draft.prices.first { $0.currency == known.currency }
      let shown = price.map { ", \(w.formats.money(Money(minor: $0.price, currency: known.currency)))" } ?? ""
      return (offering.id.description, offering.draft.name + shown)
    }
    let code = known.currency.code
    let cost: HTML = !call.may(.viewMargins) ? "" : fields.text(
      "unit_cost", w("deals.field.unit_cost", ["currency": code]), hint: w("deals.hint.unit_cost"), width: "w-12", isOptional: true)
    let offering: HTML = known.offerings.isEmpty ? "" : fields.select("offering", w("deals.field.offering"), options)
    let body: HTML = """
      \(offering)\(fields.text("text", w("deals.field.text"), hint: known.offerings.isEmpty ? nil : w("deals.hint.from_list"), isOptional: !known.offerings.isEmpty))
      <div class="row">\(fields.text("quantity", w("deals.field.quantity"), width: "w-8"))\(fields.text("unit", w("deals.field.unit"), width: "w-12", isOptional: true))</div>
      <div class="row">\(fields.text("unit_price", w("deals.field.unit_price", ["currency": code]), width: "w-12", isOptional: !known.offerings.isEmpty))\
      \(fields.text("discount", w("deals.field.discount"), width: "w-8", isOptional: true))</div>\(cost)
      """
    let isNew = known.line == nil
    return FormPage(
      title: w(isNew ? "deals.new_line" : "deals.edit_line", ["name": known.deal.draft.name]), back: Routes.Deals.page(known.deal.id),
      backTitle: known.deal.draft.name,
      action: known.line.map { Routes.Deals.changeLine($0.id) } ?? Routes.Deals.addLine(known.deal.id), submit: w("deals.save_line"),
      summary: fields.summary, fields: isNew ? body : body + fields.hidden("version")
    ).page(call, place: .deals)
  }
}
