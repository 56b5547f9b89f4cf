import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

struct CalendarTests {
  private static func link(_ answer: TestAnswer) throws -> String {
    let address = try #require(answer.text.split(separator: "<code>").last?.split(separator: "</code>").first)
    #expect(address.hasPrefix("http://localhost:8080/calendar/") && address.hasSuffix(".ics"))
    return String(address.dropFirst("http://localhost:8080".count))
  }

  /// Without the breaks of long lines.
  private static func unfolded(_ answer: TestAnswer) -> String { answer.text.replacing("\r\n ", with: "") }

  @Test(arguments: Engine.all) func isMadeRenewedAndWithdrawn(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      #expect(try await site.get(Routes.Calendar.settings(), as: .maria).text.contains("There is no link."))
      let first = try Self.link(try await site.post(Routes.Calendar.make(), as: .maria))
      let feed = try await site.get(first, as: nil)
      #expect(feed.status == 200 && feed.headers[.contentType] == "text/calendar; charset=utf-8" && feed.text.hasPrefix("BEGIN:VCALENDAR\r\n"))
      let tag = try #require(feed.headers[.eTag])
      #expect(try await site.get(first, as: nil, [.ifNoneMatch: "W/\(tag)"]).status == 304)
      #expect(try await site.get(Routes.Calendar.settings(), as: .maria).text.contains("Last fetched"))
      let second = try Self.link(try await site.post(Routes.Calendar.make(), as: .maria))
      #expect(try await site.get(first, as: nil).status == 404)
      #expect(try await site.get(second, as: nil).status == 200)
      // Nothing of the token is kept but its hash.
      #expect(try await site.get(Routes.Calendar.settings(), as: .maria).text.contains(second) == false)
      #expect(try await site.post(Routes.Calendar.withdraw(), as: .maria).status == 303)
      #expect(try await site.get(second, as: nil).status == 404)
      for bad in ["/calendar/x", "/calendar/.ics", "/calendar/\(String(repeating: "a", count: 43)).ics"] {
        #expect(try await site.get(bad, as: nil).status == 404)
      }
    }
  }

  @Test(arguments: Engine.all) func showsOwnTasksAndDays(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm("Alfa, Ltd; \"A\"", of: .maria), other = try await site.firm("Beta", of: .ivan)
      let zone = try #require(Zone("Europe/Sofia"))
      try await site.write { tx in
        let due = CalendarDate("2026-11-09").map { TaskDue($0, LocalTime("09:00"), zone: zone) }
        let rule = RecurrenceRule("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270329").map { Recurrence($0, .schedule) }
        let id = try tx.addTask(TaskDraft(
          title: "Звонок, счёт; и \\ остальное", note: "a\r\nBEGIN:VEVENT\r\nb\u{7}", clientID: firm, ownerID: TestPerson.maria.id, due: due, recurrence: rule,
          checklist: [ChecklistStep("step", isDone: true)]))
        _ = try tx.postponeTask(id, to: CalendarDate("2026-11-10") ?? CalendarDate(daysSince1970: 0), returnTo: "/")
        try tx.addTask(TaskDraft(title: "Not hers", ownerID: TestPerson.ivan.id, due: due))
        try tx.addTask(TaskDraft(title: "No date", ownerID: TestPerson.maria.id))
        for (name, client) in [("Mine", firm), ("Theirs", other)] {
          var person = ClientDraft(kind: .person, name: "\(name) Person")
          (person.givenName, person.familyName, person.birthDate) = (name, "Person", PartialDate(month: 2, day: 29))
          try tx.addPerson(person, to: client, TieDraft(role: "x"))
        }
        try tx.addFact(FactDraft(kind: .date, text: "Founded", date: PartialDate("1999-12-31")), to: firm)
        try tx.addFact(FactDraft(kind: .date, text: "Elsewhere", date: PartialDate("1999-12-31")), to: other)
      }
      let feed = try await site.get(try Self.link(try await site.post(Routes.Calendar.make(), as: .maria)), as: nil)
      let text = Self.unfolded(feed)
      for wanted in [
        "SUMMARY:Звонок\\, счёт\\; и \\\\ остальное (Alfa\\, Ltd\\; \"A\")\r\n", "DTSTART;TZID=Europe/Sofia:20261109T090000\r\n",
        "RRULE:FREQ=WEEKLY;UNTIL=20270329T205959Z;BYDAY=MO\r\n", "RECURRENCE-ID;TZID=Europe/Sofia:20261109T090000\r\n",
        "DTSTART;TZID=Europe/Sofia:20261110T090000\r\n", "DESCRIPTION:a\\nBEGIN:VEVENT\\nb\\n", "TZID:Europe/Sofia\r\n",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n", "SUMMARY:Birthday: Mine Person\r\n", "DTSTART;VALUE=DATE:20250228\r\n",
        "RRULE:FREQ=YEARLY;BYMONTHDAY=28,29;BYMONTH=2;BYSETPOS=-1\r\n", "SUMMARY:Founded: Alfa\\, Ltd\\; \"A\"\r\n", "DTSTART;VALUE=DATE:20251231\r\n",
        "URL:http://localhost:8080/tasks/", "X-WR-CALNAME:Dossier: maria\r\n",
      ] { #expect(text.contains(wanted), "\(wanted)") }
      for unwanted in ["Not hers", "No date", "Theirs", "Elsewhere", "\u{7}"] { #expect(!text.contains(unwanted), "\(unwanted)") }
      #expect(feed.bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { $0.count <= 76 })
      // The same for as long as nothing changes; a closed account shows nothing.
      let again = try await site.get(try Self.link(try await site.post(Routes.Calendar.make(), as: .maria)), as: nil)
      #expect(Self.unfolded(again) == text)
    }
  }

  @Test(arguments: Engine.all) func showsOpenPromisesOfBothSides(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm("Alfa", of: .maria), other = try await site.firm("Beta", of: .ivan)
      let zone = try #require(Zone("Europe/Warsaw")), day = try #require(CalendarDate("2026-11-20"))
      let later = PromiseDue(date: try #require(CalendarDate("2026-11-24")), zone: zone)
      let whole = PromiseDue(date: day, zone: zone), timed = PromiseDue(date: day, time: LocalTime("16:00"), zone: zone)
      let (ours, kept) = try await site.write { tx in
        func make(_ what: String, _ due: PromiseDue, _ side: PromiseSide = .us, of person: TestPerson = .maria, to client: ClientID) throws -> PromiseID {
          try tx.makePromise(PromiseTerms(side: side, what: what, note: "with care", ownerID: person.id), due: due, to: client)
        }
        try make("Logo; vector", timed, .client, to: firm)
        try make("Not hers", whole, of: .ivan, to: other)
        // Hers to keep, of a client she no longer sees.
        try make("Out of sight", whole, to: other)
        return (try make("Price, list", whole, to: firm), try make("Done already", whole, to: firm))
      }
      try await site.write { try $0.keepPromise(kept) }
      let address = try Self.link(try await site.post(Routes.Calendar.make(), as: .maria))
      let feed = try await site.get(address, as: nil), text = Self.unfolded(feed)
      for wanted in [
        "SUMMARY:Promised to Alfa: Price\\, list\r\n", "DTSTART;VALUE=DATE:20261120\r\n", "SUMMARY:Alfa promised us: Logo\\; vector\r\n",
        "DTSTART;TZID=Europe/Warsaw:20261120T160000\r\n", "TZID:Europe/Warsaw\r\n", "UID:promise-\(ours)@localhost\r\n", "CATEGORIES:Promises\r\n",
        "URL:http://localhost:8080/promises/\(ours)\r\n", "with care",
      ] { #expect(text.contains(wanted), "\(wanted)") }
      for unwanted in ["Not hers", "Out of sight", "Done already"] { #expect(!text.contains(unwanted), "\(unwanted)") }
      // Another date moves the same event, and is news to a program that has the old one; kept, it goes.
      let tag = try #require(feed.headers[.eTag])
      try await site.write { try $0.renegotiatePromise(ours, to: later, because: "asked") }
      let moved = try await site.get(address, as: nil, [.ifNoneMatch: tag])
      let event = try #require(Self.unfolded(moved).split(separator: "BEGIN:VEVENT").first { $0.contains("UID:promise-\(ours)@localhost\r\n") })
      #expect(event.contains("DTSTART;VALUE=DATE:20261124\r\n") && event.contains("SEQUENCE:2\r\n"))
      try await site.write { try $0.keepPromise(ours) }
      #expect(try await site.get(address, as: nil).text.contains("UID:promise-\(ours)@") == false)
    }
  }
}
