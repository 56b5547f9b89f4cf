import Domain
import Foundation
import TestSupport
import Testing

@testable import Files

/// Files by libxlsxwriter, read back as what they are: a ZIP of XML. Tests/API reopens whole dossiers by another library and has
/// LibreOffice reckon their formulas.
@Suite struct SpreadsheetTests {
  private func book(_ text: String = "a") -> Spreadsheet {
    var book = Spreadsheet(title: "Досье", author: "Maria", company: "Agency", madeAt: Instant(milliseconds: 1_700_000_000_000))
    var sheet = Spreadsheet.Sheet(
      name: "2 Расходы", title: "Расходы", columns: [.init("Дата", width: 12), .init("Что", width: 40), .init("EUR", width: 14, isNumber: true)])
    sheet.rows = [
      [.date(CalendarDate(year: 2026, month: 3, day: 12) ?? .init(daysSince1970: 0)), .text(text), .money(Money(minor: 123_450, currency: .eur))],
      [.date(CalendarDate(daysSince1970: 0)), .text("b"), .money(Money(minor: 1, currency: .eur))],
    ]
    sheet.totals = [[.strong("Итого"), .empty, .sum(Money(minor: 123_451, currency: .eur))]]
    var head = Spreadsheet.Sheet(name: "Итог", title: "Итог", columns: [.init("A", width: 10), .init("B", width: 10, isNumber: true)])
    head.rows = [[.text("x"), .total(sheet: 1, line: 0, column: 2, Money(minor: 123_451, currency: .eur))]]
    head.totals = [[.strong("y"), .sum(Money(minor: 123_451, currency: .eur))]]
    book.sheets = [head, sheet]
    return book
  }

  private func part(_ name: String, of bytes: [UInt8]) throws -> String { try Tool.run("unzip", ["-p", "-", name], bytes) }

  @Test func totalsAreFormulasThatCarryTheirValues() throws {
    let file = try book().xlsx()
    let sheet = try part("xl/worksheets/sheet2.xml", of: file)
    #expect(sheet.contains("<f>SUM(C4:C5)</f><v>1234.51</v>"))
    #expect(try part("xl/worksheets/sheet1.xml", of: file).contains("<f>'2 Расходы'!C6</f><v>1234.51</v>"))
    #expect(try part("xl/workbook.xml", of: file).contains("2 Расходы"))
  }

  @Test func headsAreFrozenAndRepeated() throws {
    let file = try book().xlsx()
    let sheet = try part("xl/worksheets/sheet2.xml", of: file)
    #expect(sheet.contains("<pane ySplit=\"3\"") && sheet.contains("state=\"frozen\""))
    #expect(sheet.contains("orientation=\"landscape\"") && sheet.contains("paperSize=\"9\""))
    #expect(try part("xl/workbook.xml", of: file).contains("_xlnm.Print_Titles"))
    #expect(try part("xl/styles.xml", of: file).contains("#,##0.00\\ [$EUR]"))
  }

  @Test(arguments: ["=1+1", "=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "https://example.com", "{=1}"])
  func textIsNeverAFormula(_ text: String) throws {
    let sheet = try part("xl/worksheets/sheet2.xml", of: try book(text).xlsx())
    // The cell is a shared string (t="s"); the only formula is the total.
    #expect(sheet.contains("<c r=\"B4\" s=\"") && sheet.contains(/<c r="B4" s="\d+" t="s">/))
    #expect(sheet.components(separatedBy: "<f>").count == 2)
    #expect(!sheet.contains("<hyperlink"))
  }

  @Test(arguments: [
    ("1/2: costs?*", "1 2  costs"), ("'quoted'", "quoted"), ("", "Sheet"), (String(repeating: "ж", count: 40), String(repeating: "ж", count: 31)),
    ("Costs", "Costs 2"),
  ])
  func namesOfSheetsAreThoseExcelTakes(_ text: String, _ expected: String) {
    #expect(SheetName.make(text, besides: ["COSTS"]) == expected)
  }

  @Test func aTextTooLongIsCut() throws {
    let file = try book(String(repeating: "я", count: 100_000)).xlsx()
    #expect(try part("xl/sharedStrings.xml", of: file).contains("…"))
  }
}
