import Domain
import Files
import HTTPTypes
import Hummingbird
import Jobs
import Markup
import NIOCore
import Store

/// Import of purchases: the file, the columns, what it would do, the run, the report with undo. One address leads through.
enum PurchaseImportPages {
  struct Model: Sendable {
    let record: PurchaseImport
    let job: JobStatus?
    let wrong: [WrongRow]
    let bytes: [UInt8]?

    init(_ reader: some Session, _ id: PurchaseImportID) throws {
      record = try reader.purchaseImport(id)
      job = try record.jobID.flatMap { try reader.job($0) }
      wrong = try reader.wrongPurchases(id, limit: 10)
      bytes = [.mapping, .failed].contains(record.state) ? try reader.storedContent(record.fileHash) : nil
    }
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Purchases.imports) { call in
      let all = try await call.read { try $0.purchaseImports() }
      return call.answer(list(all, [], call))
    }
    book.on(Routes.Purchases.upload, upload)
    book.on(Routes.Purchases.page) { call, id in
      let model = try await call.read { try Model($0, id) }
      return call.answer(page(model, [], call))
    }
    book.on(Routes.Purchases.check) { call, id in
      let form = try await call.form()
      let model = try await call.read { try Model($0, id) }
      return try await call.submit {
        let plan = try plan(form, model.record.plan)
        _ = try await call.write { try $0.checkPurchases(id, plan: plan, expecting: Int(form["version"]) ?? 0) }
      } again: { page(model, $0, call) } then: { call.redirect(to: Routes.Purchases.page(id)) }
    }
    book.on(Routes.Purchases.run) { call, id in try await step(call, id) { try $0.runPurchases(id, expecting: $1) } }
    book.on(Routes.Purchases.undo) { call, id in try await step(call, id) { try $0.undoPurchases(id, expecting: $1) } }
    book.on(Routes.Purchases.wrong, wrongRows)
  }

  private static func step(
    _ call: Call, _ id: PurchaseImportID, _ body: @escaping @Sendable (Transaction, Int) throws -> JobID
  ) async throws -> Response {
    let version = Int(try await call.form()["version"]) ?? 0
    _ = try await call.write { try body($0, version) }
    return call.redirect(to: Routes.Purchases.page(id))
  }

  @Sendable private static func upload(_ call: Call) async throws -> Response {
    let limit = call.site.settings.uploadLimit
    let form = try await call.form(limit: limit + 64 * 1024)
    let all = try await call.read { try $0.purchaseImports() }
    return try await call.submit({ () async throws -> PurchaseImportID in
      guard let file = form.files["file"]?.first, !file.bytes.isEmpty else { throw wrong("import.error.no_file") }
      guard file.bytes.count <= limit else { throw WebError.tooLarge(limit: limit) }
      let home = try await call.site.store.installation()
      let plan: PurchasePlan?
      do { plan = try PurchaseFile.guess(file.bytes, currency: home?.currency ?? .eur, country: home?.country) }
        catch let problem as CSVProblem { throw InvalidForm([ImportWords.message(problem.reason, field: "file")]) }
        catch let failure as Workbook.Failure { throw wrong(failure.messageKey) }
      guard let plan else { throw wrong("import.error.empty") }
      return try await call.write { try $0.beginPurchaseImport(fileName: file.name, bytes: file.bytes, plan: plan) }
    }, again: { list(all, $0, call) }, then: { call.redirect(to: Routes.Purchases.page($0)) })
  }

  private static func wrong(_ key: String) -> InvalidForm { InvalidForm([FieldMessage(field: "file", key: key)]) }

  private static func plan(_ form: Form, _ old: PurchasePlan) throws(InvalidForm) -> PurchasePlan {
    var plan = old
    // A form without columns keeps those that were guessed.
    if form.has("c0") {
      plan.mapping.columns = [:]
      for index in old.headings.indices {
        if let column = PurchaseColumn(rawValue: form["c\(index)"]), column != .ignore { plan.mapping.columns[index] = column }
      }
    }
    if let order = DateOrder(rawValue: form["dates"]) { plan.mapping.dateOrder = order }
    if let decimal = DecimalMark(rawValue: form["decimal"]) { plan.mapping.decimal = decimal }
    if let currency = Currency(form["currency"]) { plan.mapping.currency = currency }
    let problems = plan.mapping.problems
    guard problems.isEmpty else { throw InvalidForm(problems.map { FieldMessage(field: "c0", key: $0) }) }
    return plan
  }

  @Sendable private static func wrongRows(_ call: Call, _ id: PurchaseImportID) async throws -> Response {
    let words = call.words
    let (name, bytes) = try await call.write { tx in
      let record = try tx.purchaseImport(id)
      tx.audit(.exported, .importRun, id.rawValue, detail: "wrong purchases")
      var writer = CSVWriter(
        header: record.plan.headings + [words("import.wrong.row"), words("import.wrong.reason")], delimiter: record.plan.delimiter)
      let width = record.plan.headings.count
      for row in try tx.wrongPurchases(id, limit: 100_000) {
        let padding = [String](repeating: "", count: max(0, width - row.cells.count))
        writer.write(row.cells.prefix(width) + padding + [String(row.number), reasons(row, record, words)])
      }
      return (record.fileName, writer.take())
    }
    let stem = name.split(separator: ".").dropLast().joined(separator: ".")
    let headers: HTTPFields = [
      .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
      .contentDisposition: AttachmentDownload.disposition(words("import.wrong.file", ["name": stem.isEmpty ? name : stem])),
    ]
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static func reasons(_ row: WrongRow, _ record: PurchaseImport, _ w: Words) -> String {
    row.problems.map { problem in
      let text = w(problem.messageKey, ["value": problem.value])
      guard let heading = problem.column.flatMap({ record.plan.headings.dropFirst($0).first }), !heading.isEmpty else { return text }
      return w("import.wrong.in_column", ["column": heading, "message": text])
    }.joined(separator: " ")
  }
}

