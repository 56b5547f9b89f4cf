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

    init(_ reader: some Session, _ id: PurchaseImportID) throws {
      record = try reader.purchaseImport(id)
      job = try record.jobID.flatMap { try reader.job($0) }
      wrong = try reader.wrongPurchases(id, limit: 10)
    }

    /// Nothing was found yet: the page is about the columns.
    var asksColumns: Bool { record.mayChangePlan && record.state != .checked }
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Purchases.imports) { call in
      let all = try await call.read { try $0.purchaseImports() }
      return call.answer(list(all, [], call))
    }
    book.on(Routes.Purchases.upload, upload)
    book.on(Routes.Purchases.page) { call, id in
      let model = try await call.read { try Model($0, id) }
      return call.answer(model.asksColumns ? try await columns(model, model.record.plan, [], call) : page(model, call))
    }
    book.on(Routes.Purchases.columns) { call, id in
      let model = try await call.read { try Model($0, id) }
      guard model.record.mayChangePlan else { return call.redirect(to: Routes.Purchases.page(id)) }
      return call.answer(try await columns(model, model.record.plan, [], call))
    }
    book.on(Routes.Purchases.sheet) { call, id in
      let form = try await call.form()
      return try await readSheet(form, try await call.read { try Model($0, id) }, call)
    }
    book.on(Routes.Purchases.check) { call, id in
      let form = try await call.form()
      let model = try await call.read { try Model($0, id) }
      // Columns were chosen for the sheet that was shown.
      if let sheet = model.record.plan.sheet, form.has("sheet"), form["sheet"] != "\(sheet)" { return try await readSheet(form, model, call) }
      let plan = read(form, over: model.record.plan)
      return try await call.submit {
        let problems = plan.mapping.problems
        guard problems.isEmpty else { throw InvalidForm(problems.map { FieldMessage(field: "c0", key: $0) }) }
        _ = try await call.write { try $0.checkPurchases(id, plan: plan, expecting: Int(form["version"]) ?? 0) }
      } again: { try await columns(model, plan, $0, call) } then: { call.redirect(to: Routes.Purchases.page(id)) }
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
      guard let plan = try await guess(file.bytes, "file", call) else { throw wrong("import.error.empty") }
      return try await call.write { try $0.beginPurchaseImport(fileName: file.name, bytes: file.bytes, plan: plan) }
    }, again: { list(all, $0, call) }, then: { call.redirect(to: Routes.Purchases.page($0)) })
  }

  private static func wrong(_ key: String) -> InvalidForm { InvalidForm([FieldMessage(field: "file", key: key)]) }

  /// What keeps the file from being read is said by the field that named it.
  private static func guess(
    _ bytes: [UInt8], _ field: String, currency: Currency? = nil, sheet: Int? = nil, _ call: Call
  ) async throws -> PurchasePlan? {
    let home = try await call.site.store.installation()
    do {
      return try PurchaseFile.guess(bytes, currency: currency ?? home?.currency ?? .eur, country: home?.country, sheet: sheet)
    } catch let problem as CSVProblem { throw InvalidForm([ImportWords.message(problem.reason, field: field)]) }
      catch let failure as Workbook.Failure { throw InvalidForm([FieldMessage(field: field, key: failure.messageKey)]) }
  }

  /// The columns with some of the file's cells beside them.
  /// - Parameter plan: the one that is kept, or what was chosen over it.
  private static func columns(
    _ model: Model, _ plan: PurchasePlan, _ messages: [FieldMessage], _ call: Call
  ) async throws -> Page {
    let bytes = try await call.read { try $0.storedContent(model.record.fileHash) }
    return columns(model.record, plan, bytes.flatMap { try? PurchaseFile.rows($0, plan, limit: 3) } ?? [], messages, call)
  }

  /// Another sheet of the workbook: what its columns mean is guessed anew.
  private static func readSheet(_ form: Form, _ model: Model, _ call: Call) async throws -> Response {
    let record = model.record, old = record.plan
    return try await call.submit {
      guard let index = Int(form["sheet"]), old.sheets.indices.contains(index),
        let bytes = try await call.read({ try $0.storedContent(record.fileHash) }),
        let plan = try await guess(bytes, "sheet", currency: old.mapping.currency, sheet: index, call)
      else { throw InvalidForm([FieldMessage(field: "sheet", key: "purchases.problem.empty_sheet")]) }
      try await call.write { try $0.changePurchasePlan(record.id, to: plan, expecting: Int(form["version"]) ?? 0) }
    } again: { try await columns(model, read(form, over: old), $0, call) } then: {
      call.redirect(to: Routes.Purchases.columns(record.id))
    }
  }

  private static func read(_ form: Form, over old: PurchasePlan) -> PurchasePlan {
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

  static func reasons(_ row: WrongRow, _ record: PurchaseImport, _ w: Words) -> String {
    row.problems.map { problem in
      let text = w(problem.messageKey, ["value": problem.value])
      guard let heading = problem.column.flatMap({ record.plan.headings.dropFirst($0).first }), !heading.isEmpty else { return text }
      return w("import.wrong.in_column", ["column": heading, "message": text])
    }.joined(separator: " ")
  }
}
