/// Writes a table as RFC 4180 says (UTF-8, comma, CRLF, quotes where needed), safe to open in a spreadsheet and
/// readable again without loss.
///
/// A cell that a spreadsheet would run as a formula (one that begins with `= + - @` TAB or CR, phones such as
/// `+359…` included) is written with an apostrophe before it. For this to be undone exactly, a cell that begins with an
/// apostrophe gets one more, and the file says that it is ours: the heading row ends with a column `mark`, empty in
/// every row, which survives a look at the file in a spreadsheet. Plain numbers such as -12.50 run nothing and stay
/// numbers.
package struct CSVWriter {
  /// The last heading of every file Dossier writes: the program and the version of these rules.
  package static let mark = "dossier-csv-1"

  private let delimiter: UInt8
  private var out: [UInt8]

  /// With a byte order mark Excel knows the file for UTF-8.
  package init(header: [String], delimiter: UInt8 = UInt8(ascii: ","), byteOrderMark: Bool = true) {
    self.delimiter = delimiter
    out = byteOrderMark ? TextEncoding.utf8.byteOrderMark : []
    append(header.map(CSVNeutral.neutral) + [Self.mark])
  }

  package mutating func write(_ cells: [String]) {
    append(cells.map(CSVNeutral.neutral) + [""])
  }

  /// Gives what is written so far and forgets it: for writing to a file piece by piece.
  package mutating func take() -> [UInt8] {
    defer { out.removeAll(keepingCapacity: true) }
    return out
  }

  private mutating func append(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { out.append(delimiter) }
      append(cell)
    }
    out.append(contentsOf: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
  }

  /// The other delimiters are quoted too: a spreadsheet of another country splits there.
  private mutating func append(_ cell: String) {
    let quote = UInt8(ascii: "\"")
    let needsQuotes = cell.utf8.contains { byte in
      byte == quote || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") || byte == delimiter
        || Delimiter.candidates.contains(byte)
    }
    guard needsQuotes || cell.utf8.first == UInt8(ascii: " ") || cell.utf8.last == UInt8(ascii: " ") else {
      out.append(contentsOf: cell.utf8)
      return
    }
    out.append(quote)
    for byte in cell.utf8 {
      if byte == quote { out.append(quote) }
      out.append(byte)
    }
    out.append(quote)
  }
}

/// The apostrophe that keeps a spreadsheet from running a cell, and its way back.
enum CSVNeutral {
  static func neutral(_ cell: String) -> String {
    guard let first = cell.utf8.first else { return cell }
    switch first {
    case UInt8(ascii: "-") where isNumber(cell): return cell
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
      UInt8(ascii: "\r"), UInt8(ascii: "'"):
      return "'" + cell
    default: return cell
    }
  }

  static func restored(_ cell: String) -> String {
    cell.utf8.first == UInt8(ascii: "'") ? String(decoding: cell.utf8.dropFirst(), as: UTF8.self) : cell
  }

  /// A minus, digits, and at most one decimal sign between them.
  private static func isNumber(_ cell: String) -> Bool {
    let parts = cell.utf8.dropFirst().split(omittingEmptySubsequences: false) { $0 == 0x2E || $0 == 0x2C }
    return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }
  }
}
