import Domain
import Testing

/// When the next of a series is due once one is done.
struct NextTaskTests {
  struct Case: Sendable, CustomStringConvertible {
    let rule: String
    var basis = Recurrence.Basis.schedule
    let scheduled: String
    var time: String?
    var zone = "Europe/Sofia"
    /// As the clock shows it in the zone.
    let done: String
    let next: String?
    var left: String?
    var description: String { "\(rule) \(basis) \(scheduled) done \(done)" }
  }

  private static let cases: [Case] = [
    // In time, early and late.
    Case(rule: "FREQ=WEEKLY;BYDAY=MO", scheduled: "2026-11-02", done: "2026-11-02T10:00", next: "2026-11-09"),
    Case(rule: "FREQ=WEEKLY;BYDAY=MO", scheduled: "2026-11-02", done: "2026-10-28T10:00", next: "2026-11-09"),
    Case(rule: "FREQ=WEEKLY;BYDAY=MO", scheduled: "2026-11-02", done: "2026-11-08T23:59", next: "2026-11-09"),
    // On the day of the next itself that one is still to do; what passed in between is left out.
    Case(rule: "FREQ=WEEKLY;BYDAY=MO", scheduled: "2026-11-02", done: "2026-11-09T18:00", next: "2026-11-09"),
    Case(rule: "FREQ=WEEKLY;BYDAY=MO", scheduled: "2026-11-02", done: "2026-11-24T09:00", next: "2026-11-30"),
    Case(rule: "FREQ=DAILY", scheduled: "2026-11-02", time: "09:00", done: "2026-11-03T08:59", next: "2026-11-03"),
    Case(rule: "FREQ=DAILY", scheduled: "2026-11-02", time: "09:00", done: "2026-11-03T09:00", next: "2026-11-04"),
    // The interval is counted from the schedule, not from the day it was done.
    Case(rule: "FREQ=DAILY;INTERVAL=10", scheduled: "2026-11-01", done: "2026-11-09T12:00", next: "2026-11-11"),
    Case(rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", scheduled: "2026-11-04", done: "2026-11-04T12:00", next: "2026-11-16"),
    // An end: a day, or a number of times with those that passed counted.
    Case(rule: "FREQ=WEEKLY;UNTIL=20261109;BYDAY=MO", scheduled: "2026-11-02", done: "2026-11-02T12:00", next: "2026-11-09"),
    Case(rule: "FREQ=WEEKLY;UNTIL=20261108;BYDAY=MO", scheduled: "2026-11-02", done: "2026-11-02T12:00", next: nil),
    Case(rule: "FREQ=DAILY;COUNT=3", scheduled: "2026-11-02", done: "2026-11-02T12:00", next: "2026-11-03", left: "FREQ=DAILY;COUNT=2"),
    Case(rule: "FREQ=DAILY;COUNT=3", scheduled: "2026-11-02", done: "2026-11-04T12:00", next: "2026-11-04", left: "FREQ=DAILY;COUNT=1"),
    Case(rule: "FREQ=DAILY;COUNT=1", scheduled: "2026-11-02", done: "2026-11-02T12:00", next: nil),
    Case(rule: "FREQ=DAILY;COUNT=3", scheduled: "2026-11-02", done: "2026-11-12T12:00", next: nil),
    // 29 February and the 31st.
    Case(rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", scheduled: "2028-02-29", done: "2028-02-29T12:00", next: "2029-02-28"),
    Case(rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", scheduled: "2027-02-28", done: "2027-02-28T12:00", next: "2028-02-29"),
    Case(rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", scheduled: "2028-02-29", done: "2028-02-29T12:00", next: "2032-02-29"),
    Case(rule: "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", scheduled: "2027-01-31", done: "2027-01-31T12:00", next: "2027-02-28"),
    Case(rule: "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", scheduled: "2027-02-28", done: "2027-02-28T12:00", next: "2027-03-31"),
    // From the day it was done.
    Case(rule: "FREQ=DAILY;INTERVAL=3", basis: .completion, scheduled: "2026-11-02", done: "2026-11-20T23:30", next: "2026-11-23"),
    Case(rule: "FREQ=WEEKLY;INTERVAL=2", basis: .completion, scheduled: "2026-11-02", done: "2026-10-30T09:00", next: "2026-11-13"),
    Case(rule: "FREQ=MONTHLY", basis: .completion, scheduled: "2026-12-15", done: "2027-01-31T09:00", next: "2027-02-28"),
    Case(rule: "FREQ=YEARLY", basis: .completion, scheduled: "2028-02-01", done: "2028-02-29T09:00", next: "2029-02-28"),
    Case(rule: "FREQ=DAILY;COUNT=2", basis: .completion, scheduled: "2026-11-02", done: "2026-11-20T09:00", next: "2026-11-21", left: "FREQ=DAILY;COUNT=1"),
    Case(rule: "FREQ=DAILY;COUNT=1", basis: .completion, scheduled: "2026-11-02", done: "2026-11-20T09:00", next: nil),
    Case(rule: "FREQ=DAILY;INTERVAL=5;UNTIL=20261124", basis: .completion, scheduled: "2026-11-02", done: "2026-11-20T09:00", next: nil),
  ]

  @Test(arguments: cases) func comesWhen(_ c: Case) throws {
    let zone = try #require(Zone(c.zone))
    let recurrence = Recurrence(try #require(RecurrenceRule(c.rule)), c.basis)
    let scheduled = try #require(CalendarDate(c.scheduled))
    let due = TaskDue(scheduled, c.time.flatMap { LocalTime($0) }, zone: zone)
    let next = recurrence.next(after: scheduled, due, done: zone.instant(try #require(LocalDateTime(c.done))))
    #expect(next?.date.description == c.next)
    if let left = c.left { #expect(next?.recurrence.rule.text == left) }
    if let next { #expect(next.recurrence.basis == c.basis) }
  }

  /// The time of day stays what the clock on the wall shows; the moment follows the zone.
  @Test(arguments: [
    // Sofia goes to summer time on 28 March 2027 at 03:00 and back on 31 October at 04:00.
    ("Europe/Sofia", "09:00", "2027-03-27", "2027-03-27T07:00:00Z"), ("Europe/Sofia", "09:00", "2027-03-28", "2027-03-28T06:00:00Z"),
    ("Europe/Sofia", "03:30", "2027-03-28", "2027-03-28T01:30:00Z"), ("Europe/Sofia", "04:00", "2027-03-28", "2027-03-28T01:00:00Z"),
    ("Europe/Sofia", "03:30", "2027-10-31", "2027-10-31T00:30:00Z"), ("Europe/Sofia", "04:00", "2027-10-31", "2027-10-31T02:00:00Z"),
    ("Europe/Warsaw", "02:15", "2027-03-28", "2027-03-28T01:15:00Z"), ("Europe/Warsaw", "02:15", "2027-10-31", "2027-10-31T00:15:00Z"),
    ("Europe/Moscow", "02:15", "2027-03-28", "2027-03-27T23:15:00Z"), ("America/New_York", "02:30", "2027-03-14", "2027-03-14T07:30:00Z"),
    ("UTC", "00:00", "2028-02-29", "2028-02-29T00:00:00Z"),
  ]) func theClockOnTheWallStays(zone: String, time: String, date: String, moment: String) throws {
    let due = TaskDue(try #require(CalendarDate(date)), LocalTime(time), zone: try #require(Zone(zone)))
    #expect(due.moment.iso == moment)
  }

  /// A day is over when the next one begins there, also where the clocks skip midnight.
  @Test(arguments: [
    ("Europe/Sofia", "2027-03-27", "2027-03-27T22:00:00Z"), ("Europe/Sofia", "2027-03-28", "2027-03-28T21:00:00Z"),
    ("Europe/Sofia", "2027-10-31", "2027-10-31T22:00:00Z"), ("Africa/Cairo", "2027-04-29", "2027-04-29T22:00:00Z"),
    ("Pacific/Auckland", "2028-02-29", "2028-02-29T11:00:00Z"),
  ]) func aDayEndsThere(zone: String, date: String, end: String) throws {
    let due = TaskDue(try #require(CalendarDate(date)), zone: try #require(Zone(zone)))
    let moment = try #require(Instant(iso: end))
    #expect(due.moment == moment)
    #expect(due.isOverdue(at: moment) && !due.isOverdue(at: moment.adding(milliseconds: -1)))
  }

  @Test func aDailyTaskCrossesTheChangeOfClocks() throws {
    let zone = try #require(Zone("Europe/Sofia")), time = try #require(LocalTime("03:30"))
    let recurrence = Recurrence(try #require(RecurrenceRule("FREQ=DAILY")), .schedule)
    var day = try #require(CalendarDate("2027-03-26"))
    var moments: [String] = []
    for _ in 0..<4 {
      let due = TaskDue(day, time, zone: zone)
      moments.append(due.moment.iso)
      day = try #require(recurrence.next(after: day, due, done: due.moment)).date
    }
    #expect(moments == ["2027-03-26T01:30:00Z", "2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z"])
  }

  @Test func theFirstDayIsOneTheRuleNames() throws {
    let mondays = Recurrence(try #require(RecurrenceRule("FREQ=WEEKLY;BYDAY=MO")), .schedule)
    for day in 3...9 {
      #expect(mondays.first(onOrAfter: try #require(CalendarDate("2026-11-0\(day)")))?.description == "2026-11-09")
    }
    let never = Recurrence(try #require(RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2")), .schedule)
    #expect(never.first(onOrAfter: try #require(CalendarDate("2026-11-05"))) == nil)
  }

  @Test func ticksStayWithTheirWords() {
    let old = [ChecklistStep("call", isDone: true), ChecklistStep("write"), ChecklistStep("call", isDone: false)]
    let new = old.replaced(by: ["write", "call", "call", "send"])
    #expect(new == [ChecklistStep("write"), ChecklistStep("call", isDone: true), ChecklistStep("call"), ChecklistStep("send")])
    #expect(new.doneCount == 1)
  }
}
