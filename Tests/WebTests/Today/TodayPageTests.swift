import Database
import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

@Suite struct TodayPageTests {
  /// A firm of Maria's, and its director whose birthday is today.
  private func firm(_ site: TestSite, _ name: String = "Алфа <ООД>", of person: TestPerson = .maria) async throws -> (firm: ClientID, director: PersonID) {
    try await site.write { tx in
      var draft = ClientDraft(kind: .company, name: name)
      draft.ownerID = person.id
      draft.contactDays = 30
      let firm = try tx.createClient(draft)
      var anna = ClientDraft(kind: .person, name: "Anna Petrova")
      anna.birthDate = PartialDate(try #require(Zone("Europe/Sofia")).date(tx.now))
      let director = try tx.addPerson(anna, to: firm, TieDraft(role: "CEO"))
      try tx.logContact(Contact(channel: .call, direction: .outgoing, occurredAt: tx.now.adding(milliseconds: -96 * Instant.day)), client: firm)
      return (firm, director)
    }
  }

  @Test(arguments: Engine.all) func isWholeInEveryLanguage(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, director) = try await firm(site, of: .owner)
      let key = ReasonKey(.birthday, director.rawValue)
      let paths = [
        "/today", "/today?of=\(TestPerson.maria.id)", "/today?of=team-1", "/today?of=nobody", "/today?group=rarely", "/today?group=dates&after=1.2",
        "/today?show=snoozed", "/today?show=coming", "/today?show=done", "/today?of=x&group=y&show=z&after=q", Routes.Today.rule(),
        Routes.Today.snooze(key), Routes.Today.pass(key), Routes.Today.rhythm(client), Routes.Settings.hours(), Routes.Settings.holidays(),
        Routes.Settings.userHours(TestPerson.maria.id), Routes.Clients.page(client), "/clients?rhythm=late&sort=due", "/settings/tags",
      ]
      for language in Language.allCases {
        try await site.write { try $0.connection.run("UPDATE account SET language = \(language) WHERE id = 1") }
        site.site.sessions.forgetAll()
        for path in paths {
          let answer = try await site.get(path)
          #expect(answer.status == 200, "\(path) \(answer.status)")
          #expect(!answer.text.contains("<ООД>"), "\(path)")
          let missing = answer.text.matches(of: /[>" ]((?:today|clients|history|said|nav|keys)\.[a-z_.]+)[<" ]/).map { String($0.1) }
          #expect(missing.isEmpty, "\(path) in \(language): \(missing)")
        }
      }
    }
  }

  @Test(arguments: Engine.all) func showsDoesAndTakesBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, director) = try await firm(site)
      #expect(try await site.get("/", as: .maria).location == "/today")
      #expect(try await site.get("/", as: .reader).location == "/clients")
      let page = try await site.get("/today", as: .maria).text
      #expect(page.contains("1 needs you") && page.contains("96 days without contact, wanted: one in 30"))
      #expect(page.contains("Birthday: Anna Petrova") && page.contains("<span class=\"count\">1</span>"))
      #expect(try await !site.get("/today", as: .ivan).text.contains("Anna Petrova"))
      #expect(try await site.get("/today?of=\(TestPerson.maria.id)", as: .ivan).status == 404)
      let key = ReasonKey(.birthday, director.rawValue)
      let done = try await site.submit(Routes.Today.done(key), [("back", "/today?group=dates")], as: .maria)
      #expect(done.status == 303 && done.location?.hasPrefix("/today?group=dates&undo=") == true, "\(done.location ?? "")")
      let after = try await site.get("/today", as: .maria).text
      #expect(!after.contains("Anna Petrova") && after.contains("1 done"))
      // A second time there is nothing left to do.
      #expect(try await site.submit(Routes.Today.done(key), [], as: .maria).status == 404)
      let undo = try #require(done.location?.split(separator: "=").last)
      #expect(try await site.submit("/undo/\(undo)", [], as: .maria).status == 303)
      #expect(try await site.get("/today", as: .maria).text.contains("Birthday: Anna Petrova"))
      // Somewhere else is no way back.
      let out = try await site.submit(Routes.Today.wake(key), [("back", "//evil.example")], as: .maria)
      #expect(out.location?.hasPrefix("/today?said") == true)
      _ = client
    }
  }

  @Test(arguments: Engine.all) func snoozesByFormAndBySelection(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, director) = try await firm(site)
      let key = ReasonKey(.tooRarely, client.rawValue), other = ReasonKey(.birthday, director.rawValue)
      for (until, day) in [("day", ""), ("day", "2026-11-05"), ("day", "2030-01-01"), ("never", "")] {
        let bad = try await site.submit(Routes.Today.saveSnooze(key), [("until", until), ("day", day), ("why", "on leave")], as: .maria)
        #expect(bad.status == 422 && bad.text.contains("on leave"), "\(until) \(day)")
      }
      let good = try await site.submit(Routes.Today.saveSnooze(key), [("until", "answer"), ("why", "sent <b>the quote</b>")], as: .maria)
      #expect(good.status == 303)
      #expect(try await site.get("/today", as: .maria).text.contains("Nobody is waiting"))
      let lines = try await site.get("/today?show=snoozed", as: .maria).text
      #expect(lines.contains("sent &lt;b&gt;the quote") && lines.contains("Until they answer"))
      let page = Routes.Clients.page(client), shown = try await site.get(page, as: .maria).text, wake = "action=\"\(Routes.Today.wake(key))\""
      #expect(shown.contains("Snoozed until the client answers"))
      #expect(shown.contains("Snoozed on Today until they answer, at most until") && shown.contains(wake))
      #expect(shown.contains("sent &lt;b&gt;the quote") && PageCheck.problems(in: shown) == [])
      #expect(try await !site.get(page).text.contains("Snoozed on Today"))
      let woken = try await site.submit(Routes.Today.wake(key), [("back", page)], as: .maria)
      #expect(woken.status == 303 && woken.location?.hasPrefix(page) == true)
      #expect(try await !site.get(page, as: .maria).text.contains("Snoozed on Today"))
      #expect(try await site.get("/today", as: .maria).text.contains("Anna Petrova"))
      let both = try await site.submit(Routes.Today.selected(), [("id", key.description), ("id", "nonsense"), ("until", "tomorrow")], as: .maria)
      #expect(both.status == 303)
      #expect(try await !site.get("/today", as: .maria).text.contains("Anna Petrova"))
      #expect(try await site.submit(Routes.Today.saveSnooze(other), [("until", "tomorrow")], as: .reader).status == 403)
    }
  }

  @Test(arguments: Engine.all) func changesHowOftenWhereItStands(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, _) = try await firm(site)
      let version = try await site.read { try $0.storedClient(client).version }
      #expect(try await site.get(Routes.Clients.page(client), as: .maria).text.contains("every 30 days"))
      let bad = try await site.submit(Routes.Today.saveRhythm(client), [("rhythm", "-5"), ("version", "\(version)")], as: .maria)
      #expect(bad.status == 422 && bad.text.contains("-5"))
      let good = try await site.submit(Routes.Today.saveRhythm(client), [("rhythm", "365"), ("version", "\(version)")], as: .maria)
      #expect(good.status == 303)
      #expect(try await site.submit(Routes.Today.saveRhythm(client), [("rhythm", "9"), ("version", "\(version)")], as: .maria).status == 409)
      let page = try await site.get(Routes.Clients.page(client), as: .maria).text
      #expect(page.contains("every 365 days") && page.contains("Values") || page.contains("every 365 days"))
      #expect(try await site.get("/clients?rhythm=late", as: .maria).text.contains("data-row") == false)
    }
  }

  @Test(arguments: Engine.all) func hoursAndDaysOff(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, _) = try await firm(site)
      let bad = try await site.submit(Routes.Settings.saveHours(), [("from1", "18:00"), ("until1", "9:00")], as: .maria)
      #expect(bad.status == 422 && bad.text.contains("value=\"18:00\""))
      #expect(try await site.submit(Routes.Settings.saveHours(), [("from1", "08:30"), ("until1", "24:00")], as: .maria).status == 303)
      let hours = try await site.read { try $0.week(of: TestPerson.maria.id) }
      #expect(hours == [.monday: try #require(WorkCalendar.Hours(from: 510, until: 1440))])
      let today = try #require(Zone("Europe/Sofia")).date(site.now)
      let away = [("do", "absence"), ("first", "\(today)"), ("last", "\(today.adding(days: 7))"), ("deputy", "\(TestPerson.ivan.id)"), ("note", "sea")]
      #expect(try await site.get(Routes.Clients.page(client), as: .ivan).status == 404)
      #expect(try await site.submit(Routes.Settings.saveHours(), away, as: .maria).status == 303)
      // The deputy sees the page and the client from the next request on.
      let page = try await site.get("/today", as: .ivan).text
      #expect(page.contains("Anna Petrova") && page.contains("For maria"))
      #expect(try await site.get(Routes.Clients.page(client), as: .ivan).status == 200)
      let id = try await site.read { try $0.connection.required("SELECT id FROM absence", as: Int64.self) }
      #expect(try await site.submit(Routes.Settings.saveHours(), [("remove", "\(id)")], as: .ivan).status == 403)
      #expect(try await site.submit(Routes.Settings.saveHours(), [("remove", "\(id)")], as: .maria).status == 303)
      #expect(try await site.get(Routes.Clients.page(client), as: .ivan).status == 404)
      #expect(try await site.submit(Routes.Settings.saveHolidays(), [("do", "absence"), ("first", "2026-12-24")], as: .manager).status == 403)
    }
  }

  @Test(arguments: Engine.all) func theAPIGivesTheSameList(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let (client, director) = try await firm(site)
      let text = try await site.get("/api/v1/today", as: .maria).text
      #expect(text.contains(#""heading":"dates""#) && text.contains(#""clientId":\#(client)"#))
      #expect(text.contains(#""kind":"birthday","subjectId":\#(director)"#) && text.contains(#""kind":"too_rarely""#))
      #expect(try await site.get("/api/v1/today?of=\(TestPerson.maria.id)", as: .ivan).status == 404)
      #expect(try await site.get("/api/v1/today?of=\(TestPerson.maria.id)", as: .manager).text.contains("Anna Petrova"))
    }
  }

  /// The count in the navigation follows every change, and costs no read while nothing changes.
  @Test func theNavigationCounts() async throws {
    try await withTestSite(.sqlite) { site in
      _ = try await firm(site)
      let first = try await site.get("/clients", as: .maria)
      #expect(first.text.contains("<span class=\"count\">1</span>"))
      let again = try await site.send(.get, "/clients", as: .maria, [.ifNoneMatch: first.headers[.eTag] ?? ""])
      #expect(again.status == 304)
      _ = try await firm(site, "Beta")
      #expect(try await site.get("/clients", as: .maria).text.contains("<span class=\"count\">2</span>"))
    }
  }
}

extension TestSite {
  /// The fields before the person: most posts here are told apart by them.
  fileprivate func submit(_ path: String, _ fields: [(String, String)], as person: TestPerson) async throws -> TestAnswer {
    try await post(path, as: person, fields)
  }
}
