import Domain
import HTTPTypes
import Hummingbird
import Jobs
import Markup
import NIOCore
import Store

/// Steps 3 to 5 on one address: what a dry run found, the run on its way, the report with undo.
enum ImportPages {
  struct Model: Sendable {
    let record: ImportRecord
    let job: JobStatus?
    let wrong: [WrongRow]
  }

  @Sendable static func page(_ call: Call, _ id: ImportID) async throws -> Response {
    let model = try await call.read { reader in
      let record = try reader.importRecord(id)
      return Model(record: record, job: try record.jobID.flatMap { try reader.job($0) }, wrong: try reader.wrongRows(id, limit: 10))
    }
    let record = model.record
    if record.isWorking { return call.answer(working(call, model)) }
    switch record.state {
    case .mapping: return call.redirect(to: Routes.Imports.columns(id))
    case .checked: return call.answer(checked(call, model))
    default: return call.answer(report(call, model))
    }
  }

  @Sendable static func wrongRows(_ call: Call, _ id: ImportID) async throws -> Response {
    let words = call.words
    let (name, bytes) = try await call.write { tx in
      let record = try tx.importRecord(id)
      tx.audit(.exported, .importRun, id.rawValue, detail: "wrong rows")
      return (record.fileName, try WrongRowsFile.make(tx, record, words))
    }
    let stem = name.split(separator: ".").dropLast().joined(separator: ".")
    let headers: HTTPFields = [
      .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
      .contentDisposition: AttachmentDownload.disposition(words("import.wrong.file", ["name": stem.isEmpty ? name : stem])),
    ]
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static func frame(_ call: Call, _ record: ImportRecord, _ title: String, step: Int, _ body: HTML) -> Page {
    Page(title, place: .imports, main: """
      \(Imports.crumb(call))<header class="head"><div><h1>\(title)</h1><p class="sub">\(record.fileName)</p></div></header>
      \(Imports.steps(call.words, at: step))<div class="stack">\(body)</div>
      """)
  }

  private static func working(_ call: Call, _ model: Model) -> Page {
    let w = call.words
    let record = model.record
    let title = w("job.\(record.jobKind ?? ImportJobKind.run)")
    let bar: HTML = model.job.map { JobPages.progress($0, call, returnTo: Routes.Imports.page(record.id)) }
      ?? "<p class=\"note info\">\(w("import.working", ["name": record.accountName]))</p>"
    return frame(call, record, title, step: record.storedStep, "\(bar)<p class=\"hint\">\(w("import.may_leave"))</p>")
  }

  private static func checked(_ call: Call, _ model: Model) -> Page {
    let w = call.words
    let record = model.record
    let found: [ImportExample] = model.job.flatMap { try? JSON.value($0.result, as: ImportJobs.Checked.self) }?.examples ?? []
    let groups = ImportOutcome.allCases.map { outcome in
      ImportExamples.section(call, outcome, found.filter { $0.outcome == outcome }, record)
    }
    let nothing = record.counts.added + record.counts.changed == 0
    let run: HTML = nothing ? "<p class=\"note warn\">\(w("import.nothing"))</p>" : """
      <form method="post" action="\(Routes.Imports.run(record.id))"><input type="hidden" name="version" value="\(record.version)">
      <button class="primary">\(w.count("import.run", record.counts.added + record.counts.changed))</button></form>
      """
    return frame(call, record, w("import.checked.title"), step: 2, """
      <p class="note info">\(w("import.checked.note"))</p>\(ImportExamples.figures(record, w))
      <div class="form-end">\(run)<a class="button" href="\(Routes.Imports.columns(record.id))">\(w("import.change_columns"))</a></div>\(groups)
      """)
  }

  private static func report(_ call: Call, _ model: Model) -> Page {
    let w = call.words
    let record = model.record
    let failed: HTML = record.state == .failed
      ? "<p class=\"note danger\" role=\"alert\">\(ImportWords.failure(record.jobError, w))</p>" : ""
    let undone: UndoProgress? = record.state == .undone ? model.job.flatMap { try? JSON.value($0.result) } : nil
    return frame(call, record, w("import.report.\(record.state.rawValue)"), step: 3, """
      \(failed)\(ImportExamples.figures(record, w))\(undone.map { ImportExamples.undone(call, $0) } ?? "")\(next(call, record))
      \(ImportExamples.wrong(call, model.wrong, record))
      """)
  }

  /// What can be done now: go on, start again, take back.
  private static func next(_ call: Call, _ record: ImportRecord) -> HTML {
    let w = call.words
    let version: HTML = "<input type=\"hidden\" name=\"version\" value=\"\(record.version)\">"
    var actions: [HTML] = []
    if record.mayResume {
      actions.append("<form method=\"post\" action=\"\(Routes.Imports.run(record.id))\">\(version)<button class=\"primary\">\(w("import.resume"))</button></form>")
    } else if record.state == .failed, record.nextRow == 0 {
      actions.append("<a class=\"button primary\" href=\"\(Routes.Imports.columns(record.id))\">\(w("import.change_columns"))</a>")
    }
    if record.mayUndo(at: call.now), (try? call.actor.may(.removeClients)) == true {
      let until = w.formats.date(record.undoEnds)
      actions.append("""
        <form method="post" action="\(Routes.Imports.undo(record.id))">\(version)<button>\(call.icon("undo"))\(w("import.undo"))</button></form>
        <span class="hint">\(w("import.undo_hint", ["date": until]))</span>
        """)
    }
    return actions.isEmpty ? "" : "<div class=\"form-end\">\(actions)</div>"
  }
}

extension ImportRecord {
  /// Of the four steps, where a job under way belongs.
  fileprivate var storedStep: Int { jobKind == ImportJobKind.check ? 2 : 3 }
}
