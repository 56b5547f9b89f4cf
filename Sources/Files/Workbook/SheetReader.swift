import Domain
import Foundation
import FoundationXML

/// The cells of one sheet, of as many rows as are wanted. A cell names its place (`C7`), since empty ones are left out.
final class SheetReader: PartReader {
  private(set) var rows: [[String]] = []
  private(set) var isTooLarge = false
  /// All rows that are wanted were read; what follows was not looked at.
  private(set) var isFull = false
  private let strings: [String], dates: [Bool], is1904: Bool, limit: Int
  private var row: [String] = []
  private var column = 0, type = "", isDate = false, text = "", takesText = false, hints = 0

  init(strings: [String], dates: [Bool], is1904: Bool, limit: Int = .max) {
    (self.strings, self.dates, self.is1904, self.limit) = (strings, dates, is1904, limit)
  }

  override func began(_ element: String, _ attributes: [String: String], _ parser: XMLParser) {
    guard !isFull, !isTooLarge else { return }
    switch Self.local(element) {
    case "row":
      // Rows that are left out are empty.
      let number = attributes["r"].flatMap { Int($0) } ?? rows.count + 1
      guard 1...Workbook.rowLimit ~= number else { return stop(parser) }
      while rows.count < min(number - 1, limit) { rows.append([]) }
      guard rows.count < limit else { return end(parser) }
      (row, column) = ([], 0)
    case "c":
      column = attributes["r"].flatMap(Self.column) ?? column
      type = attributes["t"] ?? "n"
      isDate = attributes["s"].flatMap { Int($0) }.flatMap { $0 < 0 ? nil : dates.dropFirst($0).first } ?? false
      text = ""
    case "v": takesText = type != "inlineStr"
    case "t": takesText = hints == 0
    case "rPh": hints += 1
    default: break
    }
  }

  override func found(_ string: String) { if takesText { text += string } }

  override func ended(_ element: String) {
    guard !isFull, !isTooLarge else { return }
    switch Self.local(element) {
    case "v", "t": takesText = false
    case "rPh": hints -= 1
    case "c":
      if column < Workbook.columnLimit, case let value = shown, !value.isEmpty {
        while row.count < column { row.append("") }
        row.append(value)
      }
      column += 1
    case "row": rows.append(row)
    default: break
    }
  }

  private func stop(_ parser: XMLParser) {
    isTooLarge = true
    parser.abortParsing()
  }

  private func end(_ parser: XMLParser) {
    isFull = true
    parser.abortParsing()
  }

  /// As a person reads it.
  private var shown: String {
    switch type {
    case "s": return Int(text).flatMap { strings.dropFirst(max(0, $0)).first } ?? ""
    case "str", "inlineStr", "d": return text
    case "b": return text
    case "e": return ""
    default:
      guard let number = Double(text), number.isFinite else { return text }
      return isDate ? ExcelDate.text(number, is1904: is1904) : Self.plain(number)
    }
  }

  /// Fifteen digits are what a spreadsheet shows of a number: 0.1 + 0.2 is 0.3.
  static func plain(_ number: Double) -> String {
    if let whole = Int64(exactly: number) { return String(whole) }
    let text = String(format: "%.15g", number)
    guard text.contains("e") else { return text }
    return String(number)
  }

  /// `A` is 0, `AA` is 26.
  private static func column(_ place: String) -> Int? {
    var value = 0
    for byte in place.utf8 {
      guard 0x41...0x5A ~= byte else { break }
      value = value * 26 + Int(byte - 0x40)
      if value > 100_000 { return nil }
    }
    return value > 0 ? value - 1 : nil
  }
}

/// Days since the end of 1899 (or 1904), with the time of day as a fraction. Excel counts 29 February 1900, which never was.
enum ExcelDate {
  static func text(_ number: Double, is1904: Bool) -> String {
    guard number >= 0, number < 2_958_466 else { return SheetReader.plain(number) }
    let seconds = (number * 86_400).rounded()
    var days = Int(seconds / 86_400)
    let rest = Int(seconds) - days * 86_400
    if is1904 { days += 1462 }
    // Below one it is a time alone.
    if days == 0 { return clock(rest) }
    let date = CalendarDate(daysSince1970: days - (days < 60 ? 25_568 : 25_569))
    return rest == 0 ? date.description : "\(date) \(clock(rest))"
  }

  private static func clock(_ seconds: Int) -> String {
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }
}
