import Domain
package import Foundation
import FoundationXML

/// A workbook of Excel or LibreOffice (XLSX, ECMA-376 part 1), read as the text its cells show: numbers with a point, dates as ISO
/// 8601, a yes as 1. Formulas give the value that was kept with them. Old binary workbooks (XLS) are refused.
package struct Workbook {
  package struct Sheet: Sendable {
    package let name: String
    let path: String
  }
  package enum Failure: Error, Hashable, Sendable {
    case unreadable, tooLarge, oldFormat, noSheets
    package var messageKey: String { "workbook.\(self)" }
  }

  package let sheets: [Sheet]
  private let parts: [String: [UInt8]]
  private let strings: [String]
  private let dates: [Bool]
  private let is1904: Bool

  /// Unpacked size of all parts that are read, rows and columns of a sheet.
  static let sizeLimit = 256 << 20
  static let rowLimit = 1_048_576
  static let columnLimit = 200

  package init(_ bytes: [UInt8]) throws(Failure) {
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .oldFormat }
    let parts = try Unpacking.parts(of: bytes)
    guard let book = parts["xl/workbook.xml"] else { throw .unreadable }
    let outline = BookOutline(), links = Links()
    guard outline.read(book), links.read(parts["xl/_rels/workbook.xml.rels"] ?? []) else { throw .unreadable }
    sheets = outline.sheets.compactMap { sheet in
      links.targets[sheet.link].map { target in
        Sheet(name: sheet.name, path: target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target)
      }
    }.filter { parts[$0.path] != nil }
    guard !sheets.isEmpty else { throw .noSheets }
    let shared = SharedStrings(), styles = Styles()
    if let part = parts["xl/sharedStrings.xml"], !shared.read(part) { throw .unreadable }
    if let part = parts["xl/styles.xml"], !styles.read(part) { throw .unreadable }
    (strings, dates, is1904) = (shared.values, styles.dates, outline.is1904)
    self.parts = parts
  }

  /// The rows of a sheet from its first on, empty ones included; cells that are not there are empty.
  /// - Parameter limit: the sheet is read no further than that many rows.
  package func rows(of index: Int, limit: Int = .max) throws(Failure) -> [[String]] {
    guard let sheet = sheets.dropFirst(index).first, let part = parts[sheet.path] else { throw .noSheets }
    let reader = SheetReader(strings: strings, dates: dates, is1904: is1904, limit: limit)
    guard reader.read(part) || reader.isFull else { throw reader.isTooLarge ? .tooLarge : .unreadable }
    return reader.rows
  }
}

/// What every part's reader shares: elements by their local name.
class PartReader: NSObject, XMLParserDelegate {
  func read(_ bytes: [UInt8]) -> Bool {
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    parser.delegate = self
    return parser.parse()
  }

  // The delegate's methods are bound here, once: those of a subclass would not be found.
  final func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) { began(element, attributes, parser) }
  final func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
    ended(element)
  }
  final func parser(_ parser: XMLParser, foundCharacters string: String) { found(string) }

  func began(_ element: String, _ attributes: [String: String], _ parser: XMLParser) {}
  func ended(_ element: String) {}
  func found(_ string: String) {}

  static func local(_ name: String) -> Substring { name.split(separator: ":").last ?? Substring(name) }
}

private final class BookOutline: PartReader {
  var sheets: [(name: String, link: String)] = []
  var is1904 = false

  override func began(_ element: String, _ attributes: [String: String], _ parser: XMLParser) {
    switch Self.local(element) {
    case "sheet":
      let link = attributes.first { Self.local($0.key) == "id" && $0.key.contains(":") }?.value
      if let name = attributes["name"], let link { sheets.append((name, link)) }
    // An extension of Excel 2013 has an element of the same name.
    case "workbookPr": if ["1", "true"].contains(attributes["date1904"] ?? "") { is1904 = true }
    default: break
    }
  }
}

private final class Links: PartReader {
  var targets: [String: String] = [:]

  override func began(_ element: String, _ attributes: [String: String], _ parser: XMLParser) {
    if Self.local(element) == "Relationship", let id = attributes["Id"], let target = attributes["Target"] { targets[id] = target }
  }
}

/// Texts that cells name by number. Pronunciation hints (`rPh`) are no part of them.
private final class SharedStrings: PartReader {
  var values: [String] = []
  private var text = "", isText = false, hints = 0

  override func began(_ element: String, _ attributes: [String: String], _ parser: XMLParser) {
    switch Self.local(element) {
    case "si": text = ""
    case "t": isText = hints == 0
    case "rPh": hints += 1
    default: break
    }
  }
  override func found(_ string: String) { if isText { text += string } }
  override func ended(_ element: String) {
    switch Self.local(element) {
    case "si": values.append(text)
    case "t": isText = false
    case "rPh": hints -= 1
    default: break
    }
  }
}

/// Which of the cells' styles show a number as a date.
private final class Styles: PartReader {
  var dates: [Bool] = []
  private var own: [String: String] = [:]
  private var isCells = false

  override func began(_ element: String, _ attributes: [String: String], _ parser: XMLParser) {
    switch Self.local(element) {
    case "numFmt": if let id = attributes["numFmtId"] { own[id] = attributes["formatCode"] ?? "" }
    case "cellXfs": isCells = true
    case "xf": if isCells { dates.append(isDate(attributes["numFmtId"] ?? "0")) }
    default: break
    }
  }
  override func ended(_ element: String) {
    if Self.local(element) == "cellXfs" { isCells = false }
  }

  private func isDate(_ id: String) -> Bool {
    if let code = own[id] { return Self.isDate(format: code) }
    guard let number = Int(id) else { return false }
    return 14...22 ~= number || 27...36 ~= number || 45...47 ~= number || 50...58 ~= number
  }

  /// Year, day or hour stand in it outside of quotes and brackets; colours and conditions do not count.
  static func isDate(format: String) -> Bool {
    var isQuoted = false, isBracketed = false, skips = false
    for character in format.lowercased() {
      if skips { skips = false; continue }
      switch character {
      case "\\", "_", "*": skips = true
      case "\"": isQuoted.toggle()
      case "[": isBracketed = true
      case "]": isBracketed = false
      case "y", "d", "h", "s": if !isQuoted, !isBracketed { return true }
      case "m": if !isQuoted, !isBracketed { return true }
      default: break
      }
    }
    return false
  }
}
