import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The client's manager changed: who decided until when, who does now, and where the old one went.
enum ManagerPages {
  private struct Model: Sendable {
    let company: StoredClient
    let old: TieLine?
    let others: [TieLine]
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Handover.manager) { call, id in
      let model = try await call.read { try Self.model($0, id) }
      let form = Form([("last_day", call.today.description), ("successor", "new")])
      return call.answer(page(call, model, form, []))
    }
    book.on(Routes.Handover.changeManager, change)
    book.on(Routes.Handover.bounce) { call, id in try await bounce(call, id, isLifted: false) }
    book.on(Routes.Handover.liftBounce) { call, id in try await bounce(call, id, isLifted: true) }
  }

  private static func model(_ reader: Reader, _ id: ClientID) throws -> Model {
    let view = try reader.clientView(id)
    guard view.stored.draft.kind == .company, view.stored.deletedAt == nil else { throw Refusal.notFound }
    let current = view.ties.filter(\.tie.isCurrent)
    let old = current.first { $0.tie.tie.isManager }
    return Model(company: view.stored, old: old, others: current.filter { $0.tie.id != old?.tie.id })
  }

  private static func change(_ call: Call, _ id: ClientID) async throws -> Response {
    let form = try await call.form()
    let (model, choices) = try await call.read { (try Self.model($0, id), try $0.clientChoices()) }
    let back = Routes.Clients.page(id)
    do {
      return try await call.submit { () async throws -> ([Lookalike], UndoID?) in
        let change = try ManagerForm.read(form, old: model.old?.tie.id, today: call.today, choices)
        return try await call.write { tx -> ([Lookalike], UndoID?) in
          if case .new(let draft) = change.successor, !form.isOn("anyway") {
            let alike = try tx.lookalikes(of: draft).filter { $0.kind == .person }
            if !alike.isEmpty { return (alike, nil) }
          }
          return ([], try tx.changeManager(of: id, change, returnTo: back))
        }
      } again: { page(call, model, form, $0) } then: { alike, undo in
        guard alike.isEmpty else { return call.answer(page(call, model, form, [], alike: alike), status: .conflict) }
        return call.redirect(to: back, undo: undo, said: undo == nil ? "said.nothing_changed" : nil)
      }
    } catch Refusal.conflict {
      let now = try await call.read { try Self.model($0, id) }
      return call.answer(page(call, now, form, [FieldMessage(field: "successor", key: "handover.error.meanwhile")]), status: .conflict)
    }
  }

  private static func bounce(_ call: Call, _ id: PartyID, isLifted: Bool) async throws -> Response {
    let form = try await call.form()
    let stored = try await call.read { try $0.storedClient(id) }
    guard let address = EmailAddress(form["email"]) else { throw WebError.badRequest("email") }
    try await call.write { tx in
      if isLifted { try tx.liftBounce(address, of: id) } else { try tx.markBounced(address, of: id) }
    }
    return call.redirect(to: ClientFormPages.home(stored), said: isLifted ? "said.bounce_lifted" : "said.bounced")
  }
}