extension PurchaseImportPages {
  private static func list(_ all: [PurchaseImport], _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    let errors = messages.map { w($0) }
    let error: HTML = errors.isEmpty ? "" : "<p class=\"error\" id=\"file-error\">\(call.icon("alert"))\(errors.joined(separator: " "))</p>"
    let summary: HTML = errors.isEmpty ? "" : """
      <div class="summary" role="alert" tabindex="-1" aria-labelledby="summary"><h2 id="summary">\(w.count("field.summary", errors.count))</h2><ul>\(errors.map { "<li><a href=\"#file\">\($0)</a></li>" as HTML })</ul></div>
      """
    let items = all.map { one -> HTML in
      """
      <li><div><a href="\(Routes.Purchases.page(one.id))">\(one.fileName)</a><p class="meta">\(w("import.state.\(one.state.rawValue)")), \(w.dayTag(one.createdAt, now: call.now)), \(w.count("purchases.count", one.counts.added))</p></div></li>
      """
    }
    let past: HTML = items.isEmpty ? "<p class=\"empty in\">\(w("import.none"))</p>" : "<ul class=\"items\">\(items)</ul>"
    return Page(w("purchases.import"), place: .imports, main: """
      \(summary)\(Imports.crumb(call))<header class="head"><div><h1>\(w("purchases.import"))</h1><p class="sub">\(w("purchases.import_sub"))</p></div></header>
      <div class="stack narrow"><form class="card stack" method="post" action="\(Routes.Purchases.upload())" enctype="multipart/form-data" novalidate>
      <div class="field"><label for="file">\(w("import.file"))</label><p class="hint" id="file-hint">\(w("purchases.file_hint"))</p>\(error)
      <div class="drop" data-drop><input type="file" id="file" name="file" accept=".csv,.txt,.tsv,.xlsx,text/csv,text/plain" aria-describedby="file-hint\(errors.isEmpty ? "" : " file-error")"\(attr: "aria-invalid", errors.isEmpty ? nil : "true")></div></div>
      <div class="form-end"><button class="primary">\(w("import.upload"))</button></div></form>
      <section class="card" aria-labelledby="past-h"><header><h2 id="past-h">\(w("purchases.imports"))</h2></header>\(past)</section></div>
      """)
  }

  private static func frame(_ model: Model, _ step: Int, _ summary: HTML, _ body: HTML, _ call: Call) -> Page {
    let w = call.words
    return Page(w("purchases.import"), place: .imports, main: """
      \(summary)<nav class="crumb" aria-label="\(w("import.place"))"><a href="\(Routes.Purchases.imports())" data-key="u">\(call.icon("back"))\(w("purchases.imports"))</a></nav>
      <header class="head"><div><h1>\(w("purchases.import"))</h1><p class="sub">\(model.record.fileName)</p></div></header>\(Imports.steps(w, at: step))<div class="stack">\(body)</div>
      """)
  }

  private static func page(_ model: Model, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    let record = model.record
    if record.isWorking {
      let bar: HTML = model.job.map { JobPages.progress($0, call, returnTo: Routes.Purchases.page(record.id)) } ?? "<p class=\"note info\">\(w("job.waiting"))</p>"
      return frame(model, 3, "", "\(bar)<p class=\"hint\">\(w("import.may_leave"))</p>", call)
    }
    if record.state == .mapping || record.state == .failed && record.nextRow == 0 { return columns(model, messages, call) }
    let version: HTML = "<input type=\"hidden\" name=\"version\" value=\"\(record.version)\">"
    var actions: [HTML] = []
    if record.mayRun, record.counts.added + record.counts.changed > 0 || record.state != .checked {
      actions.append("<form method=\"post\" action=\"\(Routes.Purchases.run(record.id))\">\(version)<button class=\"primary\">\(w.count("purchases.run", record.counts.added + record.counts.changed))</button></form>")
    }
    if record.mayUndo(at: call.now) {
      actions.append("<form method=\"post\" action=\"\(Routes.Purchases.undo(record.id))\">\(version)<button>\(call.icon("undo"))\(w("import.undo"))</button></form>")
    }
    let note: HTML = record.state == .checked ? "<p class=\"note info\">\(w("import.checked.note"))</p>" : "<p class=\"note\">\(w("import.state.\(record.state.rawValue)"))</p>"
    let end: HTML = actions.isEmpty ? "" : "<div class=\"form-end\">\(actions)</div>"
    return frame(model, record.state == .checked ? 2 : 3, "", "\(note)\(figures(record, w))\(end)\(wrongList(model, call))", call)
  }

