import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// One client to somebody else, from its page: who, and a note.
enum SingleHandoverPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Handover.client) { call, id in
      let (stored, takers) = try await call.read { (try open($0, id), try $0.handoverTakers()) }
      return call.answer(page(call, stored, takers, Form([("version", String(stored.version))]), []))
    }
    book.on(Routes.Handover.handOver, handOver)
  }

  private static func open(_ reader: Reader, _ id: ClientID) throws -> StoredClient {
    let stored = try reader.storedClient(id)
    guard stored.draft.isClient, stored.deletedAt == nil else { throw Refusal.notFound }
    return stored
  }

  private static func handOver(_ call: Call, _ id: ClientID) async throws -> Response {
    let form = try await call.form()
    let (stored, takers) = try await call.read { (try open($0, id), try $0.handoverTakers()) }
    let back = Routes.Clients.page(id)
    do {
      return try await call.submit {
        var check = Validation()
        let to = check.parsed(form["to"], field: "to", key: "handover.error.not_available", required: true) { AccountID($0) }
        let note = check.text(form["note"], field: "note", max: 2000)
        try check.check()
        guard let to else { throw InvalidForm(check.messages) }
        let version = Int(form["version"]) ?? 0
        return try await call.write { try $0.handOver(id, to: to, note: note ?? "", expecting: version, returnTo: back) }
      } again: { page(call, stored, takers, form, $0) } then: { undo in
        // Who sees only own clients may have given this one out of sight.
        let stays = try await call.read { try $0.storedClients([id])[id] != nil }
        return call.redirect(to: stays ? back : Routes.Clients.list(), undo: undo)
      }
    } catch Refusal.conflict {
      var again = form
      again.set("version", String(stored.version))
      let message = FieldMessage(field: "to", key: "clients.error.changed_meanwhile")
      return call.answer(page(call, stored, takers, again, [message]), status: .conflict)
    }
  }

  private static func page(
    _ call: Call, _ stored: StoredClient, _ takers: [HandoverPerson], _ form: Form, _ messages: [FieldMessage]
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let names = [(value: "", text: w("clients.not_chosen"))] + takers.filter { $0.id != stored.draft.ownerID }.map {
      (value: $0.id.description, text: $0.name)
    }
    let body: HTML = """
      \(fields.select("to", w("handover.field.to"), names, hint: w("handover.to_hint")))\
      \(fields.area("note", w("handover.field.single_note"), isOptional: true))\(fields.hidden("version"))
      """
    return FormPage(
      title: w("handover.single_title", ["name": stored.draft.name]), back: Routes.Clients.page(stored.id), backTitle: stored.draft.name,
      action: Routes.Handover.handOver(stored.id), submit: w("handover.single_submit"), summary: fields.summary, fields: body
    ).page(call)
  }
}
