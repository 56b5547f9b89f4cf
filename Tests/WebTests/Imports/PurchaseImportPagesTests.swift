import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// Lists of purchases as a browser without scripts brings them in.
@Suite struct PurchaseImportPagesTests {
  /// What was chosen stays chosen when it is refused.
  @Test(arguments: Engine.all) func aRefusedChoiceStays(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let uploaded = try await site.upload(Array("Date;Customer ID;Amount;Word\n03.05.2026;K1;4,80;Tea\n".utf8))
      #expect(uploaded.location == "/purchases/imports/1")
      let page = try await site.get("/purchases/imports/1")
      #expect(page.chosen == ["date", "clientNumber", "amount", "ignore"] && page.text.contains("4,80"))
      let fields = [
        ("c0", "date"), ("c1", "ignore"), ("c2", "lineAmount"), ("c3", "product"), ("dates", "monthFirst"), ("currency", "PLN"), ("version", "1"),
      ]
      let refused = try await site.post("/purchases/imports/1/check", fields)
      #expect(refused.status == 422 && refused.text.contains("No column says which client it is"))
      #expect(refused.chosen == ["date", "ignore", "lineAmount", "product"] && refused.text.contains("4,80"))
      for value in ["monthFirst", "PLN"] { #expect(refused.text.contains("<option value=\"\(value)\" selected>"), "\(value)") }
      // Nothing of it was kept.
      #expect(try await site.get("/purchases/imports/1/columns").chosen == ["date", "clientNumber", "amount", "ignore"])
    }
  }

  /// Why a sheet cannot be read is said as it is; a broken one does not keep the workbook out.
  @Test(arguments: Engine.all) func aSheetThatCannotBeReadSaysWhy(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let good = RawWorkbook.row("Date", "Customer ID", "Amount") + RawWorkbook.row("2026-05-03", "K1", "4.80")
      #expect(try await site.upload(RawWorkbook.bytes([("A", "<row></c>")])).status == 422)
      let book = RawWorkbook.bytes([("May", good), ("Broken", "<row></c>"), ("Long", "<row r=\"2000000\"/>"), ("Empty", "")])
      #expect(try await site.upload(book).location == "/purchases/imports/1")
      let cases = [
        (1, "The file is no workbook that can be read"), (2, "The workbook is too large"), (3, "There is nothing on this sheet"),
      ]
      for (sheet, reason) in cases {
        let answer = try await site.post("/purchases/imports/1/sheet", [("sheet", "\(sheet)"), ("version", "1")])
        #expect(answer.status == 422 && answer.text.contains(reason), "\(sheet)")
      }
    }
  }
}

extension TestAnswer {
  /// What each column was said to mean.
  fileprivate var chosen: [String] {
    text.matches(of: /<select id="c\d+"[^\n]*?<option value="(\w+)" selected>/).map { String($0.1) }
  }
}

extension TestSite {
  fileprivate func upload(_ bytes: [UInt8]) async throws -> TestAnswer {
    let head = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    return try await send(
      .post, "/purchases/imports", [.contentType: "multipart/form-data; boundary=xyz"], body: Array(head.utf8) + bytes + Array("\r\n--xyz--\r\n".utf8))
  }
}
