import Domain
import Files
import Hummingbird
import Jobs
import Markup
import Store

/// Step 2: how the file is read, what each column means, whom a row is recognised by.
enum ImportColumns {
  struct Model: Sendable {
    let record: ImportRecord
    let sample: [[String]]
    let owners: [(value: String, text: String)]
    let customFields: [String]
  }

  @Sendable static func page(_ call: Call, _ id: ImportID) async throws -> Response {
    let model = try await model(call, id)
    guard ![.checking, .running, .done, .undone].contains(model.record.state) else { return call.redirect(to: Routes.Imports.page(id)) }
    return call.answer(view(call, model, ImportColumnsForm.form(of: model.record.plan), []))
  }

  /// The whole form comes along, but only encoding and delimiter count: the columns are recognised anew.
  @Sendable static func readAgain(_ call: Call, _ id: ImportID) async throws -> Response {
    let form = try await call.form()
    let model = try await model(call, id)
    let encoding = TextEncoding(rawValue: form["encoding"])
    let delimiter = Delimiter.candidates.first { String($0) == form["delimiter"] }
    let bytes = try await content(call, model.record)
    do {
      guard let guess = try ImportFile.guess(
        .bytes(bytes), country: model.record.plan.mapping.country, encoding: encoding, delimiter: delimiter)
      else { throw Refusal.notFound }
      let version = Int(form["version"]) ?? 0
      try await call.write { try $0.changeImport(id, plan: guess.plan, expecting: version) }
    } catch let problem as CSVProblem {
      var page = view(call, model, form, [ImportWords.message(problem.reason, field: "encoding")])
      page.hasErrors = true
      return call.answer(page, status: .unprocessableContent)
    }
    return call.redirect(to: Routes.Imports.columns(id))
  }

  @Sendable static func check(_ call: Call, _ id: ImportID) async throws -> Response {
    let form = try await call.form()
    let model = try await model(call, id)
    return try await call.submit({
      let plan = try ImportColumnsForm.parse(form, model.record.plan)
      let version = Int(form["version"]) ?? 0
      _ = try await call.write { tx in
        try tx.changeImport(id, plan: plan, expecting: version)
        _ = try tx.checkImport(id, expecting: version + 1)
      }
    }, again: { view(call, model, form, $0) }, then: { call.redirect(to: Routes.Imports.page(id)) })
  }

  private static func content(_ call: Call, _ record: ImportRecord) async throws -> [UInt8] {
    guard let bytes = try await call.read({ try $0.storedContent(record.fileHash) }) else { throw Refusal.notFound }
    return bytes
  }

  private static func model(_ call: Call, _ id: ImportID) async throws -> Model {
    let read = try await call.read { reader in
      let record = try reader.importRecord(id)
      return (record, try reader.storedContent(record.fileHash) ?? [], try reader.importOwners(), try reader.importFieldNames())
    }
    let sample = (try? ImportFile.sample(.bytes(read.1), read.0.plan)) ?? []
    return Model(
      record: read.0, sample: Array(sample.prefix(5)), owners: read.2.map { ($0.id.description, $0.name) }, customFields: read.3)
  }
}

extension ImportColumns {
  fileprivate static func view(_ call: Call, _ model: Model, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    let record = model.record
    var fields = FormFields(call, form, messages)
    let columns = table(call, model, form)
    let reading = reading(call, record, &fields)
    let rules = rules(call, model, &fields)
    return Page(w("import.columns.title"), place: .imports, main: """
      \(fields.summary)\(Imports.crumb(call))<header class="head"><div><h1>\(w("import.columns.title"))</h1><p class="sub">\(record.fileName)</p></div></header>
      \(Imports.steps(w, at: 1))
      <form class="stack" method="post" action="\(Routes.Imports.check(record.id))" novalidate>
      <input type="hidden" name="version" value="\(record.version)">
      <details class="card"\(attr: "open", if: messages.contains { $0.field == "encoding" })><summary>\(w("import.reading"))</summary>\(reading)</details>
      \(columns)\(rules)
      <div class="form-end"><button class="primary">\(w("import.check"))</button><a class="button" href="\(Routes.Imports.list())">\(w("import.later"))</a>
      <span class="hint">\(w("import.check_hint"))</span></div></form>
      """)
  }

