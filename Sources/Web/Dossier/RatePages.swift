import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The rates a company keeps, what an hour of free work is worth, and when a dossier is old.
enum RatePages {
  struct Model: Sendable {
    let rates: [RateLine]
    let base: Currency
    let settings: DossierSettings
    init(_ reader: Reader) throws {
      rates = try reader.rates()
      base = try reader.baseCurrency()
      settings = try reader.dossierSettings()
    }
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Rates.page) { call in
      try await call.fresh({ try Model($0) }, { list($0, Form([("from", call.today.description)]), settingsForm($0), [], call) })
    }
    book.on(Routes.Rates.add) { call in
      let form = try await call.form()
      let model = try await call.read { try Model($0) }
      return try await call.submit {
        let rate = try parse(form, base: model.base)
        _ = try await call.write { try $0.addRate(rate) }
      } again: { list(model, form, settingsForm(model), $0, call) } then: { call.redirect(to: Routes.Rates.page(), said: "said.rate_saved") }
    }
    book.on(Routes.Rates.edit) { call, id in
      let line = try await call.read { try $0.rate(id) }
      return call.answer(edit(line, form(line), [], call))
    }
    book.on(Routes.Rates.save) { call, id in
      let form = try await call.form()
      let line = try await call.read { try $0.rate(id) }
      return try await call.submit {
        let rate = try parse(form, base: line.rate.base), version = try DossierEntryPages.version(form)
        try await call.write { try $0.changeRate(id, to: rate, version: version) }
      } again: { edit(line, form, $0, call) } then: { call.redirect(to: Routes.Rates.page(), said: "said.rate_saved") }
    }
    book.on(Routes.Rates.remove) { call, id in
      let undo = try await call.write { tx in try tx.leaveUndo(ofRemoving: tx.removeRate(id), returnTo: Routes.Rates.page()) }
      return call.redirect(to: Routes.Rates.page(), undo: undo)
    }
    book.on(Routes.Rates.settings, saveSettings)
  }

  private static func parse(_ form: Form, base: Currency) throws(InvalidForm) -> ExchangeRate {
    var check = Validation()
    let currency = check.parsed(form["currency"], field: "currency", key: "dossier.error.currency", required: true) { Currency($0) }
    if currency == base { check.fail("currency", key: "dossier.error.rate_base", slots: ["currency": base.code]) }
    let from = check.parsed(form["from"], field: "from", key: "dossier.error.date", required: true) { CalendarDate($0) }
    let value = check.parsed(form["value"], field: "value", key: "dossier.error.rate", required: true) { RateValue($0) }
    try check.check()
    guard let currency, let from, let value else { throw InvalidForm(check.messages) }
    return ExchangeRate(currency: currency, base: base, from: from, value: value)
  }

  private static func form(_ line: RateLine) -> Form {
    Form([
      ("currency", line.rate.currency.code), ("from", line.rate.from.description), ("value", line.rate.value.plain),
      ("version", "\(line.version)"),
    ])
  }

  private static func saveSettings(_ call: Call) async throws -> Response {
    let form = try await call.form()
    let model = try await call.read { try Model($0) }
    return try await call.submit {
      var check = Validation()
      let hour = check.money(form["hour"], field: "hour", key: "dossier.error.hour", in: model.base, from: 1)
      let months = check.parsed(form["old_months"], field: "old_months", key: "dossier.error.months", required: true) { text in
        Int(text).flatMap { DossierSettings.oldMonthsRange ~= $0 ? $0 : nil }
      }
      try check.check()
      guard let months else { throw InvalidForm(check.messages) }
      let version = try DossierEntryPages.version(form)
      try await call.write { try $0.changeDossierSettings(hour: hour, oldMonths: months, version: version) }
    } again: { list(model, Form([("from", call.today.description)]), form, $0, call) } then: {
      call.redirect(to: Routes.Rates.page(), said: "said.saved")
    }
  }

  private static func settingsForm(_ model: Model) -> Form {
    let hour = model.settings.hour.flatMap { $0.currency == model.base ? $0.plain : nil }
    return Form([("hour", hour ?? ""), ("old_months", "\(model.settings.oldMonths)"), ("version", "\(model.settings.version)")])
  }
}

