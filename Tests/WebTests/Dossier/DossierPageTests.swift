import Database
import Domain
import Foundation
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

@Suite struct DossierPageTests {
  private func firm(_ site: TestSite, owner: TestPerson = .maria, language: Language? = .pl) async throws -> ClientID {
    try await site.write { tx in
      var draft = ClientDraft(kind: .company, name: "Alfa <Ltd>")
      draft.ownerID = owner.id
      draft.language = language
      return try tx.createClient(draft)
    }
  }

  private func missingKeys(_ page: String) -> [String] {
    page.matches(of: /[>" ]((?:dossier|clients|said|settings|history|field)\.[a-z_.]+)[<" ]/).map { String($0.1) }
  }

  private static let fields = [
    ("section", "special"), ("date", "2026-03-12"), ("what", "140 rare interviews"), ("why", "the board met"), ("did", "telephoned first"),
    ("amount", "2 400,50"), ("currency", "EUR"), ("basis", "measured"), ("workings", "80 hours"), ("proof", "invoice 204"), ("note", "CANARY-note"),
  ]

  @Test(arguments: Engine.all) func anEntryIsAddedChangedShownRemovedAndUndone(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await firm(site)
      let added = try await site.post(Routes.Dossier.add(firm), as: .maria, Self.fields)
      #expect(added.status == 303)
      let page = try await site.get(try #require(added.location), as: .maria)
      #expect(page.text.contains("140 rare interviews") && page.text.contains("2,400.50") && page.text.contains("CANARY-note"))
      #expect(page.text.contains("<figure class=\"picture\">") && page.text.contains("class=\"s5\""))
      #expect(!(try await site.get(Routes.Dossier.preview(firm), as: .maria).text.contains("<figure")))
      let id = try await site.read { try #require(try $0.dossier(of: firm).entries.first).id }
      let shown = try await site.post(Routes.Dossier.show(id), as: .maria, [("version", "1"), ("audience", "client")])
      #expect(shown.status == 303)
      #expect(try await site.get(Routes.Dossier.preview(firm), as: .maria).text.contains("140 rare interviews"))
      let stale = try await site.post(Routes.Dossier.save(id), as: .maria, Self.fields + [("version", "1")])
      #expect(stale.status == 409 && stale.text.contains("140 rare interviews"))
      let removed = try await site.post(Routes.Dossier.remove(id), as: .maria, [("version", "2")])
      let after = try await site.get(try #require(removed.location), as: .maria)
      #expect(!after.text.contains("CANARY-note"))
      let undo = try #require(after.text.firstMatch(of: /action="(\/undo\/\d+)"/)).1
      _ = try await site.post(String(undo), as: .maria)
      #expect(try await site.get(Routes.Dossier.page(firm), as: .maria).text.contains("CANARY-note"))
    }
  }

  /// What goes further than a sum does is said to be that at least.
  @Test(arguments: Engine.all) func theSumsOverTheBaseHaveAnEnd(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      for _ in 0..<2 {
        let firm = try await firm(site)
        try await site.write {
          try $0.connection.run("""
            INSERT INTO dossier_total (client_id, entries, for_client, cost, benefit, loyalty, special, given, unconverted)
            VALUES (\(firm), 1, 0, \(Money.largestSum / 2), 7, 0, 0, \(Money.largestSum / 2), 0)
            ON CONFLICT (client_id) DO UPDATE SET entries = 1, benefit = 7, given = excluded.given
            """)
        }
      }
      let page = try await site.get(Routes.Value.page(), as: .owner)
      #expect(page.status == 200 && page.text.contains("at least €90,000,000,000,000,000.00") && page.text.contains("€0.14"))
    }
  }

  @Test(arguments: [
    ("what", ""), ("date", ""), ("date", "2026-11-06"), ("section", "company"), ("amount", "x"), ("amount", "-5"), ("basis", ""),
    ("currency", "QQQ"), ("amount", ""), ("did", ""), ("project", "999"),
  ]) func mistakesAreSaidByTheField(field: String, value: String) async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await firm(site)
      let fields = Self.fields.filter { $0.0 != field } + [(field, value)]
      let answer = try await site.post(Routes.Dossier.add(firm), as: .maria, fields)
      #expect(answer.status == 422 && answer.text.contains("href=\"#\(field)\""))
      #expect(answer.text.contains("telephoned first") == (field != "did"))
      #expect(missingKeys(answer.text).isEmpty)
    }
  }

  /// Everything of ours is marked; none of it may reach what the client reads.
  @Test(arguments: Engine.all) func nothingOfOursIsOnTheClientsFace(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await firm(site)
      try await site.write(as: .maria) { tx in
        let call = try tx.logContact(
          Contact(channel: .call, direction: .incoming, occurredAt: tx.now, subject: "CANARY-subject", body: "CANARY-body", outcome: "CANARY-out"),
          client: firm)
        try tx.attach([FileDraft(name: "CANARY-file.pdf", mediaType: "application/pdf", bytes: [1])], to: call)
        let deal = try tx.createDeal(
          DealDraft(name: "Open CANARY-deal", price: DealPrice(currency: .eur, list: 77_777), note: "CANARY-dealnote"), client: firm)
        let day = CalendarDate(daysSince1970: 20_500)
        try tx.addDossierEntry(
          DossierEntryDraft(
            section: .cost, project: deal, date: day, what: "CANARY-inner", why: "CANARY-why", amount: DossierAmount(Money(minor: 987_654, currency: .eur), basis: .agreed, workings: "CANARY-work"),
            proof: "CANARY-proof"), to: firm)
        try tx.addDossierEntry(
          DossierEntryDraft(
            section: .loyalty, date: day, what: "For the client", amount: DossierAmount(Money(minor: 12_300, currency: .eur), basis: .agreed),
            audience: .client, note: "CANARY-note", evidence: [call]), to: firm)
      }
      let inner = try await site.get(Routes.Dossier.page(firm), as: .maria).text
      for canary in ["CANARY-inner", "CANARY-note", "CANARY-subject", "CANARY-file", "CANARY-deal", "9,876.54"] {
        #expect(inner.contains(canary), "\(canary) should be on our page")
      }
      for language in Language.allCases {
        try await site.write { try $0.connection.run("UPDATE account SET language = \(language) WHERE id = \(TestPerson.maria.id)") }
        site.site.sessions.forgetAll()
        for path in [Routes.Dossier.preview(firm), Routes.Dossier.preview(firm) + "?period=2026"] {
          let outer = try await site.get(path, as: .maria)
          // The frame names whoever is logged in; the client's part is what stands in main.
          let main = outer.text.components(separatedBy: "<main").last ?? ""
          #expect(outer.status == 200 && main.contains("For the client"))
          #expect(!main.contains("CANARY"), "\(path) in \(language)")
          #expect(!main.contains("876") && !main.contains("777"))
        }
      }
    }
  }

  @Test(arguments: Engine.all) func aProposalIsAcceptedInTheClientsLanguageWithOneClick(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await firm(site)
      let logged = try await site.post(Routes.History.logSave(firm), as: .maria, [
        ("channel", "call"), ("direction", "out"), ("subject", "Quotas"), ("free", "1"), ("free_minutes", "30"),
      ])
      #expect(logged.status == 303)
      let page = try await site.get(Routes.Dossier.page(firm), as: .maria).text
      #expect(page.contains("Free consultation: Quotas"))
      let action = String(try #require(page.firstMatch(of: /action="(\/proposals\/\d+\/acceptance)"/)).1)
      let accepted = try await site.post(action, as: .maria, [("version", "1"), ("audience", "client")])
      let after = try await site.get(try #require(accepted.location), as: .maria).text
      #expect(after.contains("Bezpłatna konsultacja: Quotas") && !after.contains("/acceptance"))
      #expect(try await site.post(action, as: .maria, [("version", "2")]).status == 409)
      #expect(try await site.get(Routes.Dossier.preview(firm), as: .maria).text.contains("Bezpłatna konsultacja: Quotas"))
    }
  }

  @Test(arguments: Engine.all) func fromTheTimelineInTwoClicks(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await firm(site)
      let entry = try await site.write(as: .maria) {
        try $0.logContact(Contact(channel: .visit, direction: .outgoing, occurredAt: $0.now, subject: "Came on Sunday"), client: firm)
      }
      let menu = try await site.get(Routes.History.entry(entry), as: .maria, [.xFragment: "1"]).text
      #expect(menu.contains("formaction=\"\(Routes.Dossier.fromHistory(entry))\""))
      let made = try await site.post(Routes.Dossier.fromHistory(entry), as: .maria)
      #expect(try await site.get(try #require(made.location), as: .maria).text.contains("Came on Sunday"))
      #expect(try await site.read { try $0.dossier(of: firm).entries.map(\.draft.evidence) } == [[entry]])
      let panel = try await site.get(Routes.Clients.page(firm), as: .maria).text
      #expect(panel.contains(Routes.Dossier.page(firm)) && panel.contains("id=\"value-h\""))
    }
  }

  @Test func theReaderSeesAndChangesNothing() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await firm(site)
      let page = try await site.get(Routes.Dossier.page(firm), as: .reader)
      #expect(page.status == 200 && !page.text.contains("/removal") && !page.text.contains("/dossier/new"))
    }
  }

  @Test(arguments: Engine.all) func pagesAreWholeInEveryLanguage(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await firm(site)
      _ = try await site.post(Routes.Dossier.add(firm), as: .owner, Self.fields + [("for_client", "1")])
      _ = try await site.post(Routes.Rates.add(), as: .owner, [("currency", "USD"), ("from", "2026-01-01"), ("value", "0,9012")])
      let (entry, rate) = try await site.read { (try #require(try $0.dossier(of: firm).entries.first).id, try #require(try $0.rates().first).id) }
      let paths = [
        Routes.Dossier.page(firm), Routes.Dossier.page(firm) + "?period=2025&find=zzz&order=largest", Routes.Dossier.page(firm) + "?period=rubbish&project=x",
        Routes.Dossier.preview(firm), Routes.Dossier.new(firm), Routes.Dossier.edit(entry), Routes.Rates.page(), Routes.Rates.edit(rate),
        Routes.Clients.page(firm),
      ]
      for language in Language.allCases {
        try await site.write { try $0.connection.run("UPDATE account SET language = \(language) WHERE id = 1") }
        site.site.sessions.forgetAll()
        for path in paths {
          let answer = try await site.get(path)
          #expect(answer.status == 200, "\(path) \(answer.status)")
          #expect(missingKeys(answer.text).isEmpty, "\(path) in \(language): \(missingKeys(answer.text))")
          #expect(!answer.text.contains("<Ltd>"))
        }
      }
    }
  }

  @Test(arguments: Engine.all) func ratesAreKeptAndTakenBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await firm(site)
      _ = try await site.post(Routes.Dossier.add(firm), as: .owner, Self.fields.filter { $0.0 != "currency" } + [("currency", "USD")])
      #expect(try await site.get(Routes.Dossier.page(firm)).text.contains("no rate on that day"))
      let bad = try await site.post(Routes.Rates.add(), as: .owner, [("currency", "EUR"), ("from", ""), ("value", "0")])
      #expect(bad.status == 422 && bad.text.contains("href=\"#value\"") && bad.text.contains("href=\"#from\""))
      #expect(try await site.post(Routes.Rates.add(), as: .owner, [("currency", "USD"), ("from", "2026-01-01"), ("value", "0.5")]).status == 303)
      #expect(try await site.post(Routes.Rates.add(), as: .owner, [("currency", "USD"), ("from", "2026-01-01"), ("value", "0.6")]).status == 422)
      #expect(try await site.get(Routes.Dossier.page(firm)).text.contains("1,200.25"))
      let id = try await site.read { try #require(try $0.rates().first).id }
      let gone = try await site.post(Routes.Rates.remove(id))
      #expect(try await site.get(Routes.Dossier.page(firm)).text.contains("no rate on that day"))
      let page = try await site.get(try #require(gone.location)).text
      _ = try await site.post(String(try #require(page.firstMatch(of: /action="(\/undo\/\d+)"/)).1))
      #expect(try await site.get(Routes.Dossier.page(firm)).text.contains("1,200.25"))
      #expect(try await site.post(Routes.Rates.add(), as: .maria).status == 403)
    }
  }
}
