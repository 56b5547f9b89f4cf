/// What a clock on the wall shows: a time of day, and a date with it. Neither is a moment until a zone is named.

package struct LocalTime: Hashable, Comparable, Sendable {
  package let secondOfDay: Int

  package init?(hour: Int, minute: Int, second: Int = 0) {
    guard 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second else { return nil }
    secondOfDay = hour * 3600 + minute * 60 + second
  }

  fileprivate init(secondOfDay: Int) { self.secondOfDay = secondOfDay }

  package static let midnight = LocalTime(secondOfDay: 0)

  package var hour: Int { secondOfDay / 3600 }
  package var minute: Int { secondOfDay / 60 % 60 }
  package var second: Int { secondOfDay % 60 }

  package static func < (a: Self, b: Self) -> Bool { a.secondOfDay < b.secondOfDay }
}

extension LocalTime: LosslessStringConvertible {
  /// `16:07`, `16:07:30`, and as people type it: `9:05`, `16.07`.
  package init?(_ text: String) {
    var reader = DigitReader(text)
    guard let hour = reader.shortNumber(), reader.skip(":") || reader.skip("."), let minute = reader.number(digits: 2)
    else { return nil }
    var second = 0
    if reader.skip(":") {
      guard let value = reader.number(digits: 2) else { return nil }
      second = value
    }
    guard reader.isAtEnd else { return nil }
    self.init(hour: hour, minute: minute, second: second)
  }

  /// `16:07`, as a form's time field wants it.
  package var description: String {
    var text = ISOText()
    text.append(hour, digits: 2)
    text.append(":")
    text.append(minute, digits: 2)
    return text.string
  }
}

package struct LocalDateTime: Hashable, Sendable {
  package let date: CalendarDate
  package let time: LocalTime

  package init(date: CalendarDate, time: LocalTime) { (self.date, self.time) = (date, time) }

  /// Seconds counted as if the place were at Greenwich.
  init(secondsSince1970 seconds: Int64) {
    var (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    if rest < 0 { (days, rest) = (days - 1, rest + 86_400) }
    date = CalendarDate(daysSince1970: Int(days))
    time = LocalTime(secondOfDay: Int(rest))
  }

  var secondsSince1970: Int64 { Int64(date.daysSince1970) * 86_400 + Int64(time.secondOfDay) }

  /// A form's `datetime-local` value: `2026-11-05T16:07`, seconds optional, a space allowed for the T.
  package init?(_ text: String) {
    guard text.utf8.count >= 14, let split = text.utf8.firstIndex(where: { $0 == 0x54 || $0 == 0x20 }),
      let date = CalendarDate(String(text[..<split])), let time = LocalTime(String(text[text.utf8.index(after: split)...]))
    else { return nil }
    self.init(date: date, time: time)
  }

  var isoText: ISOText {
    var text = ISOText()
    text.append(date.year, digits: 4)
    text.append("-")
    text.append(date.month, digits: 2)
    text.append("-")
    text.append(date.day, digits: 2)
    text.append("T")
    text.append(time.hour, digits: 2)
    text.append(":")
    text.append(time.minute, digits: 2)
    text.append(":")
    text.append(time.second, digits: 2)
    return text
  }

  /// `2026-11-05T16:07`, as a form's `datetime-local` field wants it.
  package var formValue: String { "\(date)T\(time)" }
}
