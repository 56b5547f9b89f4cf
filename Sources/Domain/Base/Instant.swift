/// A moment: milliseconds since 1970-01-01T00:00:00Z. What is stored is always an instant; zones belong to what is shown.

package import FoundationEssentials

package struct Instant: Hashable, Sendable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// To the nearest millisecond; a date outside the range of 64 bits becomes its nearest end.
  package init(_ date: Date) {
    let value = (date.timeIntervalSince1970 * 1000).rounded()
    milliseconds = Int64(exactly: value) ?? (value < 0 ? .min : .max)
  }

  package var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

  package static let second: Int64 = 1000
  package static let minute: Int64 = 60 * second
  package static let hour: Int64 = 60 * minute
  package static let day: Int64 = 24 * hour

  /// Saturates at the ends of the range instead of trapping.
  package func adding(milliseconds: Int64) -> Instant {
    let (sum, overflow) = self.milliseconds.addingReportingOverflow(milliseconds)
    return Instant(milliseconds: overflow ? (milliseconds < 0 ? .min : .max) : sum)
  }

  /// Milliseconds from this moment to the other, saturating.
  package func milliseconds(to other: Instant) -> Int64 {
    let (difference, overflow) = other.milliseconds.subtractingReportingOverflow(milliseconds)
    return overflow ? (other < self ? .min : .max) : difference
  }

  /// Whole seconds since 1970, rounded down.
  package var seconds: Int64 {
    let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

extension Instant: Comparable, Codable {
  package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }

  package init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

extension Instant: CustomStringConvertible {
  package var description: String { iso }

  /// `2026-11-05T14:07:00Z`; milliseconds only where there are some.
  package var iso: String {
    let local = LocalDateTime(secondsSince1970: seconds)
    let fraction = Int(((milliseconds % 1000) + 1000) % 1000)
    var text = local.isoText
    if fraction != 0 {
      text.append(".")
      text.append(fraction, digits: 3)
    }
    text.append("Z")
    return text.string
  }

  /// ISO 8601 with seconds and fraction optional and a zone given: `Z`, `+02:00` or `+0200`.
  package init?(iso text: some StringProtocol) {
    var reader = DigitReader(text)
    guard let year = reader.number(digits: 4), reader.skip("-"), let month = reader.number(digits: 2), reader.skip("-"),
      let day = reader.number(digits: 2), let date = CalendarDate(year: year, month: month, day: day),
      reader.skip("T") || reader.skip("t") || reader.skip(" "),
      let hour = reader.number(digits: 2), reader.skip(":"), let minute = reader.number(digits: 2)
    else { return nil }
    var (second, fraction) = (0, 0)
    if reader.skip(":") {
      guard let value = reader.number(digits: 2) else { return nil }
      second = value
      if reader.skip(".") || reader.skip(",") {
        guard let value = reader.thousandths() else { return nil }
        fraction = value
      }
    }
    guard let offset = Instant.offset(&reader), reader.isAtEnd,
      let time = LocalTime(hour: hour, minute: minute, second: min(second, 59)), second <= 60
    else { return nil }
    let seconds = LocalDateTime(date: date, time: time).secondsSince1970 - Int64(offset)
    self.init(milliseconds: seconds * 1000 + Int64(fraction))
  }

  /// Seconds east of Greenwich.
  private static func offset(_ reader: inout DigitReader) -> Int? {
    if reader.skip("Z") || reader.skip("z") { return 0 }
    let sign = reader.skip("+") ? 1 : reader.skip("-") ? -1 : 0
    guard sign != 0, let hours = reader.number(digits: 2), hours <= 23 else { return nil }
    _ = reader.skip(":")
    guard let minutes = reader.number(digits: 2), minutes <= 59 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
