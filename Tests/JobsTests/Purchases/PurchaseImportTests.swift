import Database
import Domain
import Files
import Foundation
import Store
import TestSupport
import Testing

@testable import Jobs

@Suite struct PurchaseImportTests {
  static let list = """
    Дата;Номер заказа;Номер клиента;E-mail;Товар;Количество;Сумма строки
    03.05.2026;R-1;K1;;Чай;2;9,60
    03.05.2026;R-1;K1;;Кофе;1;12,40
    04.05.2026;R-2;;anna@example.com;Чай;1;4,80
    05.05.2026;R-3;K9;;Чай;1;4,80
    когда-то;R-4;K1;;Чай;1;4,80
    """

  @Test(arguments: Engine.all) func comesInOnceAndGoesBack(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let (firm, anna) = try await harness.buyers()
      let id = try await harness.purchases(Self.list)
      let checked = try await harness.record(id)
      #expect(checked.state == .checked && checked.counts.added == 2 && checked.counts.wrong == 2)
      #expect(try await harness.base.read { try $0.purchases(of: firm).count } == 0)
      let done = try await harness.run(id)
      #expect(done.state == .done && done.counts.added == 2 && done.counts.wrong == 2)
      let bought = try await harness.base.read { try $0.purchases(of: firm) }
      #expect(bought.map(\.draft.amount.minor) == [2200] && bought.first?.draft.lines.map(\.product) == ["Чай", "Кофе"])
      #expect(try await harness.base.read { try $0.purchaseTotals(of: anna).map(\.money.minor) } == [480])
      let told = try await harness.base.read { try $0.timeline(of: firm, TimelineFilter(kind: .automatic)).entries.map(\.kind) }
      #expect(told.contains(.purchase))
      // The same list again changes nothing; a changed line changes its purchase alone.
      let again = try await harness.run(try await harness.purchases(Self.list))
      #expect(again.counts.same == 2 && again.counts.added == 0)
      let other = try await harness.run(try await harness.purchases(Self.list.replacing("12,40", with: "13,40")))
      #expect(other.counts.changed == 1)
      #expect(try await harness.base.read { try $0.purchases(of: firm).map(\.draft.amount.minor) } == [2300])
      try await harness.undo(other.id)
      #expect(try await harness.base.read { try $0.purchases(of: firm).map(\.draft.amount.minor) } == [2200])
      try await harness.undo(id)
      // What was changed since stays; Anna's purchase goes, and her timeline says so.
      #expect(try await harness.base.read { try $0.purchases(of: anna).count } == 0)
      let left = try await harness.base.read { try $0.timeline(of: anna, TimelineFilter(kind: .automatic)).entries.map(\.kind) }
      #expect(left.contains(.purchasesWithdrawn) && !left.contains(.purchase))
    }
  }

  /// Rows that were only looked at leave nothing to take back.
  @Test(arguments: Engine.all) func aFailedCheckOffersNoUndo(engine: Engine) async throws {
    try await withImports(engine) { harness in
      _ = try await harness.buyers()
      let id = try await harness.purchases(Self.list)
      try await harness.base.write { tx in
        try tx.connection.run("UPDATE purchase_import SET state = 'checking' WHERE id = \(id)")
        try tx.connection.run("UPDATE job SET state = 'failed'")
      }
      let failed = try await harness.record(id)
      #expect(failed.state == .failed && failed.counts.added == 2 && failed.nextRow == 0)
      #expect(!failed.mayUndo(at: failed.createdAt) && !failed.mayRun)
    }
  }

  @Test(arguments: Engine.all) func twoAlikeAreTwo(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let (firm, _) = try await harness.buyers()
      let list = "Date,Customer ID,Amount\n2026-05-03,K1,4.80\n2026-05-03,K1,4.80\n"
      _ = try await harness.run(try await harness.purchases(list))
      #expect(try await harness.base.read { try $0.purchases(of: firm).count } == 2)
      let again = try await harness.run(try await harness.purchases(list + "2026-05-03,K1,4.80\n"))
      #expect(again.counts.same == 2 && again.counts.added == 1)
    }
  }

  /// The first sheet that looks like purchases is read; another is read when it is chosen, even after the check.
  @Test(arguments: Engine.all) func aWorkbookOffersItsSheets(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let (firm, _) = try await harness.buyers()
      let bytes = try Self.book(["About": [["Exported on", "by"]], "May": [["Date", "Customer ID", "Amount"], ["2026-05-03", "K1", "4.80"]],
        "June": [["Amount", "Date", "Customer ID"], ["1.20", "2026-06-04", "K1"], ["2.40", "2026-06-05", "K1"]]], order: ["About", "May", "June"])
      let plan = try #require(try PurchaseFile.guess(bytes, currency: .eur, country: nil))
      #expect(plan.sheets == ["About", "May", "June"] && plan.sheetName == "May")
      let id = try await harness.base.write { try $0.beginPurchaseImport(fileName: "list.xlsx", bytes: bytes, plan: plan) }
      _ = try await harness.base.write { try $0.checkPurchases(id, plan: plan, expecting: 1) }
      try await harness.runJobs()
      #expect(try await harness.record(id).counts.added == 1)
      let june = try #require(try PurchaseFile.guess(bytes, currency: .eur, country: nil, sheet: 2))
      let version = try await harness.record(id).version
      try await harness.base.write { try $0.changePurchasePlan(id, to: june, expecting: version) }
      let changed = try await harness.record(id)
      #expect(changed.state == .mapping && changed.counts.added == 0)
      _ = try await harness.base.write { try $0.checkPurchases(id, plan: june, expecting: version + 1) }
      try await harness.runJobs()
      let done = try await harness.run(id)
      #expect(done.plan.sheetName == "June" && done.counts.added == 2)
      #expect(try await harness.base.read { try $0.purchases(of: firm).map(\.draft.amount.minor) } == [240, 120])
      // What was kept is not read otherwise.
      await #expect(throws: Refusal.conflict(currentVersion: done.version)) {
        try await harness.base.write { try $0.changePurchasePlan(id, to: plan, expecting: done.version) }
      }
    }
  }

  /// A sheet that cannot be read does not keep the others from it.
  @Test func aBrokenSheetIsPassedOver() throws {
    let good = RawWorkbook.row("Date", "Customer ID", "Amount") + RawWorkbook.row("2026-05-03", "K1", "4.80")
    let broken = "<row></c>"
    func guess(_ sheets: [String], sheet: Int? = nil) throws -> PurchasePlan? {
      let bytes = RawWorkbook.bytes(sheets.enumerated().map { ("S\($0)", $1) })
      return try PurchaseFile.guess(bytes, currency: .eur, country: nil, sheet: sheet)
    }
    let plan = try #require(try guess([broken, good]))
    #expect(plan.sheetName == "S1" && plan.sheets == ["S0", "S1"])
    #expect(try guess([RawWorkbook.row("About"), broken])?.sheet == 0)
    #expect(try guess(["", ""]) == nil)
    #expect(throws: Workbook.Failure.unreadable) { try guess([broken, ""]) }
    #expect(throws: Workbook.Failure.unreadable) { try guess([broken, good], sheet: 0) }
    let bytes = RawWorkbook.bytes([("S0", broken), ("S1", good + good)])
    #expect(try PurchaseFile.rows(bytes, plan, limit: 1) == [["2026-05-03", "K1", "4.80"]])
    #expect(try PurchaseFile.rows(bytes, plan).count == 3)
  }

  private static func book(_ sheets: [String: [[String]]], order: [String]) throws -> [UInt8] {
    var book = Spreadsheet(title: "List", author: "", company: "", madeAt: Instant(milliseconds: 0))
    book.sheets = order.map { name in
      let rows = sheets[name] ?? []
      var sheet = Spreadsheet.Sheet(name: name, title: "", columns: (rows.first ?? []).map { .init($0, width: 12) })
      sheet.rows = rows.dropFirst().map { $0.map { .text($0) } }
      return sheet
    }
    return try book.xlsx()
  }

  static let sample = "../shared/data/btyd/CDNOW_sample.txt"

  /// The CDNOW sample as it is published: 2,357 customers, 6,919 purchases. The sum is added up from the file.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: sample), "no shared data"))
  func theSampleEverybodyUses() async throws {
    let text = try String(contentsOfFile: Self.sample, encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).map { $0.split(separator: " ").map(String.init) }.filter { $0.count == 5 }
    let cents = rows.compactMap { Money($0[4], currency: .usd)?.minor }.reduce(0, +)
    let list = "Customer ID,Date,Quantity,Amount\n" + rows.map { row in
      "\(row[1]),\(row[2].prefix(4))-\(row[2].dropFirst(4).prefix(2))-\(row[2].suffix(2)),\(row[3]),\(row[4])\n"
    }.joined()
    try await withImports(.sqlite) { harness in
      try await harness.base.write { tx in
        let drafts = Set(rows.map { $0[1] }).sorted().map { number -> NewClient in
          var draft = ClientDraft(kind: .person, name: "Customer \(number)")
          draft.ownNumber = number
          return NewClient(draft)
        }
        _ = try tx.insertClients(drafts)
      }
      let done = try await harness.run(try await harness.purchases(list))
      #expect(done.counts.added == 6919 && done.counts.wrong == 0)
      let (count, clients, sum) = try await harness.base.read { reader in
        (
          try reader.connection.required("SELECT count(*) FROM purchase", as: Int.self),
          try reader.connection.required("SELECT count(DISTINCT client_id) FROM purchase", as: Int.self),
          try reader.connection.required("SELECT CAST(sum(amount_minor) AS INTEGER) FROM purchase", as: Int64.self)
        )
      }
      #expect(count == 6919 && clients == 2357 && sum == cents)
    }
  }
}

