import Domain
import Markup
import Store

/// What a dry run or a run did, in numbers and in examples.
enum ImportExamples {
  static func figures(_ record: ImportRecord, _ w: Words) -> HTML {
    let numbers = [("new", record.counts.added), ("changed", record.counts.changed), ("same", record.counts.same), ("wrong", record.counts.wrong)]
    let rows = numbers.map { key, number -> HTML in
      "<div class=\"stat\"><dt>\(w("import.count.\(key)"))</dt><dd>\(w.formats.integer(number))</dd></div>"
    }
    return "<dl class=\"stats\">\(rows)</dl>"
  }

  static func section(_ call: Call, _ outcome: ImportOutcome, _ examples: [ImportExample], _ record: ImportRecord) -> HTML {
    let w = call.words
    guard !examples.isEmpty else { return "" }
    let id = "examples-\(outcome.rawValue)"
    let items = examples.map { item(call, $0, record.plan) }
    let file: HTML = outcome == .wrong ? download(call, record) : ""
    return """
      <section class="card" aria-labelledby="\(id)"><header><h2 id="\(id)">\(w("import.examples.\(outcome.rawValue)"))</h2>\(file)</header>
      <ul class="items">\(items)</ul></section>
      """
  }

  private static func item(_ call: Call, _ example: ImportExample, _ plan: ImportPlan) -> HTML {
    let w = call.words
    let reasons = example.problems.map { "<p class=\"meta\">\(WrongRowsFile.reason($0, plan, w))</p>" as HTML }
    let changes = example.changes.map { change -> HTML in
      let values = w("import.change", ["field": ImportWords.changed(change.field, w), "old": blank(change.old, w), "new": blank(change.new, w)])
      return "<p class=\"meta\">\(values)</p>"
    }
    return "<li><div><b>\(example.name)</b> <span class=\"meta\">\(w("import.line", ["line": w.formats.integer(example.line)]))</span>\(reasons)\(changes)</div></li>"
  }

  private static func blank(_ text: String, _ w: Words) -> String { text.isEmpty ? w("import.blank") : String(text.prefix(200)) }

  static func wrong(_ call: Call, _ rows: [WrongRow], _ record: ImportRecord) -> HTML {
    let w = call.words
    guard !rows.isEmpty else { return "" }
    let items = rows.map { row -> HTML in
      let name = row.cells.first { !$0.isEmpty } ?? ""
      let reasons = row.problems.map { "<p class=\"meta\">\(WrongRowsFile.reason($0, record.plan, w))</p>" as HTML }
      return "<li><div><b>\(name)</b> <span class=\"meta\">\(w("import.row", ["row": w.formats.integer(row.number)]))</span>\(reasons)</div></li>"
    }
    return """
      <section class="card" aria-labelledby="wrong"><header><h2 id="wrong">\(w("import.examples.wrong"))</h2>\(download(call, record))</header>
      <ul class="items">\(items)</ul></section>
      """
  }

  private static func download(_ call: Call, _ record: ImportRecord) -> HTML {
    "<a class=\"button small\" href=\"\(Routes.Imports.wrong(record.id))\">\(call.icon("download"))\(call.words.count("import.wrong.download", record.counts.wrong))</a>"
  }

  static func undone(_ call: Call, _ progress: UndoProgress) -> HTML {
    let w = call.words
    let sentence = w("import.undone", [
      "removed": w.formats.integer(progress.removed), "restored": w.formats.integer(progress.restored), "kept": w.formats.integer(progress.kept),
    ])
    guard !progress.examples.isEmpty else { return "<p class=\"note ok\">\(sentence)</p>" }
    let items = progress.examples.map { kept -> HTML in
      "<li><div><b>\(kept.name.isEmpty ? w("import.kept.unseen") : kept.name)</b><p class=\"meta\">\(w("import.kept.\(kept.reason.rawValue)"))</p></div></li>"
    }
    return """
      <p class="note ok">\(sentence)</p><section class="card" aria-labelledby="kept"><header><h2 id="kept">\(w("import.kept"))</h2></header>
      <ul class="items">\(items)</ul></section>
      """
  }
}
