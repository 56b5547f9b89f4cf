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
      let found = try await call.read { try ClientChoice(form, $0) }
      return try await call.submit {
        let client = try found.client()
        return (client, try await LogPages.write(call, client, form, isContact: true))
      } again: { messages in
        page(call, form, messages, choices: found.choices)
      } then: { client, logged in
        logged.answer(call, client, back: nil)
      }
    }
  }

  private static func page(_ call: Call, _ form: Form, _ messages: [FieldMessage], choices: [ClientChoice.Named]) -> Page {
    let w = call.words
    var log = LogFields(call, form, messages, people: [], isContact: true)
    let fields = log.html(files: LogPages.fileField(call), offers: PromiseOffer.place(form, messages, call))
    return FormPage(
      title: w("history.log"), back: Routes.Clients.list(), backTitle: w("nav.clients"),
      action: Routes.History.logAnywhereSave(), submit: w("history.save_contact"), isMultipart: true,
      check: call.may(.editPromises) ? Routes.Promises.recognition() : nil, summary: log.fields.summary, fields: ClientChoice.picker(call, form, messages, choices) + fields
    ).page(call)
  }
}
