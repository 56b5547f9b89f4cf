import Domain
import Testing

struct WorkCalendarTests {
  private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  struct Reach: Sendable, CustomTestStringConvertible {
    let today: String, absences: [(String, String, AccountID?)], until: String
    var testDescription: String { "\(today) to \(until)" }
  }

  /// 5 November 2026 is a Thursday.
  @Test(arguments: [
    Reach(today: "2026-11-05", absences: [], until: "2026-11-06"),
    Reach(today: "2026-11-06", absences: [], until: "2026-11-09"),
    Reach(today: "2026-11-07", absences: [], until: "2026-11-09"),
    Reach(today: "2026-11-08", absences: [], until: "2026-11-09"),
    Reach(today: "2026-12-23", absences: [("2026-12-24", "2026-12-26", nil)], until: "2026-12-28"),
    Reach(today: "2026-11-05", absences: [("2026-11-06", "2026-11-06", nil)], until: "2026-11-09"),
    // The deputy looks at these days.
    Reach(today: "2026-11-06", absences: [("2026-11-09", "2026-11-20", AccountID(7))], until: "2026-11-09"),
    // Half a year away without one: a month ahead is enough.
    Reach(today: "2026-11-06", absences: [("2026-11-07", "2027-05-01", nil)], until: "2026-12-07"),
  ])
  func drawsForwardWhatFallsOnDaysOff(_ reach: Reach) throws {
    let absences = try reach.absences.map { first, last, deputy in
      try #require(WorkCalendar.Absence(first: Self.day(first), last: Self.day(last), deputy: deputy))
    }
    let calendar = WorkCalendar(absences: absences)
    #expect(try calendar.reach(from: Self.day(reach.today)) == Self.day(reach.until))
  }

  @Test func whoNeverWorksIsShownOneDay() throws {
    #expect(try WorkCalendar(week: [:]).reach(from: Self.day("2026-11-05")) == Self.day("2026-11-06"))
    #expect(try WorkCalendar(week: [:]).nextWorkingDay(after: Self.day("2026-11-05")) == nil)
  }

  @Test(arguments: [("2026-11-05", "2026-11-06", "2026-11-09"), ("2026-11-06", "2026-11-09", "2026-11-09"), ("2026-11-08", "2026-11-09", "2026-11-09")])
  func snoozesToWorkingDays(today: String, tomorrow: String, week: String) throws {
    let calendar = WorkCalendar()
    #expect(try SnoozeDraft.tomorrow(Self.day(today), calendar) == Self.day(tomorrow))
    #expect(try SnoozeDraft.nextWeek(Self.day(today), calendar) == Self.day(week))
  }

  /// Midnight in Sofia: the clocks go back on 25 October and forward on 28 March; a day is then 25 or 23 hours long.
  @Test(arguments: [("2026-10-25", 25 * Instant.hour), ("2027-03-28", 23 * Instant.hour), ("2026-11-05", 24 * Instant.hour)])
  func aDayEndsAtMidnightWhateverItsLength(day: String, length: Int64) throws {
    let sofia = try #require(Zone("Europe/Sofia")), date = try Self.day(day)
    let start = sofia.instant(date)
    let end = SnoozeDraft(.day(date.adding(days: 1))).end(from: start.adding(milliseconds: Instant.hour), in: sofia)
    #expect(start.milliseconds(to: end) == length)
  }

  @Test func untilAnAnswerHasAnEnd() throws {
    let zone = try #require(Zone("Europe/Warsaw")), now = zone.instant(try Self.day("2026-10-20"))
    #expect(try SnoozeDraft(.answer).end(from: now, in: zone) == zone.instant(Self.day("2026-11-19")))
  }
}
