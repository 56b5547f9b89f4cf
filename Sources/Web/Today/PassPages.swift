import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Handing over from the list: this matter alone, or the client with everything.
enum PassPages {
  private struct Model: Sendable { let name: String, colleagues: [(id: AccountID, name: String)], mayGiveClient: Bool }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Today.pass) { call, key in
      let model = try await read(call, key)
      return call.answer(page(call, key, Form([("what", "matter"), ("back", call.query["back"] ?? "")]), [], model))
    }
    book.on(Routes.Today.savePass) { call, key in
      let form = try await call.form(), model = try await read(call, key)
      let back = TodayState.back(form)
      return try await call.submit {
        var check = Validation()
        let account = check.parsed(form["account"], field: "account", key: "today.error.colleague", required: true) { AccountID($0) }
        let what = check.parsed(form["what"], field: "what", key: "field.unknown", required: true) { Transaction.Passing(rawValue: $0) }
        try check.check()
        guard let account, let what else { throw InvalidForm(check.messages) }
        do { return try await call.write { try $0.pass(key, what, to: account, returnTo: back) } } catch let invalid as InvalidForm {
          throw InvalidForm(invalid.messages.map { FieldMessage(field: "account", key: $0.key) })
        }
      } again: { page(call, key, form, $0, model) } then: { call.redirect(to: back, undo: $0) }
    }
  }

  private static func read(_ call: Call, _ key: ReasonKey) async throws -> Model {
    let mayEdit = call.may(.editClients)
    return try await call.read { reader in
      let reason = try reader.shownReason(key)
      let owners = try reader.clientChoices().owners.filter { $0.id != reason.accountID }
      return Model(name: try reader.reasonName(reason), colleagues: owners, mayGiveClient: mayEdit && reason.clientID != nil)
    }
  }

  private static func page(_ call: Call, _ key: ReasonKey, _ form: Form, _ messages: [FieldMessage], _ model: Model) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let colleagues = [(value: "", text: w("clients.not_chosen"))] + model.colleagues.map { (value: $0.id.description, text: $0.name) }
    var what: [(value: String, text: String, hint: String?)] = [("matter", w("today.pass_matter"), w("today.pass_matter_hint"))]
    if model.mayGiveClient { what.append(("client", w("today.pass_client"), w("today.pass_client_hint"))) }
    let body: HTML = "\(fields.select("account", w("today.pass_to"), colleagues))\(fields.radios("what", w("today.pass_what"), what))\(fields.hidden("back"))"
    return FormPage(
      title: w("today.pass_title", ["name": model.name]), back: TodayState.back(form), backTitle: w("nav.today"),
      action: Routes.Today.savePass(key), submit: w("today.pass"), summary: fields.summary, fields: body
    ).page(call, place: .today)
  }
}
