package import Domain
import Database
import Synchronization

extension Store {
  /// Says what is due to be said. The row that marks a reminder as said, the reason in "today" and the mail are one transaction, so that
  /// a worker that dies leaves all of it or nothing, and however many run, each is said once.
  /// - Returns: how many promises were looked at; zero when nothing was due.
  /// - Parameter death: thrown when everything is written and nothing is committed: how a test ends a worker.
  package func remindOfPromises(at now: Instant, limit: Int = 100, dying death: (any Error)? = nil) async throws -> Int {
    // Looking costs no write.
    let isDue = try await database.read { try $0.exists("SELECT 1 FROM promise WHERE remind_at <= \(now)") }
    guard isDue else { return 0 }
    let seen = Seen()
    try await writeByItself(at: now) { connection in
      let tx = Transaction(connection: connection, actor: .nobody, now: now)
      let schedule = try tx.promiseSchedule().value
      let due = try tx.promisesToRemind(limit: limit)
      seen.count.store(due.count, ordering: .releasing)
      let audit = try due.flatMap { try tx.remind(of: $0, schedule) }
      if let death { throw death }
      return audit
    }
    return seen.count.load(ordering: .acquiring)
  }
}

/// Carries a number out of the transaction.
private final class Seen: Sendable { let count = Atomic<Int>(0) }

private struct DuePromise {
  let id: PromiseID
  let client: ClientID
  let clientName: String
  let team: TeamID?
  let isHidden: Bool
  let value: Promise
  let dueAt: Instant
  let zone: Zone
}

extension Transaction {
  fileprivate func promisesToRemind(limit: Int) throws -> [DuePromise] {
    try connection.rows("""
      SELECT pr.id, pr.client_id, p.name, p.team_id, p.archived_at IS NOT NULL OR p.deleted_at IS NOT NULL, pr.side, pr.what, pr.note,
        pr.person_id, pr.owner_id, pr.due_date, pr.due_time, pr.due_zone, pr.state, pr.made_at, pr.dated_at, pr.moves, pr.was_late,
        pr.due_at, a.zone
      FROM promise pr JOIN party p ON p.id = pr.client_id JOIN account a ON a.id = pr.owner_id
      WHERE pr.remind_at <= \(now) ORDER BY pr.remind_at, pr.id LIMIT \(limit) \(sqlite: "", postgres: "FOR UPDATE OF pr SKIP LOCKED")
      """) { row in
      let id: PromiseID = try row.next(), client: ClientID = try row.next(), name: String = try row.next()
      let team = try row.next(TeamID?.self), isHidden: Bool = try row.next()
      let side: PromiseSide = try row.next(), what: String = try row.next(), note: String = try row.next()
      let terms = PromiseTerms(side: side, what: what, note: note, personID: try row.next(), ownerID: try row.next())
      let due = try StoredPromise.due(&row)
      let value = Promise(
        terms: terms, due: due, state: try row.next(), madeAt: try row.next(), datedAt: try row.next(), moves: try row.next(),
        wasLate: try row.next())
      return DuePromise(
        id: id, client: client, clientName: name, team: team, isHidden: isHidden, value: value, dueAt: try row.next(),
        zone: Zone(try row.next(String.self)) ?? .utc)
    }
  }

  /// A client in the archive or the bin is nobody's concern; the promise is looked at again at its next step.
  fileprivate func remind(of due: DuePromise, _ schedule: ReminderSchedule) throws -> [AuditEntry] {
    guard due.value.state == .open else {
      try connection.run("UPDATE promise SET remind_at = NULL WHERE id = \(due.id)")
      return []
    }
    let (steps, again) = schedule.next(of: due.value.due, in: due.zone, datedAt: due.value.datedAt, now: now)
    try connection.run("UPDATE promise SET remind_at = \(again) WHERE id = \(due.id)")
    guard !due.isHidden else { return [] }
    try raise(Reason(due.value, due.id, due.client, schedule, due.zone))
    return try steps.compactMap { step in
      let to = step.isForManagers ? try managers(over: due.value.terms.ownerID, team: due.team, schedule.escalateTo) : [due.value.terms.ownerID]
      guard let first = to.first else { return nil }
      let isNew = try connection.run("""
        INSERT INTO promise_reminder (promise_id, step, due_at, said_at) VALUES (\(due.id), \(step), \(due.dueAt), \(now))
        ON CONFLICT (promise_id, due_at, step) DO NOTHING
        """) == 1
      guard isNew else { return nil }
      if step == .escalation { try escalate(due.id, due.value, due.client, to: first) }
      let reminder = PromiseReminder(promise: due.id, step: step, clientName: due.clientName, value: due.value, at: now)
      for account in to { try enqueueMail(reminder.mail(to: account)) }
      return AuditEntry(accountID: nil, action: .created, entity: .promise, entityID: due.id.rawValue, detail: "reminder \(step)")
    }
  }
}

extension Transaction {
  /// To one manager's page of today; the message goes to all of them.
  func escalate(_ id: PromiseID, _ promise: Promise, _ client: ClientID, to manager: AccountID) throws {
    let due = promise.due
    try raise(Reason(
      .promiseEscalated, subject: id.rawValue, client: client, for: manager, from: now,
      due: due.time == nil ? .on(due.date, due.zone) : .at(due.deadline), weight: 10, text: promise.terms.what))
  }

  /// Of the client's team; of all where it has none of its own; the owners of the installation where nobody manages.
  func managers(over keeper: AccountID, team: TeamID?, _ whom: ReminderSchedule.Managers) throws -> [AccountID] {
    let all = try connection.rows("""
      SELECT id, role, team_id FROM account WHERE role IN ('manager','owner') AND closed_at IS NULL AND id <> \(keeper) ORDER BY id LIMIT 50
      """) { (id: try $0.next(AccountID.self), role: try $0.next(Role.self), team: try $0.next(TeamID?.self)) }
    let managers = all.filter { $0.role == .manager }
    if whom == .team, let team, managers.contains(where: { $0.team == team }) { return managers.filter { $0.team == team }.map(\.id) }
    return (managers.isEmpty ? all : managers).map(\.id)
  }
}
