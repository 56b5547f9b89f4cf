import Domain
import Markup
import Store

/// How to reach a client, and what else is known of it in fields.
enum RecordPanels {
  static func contact(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let points = view.stored.draft.contactPoints
    let body: HTML = points.isEmpty
      ? "<p class=\"empty in\">\(w("clients.no_contact_points"))</p>"
      : "<ul class=\"items\">\(points.map { "<li>\(point($0, call))\(HandoverActions.bounce($0, of: view, call))</li>" as HTML })</ul>"
    return "<section class=\"card\" aria-labelledby=\"contact-h\"><header><h2 id=\"contact-h\">\(w("clients.section.contact"))</h2></header>\(body)</section>"
  }

  static func point(_ point: ContactPoint, _ call: Call) -> HTML {
    let w = call.words
    let label: HTML = point.label.isEmpty ? "" : "<span class=\"meta\">\(w.label(point.label))</span>"
    switch point.kind {
    case .email: return "\(call.icon("email"))<div><a href=\"mailto:\(point.value)\">\(point.shown)</a></div>\(label)"
    case .phone:
      let number = point.value.prefix { $0 != ";" }
      guard number.first == "+" else { return "\(call.icon("call"))<div>\(point.shown)</div>\(label)" }
      return "\(call.icon("call"))<div><a href=\"tel:\(number)\">\(point.shown)</a></div>\(label)"
    case .messenger:
      let service = point.messenger?.service ?? .other
      return "\(call.icon("messenger"))<div>\(point.shown)</div><span class=\"meta\">\(w("clients.messenger.\(service.rawValue)"))</span>"
    case .website:
      return "\(call.icon("web"))<div><a href=\"\(point.value)\" rel=\"noopener noreferrer\">\(point.shown)</a></div>\(label)"
    case .address:
      let address = point.postalAddress
      let country = address?.country.map { Choices.countryName($0.code, w.language) } ?? ""
      let place = [address?.postcode ?? "", address?.city ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
      let lines = [address?.street ?? point.shown, place, address?.region ?? "", country].filter { !$0.isEmpty }
      return "\(call.icon("letter"))<div>\(lines.map { HTML($0) }.joined(by: "<br>"))</div>\(label)"
    }
  }

  static func details(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let draft = view.stored.draft
    var rows: [HTML] = []
    func add(_ label: String, _ value: String?) {
      if let value, !value.isEmpty { rows.append("<dt>\(label)</dt><dd>\(value)</dd>") }
    }
    func field(_ name: String, _ value: String?) { add(w("clients.field.\(name)"), value) }
    let profile = draft.profile
    field("own_number", draft.ownNumber)
    field("zone", draft.zone?.name.replacing("_", with: " "))
    field("industry", draft.industry)
    field("size", draft.size.map { w("clients.size.\($0.rawValue)") })
    field("legal_name", profile.legalName)
    field("registration_number", profile.registrationNumber)
    field("tax_number", profile.taxNumber)
    field("founded_year", profile.foundedYear.map(String.init))
    field("gender", profile.gender.map { w("clients.gender.\($0.rawValue)") })
    field("marital_status", profile.maritalStatus.map { w("clients.marital_status.\($0.rawValue)") })
    field("children", profile.children.map(String.init))
    field("occupation", profile.occupation)
    field("education", profile.education)
    field("interests", profile.interests)
    for own in view.fields where own.applies(to: draft.kind) { add(own.name, draft.customValues[own.id].map { w.value($0) }) }
    let note: HTML = draft.note.isEmpty ? "" : "<p class=\"text\">\(draft.note)</p>"
    let list: HTML = rows.isEmpty ? "" : "<dl class=\"defs\">\(rows)</dl>"
    return """
      <section class="card" aria-labelledby="details-h"><header><h2 id="details-h">\(w("clients.details"))</h2></header>
      <div class="stack">\(RecordInline.tags(view.stored.id, view.tags, call))\(list)\(note)</div></section>
      """
  }
}
