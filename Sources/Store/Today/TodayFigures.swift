import Database
package import Domain

/// The numbers beside the list, each of few index rows.
package struct TodayFigures: Sendable {
  /// Clients and matters dealt with since midnight.
  package let doneToday: Int
  package let doneThisWeek: Int
  package let snoozed: Int
  /// What begins to show within the next seven days.
  package let coming: Int
  /// Clients of the actor's own that will soon wait too long.
  package let soonTooRarely: Int
  /// When nothing is shown: what comes next.
  package let next: CalendarDate?
  package static let cap = 1000
}

extension Session {
  /// How many rows the page would have; capped. For the navigation.
  package func needCount() throws -> Int {
    let reach = try reach(of: .mine)
    return try connection.required("""
      SELECT count(*) FROM (SELECT DISTINCT coalesce(client_id, -id) FROM (SELECT client_id, id FROM (\(reach.keys)) k LIMIT 300) shown) who
      """)
  }

  package func todayFigures(of account: AccountID, isEmpty: Bool) throws -> TodayFigures {
    let zone = zone, today = zone.date(now)
    let midnight = zone.instant(today), tomorrow = zone.instant(today.adding(days: 1))
    let monday = zone.instant(today.adding(days: 1 - today.weekday.rawValue))
    let ahead = zone.instant(today.adding(days: 8))
    let cap = TodayFigures.cap
    let done = { (from: Instant) -> SQL in
      "SELECT DISTINCT coalesce(client_id, -subject_id) FROM reason_done WHERE done_by = \(account) AND done_at >= \(from)"
    }
    let soon = Instant(milliseconds: now.milliseconds).adding(milliseconds: Int64(Rhythm.longestWarning) * Instant.day)
    let counts: [SQL] = [
      done(midnight), done(monday),
      "SELECT 1 FROM reason WHERE account_id = \(account) AND shows_at >= \(tomorrow) AND shows_at < \(Reason.never) AND snooze_id IS NOT NULL",
      "SELECT 1 FROM reason WHERE account_id = \(account) AND shows_at >= \(tomorrow) AND shows_at < \(ahead)",
      """
      SELECT 1 FROM party p WHERE p.is_client AND p.archived_at IS NULL AND p.deleted_at IS NULL AND p.owner_id = \(account)
        AND p.contact_due_at > \(now) AND p.contact_due_at <= \(soon) AND \(RhythmSQL.isSoon(now))
      """,
    ]
    let selects = counts.map { "(SELECT count(*) FROM (\($0) LIMIT \(cap)) x)" as SQL }.joined(separator: ", ")
    let next: SQL = isEmpty
      ? "(SELECT min(shows_at) FROM reason WHERE account_id = \(account) AND shows_at >= \(tomorrow) AND shows_at < \(Reason.never))"
      : "CAST(NULL AS \(sqlite: "INTEGER", postgres: "bigint"))"
    let found = try connection.first("SELECT \(selects), \(next)") { row in
      TodayFigures(
        doneToday: try row.next(), doneThisWeek: try row.next(), snoozed: try row.next(), coming: try row.next(),
        soonTooRarely: try row.next(), next: try row.next(Instant?.self).map(zone.date))
    }
    guard let found else { throw DatabaseError.decoding("no figures") }
    return found
  }
}

enum RhythmSQL {
  /// Yellow: within the warning before the due moment. The party is `p`.
  static func isSoon(_ now: Instant) -> SQL {
    """
    p.contact_due_at > \(now) AND p.contact_due_at - (CASE WHEN p.contact_days < 10 THEN 1 WHEN p.contact_days >= 70 THEN 14
      ELSE p.contact_days / 5 END) * \(Instant.day) <= \(now)
    """
  }
}
