import Database
import Domain

/// What keeps an open promise in mind: its reason on the keeper's page of today, and the moment of the next reminder.
extension Transaction {
  /// After every change of a promise.
  func speakOf(_ id: PromiseID, _ promise: Promise, _ client: ClientID) throws {
    try cancelReminders(of: id)
    guard promise.state == .open else {
      let way: Settling = promise.state == .kept ? .done : .dropped
      try settle(.promise, id.rawValue, as: way)
      try settle(.promiseEscalated, id.rawValue, as: .dropped)
      try connection.run("UPDATE promise SET remind_at = NULL WHERE id = \(id)")
      return
    }
    let schedule = try promiseSchedule().value
    let zone = try keeperZone(promise.terms.ownerID)
    let next = schedule.next(of: promise.due, in: zone, datedAt: promise.datedAt, now: now).again
    try connection.run("UPDATE promise SET remind_at = \(next) WHERE id = \(id)")
    try raise(Reason(promise, id, client, schedule, zone))
    try holdEscalation(id, promise, client, schedule)
  }

  /// A new date is a new chance; back at the old one, what was escalated is so again.
  private func holdEscalation(_ id: PromiseID, _ promise: Promise, _ client: ClientID, _ schedule: ReminderSchedule) throws {
    let isEscalated = try connection.exists("""
      SELECT 1 FROM promise_reminder WHERE promise_id = \(id) AND due_at = \(promise.due.deadline) AND step = 'escalation'
      """)
    guard isEscalated else { return try settle(.promiseEscalated, id.rawValue, as: .dropped) }
    let team = try connection.value("SELECT team_id FROM party WHERE id = \(client)", as: TeamID.self)
    let managers = try managers(over: promise.terms.ownerID, team: team, schedule.escalateTo)
    try escalate(id, promise, client, to: managers.first ?? promise.terms.ownerID)
  }

  private func keeperZone(_ account: AccountID) throws -> Zone {
    try connection.value("SELECT zone FROM account WHERE id = \(account)", as: String.self).flatMap { Zone($0) } ?? .utc
  }
}

extension Reason {
  /// It shows from the first reminder on, or from the day itself.
  init(_ promise: Promise, _ id: PromiseID, _ client: ClientID, _ schedule: ReminderSchedule, _ zone: Zone) {
    let due = promise.due
    let first = schedule.moments(of: due, in: zone).first { !$0.step.isForManagers && $0.step != .overdue }?.at ?? due.from
    // In the small hours of a day its promises are there already, whatever the hour of reminders.
    self.init(
      .promise, subject: id.rawValue, client: client, for: promise.terms.ownerID, from: min(first, due.from),
      due: due.time == nil ? .on(due.date, due.zone) : .at(due.deadline), weight: promise.terms.side == .us ? 8 : 4,
      text: promise.terms.what)
  }
}

extension ReasonSource {
  static let promises = [
    ReasonSource(.promise, expected: """
      SELECT pr.id AS subject_id, pr.client_id, pr.due_from AS due_at FROM promise pr WHERE pr.state = 'open'
      """) { tx, subject, returnTo in
      let id = PromiseID(subject)
      let version = try tx.promise(id).version
      try tx.keepPromise(id, version: version)
      return try tx.leaveUndo(ofSettling: id, as: .kept, version: version + 1, returnTo: returnTo)
    },
    // A manager opens the promise and decides: there is no done at one click.
    ReasonSource(.promiseEscalated, expected: """
      SELECT pr.id AS subject_id, pr.client_id, pr.due_from AS due_at FROM promise pr
      WHERE pr.state = 'open' AND EXISTS (
        SELECT 1 FROM promise_reminder r WHERE r.promise_id = pr.id AND r.step = 'escalation' AND r.due_at = pr.due_at)
      """),
  ]
}
