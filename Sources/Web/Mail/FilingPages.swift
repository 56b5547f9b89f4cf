import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Mail to file: the list, a mail as it came, and whose it is in two steps: the client, then with whom there.
enum FilingPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Filing.list) { call in
      let everyone = call.query["of"] == "all", after = call.query["after"].flatMap { CapturedMailID($0) }
      return try await call.page({ try $0.unfiledMail(everyone: everyone, after: after) }) { FilingList.page($0, everyone: everyone, call) }
    }
    book.on(Routes.Filing.mail, mail)
    book.on(Routes.Filing.file, file)
    book.on(Routes.Filing.dismiss) { call, id in
      let form = try await call.form()
      let undo = try await call.write { try $0.dismiss(id, version: Int(form["version"]), returnTo: Routes.Filing.mail(id)) }
      return call.redirect(to: Routes.Filing.list(), undo: undo)
    }
    book.on(Routes.Filing.attachment) { call, id in
      let (mail, file) = try await call.read { try $0.capturedFile(id) }
      try call.saw(.capturedMail, mail.rawValue)
      return AttachmentDownload.answer(call, file)
    }
  }

  /// What the page of a mail needs; with a client chosen, whom there it may have been with.
  struct Model: Sendable {
    let mail: CapturedMail
    let files: [Attachment]
    let likely: [(id: ClientID, name: String)]
    var subject: LoggingSubject?
    var isCompany = false
    /// An address that may be noted.
    let unknown: MailOutsider?
    let mayEdit: Bool
  }

  private static func read(_ reader: Reader, _ id: CapturedMailID, client: ClientID?) throws -> Model {
    let mail = try reader.capturedMail(id)
    let subject = try client.map { try reader.loggingSubject($0) }
    let likely = mail.state == .unfiled && subject == nil ? try reader.likelyClients(for: mail) : []
    let unknown = try reader.unknownOutsider(of: mail)
    return Model(
      mail: mail, files: try reader.files(of: id), likely: likely, subject: subject,
      isCompany: try client.map { try reader.storedClient($0).draft.kind == .company } ?? false,
      unknown: mail.outsiders.first { EmailAddress($0.address) == unknown && unknown != nil }, mayEdit: reader.actor.may(.editClients))
  }

  private static func mail(_ call: Call, _ id: CapturedMailID) async throws -> Response {
    let form = Form([("client_id", call.query["client_id"] ?? ""), ("client_name", call.query["client_name"] ?? "")])
    let typed = call.query["client_name"] != nil || call.query["client_id"] != nil
    let choice = try await call.read { try ClientChoice(form, $0) }
    var messages: [FieldMessage] = []
    var client: ClientID?
    if typed {
      do { client = try choice.client() } catch { messages = error.messages }
    }
    let found = client, shown = messages
    return try await call.page({ reader in
      let model = try read(reader, id, client: found)
      try call.saw(.capturedMail, id.rawValue)
      return model
    }) { model in
      FilingPage.page(model, form, model.subject == nil ? shown : [], choices: choice.choices, call)
    }
  }

  private static func file(_ call: Call, _ id: CapturedMailID) async throws -> Response {
    let form = try await call.form()
    // Whose mail it is comes before what is wrong with the form.
    let mail = try await call.read { try $0.capturedMail(id) }
    guard mail.state == .unfiled else { throw CaptureRefusal.ended }
    let client = ClientID(form["client"])
    return try await call.submit {
      let filing = try FilingForm.filing(form)
      return try await call.write { try $0.file(id, filing, version: Int(form["version"]), returnTo: Routes.Filing.mail(id)) }
    } again: { messages in
      FilingPage.page(try await call.read { try read($0, id, client: client) }, form, messages.map(Self.here), choices: [], call)
    } then: { undo in
      call.redirect(to: Routes.Filing.list(), undo: undo)
    }
  }
}

extension FilingPages {
  /// The store names the field of the form that logs contacts.
  fileprivate static func here(_ message: FieldMessage) -> FieldMessage {
    message.field == "person" ? FieldMessage(field: "with", key: message.key, slots: message.slots) : message
  }
}

/// Whose a mail is, read once into what the store takes.
enum FilingForm {
  static func filing(_ form: Form) throws(InvalidForm) -> MailFiling {
    var check = Validation()
    let client = check.parsed(form["client"], field: "client", key: "history.error.no_client", required: true) { ClientID($0) }
    let with = check.parsed(form["with"], field: "with", key: "history.error.person") { text -> MailFiling.With? in
      text == "new" ? .newPerson : PersonID(text).map { .person($0) }
    }
    try check.check()
    guard let client else { throw InvalidForm(check.messages) }
    return MailFiling(client: client, with: with ?? .nobody, learns: form.isOn("learn"))
  }

  /// Whom the mail most likely is with: who has the writer's name; else somebody new, where the name is known.
  static func start(_ model: FilingPages.Model) -> Form {
    let outsider = model.unknown ?? model.mail.outsiders.first
    let name = Fold.search(outsider?.name ?? "")
    let known = name.isEmpty ? nil : model.subject?.people.first { Fold.search($0.name) == name && !$0.isPast }
    let with = known?.id.description ?? (name.isEmpty || !model.isCompany || !model.mayEdit || model.unknown == nil ? "" : "new")
    return Form([("with", with), ("learn", "1")])
  }
}
