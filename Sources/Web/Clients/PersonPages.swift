import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// People at a client: a new one or one who is here already, what they are there, and when it ended.
enum PersonPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.People.new) { call, id in
      let company = try await call.read { try $0.storedClient(id) }
      return call.answer(newPage(company, Form(), [], [], call))
    }
    book.on(Routes.People.add, add)
    book.on(Routes.People.tie) { call, id in
      let names = try await call.read { try TieNames($0, id) }
      return call.answer(tiePage(names, TieForm.form(names.tie), [], call))
    }
    book.on(Routes.People.changeTie) { call, id in
      let form = try await call.form()
      let names = try await call.read { try TieNames($0, id) }
      return try await call.submit {
        let draft = try TieForm.draft(form)
        try await call.write { try $0.updateTie(id, draft, expecting: Int(form["version"]) ?? 0) }
      } again: { tiePage(names, form, $0, call) } then: { call.redirect(to: Routes.Clients.page(names.tie.company), said: "said.saved") }
    }
    book.on(Routes.People.endTie) { call, id in
      let today = call.today
      let company = try await call.write { tx in
        let old = try tx.tie(id)
        var draft = old.tie
        draft.until = max(today, draft.from ?? today)
        try tx.updateTie(id, draft, expecting: old.version)
        return old.company
      }
      return call.redirect(to: Routes.Clients.page(company), said: "said.tie_ended")
    }
  }

  private static func add(_ call: Call, _ id: ClientID) async throws -> Response {
    let form = try await call.form()
    let (company, choices) = try await call.read { (try $0.storedClient(id), try $0.clientChoices()) }
    return try await call.submit {
      let tie = try TieForm.draft(form)
      if let known = PersonID(form["person_id"]) {
        try await call.write { _ = try $0.addTie(company: id, person: known, tie) }
        return [Lookalike]()
      }
      var person = Form(form.fields.flatMap { name, values in values.map { (name, $0) } })
      person.set("kind", "person")
      let draft = try ClientForm.draft(person, over: nil, choices, isClient: false)
      return try await call.write { tx in
        let alike = form.isOn("anyway") ? [] : try tx.lookalikes(of: draft)
        if alike.isEmpty { _ = try tx.addPerson(draft, to: id, tie) }
        return alike
      }
    } again: { newPage(company, form, $0, [], call) } then: { alike in
      guard alike.isEmpty else { return call.answer(newPage(company, form, [], alike, call), status: .conflict) }
      return call.redirect(to: Routes.Clients.page(id), said: "said.person_added")
    }
  }

  private static func newPage(_ company: StoredClient, _ form: Form, _ messages: [FieldMessage], _ alike: [Lookalike], _ call: Call) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let known = alike.filter { $0.kind == .person && $0.id != company.id }.map { one -> HTML in
      """
      <label class="choice"><input type="radio" name="person_id" value="\(one.id)"><span>\(w("clients.tie_known", ["name": one.name])) <span class="hint">\(w("clients.same.\(one.reason.rawValue)"))</span></span></label>
      """
    }
    let choice: HTML = alike.isEmpty ? "" : """
      <fieldset class="field"><legend>\(w("clients.maybe_same"))</legend><div class="choices">\(known)
      <label class="choice"><input type="radio" name="person_id" value="" checked><span>\(w("clients.someone_else"))</span></label></div><input type="hidden" name="anyway" value="1"></fieldset>
      """
    let body: HTML = """
      \(choice)<div class="row">\(fields.text("given_name", w("clients.field.given_name")))\(fields.text("family_name", w("clients.field.family_name")))</div>\
      <div class="row">\(ContactLine.html("phone", "tel", form, messages, call))\(ContactLine.html("email", "email", form, messages, call))</div>\(TieForm.fields(&fields, w))
      """
    return FormPage(
      title: w("clients.add_person_title", ["name": company.draft.name]), back: Routes.Clients.page(company.id),
      backTitle: company.draft.name, action: Routes.People.add(company.id), submit: w("clients.save_person"),
      summary: fields.summary, fields: body
    ).page(call)
  }

  private static func tiePage(_ names: TieNames, _ form: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body: HTML = "\(TieForm.fields(&fields, w))\(fields.text("until", w("clients.tie_until"), type: "date", width: "w-12", isOptional: true))\(fields.hidden("version"))"
    let end: HTML = names.tie.isCurrent ? "<button formaction=\"\(Routes.People.endTie(names.tie.id))\">\(w("clients.end_tie"))</button>" : ""
    return FormPage(
      title: w("clients.tie_title", ["person": names.person, "company": names.company]), back: Routes.Clients.page(names.tie.company),
      backTitle: names.company, action: Routes.People.changeTie(names.tie.id), submit: w("clients.save_changes"),
      summary: fields.summary, fields: body, extra: end
    ).page(call)
  }
}

/// One e-mail or phone of a short form.
private enum ContactLine {
  static func html(_ name: String, _ type: String, _ form: Form, _ messages: [FieldMessage], _ call: Call) -> HTML {
    let w = call.words
    let errors = messages.filter { $0.field == "\(name)-0" }.map { w($0) }
    let error: HTML = errors.isEmpty ? "" : "<p class=\"error\" id=\"\(name)-0-error\">\(call.icon("alert"))\(errors.joined(separator: " "))</p>"
    let described: HTML = errors.isEmpty ? "" : " aria-describedby=\"\(name)-0-error\" aria-invalid=\"true\""
    return """
      <div class="field"><label for="\(name)-0">\(w("clients.field.\(name)")) <span class="optional">\(w("field.optional"))</span></label>\(error)<input id="\(name)-0" name="\(name)" type="\(type)" autocomplete="off" value="\(form[name])"\(described)></div>
      """
  }
}

struct TieNames: Sendable {
  let tie: Tie
  let company: String
  let person: String

  init(_ reader: Reader, _ id: TieID) throws {
    tie = try reader.tie(id)
    company = try reader.storedClient(tie.company).draft.name
    person = try reader.storedClient(tie.person).draft.name
  }
}

/// What someone is at a client, read once.
enum TieForm {
  static func draft(_ form: Form) throws(InvalidForm) -> TieDraft {
    var check = Validation()
    let role = check.text(form["role"], field: "role")
    let from = check.parsed(form["from"], field: "from", key: "clients.error.date") { CalendarDate($0) }
    let until = check.parsed(form["until"], field: "until", key: "clients.error.date") { CalendarDate($0) }
    if let from, let until, until < from { check.fail("until", key: "clients.error.until") }
    try check.check()
    return TieDraft(role: role ?? "", isManager: form.isOn("manager"), from: from, until: until)
  }

  static func form(_ tie: Tie) -> Form {
    Form([
      ("role", tie.tie.role), ("manager", tie.tie.isManager ? "1" : ""), ("from", tie.tie.from?.description ?? ""),
      ("until", tie.tie.until?.description ?? ""), ("version", String(tie.version)),
    ])
  }

  static func fields(_ fields: inout FormFields, _ w: Words) -> HTML {
    """
    <div class="row">\(fields.text("role", w("clients.tie_role"), isOptional: true))\(fields.text("from", w("clients.tie_from"), type: "date", width: "w-12", isOptional: true))</div>\(fields.check("manager", w("clients.tie_manager"), hint: w("clients.hint.manager")))
    """
  }
}
