/// A task that comes round again, and when the next is due once one is done.

package struct Recurrence: Hashable, Sendable {
  /// What the next is counted from.
  package enum Basis: String, CaseIterable, Codable, Sendable {
    /// The calendar: done late or early, the next stays where the rule puts it.
    case schedule
    /// The day it was done: the interval begins anew. Days of the week or month play no part.
    case completion
  }

  package let rule: RecurrenceRule
  package let basis: Basis

  package init(_ rule: RecurrenceRule, _ basis: Basis) { (self.rule, self.basis) = (rule, basis) }

  /// The next of a series: its day and the rule with what is left of a number of times.
  package struct Next: Hashable, Sendable {
    package let date: CalendarDate
    package let recurrence: Recurrence
  }

  /// The first day of a series wanted from that day on; a rule may name another one. Nil where the rule gives no day at all.
  package func first(onOrAfter date: CalendarDate) -> CalendarDate? {
    switch basis {
    case .completion: rule.until.map { date <= $0 } ?? true ? date : nil
    case .schedule: rule.occurrences(from: date).first { _ in true }
    }
  }

  /// After one is done. By schedule, days that have passed meanwhile are left out, so that nobody is greeted by a row of tasks
  /// already late: the next is the first after `scheduled` that is not over at `done`.
  /// - Parameter scheduled: the day the rule gave, wherever the task was put off to.
  /// - Parameter due: the time of day and the zone it is due in.
  package func next(after scheduled: CalendarDate, _ due: TaskDue, done: Instant) -> Next? {
    switch basis {
    case .schedule:
      for (index, date) in rule.occurrences(from: scheduled).enumerated() where date > scheduled && due.on(date).moment > done {
        return left(after: index).map { Next(date: date, recurrence: $0) }
      }
      return nil
    case .completion:
      guard let date = interval(after: due.zone.date(done)), rule.until.map({ date <= $0 }) ?? true else { return nil }
      return left(after: 1).map { Next(date: date, recurrence: $0) }
    }
  }

  /// Nil where no time is left.
  private func left(after passed: Int) -> Recurrence? {
    guard let count = rule.count else { return self }
    guard count > passed else { return nil }
    return rule.counting(count - passed).map { Recurrence($0, basis) }
  }

  /// So many days, weeks, months or years later; the last day of a month that is shorter.
  private func interval(after date: CalendarDate) -> CalendarDate? {
    let parts = rule.parts
    guard let every = Int(parts["INTERVAL"] ?? "1") else { return nil }
    switch parts["FREQ"] {
    case "DAILY": return date.adding(days: every)
    case "WEEKLY": return date.adding(days: every * 7)
    case "MONTHLY": return date.adding(months: every)
    case "YEARLY": return date.adding(months: every * 12)
    default: return nil
    }
  }
}
