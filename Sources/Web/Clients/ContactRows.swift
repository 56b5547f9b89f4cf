import Domain
import Markup

/// Rows of e-mails, phones, messengers, websites and addresses. One empty row is always there; "Add another" gives one more
/// without a script, by sending the form for another look.
struct ContactRows {
  private let call: Call
  private let form: Form
  private let messages: [FieldMessage]

  init(_ call: Call, _ form: Form, _ messages: [FieldMessage]) { (self.call, self.form, self.messages) = (call, form, messages) }

  static let moreButton = "more"

  mutating func html() -> HTML {
    let w = call.words
    return """
      <section class="section stack"><h2>\(w("clients.section.contact"))</h2>\(group("phone", "tel"))\(group("email", "email"))\(messengers())\
      \(folded("clients.section.website", isOpen: !values("website").isEmpty, group("website", "url")))\
      \(folded("clients.section.address", isOpen: !values("street").isEmpty || !values("city").isEmpty, addresses()))</section>
      """
  }

  private func values(_ name: String) -> [String] { form.all(name).filter { !$0.isEmpty } }

  /// Filled rows and one to spare; two once another was asked for.
  private func rows(_ names: [String]) -> Int {
    let filled = names.map { name in (form.all(name).lastIndex { !$0.isEmpty } ?? -1) + 1 }.max() ?? 0
    return min(filled + (form[Self.moreButton] == names.first ? 2 : 1), 30)
  }

  private func value(_ name: String, _ row: Int) -> String {
    let all = form.all(name)
    return all.indices.contains(row) ? all[row] : ""
  }

  private func group(_ name: String, _ type: String) -> HTML {
    let items = (0..<rows([name])).map { row in "<div class=\"row\">\(input(name, row, type))\(label(name, row))</div>" as HTML }
    return "\(items)\(more(name))"
  }

  private func input(_ name: String, _ row: Int, _ type: String) -> HTML {
    let w = call.words
    let id = "\(name)-\(row)"
    let errors = messages.filter { $0.field == id }.map { w($0) }
    let error: HTML = errors.isEmpty ? "" : "<p class=\"error\" id=\"\(id)-error\">\(call.icon("alert"))\(errors.joined(separator: " "))</p>"
    let described: HTML = errors.isEmpty ? "" : " aria-describedby=\"\(id)-error\" aria-invalid=\"true\""
    return """
      <div class="field"><label for="\(id)">\(number(w("clients.field.\(name)"), row))</label>\(error)<input id="\(id)" name="\(name)" type="\(type)" autocomplete="off" value="\(value(name, row))"\(described)></div>
      """
  }

  /// "Phone", "Phone 2".
  private func number(_ label: String, _ row: Int) -> String { row == 0 ? label : "\(label) \(row + 1)" }

  private func label(_ name: String, _ row: Int) -> HTML {
    let w = call.words
    let id = "\(name)_label-\(row)", chosen = value("\(name)_label", row)
    var options = ["", "work", "home", "mobile", "main", "fax", "other"]
    if !options.contains(chosen) { options.append(chosen) }
    let items = options.map { option -> HTML in
      let text = option.isEmpty ? w("clients.label.none") : w.label(option)
      return "<option value=\"\(option)\"\(attr: "selected", if: option == chosen)>\(text)</option>"
    }
    return """
      <div class="field w-12"><label for="\(id)">\(number(w("clients.label"), row))</label><select id="\(id)" name="\(name)_label">\(items)</select></div>
      """
  }

  private func messengers() -> HTML {
    let w = call.words
    let items = (0..<rows(["messenger"])).map { row -> HTML in
      let id = "messenger_service-\(row)", chosen = value("messenger_service", row)
      let services = MessengerService.allCases.map { service -> HTML in
        "<option value=\"\(service.rawValue)\"\(attr: "selected", if: service.rawValue == chosen)>\(w("clients.messenger.\(service.rawValue)"))</option>"
      }
      return """
        <div class="row">\(input("messenger", row, "text"))<div class="field w-12"><label for="\(id)">\(number(w("clients.messenger_service"), row))</label><select id="\(id)" name="messenger_service">\(services)</select></div></div>
        """
    }
    return "\(items)\(more("messenger"))"
  }

  private func addresses() -> HTML {
    let w = call.words
    let items = (0..<rows(["street", "city", "postcode", "region"])).map { row -> HTML in
      let id = "address_country-\(row)", chosen = value("address_country", row)
      let countries = [(value: "", text: w("clients.not_chosen"))] + Choices.countries(w.language)
      let options = countries.map { "<option value=\"\($0.value)\"\(attr: "selected", if: $0.value == chosen)>\($0.text)</option>" as HTML }
      return """
        <div class="stack">\(input("street", row, "text"))<div class="row">\(input("postcode", row, "text"))\(input("city", row, "text"))</div>
        <div class="row">\(input("region", row, "text"))<div class="field"><label for="\(id)">\(number(w("clients.field.country"), row))</label><select id="\(id)" name="address_country">\(options)</select></div>\(label("address", row))</div></div>
        """
    }
    return "\(items)\(more("street"))"
  }

  private func folded(_ title: String, isOpen: Bool, _ content: HTML) -> HTML {
    "<details\(attr: "open", if: isOpen || form[Self.moreButton] == "street")><summary>\(call.words(title))</summary><div class=\"stack\">\(content)</div></details>"
  }

  private func more(_ name: String) -> HTML {
    """
    <p><button class="small quiet" name="\(Self.moreButton)" value="\(name)">\(call.icon("plus"))\(call.words("clients.add_\(name)"))</button></p>
    """
  }
}
