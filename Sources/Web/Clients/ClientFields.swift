import Domain
import Markup
import Store

/// The fields of a client or person, in the order in which people know them.
struct ClientFields {
  let call: Call
  let choices: ClientChoices
  let kind: PartyKind
  let isClient: Bool
  private var fields: FormFields

  init(_ call: Call, _ form: Form, _ messages: [FieldMessage], _ choices: ClientChoices, kind: PartyKind, isClient: Bool) {
    (self.call, self.choices, self.kind, self.isClient) = (call, choices, kind, isClient)
    fields = FormFields(call, form, messages)
  }

  var summary: HTML { fields.summary }

  mutating func html() -> HTML {
    var contacts = ContactRows(call, fields.form, fields.messages)
    return """
      \(names())\(contacts.html())\(relationship())\(about())\(own())\(rest())<input type="hidden" name="kind" value="\(kind.rawValue)">
      """
  }

  private mutating func names() -> HTML {
    let w = call.words
    guard kind == .person else { return fields.text("name", w("clients.field.name"), autocomplete: "organization") }
    return """
      <div class="row">\(fields.text("given_name", w("clients.field.given_name"), autocomplete: "given-name"))\
      \(fields.text("middle_name", w("clients.field.middle_name"), autocomplete: "additional-name", isOptional: true))</div>\
      \(fields.text("family_name", w("clients.field.family_name"), autocomplete: "family-name"))
      """
  }

  private mutating func relationship() -> HTML {
    guard isClient else { return "" }
    let w = call.words
    let types = [(value: "", text: w("clients.not_chosen"))] + choices.relationships.map { (value: $0.id.description, text: w.relationship($0.name)) }
    let owners = [(value: "", text: w("clients.no_owner"))] + choices.owners.map { (value: $0.id.description, text: $0.name) }
    return section("clients.section.relationship", """
      <div class="row">\(fields.select("relationship", w("clients.field.relationship"), types, hint: w("clients.hint.relationship")))\
      \(fields.select("owner", w("clients.field.owner"), owners))</div>\
      \(fields.text("own_number", w("clients.field.own_number"), hint: w("clients.hint.own_number"), width: "w-20", isOptional: true))
      """)
  }

  private mutating func about() -> HTML {
    let w = call.words
    let none = [(value: "", text: w("clients.not_chosen"))]
    let languages = fields.select("language", w("clients.field.language"), none + Choices.languages)
    let countries = fields.select("country", w("clients.field.country"), none + Choices.countries(w.language))
    let zones = fields.select("zone", w("clients.field.zone"), [(value: "", text: w("clients.zone_of_country"))] + Choices.zones)
    let place: HTML = "<div class=\"row\">\(countries)\(languages)</div>\(zones)"
    return section(kind == .person ? "clients.section.person" : "clients.section.company", place + (kind == .person ? person() : company()))
  }

  private mutating func person() -> HTML {
    let w = call.words
    let none = [(value: "", text: w("clients.not_chosen"))]
    let genders = none + Domain.Profile.Gender.allCases.map { (value: $0.rawValue, text: w("clients.gender.\($0.rawValue)")) }
    let states = none + Domain.Profile.MaritalStatus.allCases.map { (value: $0.rawValue, text: w("clients.marital_status.\($0.rawValue)")) }
    return """
      <div class="row">\(fields.text("birth_date", w("clients.field.birth_date"), hint: w("clients.hint.birth_date"), width: "w-12", isOptional: true))\
      \(fields.select("gender", w("clients.field.gender"), genders))</div>\
      <div class="row">\(fields.select("marital_status", w("clients.field.marital_status"), states))\
      \(fields.text("children", w("clients.field.children"), width: "w-8", isOptional: true))</div>\
      <div class="row">\(fields.text("occupation", w("clients.field.occupation"), isOptional: true))\
      \(fields.text("education", w("clients.field.education"), isOptional: true))</div>\
      \(fields.text("interests", w("clients.field.interests"), isOptional: true))
      """
  }

  private mutating func company() -> HTML {
    let w = call.words
    let sizes = [(value: "", text: w("clients.not_chosen"))] + CompanySize.allCases.map { (value: $0.rawValue, text: w("clients.size.\($0.rawValue)")) }
    return """
      <div class="row">\(fields.text("industry", w("clients.field.industry"), isOptional: true))\
      \(fields.select("size", w("clients.field.size"), sizes))</div>\
      \(fields.text("legal_name", w("clients.field.legal_name"), isOptional: true))\
      <div class="row">\(fields.text("registration_number", w("clients.field.registration_number"), isOptional: true))\
      \(fields.text("tax_number", w("clients.field.tax_number"), isOptional: true))\
      \(fields.text("founded_year", w("clients.field.founded_year"), width: "w-8", isOptional: true))</div>
      """
  }

  private mutating func own() -> HTML {
    let w = call.words
    let kind = kind
    let items = choices.fields.filter { $0.applies(to: kind) }.map { field -> HTML in
      let name = "field.\(field.id)"
      let none = [(value: "", text: w("clients.not_chosen"))]
      switch field.kind {
      case .choice: return fields.select(name, field.name, none + field.options.map { (value: $0, text: $0) })
      case .bool: return fields.select(name, field.name, none + [(value: "1", text: w("clients.yes")), (value: "0", text: w("clients.no"))])
      case .date: return fields.text(name, field.name, type: "date", width: "w-12", isOptional: true)
      case .number: return fields.text(name, field.name, width: "w-12", isOptional: true)
      case .text: return fields.text(name, field.name, isOptional: true)
      }
    }
    return items.isEmpty ? "" : section("clients.section.own", items.joined())
  }

  private mutating func rest() -> HTML {
    let w = call.words
    return section("clients.section.rest", """
      \(fields.text("tags", w("clients.field.tags"), hint: w("clients.hint.tags"), isOptional: true))\
      \(fields.area("note", w("clients.field.note"), isOptional: true))
      """)
  }

  private func section(_ title: String, _ content: HTML) -> HTML {
    "<section class=\"section stack\"><h2>\(call.words(title))</h2>\(content)</section>"
  }
}
