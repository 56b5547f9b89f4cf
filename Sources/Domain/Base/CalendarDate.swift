/// A day of the Gregorian calendar with no time and no zone, years 1 to 9999; kept as ISO 8601 text (`2026-11-05`).

package struct CalendarDate: Hashable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int

  package init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= CalendarDate.days(inMonth: month, ofYear: year) else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Days since 1970-01-01; a number outside years 1 to 9999 becomes the nearest day within.
  package init(daysSince1970 days: Int) {
    // Howard Hinnant's days-to-civil: eras of 400 years that begin on 1 March.
    let shifted = min(max(days, CalendarDate.firstDay), CalendarDate.lastDay) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  package var daysSince1970: Int {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static let firstDay = -719_162
  private static let lastDay = 2_932_896

  package static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  /// 0 for a month outside 1 to 12.
  package static func days(inMonth month: Int, ofYear year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    case 1, 3, 5, 7, 8, 10, 12: 31
    default: 0
    }
  }
}

/// Weeks start on Monday in every language spoken here.
package enum Weekday: Int, CaseIterable, Sendable, Codable {
  case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday
}

extension CalendarDate: Comparable {
  package static func < (a: Self, b: Self) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }

  package var weekday: Weekday {
    let index = (daysSince1970 + 3) % 7  // 1970-01-01 was a Thursday
    return Weekday(rawValue: (index < 0 ? index + 7 : index) + 1) ?? .monday
  }

  /// The day so many days later (or earlier), staying within years 1 to 9999.
  package func adding(days: Int) -> CalendarDate {
    CalendarDate(daysSince1970: daysSince1970 + min(max(days, -4_000_000), 4_000_000))
  }

  /// The same day so many months later; the last day of the month where that month is shorter.
  package func adding(months: Int) -> CalendarDate {
    let count = year * 12 + month - 1 + min(max(months, -120_000), 120_000)
    let (toYear, toMonth) = (min(max(count / 12, 1), 9999), (count % 12 + 12) % 12 + 1)
    let last = CalendarDate.days(inMonth: toMonth, ofYear: toYear)
    return CalendarDate(year: toYear, month: toMonth, day: min(day, last)) ?? self
  }

  /// Days from this day to the other; negative when the other is earlier.
  package func days(to other: CalendarDate) -> Int { other.daysSince1970 - daysSince1970 }
}

extension CalendarDate: LosslessStringConvertible, CodedAsText {
  /// Exactly `yyyy-mm-dd`.
  package init?(_ text: String) {
    var reader = DigitReader(text)
    guard let year = reader.number(digits: 4), reader.skip("-"), let month = reader.number(digits: 2), reader.skip("-"),
      let day = reader.number(digits: 2), reader.isAtEnd
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package var description: String {
    var text = ISOText()
    text.append(year, digits: 4)
    text.append("-")
    text.append(month, digits: 2)
    text.append("-")
    text.append(day, digits: 2)
    return text.string
  }
}
