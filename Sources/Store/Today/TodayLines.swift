import Database
package import Domain

/// What stands behind the numbers beside the list: flat lists, capped.
package struct TodayLine: Sendable {
  package struct Snooze: Sendable, Hashable {
    package let untilAnswer: Bool
    package let why: String
    package let by: String?
  }

  package let key: ReasonKey
  package let clientID: ClientID?
  package let client: String?
  package let isClient: Bool
  package let text: String
  package let number: Int?
  /// When it shows (again), or when it was done.
  package let at: Instant
  package let snooze: Snooze?
}

package enum TodayLineKind: String, Sendable, CaseIterable { case snoozed, coming, done }

extension Session {
  package func todayLines(_ kind: TodayLineKind, of account: AccountID, limit: Int = 200) throws -> [TodayLine] {
    guard try mayLook(at: account) else { throw Refusal.notFound }
    let zone = zone, today = zone.date(now)
    let tomorrow = endOfToday, ahead = zone.instant(today.adding(days: 8))
    let monday = zone.instant(today.adding(days: 1 - today.weekday.rawValue))
    let rows: SQL =
      switch kind {
      case .snoozed:
        "\(Self.lineRows) WHERE r.account_id = \(account) AND r.shows_at >= \(tomorrow) AND r.shows_at < \(Reason.never) AND r.snooze_id IS NOT NULL ORDER BY r.shows_at, r.id"
      case .coming:
        "\(Self.lineRows) WHERE r.account_id = \(account) AND r.shows_at >= \(tomorrow) AND r.shows_at < \(ahead) ORDER BY r.shows_at, r.press, r.id"
      case .done:
        """
        SELECT d.kind, d.subject_id, d.client_id, '' AS text, CAST(NULL AS \(sqlite: "INTEGER", postgres: "bigint")) AS number, d.done_at AS at,
          CAST(NULL AS \(sqlite: "INTEGER", postgres: "boolean")) AS answer, '' AS why, CAST(NULL AS \(sqlite: "INTEGER", postgres: "bigint")) AS made_by
        FROM reason_done d WHERE d.done_by = \(account) AND d.done_at >= \(monday) ORDER BY d.done_at DESC, d.id DESC
        """
      }
    return try connection.rows("""
      SELECT l.kind, l.subject_id, p.id, p.name, p.is_client, l.text, l.number, l.at, l.answer, l.why, a.name
      FROM (\(rows) LIMIT \(limit)) l LEFT JOIN party p ON p.id = l.client_id AND \(visible()) LEFT JOIN account a ON a.id = l.made_by
      """, TodayLine.init(row:))
  }

  private static var lineRows: SQL {
    """
    SELECT r.kind, r.subject_id, r.client_id, r.text, r.number, r.shows_at AS at, s.until_answer AS answer, s.why, s.made_by
    FROM reason r LEFT JOIN snooze s ON s.id = r.snooze_id
    """
  }
}

extension TodayLine {
  fileprivate init(row: inout Row) throws {
    key = ReasonKey(try row.next(), try row.next())
    clientID = try row.next()
    client = try row.next()
    isClient = try row.next(Bool?.self) ?? true
    text = try row.next()
    number = try row.next()
    at = try row.next()
    let answer = try row.next(Bool?.self), why = try row.next(String?.self) ?? "", by = try row.next(String?.self)
    snooze = answer.map { Snooze(untilAnswer: $0, why: why, by: by) }
  }
}
