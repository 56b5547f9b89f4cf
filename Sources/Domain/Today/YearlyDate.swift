/// A day that comes every year: a birthday, an anniversary. 29 February is kept on the 28th in common years.
package struct YearlyDate: Hashable, Sendable {
  package let date: PartialDate
  package init(_ date: PartialDate) { self.date = date }

  /// It is told of the day before.
  package static let lead = 1
  /// So many days after it, it may still be made up for; then it moves to the next year.
  package static let grace = 3

  package struct Occurrence: Hashable, Sendable {
    package let day: CalendarDate
    /// Years completed; nil where the year is not known, or it is the very first.
    package let years: Int?
    package var from: CalendarDate { day.adding(days: -YearlyDate.lead) }
  }

  /// The one to think of on that day: of the last days, or the next.
  package func occurrence(around today: CalendarDate) -> Occurrence? { occurrence(onOrAfter: today.adding(days: -Self.grace)) }

  package func occurrence(onOrAfter day: CalendarDate) -> Occurrence? {
    guard let next = date.next(onOrAfter: max(day, date.date ?? day)) else { return nil }
    let years = date.age(in: next.year)
    return Occurrence(day: next, years: years == 0 ? nil : years)
  }
}
