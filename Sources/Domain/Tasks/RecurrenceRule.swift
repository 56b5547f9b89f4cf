/// A rule by which days come round again: an RRULE of iCalendar (RFC 5545, 3.3.10), read and unfolded by libical. Days only:
/// a task's time of day stays what the clock on the wall shows, so no rule has hours.

import CIcal

package struct RecurrenceRule: Hashable, Sendable {
  /// `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE`, in libical's order. UNTIL is a day, and that day still counts.
  package let text: String

  package static let textLimit = 300
  package static let countLimit = 999
  package static let intervalLimit = 999

  private static let isReady: Bool = {
    icalerror_set_errors_are_fatal(0)
    return true
  }()

  /// Nil for what libical cannot read, for a frequency below a day, for parts that name a time or a calendar other than the
  /// Gregorian, and for numbers beyond the limits.
  package init?(_ source: some StringProtocol) {
    var upper = source.trimmingBlanks.uppercased()
    if upper.hasPrefix("RRULE:") { upper.removeFirst(6) }
    guard Self.isReady, upper.utf8.count <= Self.textLimit, Self.hasOnlyKnownParts(upper) else { return nil }
    var rule = icalrecurrencetype_from_string(upper)
    guard rule.freq.rawValue >= ICAL_DAILY_RECURRENCE.rawValue, rule.freq.rawValue <= ICAL_YEARLY_RECURRENCE.rawValue,
      0...Self.countLimit ~= Int(rule.count), 1...Self.intervalLimit ~= Int(rule.interval)
    else { return nil }
    if icaltime_is_null_time(rule.until) == 0 {
      guard let last = Self.lastDay(rule.until) else { return nil }
      rule.until = Self.time(last)
    }
    guard let written = Self.written(&rule) else { return nil }
    text = written
  }

  private static let parts: Set<String> = [
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST",
  ]

  /// Each at most once, and an end of one kind only.
  private static func hasOnlyKnownParts(_ text: String) -> Bool {
    let names = text.split(separator: ";", omittingEmptySubsequences: false).map { String($0.prefix { $0 != "=" }) }
    return names.allSatisfy(parts.contains) && Set(names).count == names.count && !(names.contains("COUNT") && names.contains("UNTIL"))
      && text.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || ",;=+-".utf8.contains($0) }
  }

  /// An end with a time of day lets midnight belong to the day before.
  private static func lastDay(_ until: icaltimetype) -> CalendarDate? {
    guard let date = CalendarDate(year: Int(until.year), month: Int(until.month), day: Int(until.day)) else { return nil }
    let isMidnight = until.is_date == 0 && until.hour == 0 && until.minute == 0 && until.second == 0
    return isMidnight ? date.adding(days: -1) : date
  }

  private static func written(_ rule: inout icalrecurrencetype) -> String? {
    guard let text = icalrecurrencetype_as_string_r(&rule) else { return nil }
    defer { icalmemory_free_buffer(text) }
    return String(cString: text)
  }

  fileprivate static func time(_ date: CalendarDate) -> icaltimetype {
    // Not libical's null date, whose hours are -1: its search for the first day then never ends.
    var time = icaltimetype()
    (time.year, time.month, time.day, time.is_date) = (Int32(date.year), Int32(date.month), Int32(date.day), 1)
    return time
  }
}

/// The parts of a rule by name.
extension RecurrenceRule {
  package var parts: [String: String] {
    Dictionary(
      text.split(separator: ";").map { part in
        let pieces = part.split(separator: "=", maxSplits: 1).map(String.init)
        return (pieces.first ?? "", pieces.count > 1 ? pieces[1] : "")
      }, uniquingKeysWith: { first, _ in first })
  }

  /// How many times in all; nil without such an end.
  package var count: Int? { parts["COUNT"].flatMap { Int($0) } }

  package var until: CalendarDate? {
    guard let text = parts["UNTIL"], text.utf8.count >= 8 else { return nil }
    let digits = text.prefix(8)
    return CalendarDate("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
  }

  /// The same rule with another number of times left.
  package func counting(_ count: Int) -> RecurrenceRule? {
    RecurrenceRule(text.split(separator: ";").map { $0.hasPrefix("COUNT=") ? "COUNT=\(count)" : String($0) }.joined(separator: ";"))
  }
}

/// The days a rule gives, in order, from its first day on. The first day is given only if the rule itself names it.
package struct Occurrences: Sequence, IteratorProtocol {
  private final class Handle {
    let pointer: OpaquePointer
    init(_ pointer: OpaquePointer) { self.pointer = pointer }
    deinit { icalrecur_iterator_free(pointer) }
  }
  private let handle: Handle?

  package init(of rule: RecurrenceRule, from start: CalendarDate) {
    handle = icalrecur_iterator_new(icalrecurrencetype_from_string(rule.text), RecurrenceRule.time(start)).map(Handle.init)
  }

  package mutating func next() -> CalendarDate? {
    guard let handle else { return nil }
    let time = icalrecur_iterator_next(handle.pointer)
    guard icaltime_is_null_time(time) == 0, time.year <= 2199 else { return nil }
    return CalendarDate(year: Int(time.year), month: Int(time.month), day: Int(time.day))
  }
}

extension RecurrenceRule {
  package func occurrences(from start: CalendarDate) -> Occurrences { Occurrences(of: self, from: start) }
}