  private static func figures(_ record: PurchaseImport, _ w: Words) -> HTML {
    let counts = record.counts
    let all = [("new", counts.added), ("changed", counts.changed), ("same", counts.same), ("wrong", counts.wrong)]
    let stats = all.map { key, count -> HTML in "<div class=\"stat\"><dt>\(w("import.count.\(key)"))</dt><dd>\(w.formats.integer(count))</dd></div>" }
    return "<dl class=\"stats\">\(stats)</dl>"
  }

  private static func wrongList(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    guard !model.wrong.isEmpty else { return "" }
    let items = model.wrong.map { row -> HTML in
      let about = row.cells.filter { !$0.isEmpty }.prefix(4).joined(separator: ", ")
      return "<li><div><b>\(about)</b> <span class=\"meta\">\(w("import.row", ["row": w.formats.integer(row.number)]))</span><p class=\"meta\">\(reasons(row, model.record, w))</p></div></li>"
    }
    return """
      <section class="card" aria-labelledby="wrong"><header><h2 id="wrong">\(w("import.examples.wrong"))</h2><a class="button small" href="\(Routes.Purchases.wrong(model.record.id))">\(call.icon("download"))\(w.count("import.wrong.download", model.record.counts.wrong))</a></header>
      <ul class="items">\(items)</ul></section>
      """
  }

  /// What each column means, with some of its cells beside it.
  private static func columns(_ model: Model, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    let record = model.record, plan = record.plan
    let sample = model.bytes.flatMap { try? PurchaseFile.rows($0, plan, limit: 3) } ?? []
    let options = PurchaseColumn.allCases.map { ($0.rawValue, w("purchases.column.\($0.rawValue)")) }
    let rows = plan.headings.enumerated().map { index, heading -> HTML in
      let chosen = plan.mapping.columns[index]?.rawValue ?? PurchaseColumn.ignore.rawValue
      let items = options.map { "<option value=\"\($0.0)\"\(attr: "selected", if: $0.0 == chosen)>\($0.1)</option>" as HTML }
      let cells = sample.compactMap { $0.dropFirst(index).first }.filter { !$0.isEmpty }.joined(separator: " · ")
      let name = heading.isEmpty ? w("purchases.column_number", ["number": String(index + 1)]) : heading
      return """
        <tr><th scope="row"><label for="c\(index)">\(name)</label></th><td><select id="c\(index)" name="c\(index)">\(items)</select></td><td class="wide"><span class="meta">\(String(cells.prefix(120)))</span></td></tr>
        """
    }
    var fields = FormFields(call, Form([
      ("dates", plan.mapping.dateOrder.rawValue), ("decimal", plan.mapping.decimal.rawValue), ("currency", plan.mapping.currency.code),
    ]), messages)
    let reading: HTML = """
      <div class="row">\(fields.select("dates", w("import.dates"), DateOrder.allCases.map { ($0.rawValue, w("import.dates.\($0.rawValue)")) }))\
      \(fields.select("decimal", w("import.decimal"), DecimalMark.allCases.map { ($0.rawValue, w("import.decimal.\($0.rawValue)")) }))\
      \(fields.select("currency", w("deals.field.currency"), Choices.currencies(w.language)))</div>
      """
    let failed: HTML = record.state == .failed ? "<p class=\"note danger\" role=\"alert\">\(ImportWords.failure(record.jobError, w))</p>" : ""
    return frame(model, 1, fields.summary, """
      \(failed)<form class="stack" method="post" action="\(Routes.Purchases.check(record.id))" novalidate><div class="scroll" role="region" aria-labelledby="cap" tabindex="0"><table><caption id="cap">\(w("purchases.columns"))</caption>
      <thead><tr><th scope="col">\(w("purchases.heading"))</th><th scope="col">\(w("purchases.meaning"))</th><th scope="col">\(w("purchases.examples"))</th></tr></thead><tbody>\(rows)</tbody></table></div>\(reading)
      <p class="hint">\(w("purchases.columns_hint"))</p><input type="hidden" name="version" value="\(record.version)"><div class="form-end"><button class="primary">\(w("purchases.check"))</button></div></form>
      """, call)
  }
}
