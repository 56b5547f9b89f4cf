package import Domain

/// A workbook as a value: what `SpreadsheetWriter` writes as an Excel file (.xlsx). Texts are never formulas, whatever they
/// begin with; dates and amounts are numbers with a format.
package struct Spreadsheet: Sendable {
  package var title: String
  package var author: String
  package var company: String
  package var madeAt: Instant
  /// Of columns: EUR → €.
  package var signs: [Currency: String] = [:]
  /// At the foot of a printed sheet, with `&P` and `&N` for page and pages.
  package var foot = "&P / &N"
  package var sheets: [Sheet] = []

  package init(title: String, author: String, company: String, madeAt: Instant) {
    (self.title, self.author, self.company, self.madeAt) = (title, author, company, madeAt)
  }

  package struct Column: Sendable {
    package var title: String
    /// In characters of the usual type.
    package var width: Double
    package var isNumber: Bool
    package init(_ title: String, width: Double, isNumber: Bool = false) {
      (self.title, self.width, self.isNumber) = (title, width, isNumber)
    }
  }

  /// One table under a title: head, rows, lines of totals.
  package struct Sheet: Sendable {
    /// Unique in the workbook; `SheetName` makes one of any text.
    package var name: String
    package var title: String
    package var lines: [String]
    package var columns: [Column]
    package var rows: [[Cell]] = []
    package var totals: [[Cell]] = []

    package init(name: String, title: String, lines: [String] = [], columns: [Column]) {
      (self.name, self.title, self.lines, self.columns) = (name, title, lines, columns)
    }
  }

  /// Rows and columns count from 0: rows from the first under the head.
  package enum Cell: Sendable {
    case empty
    case text(String)
    case strong(String)
    case integer(Int)
    case date(CalendarDate)
    case money(Money)
    /// The column's rows added up.
    case sum(Money)
    /// The rows given, in this column.
    case sumOfRows([Int], Money)
    /// Amounts of one currency that have no value beside them.
    case unvalued(amounts: Int, currencies: Int, values: Int, Money)
    /// The same column of a total on another sheet: which sheet, which line of totals, which column.
    case total(sheet: Int, line: Int, column: Int, Money)
  }
}

/// What Excel takes for a sheet's name: 31 characters at most, some not at all, no two alike in any case.
package enum SheetName {
  package static func make(_ text: String, besides taken: [String] = []) -> String {
    let used = Set(taken.map { $0.lowercased() })
    let clean = String(text.map { "[]:*?/\\".contains($0) || $0.isNewline ? " " : $0 })
    var name = cut(clean, 31).trimmingQuotes
    if name.isEmpty { name = "Sheet" }
    var number = 2
    let stem = cut(name, 27)
    while used.contains(name.lowercased()) {
      name = "\(stem) \(number)"
      number += 1
    }
    return name
  }

  /// As Excel counts: in units of UTF-16.
  private static func cut(_ text: String, _ most: Int) -> String {
    var out = "", size = 0
    for character in text {
      size += character.utf16.count
      if size > most { break }
      out.append(character)
    }
    return out
  }
}

extension String {
  /// A name of a sheet may not begin or end with an apostrophe.
  fileprivate var trimmingQuotes: String {
    var part = self[...]
    while let first = part.first, first == "'" || first.isWhitespace { part = part.dropFirst() }
    while let last = part.last, last == "'" || last.isWhitespace { part = part.dropLast() }
    return String(part)
  }
}
