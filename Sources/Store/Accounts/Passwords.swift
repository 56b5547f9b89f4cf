import Database
package import Domain

/// Passwords as their hashes. Nothing here computes one: that work has its own threads.
package struct Credentials: Sendable {
  package let accountID: AccountID
  package let passwordHash: String
}

extension Store {
  /// Nil for an account that is unknown, closed or has no password yet.
  package func credentials(emailKey: String) async throws -> Credentials? {
    try await database.read { connection in
      try connection.first("""
        SELECT id, password_hash FROM account
        WHERE email_key = \(emailKey) AND closed_at IS NULL AND password_hash IS NOT NULL
        """) { Credentials(accountID: try $0.next(), passwordHash: try $0.next()) }
    }
  }

  package func credentials(of actor: Actor) async throws -> Credentials? {
    try await database.read { connection in
      try connection.first("SELECT id, password_hash FROM account WHERE id = \(actor.id) AND password_hash IS NOT NULL") {
        Credentials(accountID: try $0.next(), passwordHash: try $0.next())
      }
    }
  }

  /// The same password with today's parameters. The condition keeps a change that came between.
  package func rehash(_ credentials: Credentials, to passwordHash: String) async throws {
    try await database.write { connection in
      _ = try connection.run("""
        UPDATE account SET password_hash = \(passwordHash)
        WHERE id = \(credentials.accountID) AND password_hash = \(credentials.passwordHash)
        """)
    }
  }
}

extension Transaction {
  /// All other sessions of the account end, and links to a new password with them.
  /// - Parameter session: the one in which it was changed; it goes on.
  package func changePassword(_ passwordHash: String, except session: String?) throws {
    try putPassword(passwordHash, except: session)
  }

  func putPassword(_ passwordHash: String, except session: String?) throws {
    try connection.run("""
      UPDATE account SET password_hash = \(passwordHash), version = version + 1 WHERE id = \(actor.id) AND closed_at IS NULL
      """)
    try connection.run("DELETE FROM session WHERE account_id = \(actor.id) AND id <> \(session ?? "")")
    try dropLinks(of: actor.id)
    audit(.changed, .account, actor.id.rawValue, detail: "password")
  }
}
