import Domain
import Hummingbird
import Markup
import Store

/// What shows a promise: an entry or a file of the client's, or an address of the web.
enum PromiseEvidencePages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Promises.evidenceForm) { call, id in
      let model = try await call.read { try Model($0, id) }
      return call.answer(page(call, model, Form(), []))
    }
    book.on(Routes.Promises.addEvidence) { call, id in
      let form = try await call.form()
      return try await call.submit {
        let evidence = try read(form)
        try await call.write { try $0.addEvidence(evidence, to: id) }
      } again: { messages in
        page(call, try await call.read { try Model($0, id) }, form, messages)
      } then: {
        call.redirect(to: Routes.Promises.page(id), said: "said.evidence_added")
      }
    }
    book.on(Routes.Promises.removeEvidence) { call, id in
      let promise = try await call.write { try $0.removeEvidence(id) }
      return call.redirect(to: Routes.Promises.page(promise), said: "said.evidence_removed")
    }
  }

  private struct Model: Sendable {
    let promise: StoredPromise
    let entries: [TimelineEntry]

    init(_ reader: Reader, _ id: PromiseID) throws {
      promise = try reader.promise(id)
      entries = try reader.timeline(of: promise.clientID, TimelineFilter(kind: .contacts)).entries
    }
  }

  /// `entry-12`, `file-3`, or an address.
  private static func read(_ form: Form) throws(InvalidForm) -> PromiseEvidence {
    var check = Validation()
    let link = check.parsed(form["link"], field: "link", key: "promises.error.link") { PromiseEvidence(link: $0) }
    try check.check()
    if let link { return link }
    let chosen = form["evidence"]
    if chosen.hasPrefix("entry-"), let id = HistoryID(chosen.dropFirst(6)) { return .entry(id) }
    if chosen.hasPrefix("file-"), let id = AttachmentID(chosen.dropFirst(5)) { return .attachment(id) }
    throw InvalidForm([FieldMessage(field: "evidence", key: "promises.error.evidence")])
  }

  private static func page(_ call: Call, _ model: Model, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let options = model.entries.prefix(50).flatMap { entry -> [(value: String, text: String)] in
      let when = w.formats.date(entry.occurredAt)
      let title = entry.subject.isEmpty ? String(entry.body.prefix(60)) : entry.subject
      return [(value: "entry-\(entry.id)", text: w("promises.evidence_entry", ["when": when, "title": title]))]
        + entry.files.map { (value: "file-\($0.id)", text: w("promises.evidence_file", ["when": when, "name": $0.name])) }
    }
    let choose = fields.select("evidence", w("promises.field.evidence"), [(value: "", text: w("promises.evidence_none"))] + options)
    let link = fields.text("link", w("promises.field.link"), type: "url", isOptional: true)
    return FormPage(
      title: w("promises.add_evidence"), back: Routes.Promises.page(model.promise.id), backTitle: model.promise.value.terms.what,
      action: Routes.Promises.addEvidence(model.promise.id), submit: w("promises.save"), summary: fields.summary, fields: choose + link
    ).page(call, place: .promises)
  }

  static func card(_ model: PromisePage.Model, _ call: Call) -> HTML {
    let w = call.words
    let add: HTML = call.may(.editPromises) ? """
      <a class="button square quiet small no-print" href="\(Routes.Promises.evidenceForm(model.promise.id))" data-dialog aria-label="\(w("promises.add_evidence"))">\(call.icon("plus"))</a>
      """ : ""
    let list: HTML = model.evidence.isEmpty
      ? "<p class=\"empty in\">\(w("promises.no_evidence"))</p>" : "<ul class=\"items\">\(model.evidence.map { row($0, call) })</ul>"
    return "<section class=\"card\" aria-labelledby=\"evidence-h\"><header><h2 id=\"evidence-h\">\(w("promises.evidence"))</h2>\(add)</header>\(list)</section>"
  }

  private static func row(_ line: EvidenceLine, _ call: Call) -> HTML {
    let w = call.words
    let link: HTML
    switch line.evidence {
    case .entry(let id):
      let subject = line.entry?.subject ?? ""
      let when = line.entry.map { w.formats.date($0.at) } ?? ""
      link = "\(call.icon("history"))<a href=\"\(Routes.History.entry(id))\">\(subject.isEmpty ? w("facts.entry") : subject)</a> <span class=\"meta\">\(when)</span>"
    case .attachment(let id):
      link = "\(call.icon("file"))<a href=\"\(Routes.History.attachment(id))\" download>\(line.fileName ?? "")</a>"
    case .link(let url): link = "\(call.icon("link"))<a href=\"\(url)\" rel=\"noopener noreferrer\">\(url)</a>"
    }
    let remove: HTML = call.may(.editPromises) ? """
      <form method="post" action="\(Routes.Promises.removeEvidence(line.id))"><button class="square quiet small" aria-label="\(w("promises.remove_evidence"))">\(call.icon("close"))</button></form>
      """ : ""
    return "<li><div>\(link)</div><div class=\"actions no-print\">\(remove)</div></li>"
  }
}
