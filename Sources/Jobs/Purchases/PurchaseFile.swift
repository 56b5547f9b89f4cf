package import Domain
package import Files
package import Store

/// A list of purchases as it lies in a file, CSV or workbook: what is guessed of it, and its rows.
package enum PurchaseFile {
  package static func isWorkbook(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) }

  /// A first plan; nil for a file without rows.
  /// - Parameter sheet: of a workbook; nil for the first that looks like a list of purchases.
  package static func guess(_ bytes: [UInt8], currency: Currency, country: Country?, sheet: Int? = nil) throws -> PurchasePlan? {
    if isWorkbook(bytes) { return try guess(try Workbook(bytes), sheet, currency, country) }
    let dialect = try CSVDialect.guess(.bytes(bytes))
    var reader = try CSVReader(.bytes(bytes), dialect: dialect)
    return plan(try reader.nextRows(60).map(\.cells), sheet: nil, dialect, currency, country)
  }

  private static func guess(_ book: Workbook, _ sheet: Int?, _ currency: Currency, _ country: Country?) throws -> PurchasePlan? {
    var first: PurchasePlan?, failure: Workbook.Failure?
    for index in sheet.map({ [$0] }) ?? Array(book.sheets.indices.prefix(20)) {
      do throws(Workbook.Failure) {
        guard var plan = plan(try book.rows(of: index, limit: 100), sheet: index, nil, currency, country) else { continue }
        plan.sheets = book.sheets.map(\.name)
        if plan.mapping.problems.isEmpty { return plan }
        first = first ?? plan
      } catch { failure = failure ?? error }
    }
    // A sheet that cannot be read matters when there is no other.
    if first == nil, let failure { throw failure }
    return first
  }

  private static func plan(
    _ rows: [[String]], sheet: Int?, _ dialect: CSVDialect?, _ currency: Currency, _ country: Country?
  ) -> PurchasePlan? {
    let scores = rows.prefix(15).map { row in row.filter { PurchaseColumn.recognise($0) != .ignore }.count }
    guard let best = scores.max() else { return nil }
    let heading = best >= 2 ? scores.firstIndex(of: best) ?? 0 : 0
    let headings = rows.dropFirst(heading).first ?? []
    let sample = Array(rows.dropFirst(heading + 1).prefix(60))
    return PurchasePlan(
      sheet: sheet, encoding: dialect?.encoding.rawValue ?? "utf8", delimiter: dialect?.delimiter ?? 0x2C,
      hasSeparatorLine: dialect?.hasSeparatorLine ?? false, headingRow: heading, headings: headings,
      mapping: PurchaseMapping(headings: headings, sample: sample, currency: currency, country: country))
  }

  /// The rows below the headings.
  package static func rows(_ bytes: [UInt8], _ plan: PurchasePlan, limit: Int = .max) throws -> [[String]] {
    if let sheet = plan.sheet {
      let (end, isEndless) = limit.addingReportingOverflow(plan.headingRow + 1)
      return Array(try Workbook(bytes).rows(of: sheet, limit: isEndless ? .max : end).dropFirst(plan.headingRow + 1))
    }
    let dialect = CSVDialect(
      encoding: TextEncoding(rawValue: plan.encoding) ?? .utf8, delimiter: plan.delimiter, hasSeparatorLine: plan.hasSeparatorLine)
    var reader = try CSVReader(.bytes(bytes), dialect: dialect)
    _ = try reader.nextRows(plan.headingRow + 1)
    var out: [[String]] = []
    while out.count < limit {
      let next = try reader.nextRows(min(5000, limit - out.count))
      if next.isEmpty { break }
      out += next.map(\.cells)
    }
    return out
  }
}
