/// A rule as people say it: every so many days, weeks, months or years, on these days, until then. What the editor shows and
/// the sentence tells. Other rules of iCalendar are kept and unfolded all the same, but are shown as they are written.

package struct PlainRecurrence: Hashable, Sendable {
  package enum Unit: String, CaseIterable, Codable, Sendable { case day, week, month, year }

  /// Which day of a month.
  package enum MonthDay: Hashable, Sendable {
    /// The last day stands in for one that a shorter month does not have.
    case day(Int)
    case last
    /// The first to fourth such weekday; -1 is the last.
    case weekday(Int, Weekday)
  }

  package enum End: Hashable, Sendable { case never, until(CalendarDate), count(Int) }

  package var unit: Unit
  package var every: Int
  /// Of a week, from Monday on.
  package var weekdays: Set<Weekday> = []
  /// Of a month or a year.
  package var monthDay: MonthDay?
  /// Of a year.
  package var month: Int?
  package var end: End

  package init(
    _ unit: Unit, every: Int = 1, weekdays: Set<Weekday> = [], monthDay: MonthDay? = nil, month: Int? = nil, end: End = .never
  ) {
    self.unit = unit
    self.every = every
    self.weekdays = weekdays
    self.monthDay = monthDay
    self.month = month
    self.end = end
  }

  /// Nil for numbers beyond the limits or a day that no month has.
  package var rule: RecurrenceRule? {
    var parts = ["FREQ=\(Self.frequencies[unit] ?? "")", "INTERVAL=\(every)"]
    switch unit {
    case .day: break
    case .week:
      let days = Weekday.allCases.filter(weekdays.contains)
      if !days.isEmpty { parts.append("BYDAY=" + days.map(\.code).joined(separator: ",")) }
    case .month:
      if let monthDay { parts += Self.parts(monthDay, longest: 31, shortest: 28) }
    case .year:
      if let month {
        parts.append("BYMONTH=\(month)")
        let shortest = CalendarDate.days(inMonth: month, ofYear: 2001), longest = CalendarDate.days(inMonth: month, ofYear: 2000)
        if let monthDay { parts += Self.parts(monthDay, longest: longest, shortest: shortest) }
      }
    }
    switch end {
    case .never: break
    case .until(let date): parts.append("UNTIL=" + date.description.replacing("-", with: ""))
    case .count(let count): parts.append("COUNT=\(count)")
    }
    return RecurrenceRule(parts.joined(separator: ";"))
  }

  private static let frequencies: [Unit: String] = [.day: "DAILY", .week: "WEEKLY", .month: "MONTHLY", .year: "YEARLY"]

  private static func parts(_ day: MonthDay, longest: Int, shortest: Int) -> [String] {
    switch day {
    case .last: return ["BYMONTHDAY=-1"]
    case .weekday(let ordinal, let weekday): return ["BYDAY=\(ordinal)\(weekday.code)"]
    case .day(let day) where day <= shortest: return ["BYMONTHDAY=\(day)"]
    case .day(let day):
      // The latest of these that the month has.
      let days = (shortest...max(shortest, min(day, longest))).map(String.init)
      return ["BYMONTHDAY=" + days.joined(separator: ","), "BYSETPOS=-1"]
    }
  }
}

extension PlainRecurrence {
  /// Nil for a rule that says more than the editor can.
  package init?(_ rule: RecurrenceRule) {
    var parts = rule.parts
    guard let unit = Self.frequencies.first(where: { $0.value == parts["FREQ"] })?.key else { return nil }
    self.init(unit, every: parts["INTERVAL"].flatMap { Int($0) } ?? 1)
    if let until = rule.until { end = .until(until) } else if let count = rule.count { end = .count(count) }
    for name in ["FREQ", "INTERVAL", "COUNT", "UNTIL"] { parts[name] = nil }
    if parts["WKST"] == "MO" { parts["WKST"] = nil }
    switch unit {
    case .day: break
    case .week:
      guard let days = Self.weekdays(parts.removeValue(forKey: "BYDAY")) else { return nil }
      weekdays = days
    case .month, .year:
      if unit == .year {
        if let text = parts.removeValue(forKey: "BYMONTH") {
          // More than one month is more than the editor says.
          guard let number = Int(text) else { return nil }
          month = number
        } else if !parts.isEmpty { return nil }
      }
      let shortest = month.map { CalendarDate.days(inMonth: $0, ofYear: 2001) } ?? 28
      guard let day = Self.monthDay(&parts, shortest: shortest) else { return nil }
      monthDay = day
    }
    guard parts.isEmpty else { return nil }
  }

  private static func weekdays(_ text: String?) -> Set<Weekday>? {
    guard let text else { return [] }
    let days = text.split(separator: ",").map { Weekday(code: $0) }
    return days.contains(nil) ? nil : Set(days.compactMap(\.self))
  }

  /// `.some(nil)` where the rule names no day: the first day says it.
  private static func monthDay(_ parts: inout [String: String], shortest: Int) -> MonthDay?? {
    if let text = parts.removeValue(forKey: "BYDAY") {
      guard let day = Weekday(code: text.suffix(2)), let ordinal = Int(text.dropLast(2)), [-1, 1, 2, 3, 4].contains(ordinal)
      else { return nil }
      return .some(.weekday(ordinal, day))
    }
    guard let text = parts.removeValue(forKey: "BYMONTHDAY") else { return .some(nil) }
    let days = text.split(separator: ",").compactMap { Int($0) }
    if days == [-1] { return .some(.last) }
    if parts["BYSETPOS"] == "-1", let first = days.first, let last = days.last, first >= 28, first < last, days == Array(first...last) {
      parts["BYSETPOS"] = nil
      return .some(.day(last))
    }
    // A month without the day is passed over, which the editor's own days are not.
    guard days.count == 1, let day = days.first, 1...max(1, shortest) ~= day else { return nil }
    return .some(.day(day))
  }
}

extension Weekday {
  /// As iCalendar writes it: `MO`.
  package var code: String { Self.codes[rawValue - 1] }

  package init?(code: some StringProtocol) {
    guard let index = Self.codes.firstIndex(of: String(code)) else { return nil }
    self.init(rawValue: index + 1)
  }

  private static let codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
}
