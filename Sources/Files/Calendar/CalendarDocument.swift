package import Domain

/// What a calendar feed holds, before it is iCalendar (RFC 5545).
package struct CalendarDocument: Sendable {
  package let name: String
  package let zone: Zone
  package let events: [CalendarEvent]

  package init(name: String, zone: Zone, events: [CalendarEvent]) {
    (self.name, self.zone, self.events) = (name, zone, events)
  }
}

package struct CalendarEvent: Sendable {
  package enum Start: Sendable, Hashable {
    /// A whole day.
    case day(CalendarDate)
    /// A time as the clock shows it there.
    case time(LocalDateTime, Zone)
  }

  /// The same for ever: by it a program knows an event again.
  package let uid: String
  package var start: Start
  /// Its days come from `start` on.
  package var rule: RecurrenceRule?
  /// The first of a series was put off to there; the others stay.
  package var firstMovedTo: Start?
  package var summary: String
  package var details: String
  package var url: String
  package var category: String
  package var changedAt: Instant
  /// Grows with every change.
  package var sequence: Int

  package init(
    uid: String, start: Start, rule: RecurrenceRule? = nil, firstMovedTo: Start? = nil, summary: String, details: String = "",
    url: String, category: String, changedAt: Instant, sequence: Int = 0
  ) {
    self.uid = uid
    self.start = start
    self.rule = rule
    self.firstMovedTo = firstMovedTo
    self.summary = summary
    self.details = details
    self.url = url
    self.category = category
    self.changedAt = changedAt
    self.sequence = sequence
  }
}
