import Domain
import Hummingbird
import Markup
import Store

/// Past imports and those under way.
enum ImportList {
  @Sendable static func page(_ call: Call) async throws -> Response {
    let before = call.query["before"].flatMap(ImportID.init)
    return try await call.page({ try $0.imports(before: before, limit: 51) }) { view(call, $0) }
  }

  private static func view(_ call: Call, _ records: [ImportRecord]) -> Page {
    let w = call.words
    let shown = records.prefix(50)
    let list: HTML = shown.isEmpty ? "<p class=\"empty\">\(w("import.none"))</p>" : table(call, Array(shown))
    let more: HTML = records.count > 50 ? shown.last.map { last in
      "<nav class=\"list-end\" aria-label=\"\(w("import.pages"))\"><a class=\"button\" rel=\"next\" href=\"\(Routes.Imports.list() + URLText.query([("before", last.id.description)]))\">\(w("import.older"))</a></nav>"
    } ?? "" : ""
    return Page(w("nav.imports"), place: .imports, main: """
      <header class="head"><div><h1>\(w("nav.imports"))</h1><p class="sub">\(w("import.sub"))</p></div>
      <div class="actions"><a class="button" href="\(Routes.Purchases.imports())">\(w("purchases.imports"))</a><a class="button primary" href="\(Routes.Imports.start())" data-key="c">\(w("import.new"))</a></div></header>\(list)\(more)
      """)
  }

  private static func table(_ call: Call, _ records: [ImportRecord]) -> HTML {
    let w = call.words
    let rows = records.map { record -> HTML in
      """
      <tr><th scope="row"><a href="\(Routes.Imports.page(record.id))">\(record.fileName)</a><span class="sub">\(record.accountName)</span></th>
      <td class="nowrap">\(w.dayTag(record.createdAt, now: call.now))</td><td class="nowrap">\(w("import.state.\(record.state.rawValue)"))</td>
      \(counts(record, w))</tr>
      """
    }
    let heads = ["import.count.new", "import.count.changed", "import.count.same", "import.count.wrong"].map { key -> HTML in
      "<th scope=\"col\" class=\"num\">\(w(key))</th>"
    }
    return """
      <div class="scroll" role="region" aria-labelledby="cap" tabindex="0"><table><caption id="cap" class="hide">\(w("nav.imports"))</caption>
      <thead><tr><th scope="col">\(w("import.file"))</th><th scope="col">\(w("import.begun"))</th><th scope="col">\(w("import.state"))</th>\(heads)</tr></thead>
      <tbody>\(rows)</tbody></table></div>
      """
  }

  private static func counts(_ record: ImportRecord, _ w: Words) -> [HTML] {
    [record.counts.added, record.counts.changed, record.counts.same, record.counts.wrong].map {
      "<td class=\"num\">\(w.formats.integer($0))</td>"
    }
  }
}