  private static func reading(_ call: Call, _ record: ImportRecord, _ fields: inout FormFields) -> HTML {
    let w = call.words
    let encodings = TextEncoding.allCases.map { ($0.rawValue, $0.rawValue) }
    let delimiters = Delimiter.candidates.map { (String($0), w("import.delimiter.\($0)")) }
    return """
      <p class="hint">\(w("import.reading_hint"))</p><div class="row">\(fields.select("encoding", w("import.encoding"), encodings))
      \(fields.select("delimiter", w("import.delimiter"), delimiters))
      <button formaction="\(Routes.Imports.read(record.id))">\(w("import.read_again"))</button></div>
      <div class="row">\(fields.select("dates", w("import.dates"), DateOrder.allCases.map { ($0.rawValue, w("import.dates.\($0.rawValue)")) }))
      \(fields.select("decimal", w("import.decimal"), ImportColumnsForm.decimals.map { ($0.key, w("import.decimal.\($0.key)")) }))</div>
      """
  }

  /// A row a column of the file: its heading, what stands in it, what it means.
  private static func table(_ call: Call, _ model: Model, _ form: Form) -> HTML {
    let w = call.words
    let plan = model.record.plan
    let width = max(plan.headings.count, model.sample.map(\.count).max() ?? 0)
    let options = ImportField.all.map { ($0.description, ImportWords.field($0, w)) }
      + model.customFields.map { ("custom:" + $0, $0) }
    let rows = (0..<width).map { column -> HTML in
      let heading = plan.headings.dropFirst(column).first ?? ""
      let name = heading.isEmpty ? w("import.column", ["number": w.formats.integer(column + 1)]) : heading
      let cells = model.sample.compactMap { $0.dropFirst(column).first }.filter { !$0.isEmpty }.prefix(3).joined(separator: " · ")
      return """
        <tr><th scope="row" id="head-\(column)">\(name)</th><td class="wide">\(String(cells.prefix(160)))</td>
        <td><select name="column-\(column)" aria-labelledby="head-\(column)">\(choices(options, form["column-\(column)"]))</select></td></tr>
        """
    }
    return """
      <div class="scroll" role="region" aria-labelledby="cols" tabindex="0"><table><caption id="cols">\(w("import.columns.caption"))</caption>
      <thead><tr><th scope="col">\(w("import.columns.heading"))</th><th scope="col">\(w("import.columns.sample"))</th>
      <th scope="col">\(w("import.columns.field"))</th></tr></thead><tbody id="columns">\(rows)</tbody></table></div>
      """
  }

  private static func choices(_ options: [(String, String)], _ chosen: String) -> [HTML] {
    var options = options
    // A field that is no longer offered (a custom one of another name) stays chosen until it is changed.
    if !chosen.isEmpty, !options.contains(where: { $0.0 == chosen }) { options.append((chosen, chosen.replacing("custom:", with: ""))) }
    return options.map { "<option value=\"\($0.0)\"\(attr: "selected", if: $0.0 == chosen)>\($0.1)</option>" }
  }

  private static func rules(_ call: Call, _ model: Model, _ fields: inout FormFields) -> HTML {
    let w = call.words
    let matches = MatchKey.allCases.map { ($0.rawValue, w("import.match.\($0.rawValue)")) }
    let kinds = [("", w("import.kind.each")), ("company", w("import.kind.company")), ("person", w("import.kind.person"))]
    let countries = [("", w("import.country.none"))] + Choices.countries(w.language)
    let existing = ExistingClients.allCases.map { (value: $0.rawValue, text: w("import.existing.\($0.rawValue)"), hint: String?.none) }
    return """
      <section class="card stack" aria-labelledby="rules"><h2 id="rules">\(w("import.rules"))</h2>
      <div class="row">\(fields.select("match", w("import.match"), matches, hint: w("import.match_hint")))
      \(fields.select("kind", w("import.kind"), kinds))</div>\(fields.radios("existing", w("import.existing"), existing))
      <div class="row">\(fields.select("country", w("import.country"), countries, hint: w("import.country_hint")))
      \(fields.select("owner", w("import.owner"), [("", w("import.owner.none"))] + model.owners))</div>
      \(fields.text("tags", w("import.tags"), hint: w("import.tags_hint"), isOptional: true))</section>
      """
  }
}
