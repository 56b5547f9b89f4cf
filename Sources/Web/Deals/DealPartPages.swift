import Domain
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Store

/// People, requirements and documents of a project: added in a small form, taken away by a button.
enum DealPartPages {
  static func register(_ book: inout RouteBook) {
    people(&book)
    requirements(&book)
    documents(&book)
  }

  private static func open(_ reader: Reader, _ id: DealID) throws -> StoredDeal {
    let deal = try reader.deal(id)
    guard !deal.isRemoved else { throw Refusal.notFound }
    return deal
  }

  private static func form(
    _ call: Call, _ deal: StoredDeal, title: String, action: String, submit: String, isMultipart: Bool = false, _ summary: HTML, _ body: HTML
  ) -> Page {
    FormPage(
      title: title, back: Routes.Deals.page(deal.id), backTitle: deal.draft.name, action: action, submit: submit,
      isMultipart: isMultipart, summary: summary, fields: body
    ).page(call, place: .deals)
  }

  private static func people(_ book: inout RouteBook) {
    book.on(Routes.Deals.newMember) { call, id in
      let (deal, all) = try await call.read { (try open($0, id), try $0.colleagues()) }
      return call.answer(memberPage(call, Form(), [], deal, all))
    }
    book.on(Routes.Deals.addMember) { call, id in
      let typed = try await call.form()
      let (deal, all) = try await call.read { (try open($0, id), try $0.colleagues()) }
      return try await call.submit {
        var check = Validation()
        let account = check.parsed(typed["account"], field: "account", key: "deals.error.colleague", required: true) { AccountID($0) }
        let role = check.text(typed["role"], field: "role", max: 200)
        try check.check()
        guard let account else { throw InvalidForm(check.messages) }
        try await call.write { try $0.addMember(account, role: role ?? "", to: id) }
      } again: { memberPage(call, typed, $0, deal, all) } then: { call.redirect(to: Routes.Deals.page(id), said: "said.saved") }
    }
    book.on(Routes.Deals.removeMember) { call, id in
      let deal = try await call.read { try $0.deal(try $0.deal(ofMember: id)).id }
      try await call.write { try $0.removeMember(id, of: deal) }
      return call.redirect(to: Routes.Deals.page(deal), said: "said.saved")
    }
    book.on(Routes.Deals.newContact) { call, id in
      let (deal, all) = try await call.read { reader in
        let deal = try open(reader, id)
        return (deal, try reader.people(of: deal.clientID))
      }
      return call.answer(contactPage(call, Form(), [], deal, all))
    }
    book.on(Routes.Deals.addContact) { call, id in
      let typed = try await call.form()
      let (deal, all) = try await call.read { reader in
        let deal = try open(reader, id)
        return (deal, try reader.people(of: deal.clientID))
      }
      return try await call.submit {
        var check = Validation()
        let person = check.parsed(typed["person"], field: "person", key: "history.error.person", required: true) { PersonID($0) }
        let role = check.text(typed["role"], field: "role", max: 200)
        try check.check()
        guard let person else { throw InvalidForm(check.messages) }
        try await call.write { try $0.addContact(person, role: role, to: id) }
      } again: { contactPage(call, typed, $0, deal, all) } then: { call.redirect(to: Routes.Deals.page(id), said: "said.saved") }
    }
    book.on(Routes.Deals.removeContact) { call, id in
      let deal = try await call.read { try $0.deal(try $0.deal(ofContact: id)).id }
      try await call.write { try $0.removeContact(id, of: deal) }
      return call.redirect(to: Routes.Deals.page(deal), said: "said.saved")
    }
  }

