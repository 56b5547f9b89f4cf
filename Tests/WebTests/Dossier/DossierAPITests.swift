import Database
import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

struct DossierAPITests {
  @Test(arguments: Engine.all) func entriesAreAddedChangedAndRead(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.write { try $0.createClient(ClientDraft(kind: .company, name: "Alfa")) }
      let api = try await APICaller(site)
      let made = try await api.send(.post, "/clients/\(firm)/dossier", [
        "section": "cost", "date": "2026-03-12", "what": "Free work", "amount": ["amount": "120.50", "currency": "EUR", "basis": "agreed"],
        "note": "CANARY", "isForClient": true,
      ])
      #expect(made.status == 201 && made.answer.text.contains("CANARY"))
      let inner = try await api.get("/clients/\(firm)/dossier"), outer = try await api.get("/clients/\(firm)/dossier/client?period=2026")
      #expect(inner.answer.text.contains("CANARY") && !outer.answer.text.contains("CANARY"))
      #expect(outer.answer.text.contains("Free work") && outer.answer.text.contains("\"120.50\""))
      for bad in [#"{"section":"company","date":"2026-01-01","what":"x"}"#, #"{"section":"cost","date":"2027-01-01","what":"x"}"#,
        #"{"section":"cost","date":"2026-01-01","what":"x","amount":{"amount":"1.234","currency":"EUR","basis":"agreed"}}"#,
        #"{"section":"cost","date":"2026-01-01","what":"x","projectId":99}"#, #"{"section":"cost","date":"2026-01-01","what":"x","evidence":[99]}"#] {
        #expect(try await api.send(.post, "/clients/\(firm)/dossier", bytes: Array(bad.utf8)).status == 422, "\(bad)")
      }
      #expect(try await api.get("/clients/\(firm)/dossier?period=rubbish").status == 422)
    }
  }

  /// No amount is taken that would keep a dossier from being summed, and one that is there already does not take the page down.
  @Test(arguments: Engine.all) func hugeAmountsDoNotTakeTheDossierDown(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.write { try $0.createClient(ClientDraft(kind: .company, name: "Alfa")) }
      let api = try await APICaller(site)
      let entry = { (amount: String) in
        #"{"section":"cost","date":"2026-01-01","what":"x","amount":{"amount":"\#(amount)","currency":"EUR","basis":"agreed"}}"#
      }
      for refused in [entry("100000000000.01"), entry("92233720368547758.07"), #"{"section":"cost","date":"1899-12-31","what":"x"}"#] {
        #expect(try await api.send(.post, "/clients/\(firm)/dossier", bytes: Array(refused.utf8)).status == 422, "\(refused)")
      }
      #expect(try await api.send(.post, "/clients/\(firm)/dossier", bytes: Array(entry("100000000000.00").utf8)).status == 201)
      for refused in [
        #"{"name":"x","list":10000000000001}"#, #"{"name":"x","final":9223372036854775807}"#,
        #"{"name":"x","lines":[{"text":"x","unitPrice":1,"unitCost":10000000000000,"quantityMilli":2000}]}"#,
        #"{"name":"x","lines":[{"text":"x","unitPrice":10000000000000},{"text":"y","unitPrice":1}]}"#,
      ] {
        #expect(try await api.send(.post, "/clients/\(firm)/deals", bytes: Array(refused.utf8)).status == 422, "\(refused)")
      }
      let deal = #"{"name":"Census","lines":[{"text":"x","unitPrice":10000000000000,"unitCost":10000000000000}]}"#
      #expect(try await api.send(.post, "/clients/\(firm)/deals", bytes: Array(deal.utf8)).status == 201)
      #expect(try await api.get("/clients/\(firm)/dossier").answer.text.contains("\"100000000000.00\""))
      let largest = Int64.max
      try await site.write { tx in
        try tx.connection.run("UPDATE deal_line SET unit_cost_minor = \(largest), quantity_milli = 2000")
        try tx.connection.run("UPDATE dossier_entry SET value_minor = \(largest)")
      }
      #expect(try await api.get("/clients/\(firm)/dossier").status == 200)
      let deals = try await site.read { try $0.connection.values("SELECT id FROM deal", as: DealID.self) }
      for path in [Routes.Dossier.page(firm), Routes.Dossier.preview(firm)] + deals.map({ Routes.Deals.page($0) }) {
        #expect(try await site.get(path).status == 200, "\(path)")
      }
    }
  }

  @Test(arguments: Engine.all) func ratesRevalue(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.write { try $0.createClient(ClientDraft(kind: .company, name: "Alfa")) }
      let api = try await APICaller(site)
      _ = try await api.send(.post, "/clients/\(firm)/dossier", [
        "section": "cost", "date": "2026-03-12", "what": "Work", "amount": ["amount": "100.00", "currency": "PLN", "basis": "agreed"],
      ])
      #expect(try await api.get("/clients/\(firm)/dossier").answer.text.contains("\"unconverted\":[{\"amount\":\"100.00\",\"currency\":\"PLN\"}]"))
      #expect(try await api.send(.post, "/rates", ["currency": "PLN", "from": "2026-01-01", "value": "0.2345"]).status == 201)
      #expect(try await api.get("/clients/\(firm)/dossier").answer.text.contains("\"23.45\""))
      #expect(try await api.send(.post, "/rates", ["currency": "PLN", "from": "2026-01-01", "value": "0.3"]).status == 409)
    }
  }

  @Test(arguments: Engine.all) func theBaseIsSummedAndWatched(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firms = try await site.write { tx in
        let firms = try ["Many gifts", "Old one", "Never told"].map { try tx.createClient(ClientDraft(kind: .company, name: $0)) }
        func give(_ firm: ClientID, _ date: String, _ minor: Int64) throws {
          let day = CalendarDate(date) ?? CalendarDate(daysSince1970: 0)
          try tx.addDossierEntry(DossierEntryDraft(
            section: .cost, date: day, what: "work", amount: DossierAmount(Money(minor: minor, currency: .eur), basis: .agreed)), to: firm)
        }
        try give(firms[0], "2026-10-01", 123_400)
        try give(firms[1], "2020-01-01", 600)
        return firms
      }
      let much = try await site.get("/value").text, none = try await site.get("/value?view=none").text, old = try await site.get("/value?view=old").text
      #expect(much.contains("1,240.00") && much.contains("Many gifts") && !much.contains("Never told"))
      #expect(none.contains("Never told") && !none.contains("Many gifts") && !none.contains("Old one"))
      #expect(old.contains("Old one") && !old.contains("Many gifts"))
      #expect(try await site.get("/value?view=old&after=rubbish").status == 200)
      // Not those of others.
      #expect(!(try await site.get("/value", as: .maria).text.contains("Many gifts")))
      let reasons = try await site.read { reader in
        try reader.connection.values("SELECT subject_id FROM reason WHERE kind = 'value_review' ORDER BY due_at", as: Int64.self)
      }
      #expect(reasons == [firms[1].rawValue, firms[0].rawValue])
    }
  }
}
