import Domain
import Testing

private func instant(_ text: String) -> Instant { Instant(iso: text) ?? Instant(milliseconds: 0) }

private func promise(due: String = "2026-11-06", time: String? = nil, zone: String = "Europe/Sofia", madeAt: String = "2026-11-05T12:00:00Z") throws -> Promise {
  let due = PromiseDue(date: try #require(CalendarDate(due)), time: time.flatMap { LocalTime($0) }, zone: try #require(Zone(zone)))
  let at = instant(madeAt)
  return try Promise.make(PromiseTerms(what: "price", ownerID: AccountID(1)), due: due, madeAt: at, at: at)
}

struct PromiseTests {
  /// A day ends when it ends there: 23 and 25 hours, 29 February, a midnight that the clocks skip, times skipped and doubled.
  @Test(arguments: [
    ("2026-11-06", nil, "Europe/Sofia", "2026-11-06T21:59:59.999Z"),
    ("2026-03-29", nil, "Europe/Sofia", "2026-03-29T20:59:59.999Z"), ("2026-10-25", nil, "Europe/Sofia", "2026-10-25T21:59:59.999Z"),
    ("2028-02-29", nil, "UTC", "2028-02-29T23:59:59.999Z"), ("2027-02-28", nil, "UTC", "2027-02-28T23:59:59.999Z"),
    // Santiago goes to summer time at midnight: the day before ends as 1 o'clock begins.
    ("2026-09-05", nil, "America/Santiago", "2026-09-06T03:59:59.999Z"),
    ("2026-11-06", "16:00", "Europe/Warsaw", "2026-11-06T15:00:00Z"),
    // 02:30 is skipped on 29 March in Warsaw and comes twice on 25 October.
    ("2026-03-29", "02:30", "Europe/Warsaw", "2026-03-29T01:30:00Z"), ("2026-10-25", "02:30", "Europe/Warsaw", "2026-10-25T00:30:00Z"),
    ("2026-11-06", "09:00", "Asia/Kamchatka", "2026-11-05T21:00:00Z"),
  ])
  func isDueUntil(date: String, time: String?, zone: String, deadline: String) throws {
    let due = PromiseDue(date: try #require(CalendarDate(date)), time: time.flatMap { LocalTime($0) }, zone: try #require(Zone(zone)))
    #expect(due.deadline.iso == deadline)
    #expect(!due.isPast(at: due.deadline) && due.isPast(at: due.deadline.adding(milliseconds: 1)))
  }

  @Test func isKeptOnTimeOrLate() throws {
    let open = try promise()
    #expect(try open.kept(at: instant("2026-11-06T21:59:00Z"), now: instant("2026-11-06T21:59:00Z")).wasKeptOnTime)
    #expect(try !open.kept(at: instant("2026-11-06T22:00:00Z"), now: instant("2026-11-06T22:00:00Z")).wasKeptOnTime)
    // Said on Monday, done on Friday.
    #expect(try open.kept(at: instant("2026-11-06T12:00:00Z"), now: instant("2026-11-09T12:00:00Z")).wasKeptOnTime)
    #expect(throws: PromiseRefusal.keptInFuture) { try open.kept(at: instant("2026-11-07T00:00:00Z"), now: instant("2026-11-06T00:00:00Z")) }
    #expect(throws: PromiseRefusal.keptBeforeMade) { try open.kept(at: instant("2026-11-04T12:00:00Z"), now: instant("2026-11-06T00:00:00Z")) }
  }

  @Test func anotherDateInTimeIsTheOneThatCounts() throws {
    let open = try promise()
    let later = PromiseDue(date: try #require(CalendarDate("2026-11-20")), zone: open.due.zone)
    let moved = try open.renegotiated(to: later, at: instant("2026-11-06T10:00:00Z"))
    #expect(moved.moves == 1 && !moved.wasLate && moved.state == .open)
    #expect(try moved.kept(at: instant("2026-11-19T10:00:00Z"), now: instant("2026-11-19T10:00:00Z")).wasKeptOnTime)
    let late = try open.renegotiated(to: later, at: instant("2026-11-07T10:00:00Z"))
    #expect(late.wasLate)
    #expect(try !late.kept(at: instant("2026-11-19T10:00:00Z"), now: instant("2026-11-19T10:00:00Z")).wasKeptOnTime)
  }

  @Test func refusesWhatCannotBe() throws {
    let open = try promise(), now = instant("2026-11-06T10:00:00Z")
    let day = { (text: String) throws in PromiseDue(date: try #require(CalendarDate(text)), zone: open.due.zone) }
    let tomorrow = try day("2026-11-07"), past = try day("2026-11-01"), same = try day("2026-11-06"), far = try day("2100-01-01")
    #expect(throws: PromiseRefusal.sameDate) { try open.renegotiated(to: same, at: now) }
    #expect(throws: PromiseRefusal.datePassed) { try open.renegotiated(to: past, at: now) }
    #expect(throws: PromiseRefusal.dateTooFar) { try open.renegotiated(to: far, at: now) }
    #expect(throws: PromiseRefusal.open) { try open.reopened() }
    #expect(throws: PromiseRefusal.dateTooFar) { try Promise.make(open.terms, due: far, madeAt: now, at: now) }
    for settled in [try open.kept(at: now, now: now), try open.broken(at: now), try open.withdrawn(at: now), try open.cancelled(at: now)] {
      #expect(settled.settledAt == now && !settled.isOverdue(at: instant("2030-01-01T00:00:00Z")))
      #expect(throws: PromiseRefusal.settled) { try settled.kept(at: now, now: now) }
      #expect(throws: PromiseRefusal.settled) { try settled.broken(at: now) }
      #expect(throws: PromiseRefusal.settled) { try settled.withdrawn(at: now) }
      #expect(throws: PromiseRefusal.settled) { try settled.renegotiated(to: tomorrow, at: now) }
      #expect(try settled.reopened() == open)
    }
  }

  /// A promise noted late may have been due already.
  @Test func mayBeMadeAfterItsDate() throws {
    let made = try promise(due: "2026-11-01")
    #expect(made.isOverdue(at: instant("2026-11-05T12:00:00Z")))
  }

  @Test(arguments: PromiseChange.allCases) func isReadBackFromTheHistory(change: PromiseChange) throws {
    var note = PromiseNote(promise: PromiseID(7), try promise(time: "16:00"), reason: "ill")
    note.oldDue = PromiseDue(date: try #require(CalendarDate("2026-02-28")), zone: .utc)
    let event = HistoryEvent.promise(change, note)
    #expect(HistoryEvent(kind: event.kind, version: 1, payload: event.payload) == event)
    #expect(event.payload.contains("\"promise\":7,"))
  }

  @Test(arguments: [
    ("https://example.com/a", true), ("HTTP://example.com", true), ("javascript:alert(1)", false), ("https://", false), ("https://a b", false),
    ("https://a\"b", false), ("ftp://example.com", false), ("//example.com", false),
  ])
  func takesAddressesOfTheWeb(text: String, good: Bool) { #expect((PromiseEvidence(link: text) != nil) == good) }
}

struct ReminderTests {
  private func steps(_ schedule: ReminderSchedule, _ date: String, _ time: String? = nil, zone: String = "Europe/Sofia", keeper: String = "Europe/Sofia") throws -> [String] {
    let due = PromiseDue(date: try #require(CalendarDate(date)), time: time.flatMap { LocalTime($0) }, zone: try #require(Zone(zone)))
    return schedule.moments(of: due, in: try #require(Zone(keeper))).map { "\($0.step) \($0.at)" }
  }

  @Test func comesInTheMorningOfWhoeverIsReminded() throws {
    #expect(try steps(ReminderSchedule(), "2026-11-06") == [
      "before 2026-11-05T06:00:00Z", "day 2026-11-06T06:00:00Z", "overdue 2026-11-07T06:00:00Z", "escalation 2026-11-09T06:00:00Z",
    ])
    #expect(try steps(ReminderSchedule(), "2026-11-06", keeper: "Europe/London").first == "before 2026-11-05T08:00:00Z")
  }

  /// Over the change of clocks the hour stays; on 29 February and the day after it, too.
  @Test func keepsTheHourWhenClocksChange() throws {
    #expect(try steps(ReminderSchedule(hour: 3), "2026-03-29") == [
      "before 2026-03-28T01:00:00Z", "day 2026-03-29T01:00:00Z", "overdue 2026-03-30T00:00:00Z", "escalation 2026-04-01T00:00:00Z",
    ])
    #expect(try steps(ReminderSchedule(escalateAfter: 1), "2028-02-29", zone: "UTC", keeper: "UTC") == [
      "before 2028-02-28T08:00:00Z", "day 2028-02-29T08:00:00Z", "overdue 2028-03-01T08:00:00Z", "escalation 2028-03-01T08:00:00Z",
    ])
  }

  /// A promise due at dawn is reminded of at its time at the latest; one due elsewhere on the keeper's own day.
  @Test func neverComesAfterTheTime() throws {
    #expect(try steps(ReminderSchedule(daysBefore: nil), "2026-11-06", "06:00").first == "day 2026-11-06T04:00:00Z")
    #expect(try steps(ReminderSchedule(daysBefore: nil), "2026-11-06", "09:00", zone: "Asia/Kamchatka").first == "day 2026-11-05T06:00:00Z")
  }

  @Test func saysOnlyTheLastOfWhatWasMissed() throws {
    let schedule = ReminderSchedule()
    let due = PromiseDue(date: try #require(CalendarDate("2026-11-06")), zone: try #require(Zone("Europe/Sofia")))
    let made = instant("2026-11-01T12:00:00Z")
    func next(_ now: String) -> (say: [ReminderStep], again: Instant?) { schedule.next(of: due, in: due.zone, datedAt: made, now: instant(now)) }
    #expect(next("2026-11-02T00:00:00Z").say == [] && next("2026-11-02T00:00:00Z").again == instant("2026-11-05T06:00:00Z"))
    #expect(next("2026-11-05T06:00:00Z").say == [.before])
    #expect(next("2026-11-06T07:00:00Z").say == [.day])
    #expect(next("2026-11-20T00:00:00Z").say == [.overdue, .escalation] && next("2026-11-20T00:00:00Z").again == nil)
    // Agreed this afternoon: the morning's reminder is not made up for.
    let late = schedule.next(of: due, in: due.zone, datedAt: instant("2026-11-06T12:00:00Z"), now: instant("2026-11-06T12:00:00Z"))
    #expect(late.say == [] && late.again == instant("2026-11-07T06:00:00Z"))
  }

  @Test func mayBeSwitchedOff() throws {
    #expect(try steps(ReminderSchedule(daysBefore: nil, onTheDay: false, whenOverdue: false, escalateAfter: nil), "2026-11-06") == [])
  }
}