  private static func memberPage(
    _ call: Call, _ typed: Form, _ messages: [FieldMessage], _ deal: StoredDeal, _ all: [(id: AccountID, name: String)]
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, typed, messages)
    let options = [("", "–")] + all.map { ($0.id.description, $0.name) }
    let body: HTML = "\(fields.select("account", w("deals.field.colleague"), options))\(fields.text("role", w("deals.field.role"), isOptional: true))"
    return form(
      call, deal, title: w("deals.add_member"), action: Routes.Deals.addMember(deal.id), submit: w("deals.add"), fields.summary, body)
  }

  private static func contactPage(
    _ call: Call, _ typed: Form, _ messages: [FieldMessage], _ deal: StoredDeal, _ all: [TiedPerson]
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, typed, messages)
    let options = [("", "–")] + all.map { one in
      (one.id.description, one.role.isEmpty ? one.name : "\(one.name), \(one.role)")
    }
    let body: HTML = """
      \(fields.select("person", w("deals.field.person"), options))\(fields.text("role", w("deals.field.role_then"), hint: w("deals.hint.role"), isOptional: true))
      """
    return form(
      call, deal, title: w("deals.add_contact"), action: Routes.Deals.addContact(deal.id), submit: w("deals.add"), fields.summary, body)
  }

  private static func requirements(_ book: inout RouteBook) {
    book.on(Routes.Deals.newRequirement) { call, id in
      let deal = try await call.read { try open($0, id) }
      let usual = deal.stage.phase.isWon ? "1" : ""
      return call.answer(requirementPage(call, Form([("absorbed", usual)]), [], deal))
    }
    book.on(Routes.Deals.addRequirement) { call, id in
      let typed = try await call.form()
      let deal = try await call.read { try open($0, id) }
      return try await call.submit {
        var check = Validation()
        let text = check.text(typed["text"], field: "text", required: true, max: DealRequirement.textLimit)
        try check.check()
        let absorbed = typed.isOn("absorbed")
        try await call.write { _ = try $0.addRequirement(text ?? "", absorbed: absorbed, to: id) }
      } again: { requirementPage(call, typed, $0, deal) } then: { call.redirect(to: Routes.Deals.page(id), said: "said.saved") }
    }
    book.on(Routes.Deals.removeRequirement) { call, id in
      let deal = try await call.read { try $0.deal(try $0.deal(ofRequirement: id)).id }
      try await call.write { try $0.removeRequirement(id, of: deal) }
      return call.redirect(to: Routes.Deals.page(deal), said: "said.saved")
    }
  }

  private static func requirementPage(_ call: Call, _ typed: Form, _ messages: [FieldMessage], _ deal: StoredDeal) -> Page {
    let w = call.words
    var fields = FormFields(call, typed, messages)
    let body: HTML = "\(fields.area("text", w("deals.field.requirement")))\(fields.check("absorbed", w("deals.field.absorbed"), hint: w("deals.hint.absorbed")))"
    return form(
      call, deal, title: w("deals.add_requirement"), action: Routes.Deals.addRequirement(deal.id), submit: w("deals.add"),
      fields.summary, body)
  }

  private static func documents(_ book: inout RouteBook) {
    book.on(Routes.Deals.newDocument) { call, id in
      let deal = try await call.read { try open($0, id) }
      return call.answer(documentPage(call, [], deal))
    }
    book.on(Routes.Deals.addDocuments) { call, id in
      let typed = try await call.uploadForm()
      let deal = try await call.read { try open($0, id) }
      return try await call.submit {
        let files = LogForm.files(typed).filter { !$0.bytes.isEmpty }
        guard !files.isEmpty else { throw InvalidForm([FieldMessage(field: "files", key: "field.required")]) }
        try await call.write { try $0.addDocuments(files, to: id) }
      } again: { documentPage(call, $0, deal) } then: { call.redirect(to: Routes.Deals.page(id), said: "said.saved") }
    }
    book.on(Routes.Deals.removeDocument) { call, id in
      let deal = try await call.read { try $0.deal(try $0.deal(ofDocument: id)).id }
      try await call.write { try $0.removeDocument(id, of: deal) }
      return call.redirect(to: Routes.Deals.page(deal), said: "said.saved")
    }
    book.on(Routes.Deals.document, download)
  }

  private static func documentPage(_ call: Call, _ messages: [FieldMessage], _ deal: StoredDeal) -> Page {
    let fields = FormFields(call, Form(), messages)
    return form(
      call, deal, title: call.words("deals.add_document"), action: Routes.Deals.addDocuments(deal.id), submit: call.words("deals.add"),
      isMultipart: true, fields.summary, LogPages.fileField(call))
  }

  /// As it came in, always as a download.
  private static func download(_ call: Call, _ id: DocumentID) async throws -> Response {
    let known = call.header(.ifNoneMatch)
    let file = try await call.read { try $0.documentContent(id) }
    let tag = "\"\(file.hash)\""
    var headers: HTTPFields = [
      .eTag: tag, .cacheControl: "private, no-cache", .contentSecurityPolicy: "sandbox; default-src 'none'",
      .xContentTypeOptions: "nosniff",
    ]
    if known == tag { return Response(status: .notModified, headers: headers) }
    headers[.contentType] = AttachmentDownload.mediaType(file.mediaType)
    headers[.contentDisposition] = AttachmentDownload.disposition(file.name)
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
  }
}
