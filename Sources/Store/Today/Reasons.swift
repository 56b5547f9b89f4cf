package import Database
package import Domain

/// Raising and settling reasons, from the transactions of the features they come from:
///
///     try tx.raise(Reason(.promise, subject: id.rawValue, client: client, from: remindAt, due: .on(day, zone), text: what))
///     try tx.settle(.promise, id.rawValue)                    // kept
///     try tx.settle(.promise, id.rawValue, as: .dropped)      // withdrawn: nothing was done
extension Transaction {
  /// Puts it up, or over the one of the same kind and subject. A snooze stays while the reason is for the same time.
  /// Undoing what settled it raises it again: what was counted as done then is not.
  package func raise(_ reason: Reason) throws { try raise([reason]) }

  package func raise(_ reasons: some Sequence<Reason>) throws {
    let reasons = Array(reasons)
    try connection.run(all: reasons.map { ReasonSQL.upsert($0, at: now) })
    try connection.run(all: reasons.map { ReasonSQL.notDone($0) })
  }

  package enum Settling: Sendable { case done, dropped }

  package func settle(_ kind: ReasonKind, _ subject: Int64, as way: Settling = .done) throws {
    try settle(kind, [subject], as: way)
  }

  package func settle(_ kind: ReasonKind, _ subjects: [Int64], as way: Settling = .done) throws {
    guard !subjects.isEmpty else { return }
    try settle("kind = \(kind) AND subject_id IN \(list: subjects)", as: way)
  }

  /// By a condition on the columns of `reason`.
  package func settle(_ condition: SQL, as way: Settling = .done) throws {
    if way == .done {
      // Nobody did what nobody had been shown.
      try connection.run("""
        INSERT INTO reason_done (kind, subject_id, client_id, due_at, done_at, done_by)
        SELECT kind, subject_id, client_id, due_at, \(now), \(actor.id) FROM reason WHERE (\(condition)) AND from_at < \(endOfToday)
        """)
    }
    try connection.run("DELETE FROM reason WHERE \(condition)")
  }
}

/// Reasons go with their clients. Whatever writes `owner_id`, `archived_at` or `deleted_at` of parties calls this after it, in the
/// same transaction.
extension Transaction {
  package func reasonsFollow(_ clients: [ClientID]) throws {
    guard !clients.isEmpty else { return }
    try reasonsFollow(where: "p.id IN \(list: clients)")
  }

  /// - Parameter condition: on the party, known as `p`; one statement, however many they are.
  package func reasonsFollow(where condition: SQL) throws {
    try connection.run("""
      UPDATE reason SET
        account_id = CASE WHEN reason.follows_owner AND reason.passed_to IS NULL THEN p.owner_id ELSE reason.account_id END,
        shows_at = CASE WHEN p.archived_at IS NOT NULL OR p.deleted_at IS NOT NULL THEN \(Reason.never)
          WHEN reason.snoozed_until > reason.from_at THEN reason.snoozed_until ELSE reason.from_at END
      FROM party p WHERE p.id = reason.client_id AND \(condition)
      """)
  }
}

enum ReasonSQL {
  /// Whose it is and whether it shows is looked up with the client, in the statement itself.
  static func upsert(_ reason: Reason, at now: Instant) -> SQL {
    let follows = reason.bearer == .clientOwner
    var account: SQL = "(SELECT owner_id FROM party WHERE id = \(reason.client))"
    if case .account(let id) = reason.bearer { account = "\(id)" }
    let shows: SQL = reason.client == nil ? "\(reason.from)" : """
      (SELECT CASE WHEN archived_at IS NULL AND deleted_at IS NULL THEN \(reason.from) ELSE \(Reason.never) END
        FROM party WHERE id = \(reason.client))
      """
    return """
      INSERT INTO reason (kind, subject_id, client_id, account_id, follows_owner, press, has_deadline, from_at, shows_at, due_at,
        due_on, text, number, raised_at)
      VALUES (\(reason.kind), \(reason.subject), \(reason.client), \(account), \(follows), \(reason.press),
        \(reason.kind.hasDeadline), \(reason.from), \(shows), \(reason.due.instant), \(reason.due.day), \(reason.text),
        \(reason.number), \(now))
      \(merge)
      """
  }

  /// The same time means the same reason, which may lie snoozed; another time wakes it.
  static let merge: SQL = """
    ON CONFLICT (kind, subject_id) DO UPDATE SET client_id = excluded.client_id,
      account_id = coalesce(reason.passed_to, excluded.account_id),
      follows_owner = excluded.follows_owner, press = excluded.press, has_deadline = excluded.has_deadline,
      snooze_id = CASE WHEN \(isSame) THEN reason.snooze_id END,
      snoozed_until = CASE WHEN \(isSame) THEN reason.snoozed_until ELSE 0 END,
      shows_at = CASE WHEN \(isSame) THEN reason.shows_at ELSE excluded.shows_at END,
      from_at = excluded.from_at, due_at = excluded.due_at, due_on = excluded.due_on, text = excluded.text,
      number = excluded.number, raised_at = excluded.raised_at
    """
  private static let isSame: SQL =
    "reason.from_at = excluded.from_at AND reason.due_at = excluded.due_at AND reason.client_id IS NOT DISTINCT FROM excluded.client_id"

  static func notDone(_ reason: Reason) -> SQL {
    """
    DELETE FROM reason_done WHERE kind = \(reason.kind) AND subject_id = \(reason.subject) AND due_at = \(reason.due.instant)
    """
  }
}

extension ReasonKind: SQLBindable, ColumnDecodable {}
