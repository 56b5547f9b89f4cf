import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// A new project, for a client or with the client chosen in the form; and the change of one.
enum DealFormPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Deals.new) { call in
      let choices = try await call.read { try DealChoices($0) }
      return call.answer(newPage(call, Form(new: choices, call), [], choices, nil))
    }
    book.on(Routes.Deals.create) { call in
      let form = try await call.form()
      let choices = try await call.read { try DealChoices($0) }
      return try await call.submit {
        let client = try await client(form, call)
        return try await create(form, choices, client, call)
      } again: { newPage(call, form, $0, choices, nil) } then: { call.redirect(to: Routes.Deals.page($0), said: "said.deal_created") }
    }
    book.on(Routes.Deals.newFor) { call, id in
      let (name, choices) = try await call.read { (try $0.partyName(id), try DealChoices($0)) }
      return call.answer(newPage(call, Form(new: choices, call), [], choices, (id, name)))
    }
    book.on(Routes.Deals.createFor) { call, id in
      let form = try await call.form()
      let (name, choices) = try await call.read { (try $0.partyName(id), try DealChoices($0)) }
      return try await call.submit { try await create(form, choices, id, call) }
        again: { newPage(call, form, $0, choices, (id, name)) }
        then: { call.redirect(to: Routes.Deals.page($0), said: "said.deal_created") }
    }
    book.on(Routes.Deals.edit) { call, id in
      let (deal, choices, hasLines) = try await call.read { try known($0, id) }
      return call.answer(editPage(call, DealForm.form(deal, hasLines: hasLines), [], choices, deal, hasLines))
    }
    book.on(Routes.Deals.save, save)
  }

  private static func known(_ reader: Reader, _ id: DealID) throws -> (StoredDeal, DealChoices, Bool) {
    let deal = try reader.deal(id)
    guard !deal.isRemoved else { throw Refusal.notFound }
    return (deal, try DealChoices(reader), try !reader.lines(of: id).isEmpty)
  }

  private static func create(_ form: Form, _ choices: DealChoices, _ client: ClientID, _ call: Call) async throws -> DealID {
    let draft = try DealForm.draft(form, currency: choices.currency)
    let stage = StageID(form["stage"])
    return try await call.write { try $0.createDeal(draft, client: client, stage: stage) }
  }

  /// Picked by script, or the one client whose name was typed.
  private static func client(_ form: Form, _ call: Call) async throws -> ClientID {
    if let picked = ClientID(form["client_id"]) { return picked }
    let name = form["client_name"]
    guard !name.isEmpty else { throw InvalidForm([FieldMessage(field: "client_name", key: "field.required")]) }
    let found = try await call.read { try $0.clientsNamed(name, limit: 2).map(\.id) }
    guard let only = found.first, found.count == 1 else {
      throw InvalidForm([FieldMessage(field: "client_name", key: found.isEmpty ? "deals.error.no_client" : "deals.error.many_clients")])
    }
    return only
  }

  private static func save(_ call: Call, _ id: DealID) async throws -> Response {
    let form = try await call.form()
    let (deal, choices, hasLines) = try await call.read { try known($0, id) }
    do {
      return try await call.submit {
        let draft = try DealForm.draft(form, currency: deal.draft.price.currency)
        guard let version = Int(form["version"]), version > 0 else { throw WebError.preconditionRequired }
        try await call.write { _ = try $0.updateDeal(id, draft, expecting: version) }
      } again: { editPage(call, form, $0, choices, deal, hasLines) } then: {
        call.redirect(to: Routes.Deals.page(id), said: "said.saved")
      }
    } catch Refusal.conflict {
      let (now, choices, hasLines) = try await call.read { try known($0, id) }
      return call.answer(editPage(call, form, [], choices, now, hasLines, isConflict: true), status: .conflict)
    }
  }

  private static func newPage(
    _ call: Call, _ form: Form, _ messages: [FieldMessage], _ choices: DealChoices, _ client: (id: ClientID, name: String)?
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let who: HTML = client == nil ? picker(&fields, call) : ""
    let body = who + DealForm.fields(&fields, choices, isNew: true, hasLines: false, call)
    return FormPage(
      title: client.map { w("deals.new_for", ["name": $0.name]) } ?? w("deals.new"),
      back: client.map { Routes.Clients.page($0.id) } ?? Routes.Deals.board(), backTitle: client?.name ?? w("deals.title"),
      action: client.map { Routes.Deals.createFor($0.id) } ?? Routes.Deals.create(), submit: w("deals.create"),
      summary: fields.summary, fields: body
    ).page(call, place: .deals)
  }

  /// By script a list of what matches; without, the name that was typed is looked up.
  private static func picker(_ fields: inout FormFields, _ call: Call) -> HTML {
    let messages = fields.messages.filter { $0.field == "client_name" }
    let error: HTML = messages.isEmpty ? "" : """
      <p class="error" id="client_name-error">\(call.icon("alert"))\(messages.map { call.words($0) }.joined(separator: " "))</p>
      """
    let described: HTML = messages.isEmpty ? "" : " aria-describedby=\"client_name-error\" aria-invalid=\"true\""
    return """
      <div class="field"><label for="client_name">\(call.words("deals.field.client"))</label>\(error)<div class="picker">
      <input id="client_name" name="client_name" data-picker="\(Routes.Search.pickClient())" value="\(fields.form["client_name"])" autocomplete="off"\(described)>\
      <input type="hidden" name="client_id" value="\(fields.form["client_id"])"></div></div>
      """
  }

  private static func editPage(
    _ call: Call, _ form: Form, _ messages: [FieldMessage], _ choices: DealChoices, _ deal: StoredDeal, _ hasLines: Bool,
    isConflict: Bool = false
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    // After a conflict the form saves over what stands now, which the note shows.
    let version = isConflict ? "\(deal.version)" : form["version"]
    let note: HTML = isConflict ? """
      <div class="note warn" role="alert">\(call.icon("warn"))<div><p>\(w("deals.conflict"))</p><dl class="defs">\(DealSummary.rows(deal, call))</dl></div></div>
      """ : ""
    let body = DealForm.fields(&fields, choices, isNew: false, hasLines: hasLines, call)
    return FormPage(
      title: w("deals.edit_title", ["name": deal.draft.name]), back: Routes.Deals.page(deal.id), backTitle: deal.draft.name,
      action: Routes.Deals.save(deal.id), submit: w("deals.save"), summary: fields.summary,
      fields: "\(note)\(body)<input type=\"hidden\" name=\"version\" value=\"\(version)\">"
    ).page(call, place: .deals)
  }
}

extension Form {
  fileprivate init(new choices: DealChoices, _ call: Call) {
    let stage = call.query["stage"] ?? choices.stages.first { $0.phase == .open }?.id.description ?? ""
    self.init([
      ("currency", choices.currency.code), ("owner", call.signedIn?.actor.id.description ?? ""), ("stage", stage),
      ("name", call.query["name"] ?? ""),
    ])
  }
}
