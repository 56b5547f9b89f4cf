import Domain
import Hummingbird
import Markup
import Store

/// A promise when no client is open: the form asks for the client first.
enum PromiseAnywhere {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Promises.newAnywhere) { call in
      call.answer(page(call, PromiseForm.blank(call, owner: try call.actor.id, zone: call.words.zone), [], choices: []))
    }
    book.on(Routes.Promises.addAnywhere) { call in
      let form = try await call.form()
      let found = try await call.read { try ClientChoice(form, $0) }
      return try await call.submit {
        let client = try found.client()
        return (client, try await PromisePages.write(call, client, form, back: Routes.Clients.page(client)))
      } again: { messages in
        page(call, form, messages, choices: found.choices)
      } then: { client, undo in
        call.redirect(to: Routes.Clients.page(client), undo: undo)
      }
    }
  }

  private static func page(_ call: Call, _ form: Form, _ messages: [FieldMessage], choices: [ClientChoice.Named]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    var body = ClientChoice.picker(call, form, messages, choices)
    body += fields.text("what", w("promises.field.what"), hint: w("promises.hint.what"))
    body += fields.radios("side", w("promises.field.side"), PromiseSide.allCases.map { ($0.rawValue, w("promises.who.\($0.rawValue)"), nil) })
    body += "<div class=\"row\">\(fields.text("due", w("promises.field.due"), type: "date", width: "w-12"))"
    body += "\(fields.text("time", w("promises.field.time"), type: "time", width: "w-8", isOptional: true))</div>"
    return FormPage(
      title: w("promises.make_title"), back: Routes.Promises.list(), backTitle: w("promises.title"),
      action: Routes.Promises.addAnywhere(), submit: w("promises.make"), summary: fields.summary,
      fields: body + fields.hidden("owner") + fields.hidden("zone")
    ).page(call, place: .promises)
  }
}