extension ImportHarness {
  fileprivate func buyers() async throws -> (ClientID, ClientID) {
    try await base.write { tx in
      var firm = ClientDraft(kind: .company, name: "Чайная")
      firm.ownNumber = "K1"
      var anna = ClientDraft(kind: .person, name: "Anna")
      anna.contactPoints = [.email(try #require(EmailAddress("Anna@example.com")))]
      return (try tx.createClient(firm), try tx.createClient(anna))
    }
  }

  /// Up to the dry run.
  fileprivate func purchases(_ text: String) async throws -> PurchaseImportID {
    let bytes = Array(text.utf8)
    guard let plan = try PurchaseFile.guess(bytes, currency: .eur, country: Country("BG")) else { throw Refusal.notFound }
    let id = try await base.write { try $0.beginPurchaseImport(fileName: "list.csv", bytes: bytes, plan: plan) }
    _ = try await base.write { try $0.checkPurchases(id, plan: plan, expecting: 1) }
    try await runJobs()
    return id
  }

  fileprivate func record(_ id: PurchaseImportID) async throws -> PurchaseImport { try await base.read { try $0.purchaseImport(id) } }

  fileprivate func run(_ id: PurchaseImportID) async throws -> PurchaseImport {
    let version = try await record(id).version
    _ = try await base.write { try $0.runPurchases(id, expecting: version) }
    try await runJobs()
    return try await record(id)
  }

  fileprivate func undo(_ id: PurchaseImportID) async throws {
    let version = try await record(id).version
    _ = try await base.write { try $0.undoPurchases(id, expecting: version) }
    try await runJobs()
    #expect(try await record(id).state == .undone)
  }
}
