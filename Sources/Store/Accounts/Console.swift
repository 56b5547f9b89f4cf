import Database
package import Domain

/// Accounts as the person at the server's console sees them: who has the machine has the data, so no permission is asked,
/// but what is done is audited under an owner's name like everything else.
package struct ConsoleAccount: Sendable {
  package let id: AccountID
  package let name: String
  package let email: String
  package let role: Role
  package let isClosed: Bool
}

extension Store {
  package func accountsAtConsole() async throws -> [ConsoleAccount] {
    try await database.read { connection in
      try connection.rows("SELECT id, name, email, role, closed_at FROM account ORDER BY email_key") { row in
        ConsoleAccount(
          id: try row.next(), name: try row.next(), email: try row.next(), role: try row.next(),
          isClosed: try row.next(Instant?.self) != nil)
      }
    }
  }

  /// A one-time link for someone who cannot log in, owners included: there is no other way in when the only owner forgot.
  package func linkAtConsole(for id: AccountID, tokenHash: [UInt8], at now: Instant) async throws -> LinkPurpose {
    let owner = try await database.read { connection in
      try connection.first("""
        SELECT id, name, role, scope, team_id, language, zone FROM account
        WHERE role = 'owner' AND closed_at IS NULL ORDER BY id LIMIT 1
        """) { try Actor(&$0) }
    }
    guard let owner else { throw Refusal.notFound }
    return try await write(as: owner, at: now) { try $0.renewLink(for: id, tokenHash: tokenHash) }
  }
}
