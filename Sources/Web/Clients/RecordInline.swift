import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Owner and tags, changed where they stand; a small form of their own without script.
enum RecordInline {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Clients.owner) { call, id in try await form(.owner, id, call) }
    book.on(Routes.Clients.changeOwner) { call, id in try await save(.owner, id, call) }
    book.on(Routes.Clients.tags) { call, id in try await form(.tags, id, call) }
    book.on(Routes.Clients.changeTags) { call, id in try await save(.tags, id, call) }
  }

  enum Field: String { case owner, tags }

  static func owner(_ id: PartyID, _ name: String?, _ call: Call) -> HTML {
    let w = call.words
    let text = name.map { w("clients.owner_is", ["name": $0]) } ?? w("clients.no_owner")
    guard call.may(.editClients) else { return "\(text)" }
    return "<a class=\"inline\" href=\"\(Routes.Clients.owner(id))\" data-inline>\(text) \(call.icon("pencil"))</a>"
  }

  static func tags(_ id: PartyID, _ tags: [TagLine], _ call: Call) -> HTML {
    let w = call.words
    let chips = tags.map { tag -> HTML in
      "<a class=\"tag\" href=\"\(Routes.Clients.list() + URLText.query([("tag", tag.id.description)]))\">\(tag.name)</a>"
    }
    let link: HTML = call.may(.editClients) ? tagLink(id, isEmpty: tags.isEmpty, call) : ""
    if tags.isEmpty, link.isEmpty { return "" }
    return "<div class=\"chips\" role=\"group\" aria-label=\"\(w("clients.field.tags"))\">\(chips.joined(by: " ")) \(link)</div>"
  }

  private static func tagLink(_ id: PartyID, isEmpty: Bool, _ call: Call) -> HTML {
    let text = call.words(isEmpty ? "clients.add_tags" : "clients.change_tags")
    return "<a class=\"inline\" href=\"\(Routes.Clients.tags(id))\" data-dialog>\(text) \(call.icon("pencil"))</a>"
  }

  private static func form(_ field: Field, _ id: PartyID, _ call: Call) async throws -> Response {
    let (stored, choices) = try await call.read { (try $0.storedClient(id), try $0.clientChoices()) }
    guard stored.deletedAt == nil else { throw Refusal.notFound }
    let value = field == .owner ? stored.draft.ownerID?.description ?? "" : stored.draft.tags.joined(separator: ", ")
    return call.answer(page(field, stored, choices, value, nil, call))
  }

  private static func page(_ field: Field, _ stored: StoredClient, _ choices: ClientChoices, _ value: String, _ error: String?, _ call: Call) -> Page {
    let w = call.words
    let form = Form([(field.rawValue, value), ("version", String(stored.version))])
    var fields = FormFields(call, form, error.map { [FieldMessage(field: field.rawValue, key: $0)] } ?? [])
    let owners = [(value: "", text: w("clients.no_owner"))] + choices.owners.map { (value: $0.id.description, text: $0.name) }
    let control: HTML = field == .owner
      ? fields.select("owner", w("clients.field.owner"), owners) : fields.text("tags", w("clients.field.tags"), hint: w("clients.hint.tags"))
    let action = field == .owner ? Routes.Clients.changeOwner(stored.id) : Routes.Clients.changeTags(stored.id)
    if field == .owner, call.header(.xFragment) == "inline" {
      return Page("", main: """
        <form class="inline-form" method="post" action="\(action)">\(inlineSelect(stored, owners, value, error, call))\(fields.hidden("version"))<button class="small primary">\(w("clients.save_changes"))</button></form>
        """)
    }
    let title = w(field == .owner ? "clients.owner_title" : "clients.tags_title", ["name": stored.draft.name])
    return FormPage(
      title: title, back: ClientFormPages.home(stored), backTitle: stored.draft.name, action: action,
      submit: w("clients.save_changes"), summary: fields.summary, fields: control + fields.hidden("version")
    ).page(call)
  }

  /// Its label is the line it stands in; said, not shown.
  private static func inlineSelect(
    _ stored: StoredClient, _ owners: [Choices.Option], _ value: String, _ error: String?, _ call: Call
  ) -> HTML {
    let options = owners.map { "<option value=\"\($0.value)\"\(attr: "selected", if: $0.value == value)>\($0.text)</option>" as HTML }
    let message: HTML = error.map { "<p class=\"error\" id=\"owner-error\">\(call.icon("alert"))\(call.words($0))</p>" } ?? ""
    let described: HTML = error == nil ? "" : " aria-describedby=\"owner-error\" aria-invalid=\"true\""
    return """
      \(message)<label class="hide" for="owner">\(call.words("clients.field.owner"))</label><select id="owner" name="owner"\(described)>\(options)</select>
      """
  }

  private static func save(_ field: Field, _ id: PartyID, _ call: Call) async throws -> Response {
    let form = try await call.form()
    let (stored, choices) = try await call.read { (try $0.storedClient(id), try $0.clientChoices()) }
    var draft = stored.draft
    switch field {
    case .tags: draft.tags = Tags.split(form["tags"])
    case .owner:
      let owner = AccountID(form["owner"])
      guard owner != nil || form["owner"].isEmpty else { throw WebError.badRequest("owner") }
      draft.ownerID = owner
    }
    let changed = draft
    let value = form[field.rawValue], version = Int(form["version"]) ?? 0
    do {
      try await call.write { _ = try $0.updateClient(id, changed, expecting: version) }
    } catch Refusal.conflict {
      return call.answer(page(field, stored, choices, value, "clients.error.changed_meanwhile", call), status: .conflict)
    } catch let invalid as InvalidForm {
      return call.answer(page(field, stored, choices, value, invalid.messages.first?.key, call), status: .unprocessableContent)
    }
    guard call.header(.xFragment) == "inline", field == .owner else {
      return call.redirect(to: ClientFormPages.home(stored), said: "said.saved")
    }
    let name = choices.owners.first { $0.id == changed.ownerID }?.name
    return call.answer(Page("", main: owner(id, name, call)))
  }
}
