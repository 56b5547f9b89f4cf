import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Logging a contact and writing a note: from the client's page, from a list, from anywhere.
enum LogPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.History.log) { call, id in try await show(call, id, isContact: true) }
    book.on(Routes.History.logSave) { call, id in try await save(call, id, isContact: true) }
    book.on(Routes.History.note) { call, id in try await show(call, id, isContact: false) }
    book.on(Routes.History.noteSave) { call, id in try await save(call, id, isContact: false) }
    LogAnywhere.register(&book)
  }

  private static func show(_ call: Call, _ id: ClientID, isContact: Bool) async throws -> Response {
    var subject = try await call.read { try $0.loggingSubject(id) }
    var (person, back) = (call.query["person"], call.query["back"])
    if let company = subject.company {
      // What is said to someone at a client is the client's history, with that person.
      subject = try await call.read { try $0.loggingSubject(company) }
      (person, back) = (id.description, back ?? Routes.Clients.page(id))
    }
    let channel = call.query["channel"].flatMap(Channel.init) ?? subject.channel ?? .call
    let form = Form(contactOver: channel, at: call.now, in: call.words.zone, with: person)
    return call.answer(page(call, subject, form, [], isContact: isContact, back: back))
  }

  private static func save(_ call: Call, _ id: ClientID, isContact: Bool) async throws -> Response {
    let form = try await call.uploadForm()
    return try await call.submit {
      try await write(call, id, form, isContact: isContact)
    } again: { messages in
      let subject = try await call.read { try $0.loggingSubject(id) }
      return page(call, subject, form, messages, isContact: isContact, back: form["back"])
    } then: { logged in
      logged.answer(call, id, back: localPath(form["back"]))
    }
  }

  /// What was logged, and whether its words promise something that nobody has been asked about yet.
  struct Logged: Sendable {
    let undo: UndoID
    let offer: HistoryID?

    func answer(_ call: Call, _ client: ClientID, back: String?) -> Response {
      guard let offer else { return call.redirect(to: back ?? Routes.Clients.page(client), undo: undo) }
      let query = URLText.query([(PromiseOffer.parameter, offer.description)])
      return call.redirect(to: Routes.Clients.page(client) + query, undo: undo)
    }
  }

  static func write(_ call: Call, _ id: ClientID, _ form: Form, isContact: Bool) async throws -> Logged {
    let zone = call.words.zone, now = call.now
    let back = localPath(form["back"]) ?? Routes.Clients.page(id)
    let files = LogForm.files(form)
    let written: Written =
      if isContact { .contact(try LogForm.contact(form, zone: zone, now: now)) } else { .note(try LogForm.note(form, zone: zone, now: now)) }
    let free = isContact ? try LogForm.freeHelp(form) : nil
    let promises = try PromiseOffer.chosen(form, call)
    let offers = call.may(.editPromises) && !PromiseOffer.wasSeen(form) && !PromiseOffer.recognised(form, call).isEmpty
    let (entry, undo) = try await call.write { tx in
      let entry =
        switch written {
        case .contact(let contact): try tx.logContact(contact, client: id)
        case .note(let note): try tx.addNote(note, client: id)
        }
      if let free { try tx.markFreeHelp(entry, minutes: free.minutes) }
      try tx.attach(files, to: entry)
      let made = try promises.map { try tx.makePromise($0.terms, due: $0.due, to: id, saidAt: written.occurredAt, in: entry) }
      let summary = isContact ? "history.undo.logged" : "history.undo.noted"
      if made.isEmpty { return (entry, try tx.leaveUndo(ofLogging: entry, summary: summary, returnTo: back)) }
      return (entry, try tx.leaveUndo(ofLogging: entry, with: made, summary: "promises.undo.logged", returnTo: back))
    }
    return Logged(undo: undo, offer: offers ? entry : nil)
  }

  private static func page(
    _ call: Call, _ subject: LoggingSubject, _ form: Form, _ messages: [FieldMessage], isContact: Bool, back: String?
  ) -> Page {
    let w = call.words
    var log = LogFields(call, form, messages, people: subject.people, isContact: isContact)
    let fields = log.html(files: fileField(call), offers: PromiseOffer.place(form, messages, call))
    let here = localPath(back)
    let hidden: HTML = here.map { "<input type=\"hidden\" name=\"back\" value=\"\($0)\">" } ?? ""
    return FormPage(
      title: w(isContact ? "history.log_for" : "history.note_for", ["name": subject.name]),
      back: here ?? Routes.Clients.page(subject.id), backTitle: subject.name,
      action: isContact ? Routes.History.logSave(subject.id) : Routes.History.noteSave(subject.id),
      submit: w(isContact ? "history.save_contact" : "history.save_note"), isMultipart: true, check: call.may(.editPromises) ? Routes.Promises.recognition() : nil, summary: log.fields.summary,
      fields: hidden + fields
    ).page(call)
  }

  static func fileField(_ call: Call) -> HTML {
    let w = call.words
    let limit = w.formats.fileSize(call.site.settings.uploadLimit)
    return """
      <div class="field"><label for="files">\(w("history.field.files")) <span class="optional">\(w("field.optional"))</span></label>\
      <div class="drop" data-drop><input type="file" id="files" name="files" multiple aria-describedby="files-hint">\
      <p class="hint" id="files-hint">\(w("history.files_hint", ["size": limit]))</p></div></div>
      """
  }
}

extension Call {
  /// A form with files: all of them together within the limit, and the words beside them.
  func uploadForm() async throws -> Form { try await form(limit: site.settings.uploadLimit + (1 << 20)) }
}
