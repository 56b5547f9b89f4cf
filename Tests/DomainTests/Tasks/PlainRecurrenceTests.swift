import Domain
import Testing

struct PlainRecurrenceTests {
  /// What the editor can say, as it is written and read back.
  private static let rules: [(PlainRecurrence, String)] = [
    (PlainRecurrence(.day), "FREQ=DAILY"),
    (PlainRecurrence(.day, every: 3, end: .count(5)), "FREQ=DAILY;COUNT=5;INTERVAL=3"),
    (PlainRecurrence(.week, every: 2, weekdays: [.wednesday, .monday]), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"),
    (PlainRecurrence(.week, weekdays: [.friday], end: .until(date("2027-01-01"))), "FREQ=WEEKLY;UNTIL=20270101;BYDAY=FR"),
    (PlainRecurrence(.month, monthDay: .day(15)), "FREQ=MONTHLY;BYMONTHDAY=15"),
    (PlainRecurrence(.month, monthDay: .day(31)), "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
    (PlainRecurrence(.month, monthDay: .last), "FREQ=MONTHLY;BYMONTHDAY=-1"),
    (PlainRecurrence(.month, every: 3, monthDay: .weekday(2, .tuesday)), "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU"),
    (PlainRecurrence(.month, monthDay: .weekday(-1, .friday)), "FREQ=MONTHLY;BYDAY=-1FR"),
    (PlainRecurrence(.year, monthDay: .day(5), month: 11), "FREQ=YEARLY;BYMONTHDAY=5;BYMONTH=11"),
    (PlainRecurrence(.year, monthDay: .day(29), month: 2), "FREQ=YEARLY;BYMONTHDAY=28,29;BYMONTH=2;BYSETPOS=-1"),
    (PlainRecurrence(.year, monthDay: .weekday(-1, .friday), month: 11), "FREQ=YEARLY;BYDAY=-1FR;BYMONTH=11"),
    (PlainRecurrence(.year, monthDay: .last, month: 2), "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"),
  ]

  private static func date(_ text: String) -> CalendarDate { CalendarDate(text) ?? CalendarDate(daysSince1970: 0) }

  @Test func isWrittenAndReadBack() throws {
    for (plain, text) in Self.rules {
      let rule = try #require(plain.rule, "\(text)")
      #expect(rule.text == text)
      #expect(PlainRecurrence(rule) == plain, "\(text)")
    }
  }

  @Test(arguments: [
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU", "FREQ=YEARLY;BYMONTH=6,7", "FREQ=MONTHLY;BYDAY=5MO",
    "FREQ=DAILY;BYMONTH=1",
  ]) func doesNotPretendToSayMore(text: String) throws {
    #expect(PlainRecurrence(try #require(RecurrenceRule(text))) == nil)
  }

  /// A month or year without the day keeps its last one, as birthdays do.
  @Test(arguments: [
    (PlainRecurrence(.month, monthDay: .day(31)), "2027-12-31", "2027 12-31 2028 01-31 02-29 03-31 04-30"),
    (PlainRecurrence(.month, monthDay: .day(30)), "2027-01-30", "2027 01-30 02-28 03-30"),
    (PlainRecurrence(.month, monthDay: .last), "2027-01-31", "2027 01-31 02-28 03-31"),
    (PlainRecurrence(.year, monthDay: .day(29), month: 2), "2024-02-29", "2024 02-29 2025 02-28 2026 02-28 2027 02-28 2028 02-29"),
    (PlainRecurrence(.year, every: 4, monthDay: .day(29), month: 2), "2024-02-29", "2024 02-29 2028 02-29 2032 02-29"),
    (PlainRecurrence(.year, monthDay: .last, month: 2), "2099-02-28", "2099 02-28 2100 02-28 2101 02-28"),
  ] as [(PlainRecurrence, String, String)]) func shorterMonths(plain: PlainRecurrence, start: String, days: String) throws {
    let wanted = RecurrenceRuleTests.dates(days)
    let found = try #require(plain.rule).occurrences(from: try #require(CalendarDate(start))).prefix(wanted.count)
    #expect(Array(found) == wanted)
  }
}
