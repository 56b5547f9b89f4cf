import Domain
import Markup
import Store

/// A project as typed, read once.
enum DealForm {
  /// - Parameter fallback: the currency where the form names none.
  static func draft(_ form: Form, currency fallback: Currency) throws(InvalidForm) -> DealDraft {
    var check = Validation()
    let name = check.text(form["name"], field: "name", required: true, max: DealDraft.nameLimit)
    let number = check.text(form["number"], field: "number", max: DealDraft.numberLimit)
    let currency = check.parsed(form["currency"], field: "currency", key: "deals.error.currency_unknown") { Currency($0) } ?? fallback
    let price = price(form, currency, &check)
    let period = period(form, &check)
    let probability = check.parsed(form["probability"], field: "probability", key: "deals.error.percent", by: percent)
    let expected = check.parsed(form["expected"], field: "expected", key: "deals.error.date") { CalendarDate($0) }
    let note = check.text(form["note"], field: "note", max: DealDraft.noteLimit)
    try check.check()
    return DealDraft(
      name: name ?? "", number: number, ownerID: AccountID(form["owner"]), price: price, period: period, probability: probability,
      expectedOn: expected, isUrgent: form.isOn("urgent"), note: note ?? "")
  }

  private static func percent(_ text: String) -> Int? { Int(text).flatMap { 0...100 ~= $0 ? $0 : nil } }

  private static func price(_ form: Form, _ currency: Currency, _ check: inout Validation) -> DealPrice {
    let list = amount(form, "list", currency, &check), agreed = amount(form, "agreed", currency, &check)
    let final = amount(form, "final", currency, &check)
    let discount = check.parsed(form["discount"], field: "discount", key: "deals.error.discount") { BasisPoints(percent: $0) }
    return DealPrice(
      currency: currency, list: list, discount: discount ?? .none, agreed: agreed, agreedIsTyped: agreed != nil, final: final)
  }

  /// Nothing below zero is a price.
  static func amount(_ form: Form, _ field: String, _ currency: Currency, _ check: inout Validation) -> Int64? {
    check.money(form[field], field: field, key: "deals.error.amount", in: currency)?.minor
  }

  private static func period(_ form: Form, _ check: inout Validation) -> DealPeriod {
    func day(_ field: String) -> CalendarDate? {
      check.parsed(form[field], field: field, key: "deals.error.date") { CalendarDate($0) }
    }
    let period = DealPeriod(
      plannedFrom: day("planned_from"), plannedUntil: day("planned_until"), actualFrom: day("actual_from"),
      actualUntil: day("actual_until"))
    if let from = period.plannedFrom, let until = period.plannedUntil, until < from {
      check.fail("planned_until", key: "deals.error.period")
    }
    if let from = period.actualFrom, let until = period.actualUntil, until < from {
      check.fail("actual_until", key: "deals.error.period")
    }
    return period
  }

  static func form(_ deal: StoredDeal, hasLines: Bool) -> Form {
    let draft = deal.draft, price = draft.price
    func plain(_ minor: Int64?) -> String { price.money(minor)?.plain ?? "" }
    return Form([
      ("name", draft.name), ("number", draft.number ?? ""), ("owner", draft.ownerID?.description ?? ""),
      ("currency", price.currency.code), ("list", hasLines ? "" : plain(price.list)),
      ("discount", price.discount == .none ? "" : price.discount.percent), ("agreed", price.agreedIsTyped ? plain(price.agreed) : ""),
      ("final", plain(price.final)), ("probability", draft.probability.map(String.init) ?? ""),
      ("expected", draft.expectedOn?.description ?? ""), ("planned_from", draft.period.plannedFrom?.description ?? ""),
      ("planned_until", draft.period.plannedUntil?.description ?? ""), ("actual_from", draft.period.actualFrom?.description ?? ""),
      ("actual_until", draft.period.actualUntil?.description ?? ""), ("urgent", draft.isUrgent ? "1" : ""), ("note", draft.note),
      ("version", "\(deal.version)"),
    ])
  }
}

/// What the form offers to choose from.
struct DealChoices: Sendable {
  let stages: [DealStage]
  let colleagues: [(id: AccountID, name: String)]
  let currency: Currency

  init(_ reader: some Session) throws {
    stages = try reader.stages()
    colleagues = try reader.colleagues()
    currency = try reader.installation()?.value.currency ?? .eur
  }
}

extension DealForm {
  static func fields(_ fields: inout FormFields, _ choices: DealChoices, isNew: Bool, hasLines: Bool, _ call: Call) -> HTML {
    let w = call.words
    let owners = [("", "–")] + choices.colleagues.map { ($0.id.description, $0.name) }
    var out = fields.text("name", w("deals.field.name"))
    out += "<div class=\"row\">"
    if isNew {
      let open = choices.stages.filter { $0.phase != .lost }.map { ($0.id.description, DealWords.stage($0, w)) }
      out += fields.select("stage", w("deals.field.stage"), open)
    }
    out += "\(fields.select("owner", w("deals.field.owner"), owners))"
    out += "\(fields.text("number", w("deals.field.number"), width: "w-12", isOptional: true))</div>"
    out += money(&fields, hasLines: hasLines, call)
    out += """
      <div class="row">\(fields.text("expected", w("deals.field.expected"), type: "date", hint: w("deals.hint.expected"), width: "w-12", isOptional: true))\
      \(fields.text("probability", w("deals.field.probability"), hint: w("deals.hint.probability"), width: "w-12", isOptional: true))</div>
      \(days(&fields, call))\(fields.check("urgent", w("deals.field.urgent"), hint: w("deals.hint.urgent")))
      \(fields.area("note", w("deals.field.note"), isOptional: true))
      """
    return out
  }

  private static func money(_ fields: inout FormFields, hasLines: Bool, _ call: Call) -> HTML {
    let w = call.words
    let list: HTML = hasLines
      ? "<p class=\"hint\">\(w("deals.hint.from_lines"))</p>" : fields.text("list", w("deals.field.list"), width: "w-12", isOptional: true)
    return """
      \(list)<div class="row">\(fields.select("currency", w("deals.field.currency"), Choices.currencies(w.language), width: "w-20"))\
      \(fields.text("discount", w("deals.field.discount"), width: "w-8", isOptional: true))</div>
      <div class="row">\(fields.text("agreed", w("deals.field.agreed"), hint: w("deals.hint.agreed"), width: "w-12", isOptional: true))\
      \(fields.text("final", w("deals.field.final"), hint: w("deals.hint.final"), width: "w-12", isOptional: true))</div>
      """
  }

  private static func days(_ fields: inout FormFields, _ call: Call) -> HTML {
    let w = call.words
    func day(_ name: String) -> HTML {
      fields.text(name, w("deals.field.\(name)"), type: "date", width: "w-12", isOptional: true)
    }
    return """
      <div class="row">\(day("planned_from"))\(day("planned_until"))</div><div class="row">\(day("actual_from"))\(day("actual_until"))</div>
      """
  }
}
