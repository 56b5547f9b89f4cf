package import Database
package import Domain

/// How mail leaves, as the settings have it.
package struct MailServerRow: Sendable, Hashable {
  package let host: String
  package let port: Int
  package let security: MailSecurity
  package let username: String
  /// Sealed; nil where there is none.
  package let secret: [UInt8]?
  package let senderName: String
  package let senderAddress: String
  package let perMinute: Int
  package let nextAt: Instant
  package let trouble: String
  package let troubleAt: Instant?
  package let pausedUntil: Instant
  package let place: String
  package let heldAt: Instant?
  package let heldBecause: HoldReason?
  package let version: Int

  package func maySend(isReady: Bool) -> Bool { heldAt == nil && (isReady || !host.isEmpty && !senderAddress.isEmpty) }

  /// Nil when a mail may leave now.
  func wait(at now: Instant, isReady: Bool) -> MailLease? {
    guard maySend(isReady: isReady) else { return .wait(until: nil) }
    let free = max(nextAt, pausedUntil)
    return free <= now ? nil : .wait(until: free)
  }
}

/// What a person typed for it. A nil secret keeps the one there is.
package struct MailServerDraft: Sendable {
  package var host: String, port: Int, security: MailSecurity, username: String
  package var secret: [UInt8]?
  package var dropsSecret: Bool
  package var senderName: String, senderAddress: String, perMinute: Int

  package init(
    host: String, port: Int, security: MailSecurity, username: String, secret: [UInt8]?, dropsSecret: Bool, senderName: String,
    senderAddress: String, perMinute: Int
  ) {
    (self.host, self.port, self.security, self.username) = (host, port, security, username)
    (self.secret, self.dropsSecret) = (secret, dropsSecret)
    (self.senderName, self.senderAddress, self.perMinute) = (senderName, senderAddress, perMinute)
  }
}

extension MailSecurity: SQLBindable, ColumnDecodable {}

extension Connection {
  func mailServer(lock: Bool = false) throws -> MailServerRow? {
    try first("""
      SELECT host, port, security, username, secret, sender_name, sender_address, per_minute, next_at, trouble, trouble_at,
             paused_until, place, held_at, held_because, version
      FROM mail_server WHERE id = 1 \(lock ? "\(sqlite: "", postgres: "FOR UPDATE")" : "" as SQL)
      """) { row in
      MailServerRow(
        host: try row.next(), port: try row.next(), security: try row.next(), username: try row.next(), secret: try row.next(),
        senderName: try row.next(), senderAddress: try row.next(), perMinute: try row.next(), nextAt: try row.next(),
        trouble: try row.next(), troubleAt: try row.next(), pausedUntil: try row.next(), place: try row.next(),
        heldAt: try row.next(), heldBecause: HoldReason(rawValue: try row.next()), version: try row.next())
    }
  }
}

extension Session {
  package func mailServer() throws -> MailServerRow {
    try require(.manageInstallation)
    guard let row = try connection.mailServer() else { throw Refusal.notFound }
    return row
  }

  /// Whether mail leaves at all, which everyone may know who waits for one.
  package func mailIsSet(isReady: Bool) throws -> Bool { try connection.mailServer()?.maySend(isReady: isReady) ?? false }
}

extension Transaction {
  package func changeMailServer(to new: MailServerDraft, version: Int) throws {
    try require(.manageInstallation)
    let secret: SQL = new.dropsSecret ? ", secret = NULL" : new.secret.map { ", secret = \($0)" } ?? ""
    let changed = try connection.run("""
      UPDATE mail_server SET host = \(new.host), port = \(new.port), security = \(new.security), username = \(new.username),
        sender_name = \(new.senderName), sender_address = \(new.senderAddress), per_minute = \(new.perMinute)\(secret),
        troubles = 0, trouble = '', trouble_at = NULL, paused_until = 0, version = version + 1
      WHERE id = 1 AND version = \(version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: try connection.mailServer()?.version ?? 0) }
    audit(.changed, .installation, 1, detail: "mail server")
  }

  /// Stops all mail, until someone lets it go.
  package func holdMail() throws {
    try require(.manageInstallation)
    try connection.holdMail(.person, at: now)
    audit(.changed, .installation, 1, detail: "mail held")
  }

  /// Lets mail go from here.
  /// - Parameter dropsWaiting: what waited when it was held is cancelled: elsewhere it may have been sent already.
  package func releaseMail(at place: String, dropsWaiting: Bool) throws {
    try require(.manageInstallation)
    guard let server = try connection.mailServer(lock: true), let held = server.heldAt else { return }
    if dropsWaiting {
      try connection.run("""
        UPDATE mail SET state = 'cancelled', reply = 'dropped', ended_at = \(now), lease_until = NULL
        WHERE state IN ('queued','leased') AND created_at <= \(held)
        """)
    }
    try connection.run("UPDATE mail_server SET held_at = NULL, held_because = '', place = \(place), version = version + 1 WHERE id = 1")
    audit(.changed, .installation, 1, detail: dropsWaiting ? "mail released, waiting dropped" : "mail released")
  }
}

extension Connection {
  func holdMail(_ reason: HoldReason, at now: Instant) throws {
    // That it is a copy says more than that a person stopped it: a copy reads no mailbox either.
    let lighter: SQL = reason == .person ? "" : " OR held_because = \(HoldReason.person.rawValue)"
    try run("""
      UPDATE mail_server SET held_at = \(now), held_because = \(reason.rawValue), version = version + 1
      WHERE id = 1 AND (held_at IS NULL\(lighter))
      """)
  }
}

/// A copy of a base must not write to people: the original does. It is a copy when it was restored, or when it lies elsewhere than
/// when sending was last allowed.
extension Store {
  package func holdRestoredMail(at now: Instant) async throws {
    try await database.write { try $0.holdMail(.restored, at: now) }
  }

  /// At the start of a server.
  /// - Parameter place: names the file or cluster; see `Place`.
  /// - Returns: why mail is held, if it is.
  package func settleMail(at place: String, now: Instant) async throws -> HoldReason? {
    try await database.write { connection in
      guard let server = try connection.mailServer(lock: true) else { return nil }
      let held = server.heldAt == nil ? nil : server.heldBecause
      if let held, held != .person { return held }
      if server.place.isEmpty {
        try connection.run("UPDATE mail_server SET place = \(place) WHERE id = 1")
      } else if server.place != place {
        try connection.holdMail(.moved, at: now)
        return .moved
      }
      return held
    }
  }

  package func mailHold() async throws -> (since: Instant, because: HoldReason)? {
    try await database.read { connection in
      guard let server = try connection.mailServer(), let since = server.heldAt else { return nil }
      return (since, server.heldBecause ?? .person)
    }
  }
}
