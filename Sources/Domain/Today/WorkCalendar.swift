/// When someone works: hours of the week, and days off. It decides which day's reasons are shown today.
package struct WorkCalendar: Hashable, Sendable {
  /// Minutes after midnight, of the account's zone.
  package struct Hours: Hashable, Sendable, Codable {
    package let from: Int
    package let until: Int
    package init?(from: Int, until: Int) {
      guard from >= 0, from < until, until <= 24 * 60 else { return nil }
      (self.from, self.until) = (from, until)
    }
    fileprivate init(hours: Range<Int>) { (from, until) = (hours.lowerBound * 60, hours.upperBound * 60) }
  }

  /// Inclusive.
  package struct Absence: Hashable, Sendable {
    package let first: CalendarDate
    package let last: CalendarDate
    package let deputy: AccountID?
    package init?(first: CalendarDate, last: CalendarDate, deputy: AccountID? = nil) {
      guard first <= last else { return nil }
      (self.first, self.last, self.deputy) = (first, last, deputy)
    }
    package func covers(_ day: CalendarDate) -> Bool { first <= day && day <= last }
  }

  package var week: [Weekday: Hours]
  package var absences: [Absence]

  /// Until someone says otherwise: Monday to Friday, nine to six.
  package static let usual: [Weekday: Hours] = Dictionary(
    uniqueKeysWithValues: [Weekday.monday, .tuesday, .wednesday, .thursday, .friday].map { ($0, Hours(hours: 9..<18)) })

  package init(week: [Weekday: Hours] = WorkCalendar.usual, absences: [Absence] = []) { (self.week, self.absences) = (week, absences) }

  package func isWorking(_ day: CalendarDate) -> Bool { week[day.weekday] != nil && absence(on: day) == nil }
  package func absence(on day: CalendarDate) -> Absence? { absences.first { $0.covers(day) } }

  /// Further ahead nothing is drawn forward, however long someone is away.
  package static let longestReach = 31

  /// Reasons that have a deadline are shown today when they begin before this day. That is tomorrow; before days off it is the
  /// first day back, since on days off nobody looks. Days on which a deputy stands in are not drawn forward: the deputy sees them.
  package func reach(from today: CalendarDate) -> CalendarDate {
    var day = today.adding(days: 1)
    let end = today.adding(days: Self.longestReach)
    while day < end, !isWorking(day), absence(on: day)?.deputy == nil { day = day.adding(days: 1) }
    // Nobody who works on no day at all is shown a month at once.
    return day == end && week.isEmpty ? today.adding(days: 1) : day
  }

  package func nextWorkingDay(after day: CalendarDate) -> CalendarDate? {
    (1...366).lazy.map { day.adding(days: $0) }.first(where: isWorking)
  }
}
