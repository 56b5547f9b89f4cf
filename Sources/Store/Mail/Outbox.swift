package import Database
package import Domain

/// A mail that one sender has, with what is needed to hand it over.
package struct LeasedMail: Sendable {
  package let id: MailID
  package let kind: MailKind
  package let fence: Int64
  package let attempts: Int
  package let address: String
  package let name: String
  package let language: Language
  package let zone: String
  package let letter: Letter
  /// The local part of the Message-ID.
  package let messageID: String
  package let createdAt: Instant
  package let expiresAt: Instant
}

package enum MailLease: Sendable {
  case mail(LeasedMail, MailServerRow)
  /// Nothing is due, or nothing may go before this moment.
  case wait(until: Instant?)
}

/// The outbox as senders see it. Each step is a short transaction of its own; nothing is held while a server is talked to.
///
/// queued → leased → sending → sent | failed | unknown, and back to queued when it is to be tried again. `sending` is committed before
/// any of the text leaves: a sender that dies before leaves a lease that runs out, and the mail goes out later; one that
/// dies after leaves a mail of which nobody knows, and nobody sends it twice.
package struct OutboxStore: Sendable {
  let store: Store
  /// Longer than a transfer may take.
  package static let lease = 150 * Instant.second

  /// - Parameter isReady: whether a server is set by the program's own settings, whatever the base says.
  package func lease(at now: Instant, isReady: Bool) async throws -> MailLease {
    // Looking costs no write, not even while mail waits for a server to be set or let go.
    if let wait = try await store.database.read({ try $0.mailWait(at: now, isReady: isReady) }) { return wait }
    return try await store.database.write { connection in
      try connection.settleLostMail(at: now)
      guard let server = try connection.mailServer(lock: true) else { return .wait(until: nil) }
      if let wait = server.wait(at: now, isReady: isReady) { return wait }
      guard let mail = try connection.leaseMail(at: now) else { return .wait(until: nil) }
      try connection.run("UPDATE mail_server SET next_at = \(now.adding(milliseconds: Instant.minute / Int64(max(1, server.perMinute)))) WHERE id = 1")
      return .mail(mail, server)
    }
  }

  static func due(_ now: Instant) -> SQL {
    "state IN ('queued','leased','sending') AND send_at <= \(now) AND (lease_until IS NULL OR lease_until < \(now))"
  }

  /// Says that the text leaves now.
  /// - Returns: false when the lease was lost or the mail taken back: send nothing.
  package func begin(_ mail: LeasedMail, at now: Instant) async throws -> Bool {
    try await store.database.write { connection in
      try connection.run("""
        UPDATE mail SET state = 'sending', lease_until = \(now.adding(milliseconds: Self.lease))
        WHERE id = \(mail.id) AND fence = \(mail.fence) AND state = 'leased'
        """) == 1
    }
  }

  package func finish(_ mail: LeasedMail, _ outcome: MailOutcome, at now: Instant) async throws {
    try await store.database.write { connection in
      switch outcome {
      case .accepted(let reply):
        try connection.end(mail, .sent, reply, at: now)
        try connection.run("UPDATE mail_server SET troubles = 0, paused_until = 0, trouble = '', trouble_at = NULL WHERE id = 1 AND troubles > 0")
      case .refused(let code, let text): try connection.end(mail, .failed, "\(code) \(text)", at: now)
      case .unknown(let text): try connection.end(mail, .unknown, text, at: now)
      case .deferred(let code, let text):
        let next = now.adding(milliseconds: MailBackoff.wait(afterAttempt: mail.attempts))
        if next > mail.expiresAt { return try connection.end(mail, .failed, "\(code) \(text)", at: now) }
        try connection.putBack(mail, until: next, attempts: mail.attempts, "\(code) \(text)")
      case .trouble(let text):
        // Not this mail's fault: it counts no attempt, and the server rests.
        try connection.putBack(mail, until: now, attempts: mail.attempts - 1, text)
        try connection.rest(text, at: now)
      }
    }
  }

  /// One process alone owns a SQLite file: at its start every lease is a dead sender's.
  package func recover(at now: Instant) async throws {
    guard store.database.dialect == .sqlite else { return }
    try await store.database.write { connection in
      try connection.run("UPDATE mail SET lease_until = 0 WHERE state IN ('leased','sending')")
      try connection.settleLostMail(at: now)
    }
  }

  /// What was sent or given up is forgotten after so long: its text names clients.
  package static let memory = 30 * Instant.day
  package func forget(at now: Instant) async throws {
    try await store.database.write { connection in
      // The key stays for as long as the same occasion could come again.
      try connection.run("DELETE FROM mail WHERE ended_at < \(now.adding(milliseconds: -12 * Self.memory))")
      try connection.run("UPDATE mail SET letter = '' WHERE ended_at < \(now.adding(milliseconds: -Self.memory)) AND letter <> ''")
    }
  }
}

