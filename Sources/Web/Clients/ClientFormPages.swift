import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// New client and change of one: the form, its mistakes, lookalikes before a new one is made, a conflict before a change.
enum ClientFormPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Clients.new) { call in
      let choices = try await call.read { try $0.clientChoices() }
      var pairs = [("kind", call.query["kind"] ?? "company"), ("name", call.query["name"] ?? ""), ("mail", call.query["mail"] ?? "")]
      if let actor = call.signedIn?.actor, choices.owners.contains(where: { $0.id == actor.id }) { pairs.append(("owner", actor.id.description)) }
      return call.answer(newPage(Form(pairs), [], choices, [], call))
    }
    book.on(Routes.Clients.create, create)
    book.on(Routes.Clients.lookalikes) { call in
      let form = try await call.form()
      let choices = try await call.read { try $0.clientChoices() }
      let found = try await call.read { try $0.lookalikes(of: glance(form, choices)) }
      return call.answer(Page("", main: Lookalikes.note(found, call)))
    }
    book.on(Routes.Clients.edit) { call, id in
      let (stored, choices) = try await call.read { (try $0.storedClient(id), try $0.clientChoices()) }
      guard stored.deletedAt == nil else { throw Refusal.notFound }
      return call.answer(editPage(stored, ClientForm.form(stored.draft, version: stored.version), [], choices, call))
    }
    book.on(Routes.Clients.update) { call, id in try await update(call, id) }
    book.on(Routes.People.edit) { call, id in call.redirect(to: Routes.Clients.edit(id)) }
    book.on(Routes.People.update) { call, id in try await update(call, id) }
  }

  private static func create(_ call: Call) async throws -> Response {
    let form = try await call.form()
    let choices = try await call.read { try $0.clientChoices() }
    if form.has(ContactRows.moreButton) { return call.answer(newPage(form, [], choices, [], call)) }
    return try await call.submit {
      let draft = try ClientForm.draft(form, over: nil, choices, isClient: true)
      return try await call.write { tx -> (PartyID?, [Lookalike]) in
        let alike = form.isOn("anyway") ? [] : try tx.lookalikes(of: draft)
        return alike.isEmpty ? (try tx.createClient(draft), []) : (nil, alike)
      }
    } again: { messages in newPage(form, messages, choices, [], call) } then: { made, alike in
      guard let made else { return call.answer(newPage(form, [], choices, alike, call), status: .conflict) }
      if let mail = CapturedMailID(form["mail"]) {
        return call.redirect(to: Routes.Filing.mail(mail) + URLText.query([("client_id", made.description)]), said: "said.client_created")
      }
      return call.redirect(to: Routes.Clients.page(made), said: "said.client_created")
    }
  }

  private static func update(_ call: Call, _ id: PartyID) async throws -> Response {
    let form = try await call.form()
    let (stored, choices) = try await call.read { (try $0.storedClient(id), try $0.clientChoices()) }
    guard stored.deletedAt == nil else { throw Refusal.notFound }
    if form.has(ContactRows.moreButton) { return call.answer(editPage(stored, form, [], choices, call)) }
    return try await call.submit {
      var draft = try ClientForm.draft(form, over: stored.draft, choices, isClient: stored.draft.isClient)
      ConflictPage.keepTheirs(form, stored.draft, &draft)
      let chosen = draft
      let version = Int(form["version"]) ?? 0
      do {
        try await call.write { _ = try $0.updateClient(id, chosen, expecting: version) }
        return nil as ClientDraft?
      } catch Refusal.conflict { return chosen }
    } again: { messages in editPage(stored, form, messages, choices, call) } then: { conflicting in
      guard let mine = conflicting else { return call.redirect(to: home(stored), said: "said.saved") }
      return try await ConflictPage.answer(id, mine, form, choices, call)
    }
  }

  static func home(_ stored: StoredClient) -> String {
    stored.draft.isClient ? Routes.Clients.page(stored.id) : Routes.People.page(stored.id)
  }

  /// What can be compared of a form that is not finished.
  private static func glance(_ form: Form, _ choices: ClientChoices) -> ClientDraft {
    var check = Validation()
    let kind = PartyKind(rawValue: form["kind"]) ?? .company
    let parts = ClientDraft.composedName(given: form.text("given_name"), middle: form.text("middle_name"), family: form.text("family_name"))
    var draft = ClientDraft(kind: kind, name: String((kind == .company ? form["name"] : parts ?? "").prefix(300)))
    draft.ownNumber = form.text("own_number")
    draft.contactPoints = ContactForm.points(form, home: Country(form["country"]) ?? choices.country, &check)
    return draft
  }

  private static func newPage(
    _ form: Form, _ messages: [FieldMessage], _ choices: ClientChoices, _ alike: [Lookalike], _ call: Call
  ) -> Page {
    let w = call.words
    let kind = PartyKind(rawValue: form["kind"]) ?? .company
    var fields = ClientFields(call, form, messages, choices, kind: kind, isClient: true)
    let body = fields.html()
    let kinds = PartyKind.allCases.map { option -> HTML in
      let url = Routes.Clients.new() + URLText.query([("kind", option.rawValue)] + (form.text("mail").map { [("mail", $0)] } ?? []))
      return "<a class=\"button\" href=\"\(url)\"\(attr: "aria-current", option == kind ? "true" : nil)>\(w("clients.kind.\(option.rawValue)"))</a>"
    }
    // Back to the mail that the client is made for.
    let mail: HTML = form.text("mail").map { "<input type=\"hidden\" name=\"mail\" value=\"\($0)\">" } ?? ""
    let anyway: HTML = alike.isEmpty ? "" : "<button name=\"anyway\" value=\"1\">\(w("clients.save_anyway"))</button>"
    let title = w("clients.new_title")
    return Page(title, place: .clients, hasErrors: !messages.isEmpty, main: """
      \(fields.summary)\(crumb(Routes.Clients.list(), w("clients.title"), call))
      <header class="head"><div><h1>\(title)</h1></div><div class="group" role="group" aria-label="\(w("clients.field.kind"))">\(kinds)</div></header>
      <form class="card stack narrow" method="post" action="\(Routes.Clients.create())" novalidate data-dirty data-check="\(Routes.Clients.lookalikes())">
      <div data-checked>\(Lookalikes.note(alike, call))</div>\(body)\(mail)
      <div class="form-end"><button class="primary">\(w("clients.save"))</button>\(anyway)<a class="button" href="\(Routes.Clients.list())">\(w("clients.cancel"))</a></div></form>
      """)
  }

  private static func editPage(
    _ stored: StoredClient, _ form: Form, _ messages: [FieldMessage], _ choices: ClientChoices, _ call: Call
  ) -> Page {
    let w = call.words
    let draft = stored.draft
    var fields = ClientFields(call, form, messages, choices, kind: draft.kind, isClient: draft.isClient)
    let body = fields.html()
    let title = w("clients.edit_title", ["name": draft.name])
    let home = home(stored)
    let action = draft.isClient ? Routes.Clients.update(stored.id) : Routes.People.update(stored.id)
    return Page(title, place: draft.isClient ? .clients : .people, hasErrors: !messages.isEmpty, main: """
      \(fields.summary)\(crumb(home, draft.name, call))<header class="head"><div><h1>\(title)</h1></div></header>
      <form class="card stack narrow" method="post" action="\(action)" novalidate data-dirty>\(body)
      <input type="hidden" name="version" value="\(form["version"])">
      <div class="form-end"><button class="primary">\(w("clients.save_changes"))</button><a class="button" href="\(home)">\(w("clients.cancel"))</a></div></form>
      """)
  }

  static func crumb(_ url: String, _ text: String, _ call: Call) -> HTML {
    "<nav class=\"crumb\" aria-label=\"\(call.words("clients.place"))\"><a href=\"\(url)\" data-key=\"u\">\(call.icon("back"))\(text)</a></nav>"
  }
}

/// "Maybe the same as …": before a client is made a second time.
enum Lookalikes {
  static func note(_ found: [Lookalike], _ call: Call) -> HTML {
    guard !found.isEmpty else { return "" }
    let w = call.words
    let items = found.map { one -> HTML in
      let url = one.isClient ? Routes.Clients.page(one.id) : Routes.People.page(one.id)
      return "<li><a href=\"\(url)\">\(one.name)</a> <span class=\"meta\">\(w("clients.same.\(one.reason.rawValue)"))</span></li>"
    }
    return """
      <div class="note warn" role="status">\(call.icon("merge"))<div><p>\(w("clients.maybe_same"))</p><ul>\(items)</ul></div></div>
      """
  }
}
