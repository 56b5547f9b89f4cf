/// A date whose year may be unknown (a birthday): `1986-05-03` or `--05-03` (ISO 8601's and vCard's form).

package struct PartialDate: Hashable, Sendable {
  package let year: Int?
  package let month: Int
  package let day: Int

  /// Without a year 29 February is allowed.
  package init?(year: Int? = nil, month: Int, day: Int) {
    guard let checked = CalendarDate(year: year ?? 2000, month: month, day: day) else { return nil }
    (self.year, self.month, self.day) = (year, checked.month, checked.day)
  }

  package init(_ date: CalendarDate) { (year, month, day) = (date.year, date.month, date.day) }

  /// The whole date, where the year is known.
  package var date: CalendarDate? { year.flatMap { CalendarDate(year: $0, month: month, day: day) } }

  /// The day it falls on in that year; 29 February is kept on the 28th in common years. Nil outside years 1 to 9999.
  package func occurrence(in year: Int) -> CalendarDate? {
    CalendarDate(year: year, month: month, day: min(day, CalendarDate.days(inMonth: month, ofYear: year)))
  }

  /// The first time it comes round on that day or later.
  package func next(onOrAfter date: CalendarDate) -> CalendarDate? {
    guard let thisYear = occurrence(in: date.year) else { return nil }
    return thisYear >= date ? thisYear : occurrence(in: date.year + 1)
  }

  /// The years completed by its occurrence in that year; nil where the year is unknown or still to come.
  package func age(in year: Int) -> Int? {
    guard let born = self.year, year >= born else { return nil }
    return year - born
  }
}

extension PartialDate: LosslessStringConvertible, CodedAsText {
  package init?(_ text: String) {
    if let whole = CalendarDate(text) {
      self.init(whole)
      return
    }
    var reader = DigitReader(text)
    guard reader.skip("-"), reader.skip("-"), let month = reader.number(digits: 2) else { return nil }
    _ = reader.skip("-")  // vCard writes --0503
    guard let day = reader.number(digits: 2), reader.isAtEnd else { return nil }
    self.init(month: month, day: day)
  }

  package var description: String {
    if let date { return date.description }
    var text = ISOText()
    text.append("--")
    text.append(month, digits: 2)
    text.append("-")
    text.append(day, digits: 2)
    return text.string
  }
}
