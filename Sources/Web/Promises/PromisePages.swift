import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Making a promise, and setting right its words.
enum PromisePages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Promises.new) { call, party in
      let subject = try await call.read { try PromiseSubject($0, party) }
      var form = PromiseForm.blank(call, owner: try call.actor.id, zone: call.words.zone)
      if let person = subject.person(askedFor: party) { form.set("person", person) }
      return call.answer(newPage(call, subject, form, []))
    }
    book.on(Routes.Promises.add, add)
    book.on(Routes.Promises.edit) { call, id in
      let model = try await call.read { try Model($0, id) }
      return call.answer(editPage(call, model, PromiseForm.form(model.promise), []))
    }
    book.on(Routes.Promises.save, save)
  }

  struct Model: Sendable {
    let promise: StoredPromise
    let subject: PromiseSubject
    init(_ reader: Reader, _ id: PromiseID) throws {
      promise = try reader.promise(id)
      subject = try PromiseSubject(reader, promise.clientID)
    }
  }

  private static func add(_ call: Call, _ party: ClientID) async throws -> Response {
    let form = try await call.form()
    let back = localPath(form["back"]) ?? Routes.Clients.page(party)
    return try await call.submit {
      try await write(call, party, form, back: back)
    } again: { messages in
      newPage(call, try await call.read { try PromiseSubject($0, party) }, form, messages)
    } then: { undo in
      call.redirect(to: back, undo: undo)
    }
  }

  static func write(_ call: Call, _ party: ClientID, _ form: Form, back: String) async throws -> UndoID {
    let values = try PromiseForm.values(form, owner: try call.actor.id, zone: call.words.zone, today: call.today)
    let entry = HistoryID(form["entry"])
    return try await call.write { tx in
      let saidAt = try entry.map { try tx.entry($0).occurredAt }
      let id = try tx.makePromise(values.terms, due: values.due, to: party, saidAt: saidAt, in: entry)
      return try tx.leaveUndo(ofMaking: id, returnTo: back)
    }
  }

  private static func newPage(_ call: Call, _ subject: PromiseSubject, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = PromiseFields(call, subject, form, messages)
    let body = fields.whole(withDue: true)
    let back = localPath(form["back"])
    return FormPage(
      title: w("promises.make_for", ["name": subject.name]), back: back ?? Routes.Clients.page(subject.id), backTitle: subject.name,
      action: Routes.Promises.add(subject.id), submit: w("promises.make"), summary: fields.fields.summary,
      fields: body + fields.fields.hidden("entry") + fields.fields.hidden("back")
    ).page(call)
  }

  private static func save(_ call: Call, _ id: PromiseID) async throws -> Response {
    let form = try await call.form()
    let model = try await call.read { try Model($0, id) }
    do {
      return try await call.submit {
        let terms = try PromiseForm.terms(form, owner: model.promise.value.terms.ownerID)
        let version = try PromiseSteps.version(form)
        try await call.write { try $0.changePromise(id, to: terms, version: version) }
      } again: { messages in
        editPage(call, model, form, messages)
      } then: {
        call.redirect(to: Routes.Promises.page(id), said: "said.promise_saved")
      }
    } catch Refusal.conflict {
      let now = try await call.read { try Model($0, id) }
      return call.answer(editPage(call, now, form, [], conflict: now.promise), status: .conflict)
    }
  }

  private static func editPage(
    _ call: Call, _ model: Model, _ form: Form, _ messages: [FieldMessage], conflict: StoredPromise? = nil
  ) -> Page {
    let w = call.words
    var fields = PromiseFields(call, model.subject, form, messages)
    let body = fields.whole(withDue: false)
    let version: HTML = "<input type=\"hidden\" name=\"version\" value=\"\(conflict?.version.description ?? form["version"])\">"
    let theirs: HTML = conflict.map {
      "<div class=\"note warn\" role=\"alert\">\(call.icon("warn"))<p>\(w("promises.conflict")) <b>\($0.value.terms.what)</b></p></div>"
    } ?? ""
    return FormPage(
      title: w("promises.edit_title"), back: Routes.Promises.page(model.promise.id), backTitle: model.promise.value.terms.what,
      action: Routes.Promises.save(model.promise.id), submit: w("promises.save"), summary: fields.fields.summary + theirs,
      fields: body + version
    ).page(call, place: .promises)
  }
}
