import Database
import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

/// A client with a dossier: entries for the client in every section and currency, and beside them what is ours alone, each piece with
/// a mark that is found wherever it leaks.
struct SampleDossier: Sendable {
  let client: ClientID
  let site: TestSite

  /// Every mark begins so; amounts of ours are this number in any writing.
  static let mark = "Kanarek"
  static let secretAmount: Int64 = 77_665_544

  static func plant(in site: TestSite) async throws -> SampleDossier {
    try await site.store.database.write { connection in
      try connection.run("""
        INSERT INTO installation (id, company, country, zone, currency, language, created_at)
        VALUES (1, 'Опросный дом', 'BG', 'Europe/Sofia', 'EUR', 'en', 0)
        """)
      try connection.run("UPDATE account SET name = \(mark + "Author") WHERE id = \(TestPerson.manager.id)")
    }
    let client = try await site.write { tx in
      var draft = ClientDraft(kind: .company, name: "Żółw & Сын <Ltd>")
      draft.note = mark + "PartyNote"
      return try tx.createClient(draft)
    }
    try await site.write(as: .manager) { tx in
      let call = try tx.logContact(
        Contact(channel: .call, direction: .incoming, occurredAt: tx.now, subject: mark + "Subject", body: mark + "Body", outcome: mark + "Outcome"),
        client: client)
      try tx.addFact(FactDraft(kind: .preference, text: mark + "Fact", source: mark + "Source"), to: client)
      for draft in shown(evidence: call) + hidden(evidence: call) { try tx.addDossierEntry(draft, to: client) }
    }
    return SampleDossier(client: client, site: site)
  }

  private static func shown(evidence: HistoryID) -> [DossierEntryDraft] {
    let day = { (text: String) in CalendarDate(text) ?? CalendarDate(daysSince1970: 0) }
    let note = mark + "Note"
    return [
      DossierEntryDraft(
        section: .cost, date: day("2023-03-12"), what: "Скидка на волну", why: "Бюджет был урезан",
        amount: DossierAmount(Money(minor: 123_456, currency: .eur), basis: .agreed, workings: "10 % of the price"), proof: "invoice 204",
        audience: .client, note: note, evidence: [evidence]),
      DossierEntryDraft(
        section: .cost, date: day("2024-05-01"), what: "Free consultation", amount: DossierAmount(Money(minor: 50_000, currency: .pln), basis: .estimated),
        audience: .client, note: note, evidence: [evidence]),
      DossierEntryDraft(
        section: .benefit, date: day("2024-06-02"), what: "Oszczędność czasu", why: "Zażółć gęślą jaźń",
        amount: DossierAmount(Money(minor: 1_000_050, currency: .eur), basis: .measured, workings: "80 h"), audience: .client, note: note),
      DossierEntryDraft(section: .loyalty, date: day("2025-01-31"), what: "=HYPERLINK(\"http://x\")", audience: .client, note: note),
      DossierEntryDraft(
        section: .special, date: day("2026-02-28"), what: "140 respondents", story: DossierStory(asked: "Rare people", did: "Telephoned", took: "Two weeks"),
        amount: DossierAmount(Money(minor: 240_000, currency: .eur), basis: .measured), audience: .client, note: note, evidence: [evidence]),
    ]
  }

  private static func hidden(evidence: HistoryID) -> [DossierEntryDraft] {
    DossierSection.written.map { section in
      DossierEntryDraft(
        section: section, date: CalendarDate(daysSince1970: 20_000), what: mark + "What", why: mark + "Why",
        story: section == .special ? DossierStory(asked: mark + "Asked", did: mark + "Did", took: mark + "Took") : .none,
        amount: DossierAmount(Money(minor: secretAmount, currency: .eur), basis: .measured, workings: mark + "Workings"), proof: mark + "Proof",
        audience: .inner, note: mark + "Note", evidence: [evidence])
    }
  }

  /// Makes a link by the page, as a person does, and gives its address.
  func link(_ fields: [(String, String)] = []) async throws -> String {
    let known = Set(fields.map(\.0))
    let usual = [("language", "en"), ("last_day", "2026-12-05"), ("files", "1"), ("recipient", Self.mark + "Recipient")]
    let answer = try await site.post(Routes.Shares.create(client), fields + usual.filter { !known.contains($0.0) })
    let found = try #require(answer.text.firstMatch(of: /http:\/\/localhost:8080(\/d\/[\w-]{43})/))
    return String(found.1)
  }

  /// As a client's browser asks.
  func open(_ path: String, _ headers: HTTPFields = [:], method: HTTPRequest.Method = .get) async throws -> TestAnswer {
    var headers = headers
    if headers[.userAgent] == nil { headers[.userAgent] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" }
    return try await site.send(method, path, as: nil, headers)
  }

  func shares() async throws -> [ShareLink] { try await site.read { try $0.shares(of: client) } }
}
