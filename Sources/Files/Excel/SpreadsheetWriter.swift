import CXlsx
import Domain
import Foundation

package struct SpreadsheetProblem: Error, Sendable, CustomStringConvertible {
  package let description: String
}

extension Spreadsheet {
  /// The file's bytes. Totals are formulas that carry their values, for programs that show a file without reckoning.
  package func xlsx() throws -> [UInt8] {
    let path = NSTemporaryDirectory() + "/dossier-" + UUID().uuidString + ".xlsx"
    defer { unlink(path) }
    guard let book = workbook_new(path) else { throw SpreadsheetProblem(description: "no workbook in \(path)") }
    SpreadsheetWriter(self, book).write()
    // Frees the workbook, whatever it answers.
    let result = workbook_close(book)
    guard result == LXW_NO_ERROR else { throw SpreadsheetProblem(description: String(cString: lxw_strerror(result))) }
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

/// Writes one spreadsheet by libxlsxwriter. Its calls return an error only for what cannot be written at all (too many rows, too
/// long a text); texts are cut before.
private final class SpreadsheetWriter {
  typealias Format = UnsafeMutablePointer<lxw_format>
  typealias Page = UnsafeMutablePointer<lxw_worksheet>
  private let source: Spreadsheet
  private let book: UnsafeMutablePointer<lxw_workbook>
  private var formats: [String: Format] = [:]

  /// Excel's own bound for a cell, in units of UTF-16.
  private static let cellLimit = 32_000

  init(_ source: Spreadsheet, _ book: UnsafeMutablePointer<lxw_workbook>) { (self.source, self.book) = (source, book) }

  func write() {
    properties()
    for sheet in source.sheets {
      guard let page = workbook_add_worksheet(book, sheet.name) else { continue }
      setUp(page, sheet)
      fill(page, sheet)
    }
  }

  private func properties() {
    var values = lxw_doc_properties()
    let texts = [source.title, source.author, source.company].map { (text: String) in strdup(text) }
    defer { for text in texts { free(text) } }
    (values.title, values.author, values.company) = (texts[0], texts[1], texts[2])
    values.created = time_t(source.madeAt.seconds)
    workbook_set_properties(book, &values)
  }

  private func setUp(_ page: Page, _ sheet: Spreadsheet.Sheet) {
    worksheet_set_landscape(page)
    worksheet_set_paper(page, 9)  // A4
    worksheet_fit_to_pages(page, 1, 0)
    worksheet_set_margins(page, 0.5, 0.5, 0.6, 0.7)
    worksheet_set_footer(page, "&L\(Self.footText(source.title))&R\(source.foot)")
    let head = headRow(sheet)
    worksheet_freeze_panes(page, head + 1, 0)
    worksheet_repeat_rows(page, head, head)
    for (index, column) in sheet.columns.enumerated() {
      worksheet_set_column(page, lxw_col_t(index), lxw_col_t(index), column.width, nil)
    }
    if !sheet.rows.isEmpty, !sheet.columns.isEmpty {
      worksheet_autofilter(page, head, 0, head + lxw_row_t(sheet.rows.count), lxw_col_t(sheet.columns.count - 1))
    }
  }

  private func headRow(_ sheet: Spreadsheet.Sheet) -> lxw_row_t { lxw_row_t(sheet.lines.count + 2) }

  private func fill(_ page: Page, _ sheet: Spreadsheet.Sheet) {
    worksheet_write_string(page, 0, 0, Self.cut(sheet.title), format("title") { format_set_bold($0); format_set_font_size($0, 14) })
    for (index, line) in sheet.lines.enumerated() { worksheet_write_string(page, lxw_row_t(index + 1), 0, Self.cut(line), nil) }
    let head = headRow(sheet)
    for (index, column) in sheet.columns.enumerated() {
      worksheet_write_string(page, head, lxw_col_t(index), Self.cut(column.title), format(column.isNumber ? "head-number" : "head") {
        format_set_bold($0)
        format_set_bottom($0, UInt8(LXW_BORDER_THIN.rawValue))
        format_set_text_wrap($0)
        format_set_align($0, UInt8(LXW_ALIGN_VERTICAL_BOTTOM.rawValue))
        if column.isNumber { format_set_align($0, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
      })
    }
    for (index, row) in (sheet.rows + sheet.totals).enumerated() {
      let isTotal = index >= sheet.rows.count
      let lines = isTotal ? 1 : zip(row, sheet.columns).map { Self.lines($0, within: $1.width) }.max() ?? 1
      if lines > 1 { worksheet_set_row(page, head + 1 + lxw_row_t(index), Double(lines) * 15, nil) }
      for (column, cell) in row.enumerated() {
        write(cell, page, sheet, head + 1 + lxw_row_t(index), lxw_col_t(column), isTotal, isFirst: index == sheet.rows.count)
      }
    }
  }

  private func write(
    _ cell: Spreadsheet.Cell, _ page: Page, _ sheet: Spreadsheet.Sheet, _ row: lxw_row_t, _ column: lxw_col_t, _ isTotal: Bool,
    isFirst: Bool
  ) {
    let style = Style(isTotal: isTotal, isFirst: isFirst)
    switch cell {
    case .empty: if isTotal { worksheet_write_blank(page, row, column, plain(style)) }
    case .text(let text): worksheet_write_string(page, row, column, Self.cut(text), plain(style))
    case .strong(let text): worksheet_write_string(page, row, column, Self.cut(text), plain(Style(isTotal: true, isFirst: isFirst)))
    case .integer(let number): worksheet_write_number(page, row, column, Double(number), plain(style))
    case .date(let date): write(date, page, row, column, style)
    case .money(let money): worksheet_write_number(page, row, column, Self.number(money), amount(money.currency, style))
    case .sum(let money):
      let body = rows(sheet).map { "SUM(\(Self.name(column))\($0.lowerBound):\(Self.name(column))\($0.upperBound))" } ?? "0"
      formula(body, money, page, row, column, style)
    case .sumOfRows(let rows, let money):
      let first = Int(headRow(sheet)) + 2
      formula(rows.isEmpty ? "0" : rows.map { "\(Self.name(column))\($0 + first)" }.joined(separator: "+"), money, page, row, column, style)
    case .unvalued(let amounts, let currencies, let values, let money):
      formula(unvalued(sheet, amounts, currencies, values, money.currency), money, page, row, column, style)
    case .total(let index, let line, let other, let money):
      guard source.sheets.indices.contains(index) else { return }
      let target = source.sheets[index]
      let place = Int(headRow(target)) + 2 + target.rows.count + line
      let name = target.name.replacingOccurrences(of: "'", with: "''")
      formula("'\(name)'!\(Self.name(lxw_col_t(other)))\(place)", money, page, row, column, style)
    }
  }

  private func formula(_ body: String, _ money: Money, _ page: Page, _ row: lxw_row_t, _ column: lxw_col_t, _ style: Style) {
    worksheet_write_formula_num(page, row, column, "=" + body, amount(money.currency, style), Self.number(money))
  }

  private func unvalued(_ sheet: Spreadsheet.Sheet, _ amounts: Int, _ currencies: Int, _ values: Int, _ currency: Currency) -> String {
    guard let rows = rows(sheet) else { return "0" }
    let range = { (column: Int) in
      let name = Self.name(lxw_col_t(column))
      return "\(name)\(rows.lowerBound):\(name)\(rows.upperBound)"
    }
    return "SUMIFS(\(range(amounts)),\(range(currencies)),\"\(currency.code)\",\(range(values)),\"=\")"
  }

  /// As Excel numbers them, from 1.
  private func rows(_ sheet: Spreadsheet.Sheet) -> ClosedRange<Int>? {
    guard !sheet.rows.isEmpty else { return nil }
    let first = Int(headRow(sheet)) + 2
    return first...(first + sheet.rows.count - 1)
  }

  /// Days before 1900 are no dates to Excel: they stay text.
  private func write(_ date: CalendarDate, _ page: Page, _ row: lxw_row_t, _ column: lxw_col_t, _ style: Style) {
    guard date.year >= 1900 else {
      worksheet_write_string(page, row, column, date.description, plain(style))
      return
    }
    var moment = lxw_datetime(year: Int32(date.year), month: Int32(date.month), day: Int32(date.day), hour: 0, min: 0, sec: 0)
    worksheet_write_datetime(page, row, column, &moment, format("date\(style)") {
      // The short date of whoever opens the file.
      format_set_num_format_index($0, 14)
      format_set_align($0, UInt8(LXW_ALIGN_LEFT.rawValue))
      self.dress($0, style)
    })
  }
}

// Formats, names of columns, numbers.
extension SpreadsheetWriter {
  struct Style { let isTotal: Bool, isFirst: Bool }

  private func format(_ name: String, _ make: (Format?) -> Void) -> Format? {
    if let known = formats[name] { return known }
    guard let made = workbook_add_format(book) else { return nil }
    make(made)
    formats[name] = made
    return made
  }

  private func dress(_ format: Format?, _ style: Style) {
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    if style.isTotal { format_set_bold(format) }
    if style.isFirst { format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue)) }
  }

  private func plain(_ style: Style) -> Format? {
    format("plain\(style)") {
      if !style.isTotal { format_set_text_wrap($0) }
      dress($0, style)
    }
  }

  private func amount(_ currency: Currency, _ style: Style) -> Format? {
    let digits = currency.exponent > 0 ? "." + String(repeating: "0", count: currency.exponent) : ""
    return format("\(currency.code)\(style)") {
      format_set_num_format($0, "#,##0\(digits)\\ [$\(source.signs[currency] ?? currency.code)]")
      dress($0, style)
    }
  }

  /// Exact up to 2^53 of the smallest units, which is more than an amount may have.
  fileprivate static func number(_ money: Money) -> Double { Double(money.minor) / Double(money.currency.scale) }

  /// A, B, … Z, AA.
  fileprivate static func name(_ column: lxw_col_t) -> String {
    var rest = Int(column) + 1, out = ""
    while rest > 0 {
      out = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + out
      rest = (rest - 1) / 26
    }
    return out
  }

  fileprivate static func cut(_ text: String) -> String {
    text.utf16.count <= cellLimit ? text : String(text.prefix(cellLimit / 2)) + "…"
  }

  /// How many lines a text takes, about: not every program fits rows to their text by itself. Excel's tallest row has 27.
  private static func lines(_ cell: Spreadsheet.Cell, within width: Double) -> Int {
    guard case .text(let text) = cell else { return 1 }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { count, part in
      count + max(1, Int((Double(part.prefix(cellLimit).count) * 1.15 / max(width, 1)).rounded(.up)))
    }
    return min(lines, 27)
  }

  /// `&` begins a command of a foot; the whole foot has 255 characters.
  private static func footText(_ text: String) -> String { String(text.replacingOccurrences(of: "&", with: "&&").prefix(80)) }
}
