package import Database
package import Domain

/// A private address for calendar programs. Only the hash of its token is kept; whoever has the token sees what its account sees.
package struct CalendarFeed: Sendable, Hashable {
  package let createdAt: Instant
  package let usedAt: Instant?
}

/// Whose calendar a token opens.
package struct CalendarReader: Sendable {
  package let actor: Actor
  package let usedAt: Instant?
}

extension Session {
  /// The actor's own; nil without one.
  package func calendarFeed() throws -> CalendarFeed? {
    try connection.first("SELECT created_at, used_at FROM calendar_feed WHERE account_id = \(actor.id)") {
      CalendarFeed(createdAt: try $0.next(), usedAt: try $0.next())
    }
  }
}

extension Transaction {
  /// One at a time: the one before stops working.
  package func makeCalendarFeed(tokenHash: [UInt8]) throws {
    try connection.run("""
      INSERT INTO calendar_feed (account_id, token_hash, created_at) VALUES (\(actor.id), \(tokenHash), \(now))
      ON CONFLICT (account_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at, used_at = NULL
      """)
    audit(.created, .calendarFeed, actor.id.rawValue)
  }

  package func withdrawCalendarFeed() throws {
    guard try connection.run("DELETE FROM calendar_feed WHERE account_id = \(actor.id)") == 1 else { throw Refusal.notFound }
    audit(.revoked, .calendarFeed, actor.id.rawValue)
  }
}

extension Store {
  /// Nil for an unknown token or a closed account.
  package func calendarReader(tokenHash: [UInt8]) async throws -> CalendarReader? {
    try await database.read { connection in
      try connection.first("""
        SELECT f.used_at, a.id, a.name, a.role, a.scope, a.team_id, a.language, a.zone
        FROM calendar_feed f JOIN account a ON a.id = f.account_id WHERE f.token_hash = \(tokenHash) AND a.closed_at IS NULL
        """) { row in
        let usedAt = try row.next(Instant?.self)
        return CalendarReader(actor: try Actor(&row, limit: [.viewClients, .viewFacts, .viewPromises, .viewTasks]), usedAt: usedAt)
      }
    }
  }

  /// Noted at most once an hour, so that reading does not write.
  package func noteUse(of reader: CalendarReader, at now: Instant) async throws {
    guard reader.usedAt.map({ $0.milliseconds(to: now) > Instant.hour }) ?? true else { return }
    let account = reader.actor.id
    try await database.write { _ = try $0.run("UPDATE calendar_feed SET used_at = \(now) WHERE account_id = \(account)") }
  }
}
