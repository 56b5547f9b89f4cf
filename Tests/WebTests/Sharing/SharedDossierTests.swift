import Database
import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// Links from making to withdrawal, as their readers meet them.
struct SharedDossierTests {
  @Test(arguments: Engine.all) func aLinkOpensTheDossierWithoutLogIn(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let sample = try await SampleDossier.plant(in: site)
      let path = try await sample.link()
      let page = try await sample.open(path)
      #expect(page.status == 200)
      #expect(PageCheck.problems(in: page.text).isEmpty, "\(PageCheck.problems(in: page.text))")
      #expect(page.text.contains("Żółw &amp; Сын &lt;Ltd&gt;") && page.text.contains("From owner, Опросный дом"))
      #expect(page.headers[.cacheControl] == "no-store")
      #expect(page.headers[.referrerPolicy] == "no-referrer")
      #expect(page.headers[.xRobotsTag]?.contains("noindex") == true)
      #expect(page.text.contains("<meta name=\"robots\" content=\"noindex") && !page.text.contains("<script"))
      let packed = try await sample.open(path, [.acceptEncoding: "gzip, br"])
      #expect(packed.headers[.contentEncoding] == "br" && packed.bytes.count < 6000)
    }
  }

  @Test(arguments: [("ru", "Досье ценности", "1 234,56"), ("pl", "Dossier wartości", "1 234,56"), ("bg", "Досие на стойността", "1 234,56"), ("en", "Value dossier", "1,234.56")])
  func itSpeaksItsReadersLanguage(_ language: String, _ title: String, _ amount: String) async throws {
    try await withTestSite(.sqlite) { site in
      let sample = try await SampleDossier.plant(in: site)
      let page = try await sample.open(try await sample.link([("language", language)]), [.acceptLanguage: "de"])
      #expect(page.text.contains("<html lang=\"\(language)\">") && page.text.contains(title))
      #expect(page.text.contains(amount.replacing(" ", with: "\u{A0}")))
      #expect(!page.text.contains("sheet."))
    }
  }

  /// The same page for all of them, so that nobody learns which it was.
  @Test(arguments: Engine.all) func whatDoesNotOpenDoesNotSayWhy(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let sample = try await SampleDossier.plant(in: site)
      let never = "/d/" + String(repeating: "x", count: 43)
      let withdrawn = try await sample.link()
      let id = try #require(try await sample.shares().first?.id)
      let answer = try await site.post(Routes.Shares.withdraw(id))
      #expect(answer.status == 303)
      let noFiles = try await sample.link([("files", "0")])
      let ended = try await sample.link([("last_day", "2026-11-05")])
      #expect(try await sample.open(ended).status == 200)
      site.time.goOn(milliseconds: 12 * Instant.hour)
      let bodies = try await [never, "/d/short", withdrawn, ended, withdrawn + "/pdf", never + "/excel", noFiles + "/pdf"].asyncMap { path in
        let answer = try await sample.open(path, [.acceptLanguage: "pl"])
        #expect(answer.status == 404 && answer.headers[.cacheControl] == "no-store")
        return answer.text
      }
      #expect(Set(bodies).count == 1 && bodies.first?.contains("Nic tu nie ma") == true)
      // Undo within a day lets it open again.
      let undo = try #require(answer.location?.split(separator: "undo=").last)
      #expect(try await site.post("/undo/\(undo)").status == 303)
      #expect(try await sample.open(withdrawn).status == 200)
      // A client in the bin takes its links along.
      try await site.store.database.write { try $0.run("UPDATE party SET deleted_at = 1 WHERE id = \(sample.client)") }
      #expect(try await sample.open(withdrawn).status == 404)
    }
  }

  @Test(arguments: Engine.all) func onlyPeopleAreCounted(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let sample = try await SampleDossier.plant(in: site)
      let path = try await sample.link()
      for agent in ["Slackbot-LinkExpanding 1.0", "WhatsApp/2.23", "Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8"] {
        _ = try await sample.open(path, [.userAgent: agent])
      }
      _ = try await sample.open(path, [HTTPField.Name("Sec-Purpose") ?? .cookie: "prefetch"])
      _ = try await sample.open(path, method: .head)
      _ = try await site.get(path, as: .maria, [.userAgent: "Mozilla/5.0 Firefox"])
      #expect(try await sample.shares().first?.views == 0)
      for _ in 0..<3 { _ = try await sample.open(path) }
      #expect(try await sample.open(path + "/excel").status == 200)
      let link = try #require(try await sample.shares().first)
      #expect(link.views == 3 && link.downloads == 1 && link.lastViewedAt == site.now)
      let kinds = try await site.read { try $0.timeline(of: sample.client, TimelineFilter(kind: .automatic)).entries.map(\.kind) }
      #expect(kinds.filter { $0 == .dossierOpened }.count == 1 && kinds.contains(.dossierShared))
    }
  }

  @Test(arguments: Engine.all) func aCodeIsAskedForAndGuessingIsStopped(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let sample = try await SampleDossier.plant(in: site)
      let path = try await sample.link([("code", "ёлка 7")])
      let asked = try await sample.open(path)
      #expect(asked.status == 200 && asked.text.contains("name=\"code\"") && !asked.text.contains("Żółw"))
      #expect(try await sample.open(path + "/pdf").location == path)
      #expect(try await site.post(path, as: nil, [("code", "wrong")]).status == 422)
      let right = try await site.post(path, as: nil, [("code", "ёлка 7")])
      let cookie = try #require(right.headers[.setCookie])
      for part in ["HttpOnly", "SameSite=Lax", "Path=\(path);"] { #expect(cookie.contains(part)) }
      let value = String(cookie.prefix { $0 != ";" })
      #expect(try await sample.open(path, [.cookie: value]).text.contains("Żółw"))
      // Another link's page does not know it.
      let other = try await sample.link([("code", "ёлка 7")])
      #expect(try await !sample.open(other, [.cookie: value]).text.contains("Żółw"))
      var last = 0
      for number in 0..<20 where last != 429 { last = try await site.post(other, as: nil, [("code", "guess \(number)")]).status }
      #expect(last == 429)
      #expect(try await site.post(other, as: nil, [("code", "ёлка 7")]).status == 429)
      #expect(try await sample.shares().allSatisfy { $0.views <= 1 })
    }
  }

  @Test(arguments: [
    ("last_day", "2026-11-04"), ("last_day", "2028-01-01"), ("last_day", "soon"), ("code", "abc"), ("period", "last year"), ("language", "de"),
  ])
  func aWrongFormIsShownAgain(_ field: String, _ value: String) async throws {
    try await withTestSite(.sqlite) { site in
      let sample = try await SampleDossier.plant(in: site)
      let answer = try await site.post(Routes.Shares.create(sample.client), [("language", "en"), ("last_day", "2026-12-05"), (field, value)])
      #expect(answer.status == 422 && answer.text.contains("href=\"#\(field)\""))
      #expect(try await sample.shares().isEmpty)
    }
  }

  /// Page and style sheet together, as they go over the wire.
  @Test func aLongDossierStaysLight() async throws {
    try await withTestSite(.sqlite) { site in
      let sample = try await SampleDossier.plant(in: site)
      try await site.write { tx in
        for number in 0..<300 {
          try tx.addDossierEntry(
            DossierEntryDraft(
              section: DossierSection.written[number % 4], date: CalendarDate(daysSince1970: 18_000 + number * 7),
              what: "Help number \(number * 7919 % 1000) beyond the contract", why: "The board met on day \(number * 31 % 97) of the quarter",
              amount: DossierAmount(Money(minor: Int64(number * 104_729 % 90_000 + 100), currency: .eur), basis: .measured), audience: .client),
            to: sample.client)
        }
      }
      let page = try await sample.open(try await sample.link(), [.acceptEncoding: "br"])
      let sheet = try await sample.open(site.site.assets.url("flat.css"), [.acceptEncoding: "br"])
      #expect(page.bytes.count + sheet.bytes.count < 25_000, "\(page.bytes.count) + \(sheet.bytes.count)")
      #expect(sheet.status == 200 && page.bytes.count > 5000)
    }
  }

  /// The base never holds what opens a link.
  @Test func onlyFingerprintsAreKept() async throws {
    try await withTestSite(.sqlite) { site in
      let sample = try await SampleDossier.plant(in: site)
      let token = String(try await sample.link([("code", "secret code")]).dropFirst(3))
      let row = try await site.store.database.read {
        try $0.first("SELECT hex(token_hash), code_hash FROM share_link") { (try $0.next(String.self), try $0.next(String.self)) }
      }
      #expect(row?.0.lowercased() == Secret.hex(Secret.hash(of: token)))
      #expect(row?.1.hasPrefix("$argon2id$") == true)
      let list = try await site.get(Routes.Shares.list(sample.client)).text
      #expect(!list.contains(token) && list.contains(SampleDossier.mark + "Recipient"))
      #expect(PageCheck.problems(in: list).isEmpty)
    }
  }
}

extension Sequence {
  func asyncMap<T>(_ body: (Element) async throws -> T) async rethrows -> [T] {
    var out: [T] = []
    for element in self { out.append(try await body(element)) }
    return out
  }
}
