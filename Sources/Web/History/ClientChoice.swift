import Domain
import Markup
import Store

/// Which client a form is about that was opened without one: picked by script, chosen among several, or meant by a name that only one
/// has.
struct ClientChoice: Sendable {
  var picked: ClientID?
  var choices: [Named] = []
  let typed: Bool

  init(_ form: Form, _ reader: Reader) throws {
    // Picked by script, or else among the names that were shown to choose from.
    picked = form.all("client_id").lazy.compactMap { ClientID($0) }.first
    typed = form.text("client_name") != nil
    if picked == nil { choices = try reader.clientsNamed(form["client_name"], limit: 8).map { Named(id: $0.id, name: $0.name) } }
    if choices.count == 1 { picked = choices.first?.id }
  }

  func client() throws(InvalidForm) -> ClientID {
    if let picked { return picked }
    let key = !typed ? "field.required" : choices.isEmpty ? "history.error.no_client" : "history.error.which_client"
    throw InvalidForm([FieldMessage(field: "client_name", key: key)])
  }

  struct Named: Sendable {
    let id: ClientID
    let name: String
  }

  static func picker(_ call: Call, _ form: Form, _ messages: [FieldMessage], _ choices: [Named]) -> HTML {
    let w = call.words
    let errors = messages.filter { $0.field == "client_name" }.map { w($0) }
    let error: HTML = errors.isEmpty ? "" : "<p class=\"error\" id=\"client_name-error\">\(call.icon("alert"))\(errors.joined(separator: " "))</p>"
    let radios = choices.map { choice -> HTML in
      "<label class=\"choice\"><input type=\"radio\" name=\"client_id\" value=\"\(choice.id)\"><span>\(choice.name)</span></label>"
    }
    let hidden: HTML = "<input type=\"hidden\" name=\"client_id\" value=\"\(choices.isEmpty ? form["client_id"] : "")\">"
    return """
      <div class="field"><label for="client_name">\(w("history.field.client"))</label>\(error)<div class="picker">\
      <input id="client_name" name="client_name" value="\(form["client_name"])" data-picker="\(Routes.Search.pickClient())" autocomplete="off"\(attr: "autofocus", if: true)\
      \(attr: "aria-describedby", errors.isEmpty ? nil : "client_name-error")\(attr: "aria-invalid", errors.isEmpty ? nil : "true")>\(hidden)</div></div>\
      \(choices.isEmpty ? "" : "<div class=\"choices\">\(radios)</div>" as HTML)
      """
  }
}
