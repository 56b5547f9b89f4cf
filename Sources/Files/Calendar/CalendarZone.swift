import CIcal
import Domain

/// A VTIMEZONE (RFC 5545, 3.6.5) of the zone's own table: the offset at the beginning, and every change of the clocks for
/// twelve years. A change that comes every year by the same rule is written as that rule, which then holds for ever.
enum CalendarZone {
  private static let years = 12

  static func component(_ zone: Zone, from first: CalendarDate) -> OpaquePointer? {
    guard let component = icalcomponent_new(ICAL_VTIMEZONE_COMPONENT), let january = CalendarDate(year: first.year - 1, month: 1, day: 1),
      let end = CalendarDate(year: first.year + years, month: 1, day: 1)
    else { return nil }
    let start = zone.instant(january)
    icalcomponent_add_property(component, icalproperty_new_tzid(zone.name))
    let offset = zone.offset(at: start)
    let standard = observance(ICAL_XSTANDARD_COMPONENT, from: offset, to: offset, onset: zone.local(start))
    icalcomponent_add_component(component, standard)
    let changes = Dictionary(grouping: zone.changes(from: start, to: zone.instant(end))) { [$0.before, $0.after] }
    for group in changes.values.sorted(by: { ($0.first?.at.milliseconds ?? 0) < ($1.first?.at.milliseconds ?? 0) }) {
      icalcomponent_add_component(component, observance(group, yearly: years))
    }
    return component
  }

  private static func observance(_ changes: [Zone.Change], yearly: Int) -> OpaquePointer? {
    guard let first = changes.first else { return nil }
    // By the clock that is put forward or back.
    let onsets = changes.map { Zone.utc.local($0.at.adding(milliseconds: Int64($0.before) * Instant.second)) }
    guard let onset = onsets.first else { return nil }
    let kind = first.after > first.before ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT
    guard let component = observance(kind, from: first.before, to: first.after, onset: onset) else { return nil }
    if let rule = rule(onsets, years: yearly) {
      CalendarWriter.add("RRULE:\(rule)", to: component)
    } else {
      for other in onsets.dropFirst() { CalendarWriter.add("RDATE:\(CalendarWriter.digits(other))", to: component) }
    }
    return component
  }

  private static func observance(
    _ kind: icalcomponent_kind, from before: Int, to after: Int, onset: LocalDateTime
  ) -> OpaquePointer? {
    guard let component = icalcomponent_new(kind) else { return nil }
    CalendarWriter.add("DTSTART:\(CalendarWriter.digits(onset))", to: component)
    CalendarWriter.add("TZOFFSETFROM:\(text(before))", to: component)
    CalendarWriter.add("TZOFFSETTO:\(text(after))", to: component)
    return component
  }

  /// "The last Sunday of March", where it is so every year to the end.
  private static func rule(_ onsets: [LocalDateTime], years: Int) -> String? {
    guard let first = onsets.first, onsets.count >= years,
      zip(onsets, onsets.dropFirst()).allSatisfy({ $1.date.year == $0.date.year + 1 }),
      onsets.allSatisfy({ $0.time == first.time && $0.date.month == first.date.month && $0.date.weekday == first.date.weekday })
    else { return nil }
    let ordinals = Set(onsets.map { ($0.date.day - 1) / 7 + 1 })
    let isLast = onsets.allSatisfy { $0.date.adding(days: 7).month != $0.date.month }
    guard isLast || ordinals.count == 1, let ordinal = ordinals.first else { return nil }
    return "FREQ=YEARLY;BYMONTH=\(first.date.month);BYDAY=\(isLast ? -1 : ordinal)\(first.date.weekday.code)"
  }

  /// `+0300`, `-0330`; seconds only where there are some.
  private static func text(_ offset: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let seconds = abs(offset)
    let tail = seconds % 60 == 0 ? "" : two(seconds % 60)
    return "\(offset < 0 ? "-" : "+")\(two(seconds / 3600))\(two(seconds / 60 % 60))\(tail)"
  }
}
