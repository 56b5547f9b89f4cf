import Database
package import Domain

/// Sessions: 256 random bits in the browser, their hash here. They end by log-out, a new password, closing of the account,
/// 14 days without use, or 90 days in all.
package struct SessionStore: Sendable {
  let store: Store

  package static let idleLimit = 14 * Instant.day
  package static let totalLimit = 90 * Instant.day

  package func signedIn(tokenHash: [UInt8], at now: Instant) async throws -> SessionAccount? {
    try await store.database.read { try $0.sessionAccount(tokenHash: tokenHash, at: now) }
  }

  /// Noted at most once an hour, so that reading pages does not write.
  package func touch(_ session: SessionAccount, at now: Instant) async throws {
    guard session.seenAt.milliseconds(to: now) > Instant.hour else { return }
    try await store.database.write {
      _ = try $0.run("UPDATE session SET seen_at = \(now) WHERE id = \(session.sessionID)")
    }
  }

  /// - Parameter passwordHash: that the log-in was checked against; when it is another by now, nothing starts.
  package func start(
    _ account: AccountID, tokenHash: [UInt8], id: String, agent: String, address: String, passwordHash: String? = nil,
    at now: Instant
  ) async throws {
    try await store.write(at: now) { connection in
      if let passwordHash {
        let same = try connection.exists("SELECT 1 FROM account WHERE id = \(account) AND password_hash = \(passwordHash)")
        guard same else { throw AccountRefusal.wrongPassword }
      }
      return try connection.actor(account)
    } then: { tx in
      try tx.connection.run("DELETE FROM session WHERE expires_at < \(now) OR seen_at < \(now.adding(milliseconds: -Self.idleLimit))")
      try tx.connection.run("""
        INSERT INTO session (token_hash, id, account_id, created_at, seen_at, expires_at, agent, address)
        VALUES (\(tokenHash), \(id), \(account), \(now), \(now), \(now.adding(milliseconds: Self.totalLimit)),
                \(String(agent.prefix(300))), \(address))
        """)
      tx.audit(.loggedIn, .session, nil)
    }
  }

  package func end(id: String, of actor: Actor, at now: Instant) async throws {
    try await store.write(as: actor, at: now) { tx in
      let ended = try tx.connection.run("DELETE FROM session WHERE id = \(id) AND account_id = \(tx.actor.id)")
      guard ended > 0 else { throw Refusal.notFound }
      tx.audit(.loggedOut, .session, nil)
    }
  }

  /// All but the one in hand.
  package func endOthers(than id: String, of actor: Actor, at now: Instant) async throws {
    try await store.write(as: actor, at: now) { tx in
      try tx.connection.run("DELETE FROM session WHERE account_id = \(tx.actor.id) AND id <> \(id)")
      tx.audit(.loggedOut, .session, nil, detail: "others")
    }
  }

  package func sessions(of actor: Actor) async throws -> [SessionRow] {
    try await store.database.read { connection in
      try connection.rows("""
        SELECT id, created_at, seen_at, agent, address FROM session WHERE account_id = \(actor.id) ORDER BY seen_at DESC
        """) { row in
        SessionRow(
          id: try row.next(), createdAt: try row.next(), seenAt: try row.next(), agent: try row.next(), address: try row.next())
      }
    }
  }
}

package struct SessionRow: Sendable {
  package let id: String
  package let createdAt: Instant
  package let seenAt: Instant
  package let agent: String
  package let address: String
}

package struct SessionAccount: Sendable {
  package let sessionID: String
  package let seenAt: Instant
  package var actor: Actor
  package let theme: String
  package let density: String
  package let keys: Bool
}

extension Connection {
  func sessionAccount(tokenHash: [UInt8], at now: Instant) throws -> SessionAccount? {
    let found = try first("""
      SELECT s.id, s.seen_at, a.theme, a.density, a.keys, a.id, a.name, a.role, a.scope, a.team_id, a.language, a.zone
      FROM session s JOIN account a ON a.id = s.account_id
      WHERE s.token_hash = \(tokenHash) AND s.expires_at > \(now) AND s.seen_at > \(now.adding(milliseconds: -SessionStore.idleLimit))
        AND a.closed_at IS NULL
      """) { row in
      let id: String = try row.next(), seen: Instant = try row.next()
      let theme: String = try row.next(), density: String = try row.next(), keys: Bool = try row.next()
      return SessionAccount(
        sessionID: id, seenAt: seen, actor: try Actor(&row), theme: theme, density: density, keys: keys)
    }
    guard var found else { return nil }
    found.actor.standsInFor = try standsInFor(found.actor, at: now)
    return found
  }
}

extension Actor {
  /// id, name, role, scope, team_id, language, zone.
  init(_ row: inout Row, limit: Set<Permission>? = nil) throws {
    self.init(
      id: try row.next(), name: try row.next(), role: try row.next(), scope: try row.next(), teamID: try row.next(),
      language: try row.next(), zone: try row.next(), limit: limit)
  }
}

extension Store {
  package var sessions: SessionStore { SessionStore(store: self) }

  /// For work done on someone's behalf: jobs, the command line, the moment of log-in.
  package func actor(_ id: AccountID) async throws -> Actor {
    try await database.read { try $0.actor(id) }
  }
}

extension Connection {
  func actor(_ id: AccountID) throws -> Actor {
    let found = try first("""
      SELECT id, name, role, scope, team_id, language, zone FROM account WHERE id = \(id) AND closed_at IS NULL
      """) { try Actor(&$0) }
    guard let found else { throw Refusal.notFound }
    return found
  }
}

extension Actor {
  /// Before anyone has an account. May do nothing.
  static let nobody = Actor(
    id: AccountID(0), name: "", role: .readOnly, scope: .own, teamID: nil, language: .en, zone: "UTC", limit: [])
}