extension Store {
  package var outbox: OutboxStore { OutboxStore(store: self) }
}

extension Connection {
  /// Nil when there is something to do: to send, or to give up what was lost or has waited too long.
  fileprivate func mailWait(at now: Instant, isReady: Bool) throws -> MailLease? {
    let due = OutboxStore.due(now)
    guard try exists("SELECT 1 FROM mail WHERE \(due)"), let server = try mailServer() else { return .wait(until: nil) }
    guard let wait = server.wait(at: now, isReady: isReady) else { return nil }
    return try exists("SELECT 1 FROM mail WHERE \(due) AND (state = 'sending' OR expires_at < \(now))") ? nil : wait
  }

  /// Mail whose sender died while the text was on its way, and mail that has waited too long.
  fileprivate func settleLostMail(at now: Instant) throws {
    try run("""
      UPDATE mail SET state = 'unknown', reply = 'lost', ended_at = \(now), lease_until = NULL
      WHERE state = 'sending' AND lease_until < \(now)
      """)
    try run("""
      UPDATE mail SET state = 'failed', reply = CASE WHEN reply = '' THEN 'expired' ELSE reply END, ended_at = \(now), lease_until = NULL
      WHERE state IN ('queued','leased') AND expires_at < \(now) AND (lease_until IS NULL OR lease_until < \(now))
      """)
    try run("""
      UPDATE mail SET state = 'cancelled', reply = 'closed', ended_at = \(now), lease_until = NULL
      WHERE state = 'queued' AND send_at <= \(now)
        AND account_id IN (SELECT id FROM account WHERE closed_at IS NOT NULL)
      """)
  }

  fileprivate func leaseMail(at now: Instant) throws -> LeasedMail? {
    let due = try value("""
      SELECT id FROM mail WHERE \(OutboxStore.due(now)) AND state <> 'sending' ORDER BY send_at, id LIMIT 1
      \(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED")
      """, as: MailID.self)
    guard let due else { return nil }
    try run("""
      UPDATE mail SET state = 'leased', fence = fence + 1, attempts = attempts + 1,
        lease_until = \(now.adding(milliseconds: OutboxStore.lease)) WHERE id = \(due)
      """)
    return try first("""
      SELECT m.id, m.kind, m.fence, m.attempts, coalesce(a.email, m.address), coalesce(a.name, m.name), coalesce(a.language, m.language),
             coalesce(a.zone, m.zone), m.letter, m.message_id, m.created_at, m.expires_at
      FROM mail m LEFT JOIN account a ON a.id = m.account_id WHERE m.id = \(due)
      """) { row in
      LeasedMail(
        id: try row.next(), kind: MailKind(rawValue: try row.next()) ?? .notice, fence: try row.next(), attempts: try row.next(),
        address: try row.next(), name: try row.next(), language: try row.next(), zone: try row.next(),
        letter: try JSON.value(try row.next()), messageID: try row.next(), createdAt: try row.next(), expiresAt: try row.next())
    }
  }

  /// A sender that was thought dead may still learn that its mail arrived.
  fileprivate func end(_ mail: LeasedMail, _ state: MailState, _ reply: String, at now: Instant) throws {
    try run("""
      UPDATE mail SET state = \(state.rawValue), reply = \(String(reply.prefix(1000))), ended_at = \(now), lease_until = NULL
      WHERE id = \(mail.id) AND fence = \(mail.fence) AND state IN ('leased','sending','unknown')
      """)
  }

  fileprivate func putBack(_ mail: LeasedMail, until next: Instant, attempts: Int, _ reply: String) throws {
    try run("""
      UPDATE mail SET state = 'queued', send_at = \(next), attempts = \(attempts), reply = \(String(reply.prefix(1000))), lease_until = NULL
      WHERE id = \(mail.id) AND fence = \(mail.fence) AND state IN ('leased','sending')
      """)
  }

  fileprivate func rest(_ trouble: String, at now: Instant) throws {
    let count = (try value("SELECT troubles FROM mail_server WHERE id = 1", as: Int.self) ?? 0) + 1
    try run("""
      UPDATE mail_server SET troubles = \(count), trouble = \(String(trouble.prefix(1000))), trouble_at = \(now),
        paused_until = \(now.adding(milliseconds: MailBackoff.pause(afterTroubles: count))) WHERE id = 1
      """)
  }
}
