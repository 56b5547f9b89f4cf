import Domain
import Hummingbird
import Markup
import Store

/// Correcting an entry, withdrawing it, putting it back. Each leaves the first words readable.
enum CorrectionPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.History.correct) { call, id in
      let model = try await call.read { try Model($0, id) }
      return call.answer(try correction(call, model, Form(correcting: model.entry, in: call.words.zone, free: model.free), []))
    }
    book.on(Routes.History.correctSave, saveCorrection)
    book.on(Routes.History.withdraw) { call, id in
      let model = try await call.read { try Model($0, id) }
      return call.answer(withdrawal(call, model, Form(), []))
    }
    book.on(Routes.History.withdrawSave, saveWithdrawal)
    book.on(Routes.History.restore) { call, id in
      let client = try await call.write { tx in try tx.entry(tx.restore(id)).clientID }
      return call.redirect(to: Routes.Clients.page(client), said: "said.entry_restored")
    }
  }

  private struct Model: Sendable {
    let entry: TimelineEntry
    let subject: LoggingSubject
    let free: FreeHelpMark?

    init(_ reader: Reader, _ id: HistoryID) throws {
      guard let entry = try reader.entryPage(id).entries.first, entry.written != nil else { throw Refusal.notFound }
      guard reader.actor.mayCorrect(entryBy: entry.authorID) else { throw Refusal.forbidden(.logContacts) }
      self.entry = entry
      subject = try reader.loggingSubject(entry.clientID)
      free = try reader.freeHelp(of: id)
    }
  }

  private static func saveCorrection(_ call: Call, _ id: HistoryID) async throws -> Response {
    let form = try await call.uploadForm()
    let model = try await call.read { try Model($0, id) }
    let zone = call.words.zone, now = call.now
    return try await call.submit {
      let written: Written =
        if model.entry.kind == .note { .note(try LogForm.note(form, zone: zone, now: now)) }
        else { .contact(try LogForm.contact(form, zone: zone, now: now)) }
      var check = Validation()
      let reason = check.text(form["reason"], field: "reason", max: 500) ?? ""
      try check.check()
      let keep = Set(form.all("keep").compactMap { AttachmentID($0) }), files = LogForm.files(form)
      let free = model.entry.kind == .contact ? try LogForm.freeHelp(form) : nil
      try await call.write { tx in
        let new = try tx.correct(id, with: written, because: reason, keeping: keep)
        try tx.setFreeHelp(free, on: new)
        try tx.attach(files, to: new)
      }
    } again: { messages in
      try correction(call, model, form, messages)
    } then: {
      call.redirect(to: Routes.Clients.page(model.entry.clientID), said: "said.corrected")
    }
  }

  private static func correction(_ call: Call, _ model: Model, _ form: Form, _ messages: [FieldMessage]) throws -> Page {
    let w = call.words
    let entry = model.entry
    var log = LogFields(call, form, messages, people: model.subject.people, isContact: entry.kind == .contact)
    let fields = log.html(files: kept(call, entry, form) + LogPages.fileField(call))
    var last = FormFields(call, form, messages)
    let reason = last.text("reason", w("history.field.reason"), hint: w("history.reason_hint"), isOptional: true)
    return FormPage(
      title: w("history.correct_for", ["name": model.subject.name]), back: Routes.History.entry(entry.id),
      backTitle: model.subject.name, action: Routes.History.correctSave(entry.id), submit: w("history.save_correction"),
      isMultipart: true, summary: log.fields.summary, fields: fields + reason
    ).page(call)
  }

  private static func kept(_ call: Call, _ entry: TimelineEntry, _ form: Form) -> HTML {
    guard !entry.files.isEmpty else { return "" }
    let kept = Set(form.all("keep"))
    let items = entry.files.map { file -> HTML in
      "<label class=\"choice\"><input type=\"checkbox\" name=\"keep\" value=\"\(file.id)\"\(attr: "checked", if: kept.contains(file.id.description))><span>\(file.name)</span></label>"
    }
    return "<fieldset class=\"field\"><legend>\(call.words("history.field.keep"))</legend><div class=\"choices\">\(items)</div></fieldset>"
  }

  private static func saveWithdrawal(_ call: Call, _ id: HistoryID) async throws -> Response {
    let form = try await call.form()
    let model = try await call.read { try Model($0, id) }
    let back = Routes.Clients.page(model.entry.clientID)
    return try await call.submit {
      var check = Validation()
      let reason = check.text(form["reason"], field: "reason", max: 500) ?? ""
      try check.check()
      return try await call.write { tx in
        try tx.leaveUndo(ofWithdrawal: tx.withdraw(id, because: reason), returnTo: back)
      }
    } again: { messages in
      withdrawal(call, model, form, messages)
    } then: { undo in
      call.redirect(to: back, undo: undo)
    }
  }

  private static func withdrawal(_ call: Call, _ model: Model, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let reason = fields.text("reason", w("history.field.reason"), hint: w("history.withdraw_hint"), isOptional: true)
    return FormPage(
      title: w("history.withdraw_entry"), back: Routes.History.entry(model.entry.id), backTitle: model.subject.name,
      action: Routes.History.withdrawSave(model.entry.id), submit: w("history.withdraw"), summary: fields.summary,
      fields: reason
    ).page(call)
  }
}
