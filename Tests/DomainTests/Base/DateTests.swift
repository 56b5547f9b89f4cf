import Domain
import Foundation
import Testing

@Suite struct DateTests {
  @Test(arguments: ["2026-11-05", "0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29"])
  func datesKeepTheirText(text: String) { #expect(CalendarDate(text)?.description == text) }

  @Test(arguments: [
    "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-1-1", "2026-01-011", "", "x", "0000-01-01",
  ])
  func refusesDaysThatAreNot(text: String) { #expect(CalendarDate(text) == nil) }

  /// The calendar library as oracle, over a span with every kind of leap year.
  @Test func countsDaysAsTheCalendarDoes() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
    for day in stride(from: -40_000, to: 60_000, by: 97) {
      let date = CalendarDate(daysSince1970: day)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(day) * 86_400))
      #expect([date.year, date.month, date.day] == [parts.year, parts.month, parts.day])
      #expect(date.weekday.rawValue % 7 + 1 == parts.weekday)
      #expect(date.daysSince1970 == day)
    }
  }

  @Test func addsDaysAndMonths() throws {
    let date = try #require(CalendarDate("2024-01-31"))
    #expect(date.adding(days: 30).description == "2024-03-01")
    #expect(date.adding(months: 1).description == "2024-02-29")
    #expect(date.adding(months: -2).description == "2023-11-30")
    #expect(date.adding(months: 12).description == "2025-01-31")
    #expect(date.adding(days: .max).description == "9999-12-31")
    #expect(date.adding(days: .min).description == "0001-01-01")
    #expect(date.days(to: date.adding(days: -7)) == -7)
  }

  @Test func keepsALeapDayOnThe28thInCommonYears() throws {
    let born = try #require(PartialDate("--02-29"))
    #expect(born.description == "--02-29")
    #expect(born.occurrence(in: 2024)?.description == "2024-02-29")
    #expect(born.occurrence(in: 2025)?.description == "2025-02-28")
    #expect(born.next(onOrAfter: try #require(CalendarDate("2025-03-01")))?.description == "2026-02-28")
    #expect(born.next(onOrAfter: try #require(CalendarDate("2024-02-29")))?.description == "2024-02-29")
    #expect(born.next(onOrAfter: try #require(CalendarDate("2023-03-01")))?.description == "2024-02-29")
    #expect(born.age(in: 2024) == nil)
  }

  @Test(arguments: [("1986-05-03", "1986-05-03"), ("--05-03", "--05-03"), ("--0503", "--05-03")])
  func readsDatesWithoutAYear(text: String, written: String) { #expect(PartialDate(text)?.description == written) }

  @Test(arguments: ["--02-30", "1985-02-29", "-05-03", "--5-3", "--05-03x", ""])
  func refusesPartialDates(text: String) { #expect(PartialDate(text) == nil) }

  @Test func knowsAge() throws { #expect(try #require(PartialDate("1986-05-03")).age(in: 2026) == 40) }

  @Test(arguments: [("9:05", "09:05"), ("16.07", "16:07"), ("23:59:59", "23:59"), ("00:00", "00:00")])
  func readsTimes(text: String, written: String) { #expect(LocalTime(text)?.description == written) }

  @Test(arguments: ["24:00", "9:5", "1607", "12:60", "", "12:00:60", "12:00 "])
  func refusesTimes(text: String) { #expect(LocalTime(text) == nil) }
}
