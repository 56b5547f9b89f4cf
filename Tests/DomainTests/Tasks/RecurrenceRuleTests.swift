import Domain
import Testing

/// The examples of RFC 5545, 3.8.5.3, whose frequency is a day or longer, with the days the RFC gives for them. All begin at
/// 09:00 in New York, so that an UNTIL at midnight UTC ends on the day before.
struct RecurrenceRuleTests {
  struct Example: Sendable, CustomStringConvertible {
    let rule: String, start: String
    /// Month and day, years marked; as far as the RFC lists them.
    let days: String
    /// Whether these are all.
    var isWhole = false
    var description: String { rule }
  }

  private static let examples: [Example] = [
    Example(
      rule: "FREQ=DAILY;COUNT=10", start: "1997-09-02",
      days: "1997 09-02 09-03 09-04 09-05 09-06 09-07 09-08 09-09 09-10 09-11", isWhole: true),
    Example(
      rule: "FREQ=DAILY;INTERVAL=2", start: "1997-09-02", days: "1997 09-02 09-04 09-06 09-08 09-10 09-12 09-14 09-16 09-18 09-20"),
    Example(
      rule: "FREQ=DAILY;INTERVAL=10;COUNT=5", start: "1997-09-02", days: "1997 09-02 09-12 09-22 10-02 10-12", isWhole: true),
    Example(
      rule: "FREQ=WEEKLY;COUNT=10", start: "1997-09-02",
      days: "1997 09-02 09-09 09-16 09-23 09-30 10-07 10-14 10-21 10-28 11-04", isWhole: true),
    Example(
      rule: "FREQ=WEEKLY;UNTIL=19971224T000000Z", start: "1997-09-02",
      days: "1997 09-02 09-09 09-16 09-23 09-30 10-07 10-14 10-21 10-28 11-04 11-11 11-18 11-25 12-02 12-09 12-16 12-23", isWhole: true),
    Example(
      rule: "FREQ=WEEKLY;INTERVAL=2;WKST=SU", start: "1997-09-02",
      days: "1997 09-02 09-16 09-30 10-14 10-28 11-11 11-25 12-09 12-23 1998 01-06 01-20 02-03 02-17"),
    Example(
      rule: "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", start: "1997-09-02",
      days: "1997 09-02 09-04 09-09 09-11 09-16 09-18 09-23 09-25 09-30 10-02", isWhole: true),
    Example(
      rule: "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", start: "1997-09-01",
      days: """
        1997 09-01 09-03 09-05 09-15 09-17 09-19 09-29 10-01 10-03 10-13 10-15 10-17 10-27 10-29 10-31 11-10 11-12 11-14 11-24 \
        11-26 11-28 12-08 12-10 12-12 12-22
        """, isWhole: true),
    Example(
      rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", start: "1997-09-02",
      days: "1997 09-02 09-04 09-16 09-18 09-30 10-02 10-14 10-16", isWhole: true),
    Example(
      rule: "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", start: "1997-09-05",
      days: "1997 09-05 10-03 11-07 12-05 1998 01-02 02-06 03-06 04-03 05-01 06-05", isWhole: true),
    Example(
      rule: "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", start: "1997-09-05", days: "1997 09-05 10-03 11-07 12-05", isWhole: true),
    Example(
      rule: "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", start: "1997-09-07",
      days: "1997 09-07 09-28 11-02 11-30 1998 01-04 01-25 03-01 03-29 05-03 05-31", isWhole: true),
    Example(
      rule: "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", start: "1997-09-22", days: "1997 09-22 10-20 11-17 12-22 1998 01-19 02-16", isWhole: true),
    Example(rule: "FREQ=MONTHLY;BYMONTHDAY=-3", start: "1997-09-28", days: "1997 09-28 10-29 11-28 12-29 1998 01-29 02-26"),
    Example(
      rule: "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", start: "1997-09-02",
      days: "1997 09-02 09-15 10-02 10-15 11-02 11-15 12-02 12-15 1998 01-02 01-15", isWhole: true),
    Example(
      rule: "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", start: "1997-09-30",
      days: "1997 09-30 10-01 10-31 11-01 11-30 12-01 12-31 1998 01-01 01-31 02-01", isWhole: true),
    Example(
      rule: "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", start: "1997-09-10",
      days: "1997 09-10 09-11 09-12 09-13 09-14 09-15 1999 03-10 03-11 03-12 03-13", isWhole: true),
    Example(
      rule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", start: "1997-09-02",
      days: "1997 09-02 09-09 09-16 09-23 09-30 11-04 11-11 11-18 11-25 1998 01-06 01-13 01-20 01-27 03-03"),
    Example(
      rule: "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", start: "1997-06-10",
      days: "1997 06-10 07-10 1998 06-10 07-10 1999 06-10 07-10 2000 06-10 07-10 2001 06-10 07-10", isWhole: true),
    Example(
      rule: "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", start: "1997-03-10",
      days: "1997 03-10 1999 01-10 02-10 03-10 2001 01-10 02-10 03-10 2003 01-10 02-10 03-10", isWhole: true),
    Example(
      rule: "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", start: "1997-01-01",
      days: "1997 01-01 04-10 07-19 2000 01-01 04-09 07-18 2003 01-01 04-10 07-19 2006 01-01", isWhole: true),
    Example(rule: "FREQ=YEARLY;BYDAY=20MO", start: "1997-05-19", days: "1997 05-19 1998 05-18 1999 05-17"),
    Example(rule: "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", start: "1997-05-12", days: "1997 05-12 1998 05-11 1999 05-17"),
    Example(
      rule: "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", start: "1997-03-13",
      days: "1997 03-13 03-20 03-27 1998 03-05 03-12 03-19 03-26 1999 03-04 03-11 03-18 03-25"),
    Example(
      rule: "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", start: "1997-06-05",
      days: "1997 06-05 06-12 06-19 06-26 07-03 07-10 07-17 07-24 07-31 08-07 08-14 08-21 08-28 1998 06-04"),
    Example(rule: "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", start: "1998-02-13", days: "1998 02-13 03-13 11-13 1999 08-13 2000 10-13"),
    Example(
      rule: "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", start: "1997-09-13",
      days: "1997 09-13 10-11 11-08 12-13 1998 01-10 02-07 03-07 04-11 05-09 06-13"),
    Example(
      rule: "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", start: "1996-11-05",
      days: "1996 11-05 2000 11-07 2004 11-02"),
    Example(
      rule: "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", start: "1997-09-04", days: "1997 09-04 10-07 11-06", isWhole: true),
    Example(
      rule: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", start: "1997-09-29",
      days: "1997 09-29 10-30 11-27 12-30 1998 01-29 02-26 03-30"),
    Example(
      rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", start: "1997-08-05", days: "1997 08-05 08-10 08-19 08-24", isWhole: true),
    Example(
      rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", start: "1997-08-05", days: "1997 08-05 08-17 08-19 08-31", isWhole: true),
    Example(
      rule: "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", start: "2007-01-15", days: "2007 01-15 01-30 02-15 03-15 03-30", isWhole: true),
  ]

  @Test(arguments: examples) func unfoldsAsTheStandardSays(example: Example) throws {
    let rule = try #require(RecurrenceRule(example.rule))
    let start = try #require(CalendarDate(example.start))
    let wanted = Self.dates(example.days)
    let found = Array(rule.occurrences(from: start).prefix(wanted.count + 1))
    #expect(Array(found.prefix(wanted.count)) == wanted)
    #expect((found.count == wanted.count) == example.isWhole)
    // What is kept says the same.
    #expect(RecurrenceRule(rule.text) == rule)
  }

  static func dates(_ text: String) -> [CalendarDate] {
    var year = ""
    return text.split(separator: " ").compactMap { word in
      if word.utf8.count == 4 { year = String(word) }
      return CalendarDate("\(year)-\(word)")
    }
  }

  @Test(arguments: [
    "", "FREQ", "FREQ=", "FREQ=NEVER", "FREQ=HOURLY;INTERVAL=3", "FREQ=MINUTELY", "FREQ=SECONDLY", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=1000", "FREQ=DAILY;COUNT=1000", "FREQ=DAILY;COUNT=2;UNTIL=20270101", "FREQ=DAILY;BYHOUR=9", "FREQ=DAILY;FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=XX", "RSCALE=HEBREW;FREQ=YEARLY", "FREQ=DAILY;SKIP=OMIT", "FREQ=DAILY\r\nSUMMARY:x", "FREQ=DAILY;X-A=1",
    "FREQ=WEEKLY;BYDAY=" + String(repeating: "MO,", count: 200),
  ]) func refuses(text: String) {
    #expect(RecurrenceRule(text) == nil)
  }

  @Test func readsAsPeoplePaste() throws {
    #expect(RecurrenceRule(" RRULE:freq=weekly;byday=mo ")?.text == "FREQ=WEEKLY;BYDAY=MO")
    let rule = try #require(RecurrenceRule("FREQ=DAILY;UNTIL=20270101T090000Z"))
    #expect(rule.until == CalendarDate("2027-01-01") && rule.count == nil)
    #expect(RecurrenceRule("FREQ=DAILY;COUNT=7")?.counting(3)?.text == "FREQ=DAILY;COUNT=3")
  }
}
