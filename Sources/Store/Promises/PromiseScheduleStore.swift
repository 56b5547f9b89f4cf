import Database
package import Domain

/// The company's schedule of reminders.
extension Session {
  package func promiseSchedule() throws -> (value: ReminderSchedule, version: Int) {
    guard let found = try connection.first("""
      SELECT days_before, on_the_day, when_overdue, escalate_after, escalate_to, hour, version FROM promise_schedule WHERE id = 1
      """, { row in
        let schedule = ReminderSchedule(
          daysBefore: try row.next(), onTheDay: try row.next(), whenOverdue: try row.next(), escalateAfter: try row.next(),
          escalateTo: try row.next(), hour: try row.next())
        return (value: schedule, version: try row.next(Int.self))
      }) else { throw DatabaseError.decoding("there is no schedule of reminders") }
    return found
  }
}

extension Transaction {
  /// Every open promise is looked at again: what the new schedule says should have been said by now is said once, what lies ahead
  /// gets its moment.
  package func changePromiseSchedule(to new: ReminderSchedule, version: Int) throws {
    try require(.manageFields)
    let changed = try connection.run("""
      UPDATE promise_schedule SET days_before = \(new.daysBefore), on_the_day = \(new.onTheDay), when_overdue = \(new.whenOverdue),
        escalate_after = \(new.escalateAfter), escalate_to = \(new.escalateTo), hour = \(new.hour), version = version + 1
      WHERE id = 1 AND version = \(version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: try promiseSchedule().version) }
    try connection.run("UPDATE promise SET remind_at = \(now) WHERE state = 'open'")
    audit(.changed, .installation, 1, detail: "promise reminders")
  }
}
