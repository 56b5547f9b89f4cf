import Database
package import Domain

/// Attempts to log in, in the database so that several servers share the count. An attempt counts before its password is
/// looked at, and is taken back when it was right: attempts sent at once cannot slip past the limit.
package struct LoginAttempt: Sendable {
  package let subjects: [String]
  let at: Instant

  /// Hashed: what a stranger typed, and from where, is nothing to keep in plain text.
  package init(emailKey: String, address: String, at now: Instant) {
    subjects = ["account:" + emailKey, "address:" + address].map { Secret.hex(Secret.hash(of: $0).prefix(16)) }
    at = now
  }
}

extension Store {
  /// An address may stand for a whole office.
  private static let addressFactor = 10

  /// - Returns: milliseconds to wait; 0 when the attempt is counted and may go on.
  package func begin(_ attempt: LoginAttempt, limit: Int) async throws -> Int64 {
    try await database.write { connection in
      try connection.serialise("login")
      try connection.run("DELETE FROM login_failure WHERE at <= \(attempt.at.adding(milliseconds: -LoginThrottle.window))")
      var wait: Int64 = 0
      for (subject, limit) in zip(attempt.subjects, [limit, limit * Self.addressFactor]) {
        let failures = try connection.values("SELECT at FROM login_failure WHERE subject = \(subject)", as: Instant.self)
        wait = max(wait, LoginThrottle.wait(after: failures, limit: limit, at: attempt.at))
      }
      guard wait == 0 else { return wait }
      for subject in attempt.subjects {
        try connection.run("INSERT INTO login_failure (subject, at) VALUES (\(subject), \(attempt.at))")
      }
      return 0
    }
  }

  /// The account's failures are forgotten; of the address only this attempt is, so that one good account gives no free hand
  /// with the others.
  package func succeeded(_ attempt: LoginAttempt) async throws {
    try await database.write { connection in
      for (index, subject) in attempt.subjects.enumerated() {
        let which: SQL = index == 0 ? "" : " AND at = \(attempt.at)"
        try connection.run("DELETE FROM login_failure WHERE subject = \(subject)\(which)")
      }
    }
  }

  package func failed(_ attempt: LoginAttempt, account: AccountID?) async throws {
    let entry = AuditEntry(accountID: nil, action: .refusedLogin, entity: .account, entityID: account?.rawValue, detail: "")
    try await database.write { _ = try AuditChain.append([entry], to: $0, at: attempt.at, changesData: false) }
  }
}
