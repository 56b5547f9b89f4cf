import Domain
import Hummingbird
import Markup
import Store

/// Logging a contact when no client is open: the form asks for the client, too.
enum LogAnywhere {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.History.logAnywhere) { call in
      let form = Form(contactOver: .call, at: call.now, in: call.words.zone, with: nil)
      return call.answer(page(call, form, [], choices: []))
    }
    book.on(Routes.History.logAnywhereSave) { call in
      let form = try await call.uploadForm()
      let found = try await call.read { try Found(form, $0) }
      return try await call.submit {
        let client = try found.client()
        return (client, try await LogPages.write(call, client, form, isContact: true))
      } again: { messages in
        page(call, form, messages, choices: found.choices)
      } then: { client, undo in
        call.redirect(to: Routes.Clients.page(client), undo: undo)
      }
    }
  }

  /// The client picked by script, chosen among several, or meant by a name that only one has.
  private struct Found: Sendable {
    var picked: ClientID?
    var choices: [Choice] = []
    let typed: Bool

    init(_ form: Form, _ reader: Reader) throws {
      picked = ClientID(form["client_id"])
      typed = form.text("client_name") != nil
      if picked == nil { choices = try reader.clientsNamed(form["client_name"], limit: 8).map { Choice(id: $0.id, name: $0.name) } }
      if choices.count == 1 { picked = choices.first?.id }
    }

    func client() throws(InvalidForm) -> ClientID {
      if let picked { return picked }
      let key = !typed ? "field.required" : choices.isEmpty ? "history.error.no_client" : "history.error.which_client"
      throw InvalidForm([FieldMessage(field: "client_name", key: key)])
    }
  }

  private struct Choice: Sendable {
    let id: ClientID
    let name: String
  }

  private static func page(_ call: Call, _ form: Form, _ messages: [FieldMessage], choices: [Choice]) -> Page {
    let w = call.words
    var log = LogFields(call, form, messages, people: [], isContact: true)
    let fields = log.html(files: LogPages.fileField(call))
    return FormPage(
      title: w("history.log"), back: Routes.Clients.list(), backTitle: w("nav.clients"),
      action: Routes.History.logAnywhereSave(), submit: w("history.save_contact"), isMultipart: true,
      summary: log.fields.summary, fields: picker(call, form, messages, choices) + fields
    ).page(call)
  }

  private static func picker(_ call: Call, _ form: Form, _ messages: [FieldMessage], _ choices: [Choice]) -> HTML {
    let w = call.words
    let errors = messages.filter { $0.field == "client_name" }.map { w($0) }
    let error: HTML = errors.isEmpty ? "" : "<p class=\"error\" id=\"client_name-error\">\(call.icon("alert"))\(errors.joined(separator: " "))</p>"
    let radios = choices.map { choice -> HTML in
      "<label class=\"choice\"><input type=\"radio\" name=\"client_id\" value=\"\(choice.id)\"><span>\(choice.name)</span></label>"
    }
    // With names to choose from, the choice stands in for the hidden id.
    let hidden: HTML = choices.isEmpty ? "<input type=\"hidden\" name=\"client_id\" value=\"\(form["client_id"])\">" : ""
    return """
      <div class="field"><label for="client_name">\(w("history.field.client"))</label>\(error)<div class="picker">\
      <input id="client_name" name="client_name" value="\(form["client_name"])" data-picker="\(Routes.Search.pickClient())" autocomplete="off"\(attr: "autofocus", if: true)\
      \(attr: "aria-describedby", errors.isEmpty ? nil : "client_name-error")\(attr: "aria-invalid", errors.isEmpty ? nil : "true")>\(hidden)</div></div>\
      \(choices.isEmpty ? "" : "<div class=\"choices\">\(radios)</div>" as HTML)
      """
  }
}
