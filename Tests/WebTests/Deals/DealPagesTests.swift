import Database
import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

@Suite struct DealPagesTests {
  private func project(_ site: TestSite) async throws -> (ClientID, DealID) {
    try await site.write { tx in
      var draft = ClientDraft(kind: .company, name: "Алфа <ООД>")
      draft.ownerID = TestPerson.maria.id
      let client = try tx.createClient(draft)
      let deal = try tx.createDeal(
        DealDraft(name: "Survey <b>", price: DealPrice(currency: .eur)), client: client,
        lines: [DealLineDraft(text: "Interviews", unitPrice: 100_000, unitCost: 77_771)])
      _ = try tx.createOffering(OfferingDraft(name: "Hour", prices: [OfferingPrice(currency: .eur, price: 9000, cost: 77_771)]))
      return (client, deal)
    }
  }

  /// What a thing cost us is nowhere for those who may not see margins: pages, forms, API, exports.
  @Test(arguments: Engine.all) func costsAreForThoseWhoMaySeeThem(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, deal) = try await project(site)
      let line = try await site.read { try $0.lines(of: deal).first?.id }
      let paths = [
        Routes.Deals.page(deal), Routes.Deals.line(try #require(line)), Routes.Deals.newLine(deal), Routes.Deals.edit(deal), Routes.Deals.board(),
        Routes.Deals.list() + "?state=all", Routes.Deals.forecast(), Routes.Clients.page(client), "/api/v1/deals", "/api/v1/deals/\(deal)",
        "/api/v1/offerings", "/clients/\(client)/purchases",
      ]
      for path in paths {
        for person in [TestPerson.maria, .marketing, .reader] {
          let answer = try await site.get(path, as: person)
          #expect(!answer.text.contains("777.71") && !answer.text.contains("77771"), "\(path) \(person)")
        }
      }
      #expect(try await site.get(Routes.Deals.page(deal)).text.contains("777.71"))
      #expect(try await site.get("/api/v1/deals/\(deal)").text.contains("77771"))
      for person in [TestPerson.owner, .marketing] {
        let cells = try await site.read(as: person) { reader in
          var all = ""
          for table in ExportTable.all { try reader.exportRows(table) { all += $0.joined(separator: ",") + "\n" } }
          return all
        }
        #expect(cells.contains("77771") == (person == .owner), "\(person)")
      }
    }
  }

  /// A client's history says which project it was; the project's own does not say it again with each line.
  @Test(arguments: Engine.all) func itsOwnHistoryDoesNotRepeatItsName(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, deal) = try await project(site)
      let lost = try await site.read { try $0.stages().first { $0.phase == .lost }?.id }
      try await site.write { tx in
        let old = try tx.deal(deal)
        var draft = old.draft
        (draft.period.plannedUntil, draft.isUrgent, draft.price.final) = (CalendarDate("2026-12-01"), true, 95_000)
        try tx.updateDeal(deal, draft, expecting: old.version)
        _ = try tx.addRequirement("A translation", absorbed: true, to: deal)
        try tx.addMember(TestPerson.maria.id, role: "analyst", to: deal)
        try tx.moveDeal(deal, to: try #require(lost), expecting: nil, reason: try tx.lossReasons().first?.id)
      }
      for language in Language.allCases {
        try await site.write { try $0.connection.run("UPDATE account SET language = \(language)") }
        site.site.sessions.forgetAll()
        let page = try await site.get(Routes.Deals.page(deal)).text
        let own = page.split(separator: "<ol class=\"timeline\"").last?.split(separator: "</ol>").first ?? ""
        #expect(own.matches(of: /<li class="entry/).count >= 7 && own.contains("A translation") && own.contains("analyst"))
        #expect(!own.contains("Survey") && !own.contains("deals.") && !own.contains("{") && page.contains("<html lang=\"\(language.rawValue)\""))
        #expect(try await site.get(Routes.Clients.page(client)).text.contains("Survey &lt;b&gt;:"))
      }
    }
  }

  /// As a browser without scripts goes: by a button to the next stage, by undo back, by the form for lost ones, and again.
  @Test(arguments: Engine.all) func movesByButtonsAndBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (_, deal) = try await project(site)
      let board = try await site.get(Routes.Deals.board(), as: .maria)
      #expect(board.status == 200 && board.text.contains("Survey &lt;b&gt;") && board.text.contains("action=\"\(Routes.Deals.move(deal))\""))
      let version = try await site.read { try $0.deal(deal).version }
      let moved = try await site.post(
        Routes.Deals.move(deal), as: .maria, [("stage", "2"), ("version", "\(version)"), ("back", Routes.Deals.board())])
      #expect(moved.status == 303)
      #expect(try await site.read { try $0.deal(deal).stage.key } == "talks")
      // An older page moves nothing.
      let late = try await site.post(Routes.Deals.move(deal), as: .maria, [("stage", "3"), ("version", "\(version)")])
      #expect(late.status == 412)
      let undo = try #require(moved.location?.split(separator: "undo=").last)
      _ = try await site.post("/undo/\(undo)", as: .maria)
      #expect(try await site.read { try $0.deal(deal).stage.key } == "lead")
      let asked = try await site.post(Routes.Deals.lose(deal), as: .maria, [("version", "\(try await site.read { try $0.deal(deal).version })")])
      #expect(asked.status == 422)
      let lost = try await site.post(
        Routes.Deals.lose(deal), as: .maria, [("reason_id", "1"), ("words", "dear"), ("version", "\(try await site.read { try $0.deal(deal).version })")])
      #expect(lost.status == 303)
      #expect(try await site.read { try $0.deal(deal).lostNote } == "dear")
    }
  }

  /// Two clicks from the client's page, and the news of it on the page of today.
  @Test(arguments: Engine.all) func anOpportunityGoesToSalesAndItsFateBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, _) = try await project(site)
      #expect(try await site.get(Routes.Clients.page(client), as: .marketing).text.contains(Routes.Opportunities.new(client)))
      let passed = try await site.post(
        Routes.Opportunities.create(client), as: .marketing, [("text", "Opens in Varna"), ("to", "\(TestPerson.maria.id)")])
      #expect(passed.status == 303)
      #expect(try await site.get(Routes.Today.page(), as: .maria).text.contains("Opens in Varna"))
      let taken = try await site.post(Routes.Opportunities.taken(OpportunityID(1)), as: .maria, [("name", "Varna"), ("currency", "EUR"), ("stage", "1")])
      #expect(taken.status == 303)
      #expect(!(try await site.get(Routes.Today.page(), as: .maria).text.contains("Opportunity: Opens in Varna")))
      #expect(try await site.get(Routes.Today.page(), as: .marketing).text.contains("Opens in Varna"))
      _ = try await site.post(Routes.Opportunities.read(OpportunityID(1)), as: .marketing)
      #expect(!(try await site.get(Routes.Today.page(), as: .marketing).text.contains("Opens in Varna")))
    }
  }

  @Test(arguments: Engine.all) func purchasesByTheAPI(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, _) = try await project(site)
      let items = #"{"items":[{"clientId":\#(client),"boughtOn":"2026-11-01","amount":4800,"currency":"EUR","number":"R-1","lines":[{"product":"Tea"}]},{"clientNumber":"nobody","boughtOn":"2026-11-01","amount":1,"currency":"EUR"}]}"#
      for outcome in ["created", "unchanged"] {
        let answer = try await site.send(.post, "/api/v1/purchases/bulk", as: .maria, [.contentType: "application/json", .secFetchSite: "same-origin"], body: Array(items.utf8))
        #expect(answer.status == 200 && answer.text.contains(outcome) && answer.text.contains("refused"))
      }
      #expect(try await site.get("/clients/\(client)/purchases", as: .maria).text.contains("Tea"))
      // Blanks around a number or a product are no part of it.
      let blanks = items.replacing("\"R-1\"", with: "\" R-1 \"").replacing("\"Tea\"", with: "\"Tea \"")
      let answer = try await site.send(
        .post, "/api/v1/purchases/bulk", as: .maria, [.contentType: "application/json", .secFetchSite: "same-origin"], body: Array(blanks.utf8))
      #expect(answer.status == 200 && answer.text.contains("unchanged"))
    }
  }

  /// What is named by a number that is nobody's is told by the name of its field.
  @Test(arguments: Engine.all) func anUnknownNumberIsNamed(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, deal) = try await project(site)
      let lost = try #require(try await site.read { try $0.stages().first { $0.phase == .lost }?.id })
      let cases: [(method: HTTPRequest.Method, path: String, body: String, field: String)] = [
        (.post, "/clients/\(client)/deals", #"{"name":"A","ownerId":999}"#, "ownerId"),
        (.post, "/clients/\(client)/deals", #"{"name":"A","stageId":999}"#, "stageId"),
        (.post, "/clients/\(client)/deals", #"{"name":"A","lines":[{"text":"B","unitPrice":1,"offeringId":999}]}"#, "offeringId"),
        (.post, "/clients/\(client)/deals", #"{"name":"A","lines":[{"text":" ","unitPrice":1}]}"#, "lines[0].text"),
        (.patch, "/deals/\(deal)", #"{"ownerId":999}"#, "ownerId"),
        (.patch, "/deals/\(deal)", #"{"lines":[{"text":"B","unitPrice":1,"offeringId":999}]}"#, "offeringId"),
        (.post, "/deals/\(deal)/stage", #"{"stageId":999}"#, "stageId"),
        (.post, "/deals/\(deal)/stage", #"{"stageId":\#(lost),"reasonId":999}"#, "reasonId"),
      ]
      for (method, path, body, field) in cases {
        let version = try await site.read { try $0.deal(deal).version }
        let answer = try await site.send(
          method, "/api/v1" + path, as: .maria,
          [.contentType: method == .patch ? "application/merge-patch+json" : "application/json", .secFetchSite: "same-origin", .ifMatch: "\"\(version)\""],
          body: Array(body.utf8))
        #expect(answer.status == 422 && answer.text.contains("\"field\":\"\(field)\""), "\(path) \(body) \(answer.status) \(answer.text)")
      }
      let items = #"{"items":[{"clientId":999999,"boughtOn":"2026-11-01","amount":1,"currency":"EUR"}]}"#
      let bulk = try await site.send(
        .post, "/api/v1/purchases/bulk", as: .maria, [.contentType: "application/json", .secFetchSite: "same-origin"], body: Array(items.utf8))
      #expect(bulk.status == 200 && bulk.text.contains("\"status\":422") && bulk.text.contains("\"field\":\"clientId\""))
      let version = try await site.read { try $0.deal(deal).version }
      for (path, fields) in [
        (Routes.Deals.save(deal), [("name", "A"), ("owner", "999"), ("currency", "EUR")]), (Routes.Deals.move(deal), [("stage", "999")]),
        (Routes.Deals.lose(deal), [("reason_id", "999")]), (Routes.Deals.addLine(deal), [("offering", "999"), ("text", "A"), ("quantity", "1"), ("unit_price", "1")]),
      ] {
        let answer = try await site.post(path, as: .maria, fields + [("version", "\(version)")])
        #expect(answer.status == 422, "\(path) \(answer.status)")
      }
    }
  }

  /// The price list is changed by programs as by hand; a cost out of sight stays.
  @Test(arguments: Engine.all) func thePriceListIsChangedByPrograms(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      func send(_ method: HTTPRequest.Method, _ path: String, _ body: String, version: Int? = nil) async throws -> TestAnswer {
        var headers: HTTPFields = [.contentType: method == .patch ? "application/merge-patch+json" : "application/json", .secFetchSite: "same-origin"]
        if let version { headers[.ifMatch] = "\"\(version)\"" }
        return try await site.send(method, "/api/v1" + path, as: .owner, headers, body: Array(body.utf8))
      }
      let made = try await send(.post, "/offerings", #"{"name":"Interview","code":"INT","prices":[{"currency":"EUR","price":4500,"cost":2400}]}"#)
      #expect(made.status == 201 && made.headers[.location] == "/api/v1/offerings/1")
      let changed = try await send(.patch, "/offerings/1", #"{"name":"Long interview","code":null,"archived":true,"prices":[{"currency":"PLN","price":19000}]}"#, version: 1)
      #expect(changed.status == 200)
      let offering = try await site.read { try $0.offering(OfferingID(1)) }
      #expect(offering.draft.name == "Long interview" && offering.draft.code == nil && offering.isArchived)
      #expect(offering.draft.prices.map(\.currency.code) == ["PLN"])
      #expect(try await send(.patch, "/offerings/1", #"{"name":"B"}"#, version: 1).status == 412)
      #expect(try await send(.patch, "/offerings/1", #"{"name":" "}"#, version: offering.version).status == 422)
      #expect(try await !send(.get, "/offerings", "").text.contains("Long interview"))
      #expect(try await send(.get, "/offerings?archived=true", "").text.contains("Long interview"))
      // Offered again and nothing else: nothing else is written or told.
      let changes = { @Sendable (reader: Reader) in
        try reader.connection.required("SELECT count(*) FROM audit WHERE entity = 'offering' AND action = 'changed'", as: Int.self)
      }
      let before = try await site.read(changes)
      #expect(try await send(.patch, "/offerings/1", #"{"archived":false}"#, version: 1).status == 412)
      #expect(try await send(.patch, "/offerings/1", #"{"archived":false}"#, version: offering.version).status == 200)
      let again = try await site.read { try $0.offering(OfferingID(1)) }
      #expect(!again.isArchived && again.version == offering.version + 1 && again.draft == offering.draft)
      #expect(try await site.read(changes) == before && before > 0)
    }
  }

  @Test(arguments: Engine.all) func purchasesAreReadPageByPage(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, _) = try await project(site)
      try await site.write { tx in
        for day in 1...5 {
          let draft = PurchaseDraft(boughtOn: try #require(CalendarDate("2026-10-0\(day)")), amount: Money(minor: Int64(day), currency: .eur))
          try tx.keepPurchase(draft, of: client, source: .api)
        }
      }
      var seen: [Int] = [], cursor = ""
      for _ in 0..<3 {
        let page = try await site.get("/api/v1/clients/\(client)/purchases?limit=2" + cursor, as: .maria).text
        seen += page.matches(of: /"amount":(\d+)/).compactMap { Int($0.1) }
        cursor = page.firstMatch(of: /"next":"([^"]+)"/).map { "&cursor=\($0.1)" } ?? ""
      }
      #expect(seen == [5, 4, 3, 2, 1])
      // At the exact end nothing is promised beyond it.
      for (limit, isEnd) in [(4, false), (5, true), (6, true)] {
        let page = try await site.get("/api/v1/clients/\(client)/purchases?limit=\(limit)", as: .maria).text
        #expect(page.contains("\"next\":null") == isEnd, "\(limit)")
        #expect(page.matches(of: /"amount":/).count == min(limit, 5))
      }
      #expect(try await site.get("/api/v1/clients/\(client)/purchases?cursor=x", as: .maria).status == 422)
    }
  }
}
