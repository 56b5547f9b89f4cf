import Domain
import Markup
import Store

/// The company's own fields, at the first start and in the settings. Zone and currency may be left to the country.
enum InstallationFields {
  static func fields(_ fields: inout FormFields, _ call: Call) -> HTML {
    let w = call.words
    let usual = [(value: "", text: w("accounts.usual_there"))]
    return """
      \(fields.text("company", w("accounts.company"), autocomplete: "organization"))
      \(fields.select("country", w("accounts.country"), Choices.countries(w.language)))
      \(fields.select("zone", w("accounts.zone"), usual + Choices.zones))
      \(fields.select("currency", w("accounts.currency"), usual + Choices.currencies(w.language)))
      \(fields.select("language", w("accounts.language"), Choices.languages, hint: w("accounts.company_language_hint")))
      """
  }

  static func parse(_ form: Form, into v: inout Validation) -> Installation? {
    let company = v.text(form["company"], field: "company", required: true)
    let country = v.parsed(form["country"], field: "country", key: "field.unknown", required: true) { Country($0) }
    let zone = v.parsed(form["zone"], field: "zone", key: "field.unknown") { Zone($0) }
    let currency = v.parsed(form["currency"], field: "currency", key: "field.unknown") { Currency($0) }
    let language = v.parsed(form["language"], field: "language", key: "field.unknown", required: true) { Language(rawValue: $0) }
    guard let company, let country, let language else { return nil }
    return Installation(
      company: company, country: country, zone: zone ?? Zone(country.zoneName) ?? .utc, currency: currency ?? country.currency,
      language: language)
  }

  static func form(_ value: Installation) -> [(String, String)] {
    [
      ("company", value.company), ("country", value.country.code), ("zone", value.zone.name),
      ("currency", value.currency.code), ("language", value.language.rawValue),
    ]
  }
}
