import Domain
import Jobs
import Markup
import Store

/// What the pages of the import show: past imports, the columns, what was found.
extension PurchaseImportPages {
  static func list(_ all: [PurchaseImport], _ messages: [FieldMessage], _ call: Call) -> Page {
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

  private static func frame(_ record: PurchaseImport, _ step: Int, _ summary: HTML, _ body: HTML, _ call: Call) -> Page {
    let w = call.words
    let sheet = record.plan.sheetName.map { " · \($0)" } ?? ""
    return Page(w("purchases.import"), place: .imports, main: """
      \(summary)<nav class="crumb" aria-label="\(w("import.place"))"><a href="\(Routes.Purchases.imports())" data-key="u">\(call.icon("back"))\(w("purchases.imports"))</a></nav>
      <header class="head"><div><h1>\(w("purchases.import"))</h1><p class="sub">\(record.fileName)\(sheet)</p></div></header>\(Imports.steps(w, at: step))<div class="stack">\(body)</div>
      """)
  }

  static func page(_ model: Model, _ call: Call) -> Page {
    let w = call.words
    let record = model.record
    if record.isWorking {
      let bar: HTML = model.job.map { JobPages.progress($0, call, returnTo: Routes.Purchases.page(record.id)) } ?? "<p class=\"note info\">\(w("job.waiting"))</p>"
      return frame(record, 3, "", "\(bar)<p class=\"hint\">\(w("import.may_leave"))</p>", call)
    }
    let version: HTML = "<input type=\"hidden\" name=\"version\" value=\"\(record.version)\">"
    var actions: [HTML] = []
    if record.mayRun, record.counts.added + record.counts.changed > 0 || record.state != .checked {
      actions.append("<form method=\"post\" action=\"\(Routes.Purchases.run(record.id))\">\(version)<button class=\"primary\">\(w.count("purchases.run", record.counts.added + record.counts.changed))</button></form>")
    }
    if record.mayChangePlan { actions.append("<a class=\"button\" href=\"\(Routes.Purchases.columns(record.id))\">\(w("import.change_columns"))</a>") }
    if record.mayUndo(at: call.now) {
      actions.append("<form method=\"post\" action=\"\(Routes.Purchases.undo(record.id))\">\(version)<button>\(call.icon("undo"))\(w("import.undo"))</button></form>")
    }
    let note: HTML = record.state == .checked ? "<p class=\"note info\">\(w("import.checked.note"))</p>" : "<p class=\"note\">\(w("import.state.\(record.state.rawValue)"))</p>"
    let end: HTML = actions.isEmpty ? "" : "<div class=\"form-end\">\(actions)</div>"
    return frame(record, record.state == .checked ? 2 : 3, "", "\(note)\(figures(record, w))\(end)\(wrongList(model, call))", call)
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
  static func columns(
    _ record: PurchaseImport, _ plan: PurchasePlan, _ sample: [[String]], _ messages: [FieldMessage], _ call: Call
  ) -> Page {
    let w = call.words
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
      ("sheet", plan.sheet.map { "\($0)" } ?? ""), ("dates", plan.mapping.dateOrder.rawValue), ("decimal", plan.mapping.decimal.rawValue), ("currency", plan.mapping.currency.code),
    ]), messages)
    let sheets: HTML = plan.sheets.count < 2 ? "" : """
      <div class="row">\(fields.select("sheet", w("purchases.sheet"), plan.sheets.enumerated().map { ("\($0.offset)", $0.element) }, hint: w("purchases.sheet_hint")))\
      <button formaction="\(Routes.Purchases.sheet(record.id))">\(w("purchases.read_sheet"))</button></div>
      """
    let reading: HTML = """
      <div class="row">\(fields.select("dates", w("import.dates"), DateOrder.allCases.map { ($0.rawValue, w("import.dates.\($0.rawValue)")) }))\
      \(fields.select("decimal", w("import.decimal"), DecimalMark.allCases.map { ($0.rawValue, w("import.decimal.\($0.rawValue)")) }))\
      \(fields.select("currency", w("deals.field.currency"), Choices.currencies(w.language)))</div>
      """
    let failed: HTML = record.state == .failed ? "<p class=\"note danger\" role=\"alert\">\(ImportWords.failure(record.jobError, w))</p>" : ""
    return frame(record, 1, fields.summary, """
      \(failed)<form class="stack" method="post" action="\(Routes.Purchases.check(record.id))" novalidate>\(sheets)<div class="scroll" role="region" aria-labelledby="cap" tabindex="0"><table><caption id="cap">\(w("purchases.columns"))</caption>
      <thead><tr><th scope="col">\(w("purchases.heading"))</th><th scope="col">\(w("purchases.meaning"))</th><th scope="col">\(w("purchases.examples"))</th></tr></thead><tbody>\(rows)</tbody></table></div>\(reading)
      <p class="hint">\(w("purchases.columns_hint"))</p><input type="hidden" name="version" value="\(record.version)"><div class="form-end"><button class="primary">\(w("purchases.check"))</button></div></form>
      """, call)
  }
}