extension RatePages {
  private static func fields(_ fields: inout FormFields, _ base: Currency, _ call: Call) -> HTML {
    let w = call.words
    let currencies = [(value: "", text: w("dossier.choose_currency"))] + Choices.currencies(w.language).filter { $0.value != base.code }
    return """
      <div class="row">\(fields.select("currency", w("dossier.field.currency"), currencies))\
      \(fields.text("from", w("dossier.field.rate_from"), type: "date", width: "w-12"))\
      \(fields.text("value", w("dossier.field.rate", ["currency": base.code]), hint: w("dossier.hint.rate"), width: "w-12"))</div>
      """
  }

  private static func list(_ model: Model, _ form: Form, _ settings: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    let own: Set = ["hour", "old_months"]
    var new = FormFields(call, form, messages.filter { !own.contains($0.field) })
    var rest = FormFields(call, settings, messages.filter { own.contains($0.field) })
    let newFields = fields(&new, model.base, call)
    let restFields: HTML = """
      <div class="row">\(rest.text("hour", w("dossier.field.hour", ["currency": model.base.code]), hint: w("dossier.hint.hour"), width: "w-12", isOptional: true))\
      \(rest.text("old_months", w("dossier.field.old_months"), hint: w("dossier.hint.old_months"), width: "w-12"))</div>\(rest.hidden("version"))
      """
    return Settings.page(call, .rates, title: w("dossier.rates_title"), summary: new.summary + rest.summary, """
      <div class="stack"><section class="card"><header><h2 id="rates">\(w("dossier.rates"))</h2></header>
      <p>\(w("dossier.rates_text", ["currency": model.base.code]))</p>\(table(model, call))</section>
      <form class="card stack" method="post" action="\(Routes.Rates.add())" aria-labelledby="new-rate" novalidate><h2 id="new-rate">\(w("dossier.new_rate"))</h2>\(newFields)
      <div class="form-end"><button class="primary">\(w("dossier.add_rate"))</button></div></form>
      <form class="card stack" method="post" action="\(Routes.Rates.settings())" aria-labelledby="more-h" novalidate><h2 id="more-h">\(w("dossier.settings"))</h2>\(restFields)
      <div class="form-end"><button>\(w("dossier.save"))</button></div></form></div>
      """)
  }

  private static func table(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    guard !model.rates.isEmpty else { return "<p class=\"empty in\">\(w("dossier.no_rates"))</p>" }
    let rows = model.rates.map { line -> HTML in
      let rate = line.rate
      let named = ["currency": rate.currency.code, "date": w.formats.date(rate.from)]
      return """
        <tr><th scope="row">\(rate.currency.code)</th><td>\(w.dateTag(rate.from))</td><td class="num">\(w.rate(rate))</td>\
        <td>\(line.author ?? "")</td><td class="fit"><form class="actions" method="post" action="\(Routes.Rates.remove(line.id))">\
        <a class="button square quiet small" href="\(Routes.Rates.edit(line.id))" data-dialog aria-label="\(w("dossier.edit_rate", named))">\(call.icon("pencil"))</a>\
        <button class="square quiet small" aria-label="\(w("dossier.remove_rate", named))">\(call.icon("bin"))</button></form></td></tr>
        """
    }
    return """
      <div class="scroll" role="region" aria-labelledby="rates" tabindex="0"><table><thead><tr><th scope="col">\(w("dossier.field.currency"))</th>\
      <th scope="col">\(w("dossier.field.rate_from"))</th><th scope="col" class="num">\(w("dossier.column.rate"))</th><th scope="col">\(w("dossier.column.author"))</th>\
      <th scope="col"><span class="hide">\(w("dossier.column.actions"))</span></th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private static func edit(_ line: RateLine, _ form: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body = Self.fields(&fields, line.rate.base, call)
    return FormPage(
      title: w("dossier.edit_rate", ["currency": line.rate.currency.code, "date": w.formats.date(line.rate.from)]),
      back: Routes.Rates.page(), backTitle: w("dossier.rates_title"), action: Routes.Rates.save(line.id), submit: w("dossier.save"),
      summary: fields.summary, fields: body + fields.hidden("version")
    ).page(call, place: .settings)
  }
}

extension Words {
  /// "1 PLN = 0,2345 EUR", all its digits.
  func rate(_ rate: ExchangeRate) -> String {
    let value = language == .en ? rate.value.plain : rate.value.plain.replacing(".", with: ",")
    return self("dossier.rate_line", ["currency": rate.currency.code, "value": value, "base": rate.base.code])
  }
}
