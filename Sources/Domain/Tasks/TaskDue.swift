/// When a task is due: a day, or a time of that day, as calendar and clock show it in a zone.

package struct TaskDue: Hashable, Sendable {
  package var date: CalendarDate
  /// Nil: any time that day.
  package var time: LocalTime?
  package var zone: Zone

  package init(_ date: CalendarDate, _ time: LocalTime? = nil, zone: Zone) {
    (self.date, self.time, self.zone) = (date, time, zone)
  }

  /// From when on it is late: that time, or the end of that day. A time that the clocks skip is read by the offset before the
  /// change; of one that comes twice the first is meant (`Zone.instant`).
  package var moment: Instant {
    guard let time else { return zone.instant(date.adding(days: 1)) }
    return zone.instant(date, time)
  }

  package func isOverdue(at now: Instant) -> Bool { moment <= now }

  /// The same time on another day.
  package func on(_ date: CalendarDate) -> TaskDue { TaskDue(date, time, zone: zone) }

  /// What a task may be due on: a mistyped century is no date.
  package static let years = 2000...2199

  /// Stands for "never late" where order by time needs a number: 1 January 9000.
  package static let never = Instant(milliseconds: 221_845_392_000_000)
}
