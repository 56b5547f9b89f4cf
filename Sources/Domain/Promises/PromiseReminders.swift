/// When a promise is spoken of by itself: some days before, on the day, and to a manager when it has been overdue for a while.
/// The schedule is the company's; the hour is on the clock of whoever is told.

package enum ReminderStep: String, CaseIterable, Codable, Hashable, Sendable {
  case before, day, overdue, escalation

  /// Those that go to managers; the others go to the one who has to keep the promise.
  package var isForManagers: Bool { self == .escalation }
}

package struct ReminderSchedule: Hashable, Sendable {
  package enum Managers: String, CaseIterable, Codable, Hashable, Sendable {
    /// Of the client's team; all where it has none.
    case team
    case all
  }

  /// Days before the date; nil for no reminder.
  package var daysBefore: Int?
  package var onTheDay: Bool
  /// The morning after.
  package var whenOverdue: Bool
  /// Days after the date until managers hear of it; nil for never.
  package var escalateAfter: Int?
  package var escalateTo: Managers
  package var hour: Int

  package init(
    daysBefore: Int? = 1, onTheDay: Bool = true, whenOverdue: Bool = true, escalateAfter: Int? = 3, escalateTo: Managers = .team,
    hour: Int = 8
  ) {
    self.daysBefore = daysBefore
    self.onTheDay = onTheDay
    self.whenOverdue = whenOverdue
    self.escalateAfter = escalateAfter
    self.escalateTo = escalateTo
    self.hour = hour
  }

  package static let dayLimits = 1...60

  /// Each step with its moment, in order. Steps that would come out of turn (a day before a promise due at dawn) come with the
  /// deadline at the latest.
  /// - Parameter zone: of the one who is reminded.
  package func moments(of due: PromiseDue, in zone: Zone) -> [(step: ReminderStep, at: Instant)] {
    let day = due.time == nil ? due.date : zone.date(due.deadline)
    let time = LocalTime(hour: hour, minute: 0) ?? .midnight
    func morning(_ offset: Int) -> Instant { zone.instant(day.adding(days: offset), time) }
    var out: [(step: ReminderStep, at: Instant)] = []
    if let daysBefore { out.append((.before, min(morning(-daysBefore), due.deadline))) }
    if onTheDay { out.append((.day, min(morning(0), due.deadline))) }
    let passed = due.deadline.adding(milliseconds: 1)
    if whenOverdue { out.append((.overdue, max(morning(1), passed))) }
    if let escalateAfter { out.append((.escalation, max(morning(escalateAfter), passed))) }
    return out
  }

  /// What to say now, to whom has to keep it and to managers, and when to look again. Of several moments that have passed only the
  /// last is said: a reminder of yesterday helps nobody. Nothing is said that was due before the date was agreed.
  package func next(of due: PromiseDue, in zone: Zone, datedAt: Instant, now: Instant) -> (say: [ReminderStep], again: Instant?) {
    let steps = moments(of: due, in: zone).filter { $0.at > datedAt }
    let passed = steps.filter { $0.at <= now }.map(\.step)
    let say = [passed.last { !$0.isForManagers }, passed.last { $0.isForManagers }].compactMap(\.self)
    return (say, steps.first { $0.at > now }?.at)
  }
}
