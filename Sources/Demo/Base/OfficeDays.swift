import Domain

/// When an agency works: weekdays between nine and six by the client's clock, August quiet, nothing between Christmas and the
/// second week of January.
enum OfficeDays {
  /// The first day on or after that one on which somebody would do it.
  static func settled(_ day: CalendarDate, _ dice: inout SplitMix64) -> CalendarDate {
    var day = day
    if day.month == 8, dice.chance(75) { day = day.adding(days: dice.within(20...32)) }
    if day.month == 12, day.day >= 23 { day = day.adding(days: dice.within(16...22)) }
    if day.month == 1, day.day <= 7 { day = day.adding(days: dice.within(5...10)) }
    return weekday(day)
  }

  static func weekday(_ day: CalendarDate) -> CalendarDate {
    switch day.weekday {
    case .saturday: day.adding(days: 2)
    case .sunday: day.adding(days: 1)
    default: day
    }
  }

  /// Most talk is before lunch and after it, at an hour when the client works and so does the agency.
  static func moment(on day: CalendarDate, in zone: Zone, _ dice: inout SplitMix64) -> Instant {
    var moment = zone.instant(day, .midnight)
    for _ in 0..<24 {
      let hour = dice.pick(weighted: [(9, 3), (10, 6), (11, 6), (12, 3), (13, 2), (14, 5), (15, 5), (16, 4), (17, 2)])
      moment = zone.instant(day, LocalTime(hour: hour, minute: dice.below(60)) ?? .midnight)
      if 8...18 ~= sofia.local(moment).time.hour { break }
    }
    return moment
  }

  private static let sofia = Zone("Europe/Sofia") ?? .utc
}
