import CIcal
package import Domain

/// iCalendar as libical writes it: lines folded at 75 octets between characters, text escaped, CRLF. Times of day carry their
/// zone and its VTIMEZONE, so that a series keeps its hour over the changes of the clocks.
package enum CalendarWriter {
  /// Nil only where no memory is left.
  package static func write(_ document: CalendarDocument) -> [UInt8]? {
    guard let root = icalcomponent_new(ICAL_VCALENDAR_COMPONENT) else { return nil }
    defer { icalcomponent_free(root) }
    for line in ["VERSION:2.0", "PRODID:-//Dossier//Calendar//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-PUBLISHED-TTL:PT1H"] {
      add(line, to: root)
    }
    add("X-WR-TIMEZONE:\(document.zone.name)", to: root)
    if let name = icalproperty_new_x(clean(document.name)) {
      icalproperty_set_x_name(name, "X-WR-CALNAME")
      icalcomponent_add_property(root, name)
    }
    for zone in zones(of: document.events) { icalcomponent_add_component(root, CalendarZone.component(zone.key, from: zone.value)) }
    for event in document.events { write(event, to: root) }
    guard let text = icalcomponent_as_ical_string_r(root) else { return nil }
    defer { icalmemory_free_buffer(text) }
    return Array(String(cString: text).utf8)
  }

  /// Each zone that a time is in, with its earliest day.
  private static func zones(of events: [CalendarEvent]) -> [(key: Zone, value: CalendarDate)] {
    var first: [Zone: CalendarDate] = [:]
    for case .time(let local, let zone)? in events.flatMap({ [$0.start, $0.firstMovedTo] }) where zone != .utc {
      first[zone] = min(first[zone] ?? local.date, local.date)
    }
    return first.sorted { $0.key.name < $1.key.name }
  }

  private static func write(_ event: CalendarEvent, to root: OpaquePointer) {
    guard let component = component(event) else { return }
    add("DTSTART\(value(event.start))", to: component)
    if let rule = event.rule { add("RRULE:\(text(rule, from: event.start))", to: component) }
    icalcomponent_add_component(root, component)
    guard let moved = event.firstMovedTo, event.rule != nil, let exception = self.component(event) else { return }
    add("RECURRENCE-ID\(value(event.start))", to: exception)
    add("DTSTART\(value(moved))", to: exception)
    icalcomponent_add_component(root, exception)
  }

  private static func component(_ event: CalendarEvent) -> OpaquePointer? {
    guard let component = icalcomponent_new(ICAL_VEVENT_COMPONENT) else { return nil }
    icalcomponent_add_property(component, icalproperty_new_uid(clean(event.uid)))
    add("DTSTAMP:\(stamp(event.changedAt))", to: component)
    add("LAST-MODIFIED:\(stamp(event.changedAt))", to: component)
    add("SEQUENCE:\(event.sequence)", to: component)
    icalcomponent_add_property(component, icalproperty_new_summary(clean(event.summary)))
    if !event.details.isEmpty { icalcomponent_add_property(component, icalproperty_new_description(clean(event.details))) }
    icalcomponent_add_property(component, icalproperty_new_url(clean(event.url)))
    icalcomponent_add_property(component, icalproperty_new_categories(clean(event.category)))
    // Nobody is busy the whole day because of it.
    add("TRANSP:TRANSPARENT", to: component)
    if case .time = event.start { add("DURATION:PT30M", to: component) }
    return component
  }

  static func add(_ line: String, to component: OpaquePointer) {
    guard let property = icalproperty_new_from_string(line) else { return }
    icalcomponent_add_property(component, property)
  }

  /// Characters that no calendar shows are left out; breaks of lines stay.
  private static func clean(_ text: String) -> String {
    let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    return String(String.UnicodeScalarView(lines.unicodeScalars.filter { $0 == "\n" || $0 == "\t" || !($0.value < 0x20 || $0.value == 0x7F) }))
  }
}

extension CalendarWriter {
  /// With its parameters: `;VALUE=DATE:20261105`, `;TZID=Europe/Sofia:20261105T090000`.
  private static func value(_ start: CalendarEvent.Start) -> String {
    switch start {
    case .day(let date): ";VALUE=DATE:\(digits(date))"
    case .time(let local, let zone): zone == .utc ? ":\(digits(local))Z" : ";TZID=\(zone.name):\(digits(local))"
    }
  }

  /// The last day of a series of times is its last moment in UTC (RFC 5545, 3.3.10).
  private static func text(_ rule: RecurrenceRule, from start: CalendarEvent.Start) -> String {
    guard case .time(_, let zone) = start, let until = rule.until, let end = LocalTime(hour: 23, minute: 59, second: 59) else { return rule.text }
    let moment = stamp(zone.instant(until, end))
    return rule.text.split(separator: ";").map { $0.hasPrefix("UNTIL=") ? "UNTIL=\(moment)" : String($0) }.joined(separator: ";")
  }

  static func digits(_ date: CalendarDate) -> String { date.description.replacing("-", with: "") }

  static func digits(_ local: LocalDateTime) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(digits(local.date))T\(two(local.time.hour))\(two(local.time.minute))\(two(local.time.second))"
  }

  private static func stamp(_ instant: Instant) -> String { digits(Zone.utc.local(instant)) + "Z" }
}
