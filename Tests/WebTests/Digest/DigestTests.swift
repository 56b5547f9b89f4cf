import Database
import Domain
import Jobs
import Markup
import Store
import TestSupport
import Testing

@testable import Web

/// The morning mail: at the person's hour and on working days, in the person's language, once, and only with something to say.
@Suite struct DigestTests {
  /// 2026-11-05 is a Thursday; 16:07 in Sofia when a test begins.
  private static let toFridayMorning = 16 * Instant.hour

  @Test(arguments: Engine.all) func comesOnceOnAWorkingMorning(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      try await site.needs(.maria)
      _ = try await site.post(Routes.Digest.change(), as: .maria, [("digest", "1"), ("hour", "8")])
      await site.site.makeDigests()
      #expect(try await site.digests() == [], "it was switched on after the hour")
      site.time.goOn(milliseconds: Self.toFridayMorning)
      // Several servers look at the same moment.
      await withTaskGroup(of: Void.self) { group in for _ in 0..<4 { group.addTask { await site.site.makeDigests() } } }
      #expect(try await site.digests() == ["digest:\(TestPerson.maria.id):2026-11-06"])
      site.time.goOn(milliseconds: Instant.hour)
      await site.site.makeDigests()
      #expect(try await site.digests().count == 1)
      // Saturday and Sunday are days off.
      site.time.goOn(milliseconds: 2 * Instant.day)
      await site.site.makeDigests()
      #expect(try await site.digests().count == 1)
      site.time.goOn(milliseconds: Instant.day)
      await site.site.makeDigests()
      #expect(try await site.digests().count == 2)
    }
  }

  @Test(arguments: Engine.all) func withNothingToSayNoMail(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      _ = try await site.post(Routes.Digest.change(), as: .maria, [("digest", "1"), ("hour", "8")])
      site.time.goOn(milliseconds: Self.toFridayMorning)
      await site.site.makeDigests()
      try await site.needs(.maria)
      await site.site.makeDigests()
      #expect(try await site.digests() == [])
    }
  }

  @Test func isOffUntilAskedForAndOffAgain() async throws {
    try await withTestSite(.sqlite) { site in
      try await site.needs(.maria)
      site.time.goOn(milliseconds: Self.toFridayMorning)
      await site.site.makeDigests()
      #expect(try await site.digests() == [])
      _ = try await site.post(Routes.Digest.change(), as: .maria, [("digest", "1"), ("hour", "9")])
      _ = try await site.post(Routes.Digest.change(), as: .maria, [("hour", "9")])
      site.time.goOn(milliseconds: 3 * Instant.hour)
      await site.site.makeDigests()
      #expect(try await site.digests() == [])
    }
  }

  @Test(arguments: [(Language.en, "Thursday"), (.ru, "четверг"), (.pl, "czwartek"), (.bg, "четвъртък")])
  func speaksThePersonsLanguage(language: Language, word: String) async throws {
    try await withTestSite(.sqlite) { site in
      try await site.needs(.maria)
      let words = site.site.words(language, zone: "Europe/Sofia"), now = site.now
      let letter = try await site.read(as: .maria) { Digest.letter(try $0.today(.mine), words, baseURL: "https://crm.example.com", at: now) }
      let writer = LetterWriter(words: words, baseURL: "https://crm.example.com", now: now)
      let found = try #require(letter)
      let text = writer.plain(found), html = writer.html(found).string
      for part in ["Client &amp; Co", "https://crm.example.com/clients/", "https://crm.example.com/today"] {
        #expect(html.contains(part), "\(part)")
      }
      #expect(text.contains("Client & Co") && text.contains("https://crm.example.com/settings"))
      #expect(text.lowercased().contains(word.lowercased()), "\(text)")
      #expect(text.contains(words("today.group.rarely").uppercased()) && !text.contains("digest.why") && !text.contains("{"), "\(text)")
    }
  }

  @Test(arguments: Engine.all) func thePreviewShowsIt(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      #expect(try await site.get(Routes.Digest.preview(), as: .maria).text.contains("Nobody is waiting"))
      try await site.needs(.maria)
      let page = try await site.get(Routes.Digest.preview(), as: .maria).text
      #expect(page.contains("Client &amp; Co") && page.contains("Today: 1 needs you"))
    }
  }

  /// On the night the clocks change the hour is the wall's, and comes once.
  @Test(arguments: [
    ("2026-03-29T00:59:00Z", 4, false), ("2026-03-29T01:00:00Z", 4, true), ("2026-10-25T01:59:00Z", 4, false),
    ("2026-10-25T02:00:00Z", 4, true), ("2026-11-05T05:59:59Z", 8, false), ("2026-11-05T06:00:00Z", 8, true),
    ("2026-11-05T12:00:00Z", 8, true),
  ])
  func theHourIsTheWalls(moment: String, hour: Int, isDue: Bool) throws {
    let now = try #require(Instant(iso: moment)), sofia = try #require(Zone("Europe/Sofia"))
    let due = DigestTime.due(hour: hour, zone: sofia, now: now)
    #expect((due != nil) == isDue)
    #expect(due?.isTooLate != true)
    let evening = try #require(Instant(iso: "2026-11-05T12:00:01Z"))
    #expect(DigestTime.due(hour: 8, zone: sofia, now: evening)?.isTooLate == true)
  }
}

extension TestSite {
  /// A client of this person's that has waited too long.
  fileprivate func needs(_ person: TestPerson) async throws {
    try await write { tx in
      let client = try tx.createClient(ClientDraft(kind: .company, name: "Client & Co"))
      try tx.connection.run("UPDATE party SET owner_id = \(person.id), team_id = \(person.team) WHERE id = \(client)")
      let past = tx.now.adding(milliseconds: -Instant.day)
      try tx.raise(Reason(.tooRarely, subject: client.rawValue, client: client, from: past, due: .at(past), number: 30))
    }
  }

  fileprivate func digests() async throws -> [String] {
    try await read { try $0.connection.values("SELECT idempotency_key FROM mail WHERE kind = 'digest' ORDER BY id", as: String.self) }
  }
}