extension ManagerPages {
  private static func page(_ call: Call, _ model: Model, _ form: Form, _ messages: [FieldMessage], alike: [Lookalike] = []) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let name = model.company.draft.name
    let known = model.others.map { (value: $0.otherID.description, text: $0.name, hint: $0.tie.tie.role.isEmpty ? nil : Optional($0.tie.tie.role)) }
    let successors = known + [
      (value: "new", text: w("handover.manager_new"), hint: nil), (value: "unknown", text: w("handover.manager_unknown"), hint: nil),
    ]
    let last: HTML = model.old == nil ? fields.hidden("last_day") : fields.text("last_day", w("handover.field.last_day"), type: "date", width: "w-12")
    let intro: HTML = model.old.map { "<p>\(w("handover.manager_until_now", ["name": $0.name]))</p>" } ?? "<p>\(w("handover.manager_none"))</p>"
    var body: HTML = "\(intro)\(last)\(lookalikes(alike, w))\(fields.radios("successor", w("handover.field.successor"), successors))"
    body += """
      <div class="when-new"><div class="row">\(fields.text("given_name", w("clients.field.given_name"), isOptional: true))\(fields.text("family_name", w("clients.field.family_name"), isOptional: true))</div>\
      <div class="row">\(fields.text("phone", w("clients.field.phone"), type: "tel", isOptional: true))\(fields.text("email", w("clients.field.email"), type: "email", isOptional: true))</div></div>\
      \(fields.text("role", w("clients.tie_role"), hint: w("handover.role_hint"), isOptional: true))
      """
    if model.old != nil { body += follow(&fields, call) }
    var page = FormPage(
      title: w("handover.manager_title", ["name": name]), back: Routes.Clients.page(model.company.id), backTitle: name,
      action: Routes.Handover.changeManager(model.company.id), submit: w("handover.manager_submit"), summary: fields.summary,
      fields: "<div class=\"manager-change\">\(body)</div>"
    ).page(call)
    page.sheets = ["handover"]
    return page
  }

  /// Where the old manager went: the relationship goes along, if one wants.
  private static func follow(_ fields: inout FormFields, _ call: Call) -> HTML {
    let w = call.words, form = fields.form
    let errors = fields.messages.filter { $0.field == "company_name" }.map { w($0) }
    let error: HTML = errors.isEmpty ? "" : "<p class=\"error\" id=\"company_name-error\">\(call.icon("alert"))\(errors.joined(separator: " "))</p>"
    return """
      <details\(attr: "open", if: !form["company_name"].isEmpty)><summary>\(w("handover.follow"))</summary>
      <div class="field"><label for="company_name">\(w("handover.field.company"))</label><p class="hint" id="company_name-hint">\(w("handover.company_hint"))</p>\(error)<div class="picker">\
      <input id="company_name" name="company_name" value="\(form["company_name"])" data-picker="\(Routes.Search.pickClient())" autocomplete="off" \
      aria-describedby="company_name-hint\(errors.isEmpty ? "" : " company_name-error")"\(attr: "aria-invalid", errors.isEmpty ? nil : "true")>\
      <input type="hidden" name="company_id" value="\(form["company_id"])"></div></div>\
      \(fields.text("company_role", w("handover.field.company_role"), isOptional: true))</details>
      """
  }

  private static func lookalikes(_ alike: [Lookalike], _ w: Words) -> HTML {
    guard !alike.isEmpty else { return "" }
    let known = alike.map { one -> HTML in
      """
      <label class="choice"><input type="radio" name="person_id" value="\(one.id)"><span>\(w("clients.tie_known", ["name": one.name])) <span class="hint">\(w("clients.same.\(one.reason.rawValue)"))</span></span></label>
      """
    }
    return """
      <fieldset class="field"><legend>\(w("clients.maybe_same"))</legend><div class="choices">\(known)
      <label class="choice"><input type="radio" name="person_id" value="" checked><span>\(w("clients.someone_else"))</span></label></div><input type="hidden" name="anyway" value="1"></fieldset>
      """
  }
}

/// The form of a change of manager, read once.
enum ManagerForm {
  static func read(_ form: Form, old: TieID?, today: CalendarDate, _ choices: ClientChoices) throws -> ManagerSuccession {
    var check = Validation()
    let day = check.parsed(form["last_day"], field: "last_day", key: "clients.error.date") { CalendarDate($0) } ?? today
    if day > today.adding(days: ManagerSuccession.noticeDays) { check.fail("last_day", key: "clients.error.date") }
    let role = check.text(form["role"], field: "role"), there = check.text(form["company_role"], field: "company_role")
    let company = check.text(form["company_name"], field: "company_name", max: 300)
    if form["successor"].isEmpty { check.fail("successor", key: "field.required") }
    try check.check()
    let destination: ManagerSuccession.Destination
    if let company {
      destination = PartyID(form["company_id"]).map { .known($0, role: there ?? "") } ?? .new(name: company, role: there ?? "")
    } else {
      destination = .none
    }
    return ManagerSuccession(
      old: old, lastDay: day, successor: try successor(form, choices), role: role ?? "", destination: destination)
  }

  private static func successor(_ form: Form, _ choices: ClientChoices) throws -> ManagerSuccession.Successor {
    if let known = PersonID(form["person_id"]) ?? PersonID(form["successor"]) { return .known(known) }
    guard form["successor"] == "new" else { return .unknown }
    let draft = try newPerson(form, choices)
    return .new(draft)
  }

  private static func newPerson(_ form: Form, _ choices: ClientChoices) throws -> ClientDraft {
    var person = Form(form.fields.flatMap { name, values in values.map { (name, $0) } })
    person.set("kind", "person")
    let draft: ClientDraft
    do {
      draft = try ClientForm.draft(person, over: nil, choices, isClient: false)
    } catch {
      throw InvalidForm(error.messages.map(renamed))
    }
    return draft
  }

  /// The fields of this form have no numbers.
  private static func renamed(_ message: FieldMessage) -> FieldMessage {
    let field = message.field.hasSuffix("-0") ? String(message.field.dropLast(2)) : message.field
    return FieldMessage(field: field, key: message.key, slots: message.slots)
  }
}
