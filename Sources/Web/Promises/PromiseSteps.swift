import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// What becomes of a promise: in one click with an undo, or by a small form where a reason or a date is wanted.
enum PromiseSteps {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Promises.keepForm) { call, id in try await show(call, id, .kept) }
    book.on(Routes.Promises.keep) { call, id in try await settle(call, id, .kept) }
    book.on(Routes.Promises.breakForm) { call, id in try await show(call, id, .broken) }
    book.on(Routes.Promises.breakIt) { call, id in try await settle(call, id, .broken) }
    book.on(Routes.Promises.withdrawForm) { call, id in try await show(call, id, .withdrawn) }
    book.on(Routes.Promises.withdraw) { call, id in try await settle(call, id, .withdrawn) }
    book.on(Routes.Promises.cancel) { call, id in try await settle(call, id, .cancelled) }
    book.on(Routes.Promises.reopen, reopen)
    book.on(Routes.Promises.renegotiateForm) { call, id in
      let model = try await call.read { try PromisePages.Model($0, id) }
      guard model.promise.value.state == .open else { throw PromiseRefusal.settled }
      return call.answer(renegotiation(call, model, PromiseForm.form(model.promise), []))
    }
    book.on(Routes.Promises.renegotiate, renegotiate)
  }

  /// Every form carries the version it was made from.
  static func version(_ form: Form) throws -> Int {
    guard let version = Int(form["version"]), version > 0, version < Int.max else { throw WebError.preconditionRequired }
    return version
  }

  private static func settle(_ call: Call, _ id: PromiseID, _ state: PromiseState) async throws -> Response {
    let form = try await call.form()
    let version = try version(form)
    return try await call.submit {
      var check = Validation()
      let reason = check.text(form["reason"], field: "reason", max: PromiseTerms.reasonLimit) ?? ""
      let day = check.parsed(form["kept_on"], field: "kept_on", key: "promises.error.kept_on") { CalendarDate($0) }
      try check.check()
      let moment = day.flatMap { $0 == call.today ? nil : call.words.zone.noon($0) }
      return try await call.write { tx in
        let back = try localPath(form["back"]) ?? Routes.Clients.page(tx.promise(id).clientID)
        switch state {
        case .kept: try tx.keepPromise(id, at: moment, version: version)
        case .broken: try tx.breakPromise(id, because: reason, version: version)
        case .withdrawn: try tx.withdrawPromise(id, because: reason, version: version)
        case .cancelled, .open: try tx.cancelPromise(id, version: version)
        }
        return (back, try tx.leaveUndo(ofSettling: id, as: state, version: version + 1, returnTo: back))
      }
    } again: { messages in
      page(call, try await call.read { try $0.promise(id) }, state, form, messages)
    } then: { back, undo in
      call.redirect(to: back, undo: undo)
    }
  }

  private static func reopen(_ call: Call, _ id: PromiseID) async throws -> Response {
    let form = try await call.form()
    let version = try version(form)
    let (back, undo) = try await call.write { tx in
      let before = try tx.promise(id)
      try tx.reopenPromise(id, version: version)
      let back = localPath(form["back"]) ?? Routes.Promises.page(id)
      return (back, try tx.leaveUndo(ofReopening: before, returnTo: back))
    }
    return call.redirect(to: back, undo: undo)
  }

  private static func show(_ call: Call, _ id: PromiseID, _ state: PromiseState) async throws -> Response {
    let promise = try await call.read { try $0.promise(id) }
    guard promise.value.state == .open else { throw PromiseRefusal.settled }
    let form = Form([
      ("version", "\(promise.version)"), ("back", call.query["back"] ?? ""), ("kept_on", call.today.description),
    ])
    return call.answer(page(call, promise, state, form, []))
  }

  private static func page(
    _ call: Call, _ promise: StoredPromise, _ state: PromiseState, _ form: Form, _ messages: [FieldMessage]
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let action: String, body: HTML
    switch state {
    case .kept:
      action = Routes.Promises.keep(promise.id)
      body = fields.text("kept_on", w("promises.field.kept_on"), type: "date", width: "w-12")
    case .broken:
      action = Routes.Promises.breakIt(promise.id)
      body = fields.text("reason", w("promises.field.reason"), hint: w("promises.hint.broken"), isOptional: true)
    default:
      action = Routes.Promises.withdraw(promise.id)
      body = fields.text("reason", w("promises.field.reason"), hint: w("promises.hint.withdrawn"), isOptional: true)
    }
    return FormPage(
      title: w("promises.step.\(state.rawValue)", ["what": promise.value.terms.what]), back: Routes.Promises.page(promise.id),
      backTitle: promise.value.terms.what, action: action, submit: w("promises.submit.\(state.rawValue)"), summary: fields.summary,
      fields: body + fields.hidden("version") + fields.hidden("back")
    ).page(call, place: .promises)
  }
}

// MARK: Another date
extension PromiseSteps {
  private static func renegotiate(_ call: Call, _ id: PromiseID) async throws -> Response {
    let form = try await call.form()
    let model = try await call.read { try PromisePages.Model($0, id) }
    let back = localPath(form["back"]) ?? Routes.Promises.page(id)
    do {
      return try await call.submit {
        var check = Validation()
        let due = PromiseForm.due(form, zone: call.words.zone, today: call.today, &check)
        let reason = check.text(form["reason"], field: "reason", required: true, max: PromiseTerms.reasonLimit)
        let version = try version(form)
        try check.check()
        guard let due, let reason else { throw InvalidForm(check.messages) }
        return try await call.write { tx in
          let before = try tx.promise(id)
          try tx.renegotiatePromise(id, to: due, because: reason, version: version)
          return try tx.leaveUndo(ofMoving: before, returnTo: back)
        }
      } again: { messages in
        renegotiation(call, model, form, messages)
      } then: { undo in
        call.redirect(to: back, undo: undo)
      }
    } catch Refusal.conflict {
      let now = try await call.read { try PromisePages.Model($0, id) }
      var again = form
      again.set("version", "\(now.promise.version)")
      return call.answer(renegotiation(call, now, again, [], isConflict: true), status: .conflict)
    }
  }

  private static func renegotiation(
    _ call: Call, _ model: PromisePages.Model, _ form: Form, _ messages: [FieldMessage], isConflict: Bool = false
  ) -> Page {
    let w = call.words
    let promise = model.promise
    var fields = PromiseFields(call, model.subject, form, messages)
    let due = fields.due()
    var more = FormFields(call, form, messages)
    let reason = more.text("reason", w("promises.field.reason"), hint: w("promises.hint.renegotiated"))
    let theirs: HTML = isConflict
      ? "<div class=\"note warn\" role=\"alert\">\(call.icon("warn"))<p>\(w("promises.conflict")) <b>\(w.dueDate(promise.value.due))</b></p></div>" : ""
    let was: HTML = "<p class=\"meta\">\(w("promises.agreed_until", ["date": w.dueDate(promise.value.due)]))</p>"
    return FormPage(
      title: w("promises.step.renegotiated", ["what": promise.value.terms.what]), back: Routes.Promises.page(promise.id),
      backTitle: promise.value.terms.what, action: Routes.Promises.renegotiate(promise.id), submit: w("promises.submit.renegotiated"),
      summary: messages.isEmpty ? theirs : more.summary + theirs, fields: was + due + reason + more.hidden("version") + more.hidden("back")
    ).page(call, place: .promises)
  }
}
