import Domain
import Testing

struct CareTests {
  @Test(arguments: [
    ("--02-29", "2026-02-26", "2026-02-28", nil), ("--02-29", "2028-02-26", "2028-02-29", nil), ("1984-02-29", "2027-02-20", "2027-02-28", 43),
    ("1984-02-29", "2028-03-01", "2028-02-29", 44), ("1984-02-29", "2028-03-05", "2029-02-28", 45), ("--12-31", "2027-01-02", "2026-12-31", nil),
    ("--01-01", "2026-12-30", "2027-01-01", nil), ("2026-11-20", "2026-11-05", "2026-11-20", nil), ("2030-01-05", "2026-11-05", "2030-01-05", nil),
    ("1986-11-05", "2026-11-08", "2026-11-05", 40), ("1986-11-05", "2026-11-09", "2027-11-05", 41),
  ] as [(String, String, String, Int?)])
  func comesRoundEveryYear(date: String, today: String, day: String, years: Int?) throws {
    let yearly = YearlyDate(try #require(PartialDate(date)))
    let around = try #require(CalendarDate(today))
    let next = try #require(yearly.occurrence(around: around))
    #expect(next.day.description == day)
    #expect(next.years == years)
    #expect(next.from == next.day.adding(days: -1))
  }

  @Test(arguments: [
    (30, 0, Rhythm.State.fine), (30, 23, .fine), (30, 24, .soon), (30, 29, .soon), (30, 30, .late), (30, 400, .late),
    (3, 1, .fine), (3, 2, .soon), (1, 0, .soon), (365, 350, .fine), (365, 351, .soon),
  ])
  func turnsYellowThenRed(days: Int, gone: Int, state: Rhythm.State) {
    let contact = Instant(milliseconds: 1_793_887_620_000)
    let rhythm = Rhythm(days: days, dueAt: Rhythm.due(after: contact, every: days))
    #expect(rhythm.state(at: contact.adding(milliseconds: Int64(gone) * Instant.day)) == state)
  }

  @Test(arguments: [
    (Int?.none, [], Int?.none, Int?.none), (nil, [], 60, 60), (nil, [90, 14], 60, 14), (45, [14], 60, 45), (0, [14], 60, nil),
  ] as [(Int?, [Int], Int?, Int?)])
  func handBeforeTagsBeforeRelationship(hand: Int?, tags: [Int], relationship: Int?, days: Int?) {
    #expect(Rhythm.days(byHand: hand, tags: tags, relationship: relationship) == days)
  }

  @Test func saturatesInsteadOfTrapping() {
    #expect(Rhythm.due(after: Instant(milliseconds: .max), every: .max).milliseconds == .max)
    #expect(Reason.press(.rarely, due: Instant(milliseconds: .max), weight: .max) > 0)
    #expect(Reason.press(.promises, due: Instant(milliseconds: .min), weight: .min) > 0)
  }

  @Test func ordersByHeadingThenDueThenWeight() {
    let early = Instant(milliseconds: 1_000_000_000_000), late = Instant(milliseconds: 2_000_000_000_000)
    let order = [
      Reason.press(.promises, due: early, weight: 3), Reason.press(.promises, due: early, weight: 0), Reason.press(.promises, due: late, weight: 15),
      Reason.press(.tasks, due: early, weight: 15), Reason.press(.rarely, due: early, weight: 0),
    ]
    #expect(order == order.sorted())
    #expect(order.map(Reason.group(ofPress:)) == [.promises, .promises, .promises, .tasks, .rarely])
  }

  @Test(arguments: ["promise-12", "too_rarely-7", "manager_changed-1"]) func keysStandInAddresses(text: String) {
    #expect(ReasonKey(text)?.description == text)
  }
  @Test(arguments: ["promise", "promise-0", "promise--1", "none-1", "-1", "promise-99999999999999999999"]) func otherKeysAreNone(text: String) {
    #expect(ReasonKey(text) == nil)
  }
}
