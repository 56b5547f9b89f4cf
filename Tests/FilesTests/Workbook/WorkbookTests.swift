import Files
import Foundation
import TestSupport
import Testing

/// Workbooks that others made, cell by cell as openpyxl reads them.
@Suite struct WorkbookTests {
  static let folder = "../shared/data/excel"
  static let files = ["clippy", "dates-1900-LibreOffice", "deaths", "inlineStr", "missing-first-column", "type-me"]

  @Test(.enabled(if: FileManager.default.fileExists(atPath: folder), "no shared data"), arguments: files)
  func readsWhatOthersRead(file: String) throws {
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/reference_cells.json")))
    let known = try #require((json as? [String: Any])?["\(file).xlsx"] as? [String: Any])
    let sheets = try #require(known["sheets"] as? [String: [[Any]]])
    let book = try Workbook(Array(Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(file).xlsx"))))
    #expect(Set(book.sheets.map(\.name)) == Set(sheets.keys))
    for (index, sheet) in book.sheets.enumerated() {
      let rows = try book.rows(of: index), expected = sheets[sheet.name] ?? []
      for (number, cells) in expected.enumerated() {
        for (column, cell) in cells.enumerated() {
          guard let text = Self.text(cell) else { continue }
          let found = rows.dropFirst(number).first?.dropFirst(column).first ?? ""
          #expect(found == text, "\(sheet.name) row \(number + 1) column \(column + 1)")
        }
      }
    }
  }

  /// Nil for what the reference does not say plainly: numbers that are no decimal text, times without a day.
  private static func text(_ cell: Any) -> String? {
    switch cell {
    case is NSNull: return ""
    case let text as String: return text.hasPrefix("#") ? nil : text
    case let date as [String: Any]:
      guard let iso = date["date"] as? String else { return nil }
      return iso.hasSuffix("T00:00:00") ? String(iso.prefix(10)) : String(iso.prefix(19)).replacing("T", with: " ")
    case let number as NSNumber:
      let value = number.doubleValue
      if let whole = Int64(exactly: value) { return String(whole) }
      return String(format: "%.15g", value)
    default: return nil
    }
  }

  @Test func refusesWhatIsNone() {
    #expect(throws: Workbook.Failure.oldFormat) { try Workbook([0xD0, 0xCF, 0x11, 0xE0, 1, 2]) }
    #expect(throws: Workbook.Failure.unreadable) { try Workbook([0x50, 0x4B, 0x03, 0x04, 9, 9, 9]) }
    #expect(throws: Workbook.Failure.unreadable) { try Workbook([]) }
  }

  @Test(arguments: ["0", "-1", "-9223372036854775808", "1048577", "9223372036854775807"])
  func refusesRowsThatCannotBe(number: String) throws {
    let book = try Workbook(RawWorkbook.bytes([("A", RawWorkbook.row("a") + "<row r=\"\(number)\"><c><v>1</v></c></row>")]))
    #expect(throws: Workbook.Failure.tooLarge) { try book.rows(of: 0) }
  }

  @Test func numbersOutOfPlaceNameNothing() throws {
    let cells = "<c s=\"-1\"><v>1</v></c><c s=\"0\"><v>61</v></c><c s=\"9\"><v>2</v></c><c t=\"s\"><v>-1</v></c>"
    let book = try Workbook(RawWorkbook.bytes([("A", "<row>\(cells)</row>")]))
    #expect(try book.rows(of: 0) == [["1", "1900-03-01", "2"]])
  }

  /// What follows the rows that are wanted is not looked at, broken or not; rows that are left out count.
  @Test func readsAsFarAsIsWanted() throws {
    let rows = RawWorkbook.row("a") + RawWorkbook.row("b")
    let broken = try Workbook(RawWorkbook.bytes([("A", rows + RawWorkbook.row("c") + "<row></c>")]))
    #expect(try broken.rows(of: 0, limit: 2) == [["a"], ["b"]])
    #expect(throws: Workbook.Failure.unreadable) { try broken.rows(of: 0) }
    let gap = try Workbook(RawWorkbook.bytes([("A", rows + "<row r=\"1000000\"><c><v>1</v></c></row>")]))
    #expect(try gap.rows(of: 0, limit: 4) == [["a"], ["b"], [], []])
    let short = try Workbook(RawWorkbook.bytes([("A", rows)]))
    for limit in [2, 3, .max] { #expect(try short.rows(of: 0, limit: limit) == [["a"], ["b"]]) }
    #expect(try short.rows(of: 0, limit: 0) == [])
  }
}
