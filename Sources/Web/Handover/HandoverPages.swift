import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Steps 4 and 5 on one address: what would be done, the job on its way, what was done with the undo.
enum HandoverPages {
  private struct Model: Sendable {
    let record: HandoverRecord
    var preview: HandoverPreview?
    var problem: [FieldMessage] = []
    var job: JobStatus?
    var shares: [(name: String, count: Int)] = []
    var left: [(id: ClientID, name: String)] = []
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Handover.page) { call, id in
      let (model, toast) = try await call.read { (try read($0, id), try call.toast($0)) }
      if model.record.state == .draft, model.record.plan.everyone.isEmpty { return call.redirect(to: Routes.Handover.plan(id)) }
      return call.answer(view(call, model), toast: toast)
    }
    book.on(Routes.Handover.run) { call, id in
      let form = try await call.form()
      let seen = form["seen"], version = Int(form["version"]) ?? 0
      return try await Handover.meanwhile(call, id) {
        _ = try await call.write { try $0.startHandover(id, seen: seen, expecting: version) }
        return call.redirect(to: Routes.Handover.page(id) + URLText.query(form.text("clients").map { [("was", $0)] } ?? []))
      }
    }
    book.on(Routes.Handover.undo) { call, id in
      let version = Int(try await call.form()["version"]) ?? 0
      return try await Handover.meanwhile(call, id) {
        _ = try await call.write { try $0.startUndo(ofHandover: id, expecting: version) }
        return call.redirect(to: Routes.Handover.page(id))
      }
    }
    book.on(Routes.Handover.discard) { call, id in
      try await Handover.meanwhile(call, id) {
        try await call.write { try $0.discardHandover(id) }
        return call.redirect(to: Routes.Handover.list(), said: "said.handover_discarded")
      }
    }
  }

  private static func read(_ reader: Reader, _ id: HandoverID) throws -> Model {
    let record = try reader.handover(id)
    var model = Model(record: record)
    model.job = try record.jobID.flatMap { try reader.job($0) }
    if record.state == .draft {
      model.problem = try reader.planProblems(record)
      if model.problem.isEmpty { model.preview = try reader.preview(record) }
    } else if record.doneAt != nil {
      model.shares = try reader.handoverShares(record)
      model.left = try reader.clientNames(record.report.examples)
    }
    return model
  }

  private static func view(_ call: Call, _ model: Model) -> Page {
    let w = call.words
    let record = model.record
    let title = Handover.title(record, w)
    if record.isWorking {
      let bar: HTML = model.job.map { JobPages.progress($0, call, returnTo: Routes.Handover.page(record.id)) }
        ?? "<p class=\"note info\">\(w("handover.working", ["name": record.maker]))</p>"
      return Handover.page(call, title, "\(Handover.steps(record, at: .done, w))\(bar)<p class=\"hint\">\(w("import.may_leave"))</p>")
    }
    if record.state == .draft { return Handover.page(call, title, sub: w("handover.draft_kept"), draft(call, model)) }
    return Handover.page(call, title, HandoverReportHTML.html(call, record, model.shares, model.left, failed: record.hasFailed ? model.job?.error : nil))
  }

  private static func draft(_ call: Call, _ model: Model) -> HTML {
    let w = call.words
    let record = model.record
    let discard: HTML = """
      <form method="post" action="\(Routes.Handover.discard(record.id))"><button class="quiet">\(w("handover.discard"))</button></form>
      """
    guard let preview = model.preview else {
      let items = model.problem.map { "<li>\(w($0))</li>" as HTML }
      return """
        \(Handover.steps(record, at: .check, w))<div class="note warn" role="alert">\(call.icon("warn"))<div><p>\(w("handover.plan_incomplete"))</p><ul>\(items)</ul></div></div>
        <div class="form-end"><a class="button primary" href="\(Routes.Handover.plan(record.id))">\(w("handover.step.plan"))</a>\(discard)</div>
        """
    }
    return """
      \(Handover.steps(record, at: .check, w))\(stale(call, model, preview))\(HandoverPreviewHTML.html(call, record, preview))
      <div class="form-end"><form method="post" action="\(Routes.Handover.run(record.id))">\(Handover.version(record))
      <input type="hidden" name="seen" value="\(preview.fingerprint)"><input type="hidden" name="clients" value="\(preview.clients)">
      <button class="primary">\(call.icon("handover"))\(button(record, preview, w))</button></form>
      <a class="button" href="\(Routes.Handover.plan(record.id))">\(w("handover.back"))</a>
      <a class="button" href="\(Routes.Handover.clients(record.id))">\(w("handover.one_by_one"))</a>\(discard)</div>
      """
  }

  private static func button(_ record: HandoverRecord, _ preview: HandoverPreview, _ w: Words) -> String {
    let going = preview.shares.reduce(0) { $1.to == nil ? $0 : $0 + $1.count }
    return going == 0 && record.reason == .leaves ? w("handover.run_closing") : w.count("handover.run", going)
  }

  /// What one agreed to is no longer so: said, with both numbers where they differ.
  private static func stale(_ call: Call, _ model: Model, _ preview: HandoverPreview) -> HTML {
    let w = call.words
    var text: String?
    if model.record.staleAt != nil {
      text = w("handover.stale")
      if let was = call.query["was"].flatMap({ Int($0) }), was != preview.clients {
        text = w("handover.stale_count", ["was": w.formats.integer(was), "now": w.formats.integer(preview.clients)])
      }
    } else if model.record.hasFailed {
      text = w("handover.failed")
    }
    return text.map { "<div class=\"note warn\" role=\"alert\">\(call.icon("warn"))<p>\($0)</p></div>" } ?? ""
  }
}
