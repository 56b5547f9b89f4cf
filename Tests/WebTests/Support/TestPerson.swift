import Database
import Domain
import Store

/// Who works at the test's company, and what each may see: Maria and Piotr are of team 1, Ivan of team 2; Maria and Ivan
/// see their own clients, Piotr his team's, the others all.
enum TestPerson: String, CaseIterable, Sendable, CustomStringConvertible {
  case owner, manager, maria, piotr, ivan, marketing, reader

  var description: String { rawValue }
  var id: AccountID { AccountID(rawValue: Int64((Self.allCases.firstIndex(of: self) ?? 0) + 1)) }
  var email: String { "\(rawValue)@example.com" }
  var role: Role {
    switch self {
    case .owner: .owner
    case .manager: .manager
    case .maria, .piotr, .ivan: .employee
    case .marketing: .marketing
    case .reader: .readOnly
    }
  }
  var scope: Scope {
    switch self {
    case .maria, .ivan: .own
    case .piotr: .team
    default: .all
    }
  }
  var team: TeamID? {
    switch self {
    case .maria, .piotr: TeamID(rawValue: 1)
    case .ivan: TeamID(rawValue: 2)
    default: nil
    }
  }
  var sessionToken: String { "session-of-\(rawValue)" }

  static func settle(in database: any Database, at now: Instant) async throws {
    try await database.write { connection in
      for team in ["One", "Two"] { try connection.run("INSERT INTO team (name, created_at) VALUES (\(team), \(now))") }
      for person in allCases { try person.settle(connection, now) }
    }
  }

  private func settle(_ connection: any Connection, _ now: Instant) throws {
    let id: AccountID = try connection.required("""
      INSERT INTO account (name, email, email_key, password_hash, role, scope, team_id, language, zone, created_at)
      VALUES (\(rawValue), \(email), \(email), 'none', \(role), \(scope), \(team), 'en', 'Europe/Sofia', \(now))
      RETURNING id
      """)
    try openSession(connection, id, now)
  }

  private func openSession(_ connection: any Connection, _ id: AccountID, _ now: Instant) throws {
    try connection.run("""
      INSERT INTO session (token_hash, id, account_id, created_at, seen_at, expires_at, agent, address)
      VALUES (\(Secret.hash(of: sessionToken)), \(rawValue), \(id), \(now), \(now), \(now.adding(milliseconds: 30 * Instant.day)),
              'test', '127.0.0.1')
      ON CONFLICT DO NOTHING
      """)
  }

  /// Everyone's account and session is as it was, whatever ended it.
  static func restore(in database: any Database, at now: Instant) async throws {
    try await database.write { connection in
      try connection.run("UPDATE account SET closed_at = NULL, version = 1")
      for person in allCases { try person.openSession(connection, person.id, now) }
    }
  }

  /// An API token of this person, with these scopes.
  func token(_ scopes: Set<TokenScope>, in site: TestSite) async throws -> String {
    let token = Secret.text(Secret.random(32))
    try await site.write(as: self) { _ = try $0.createToken("test", scopes: scopes, tokenHash: Secret.hash(of: token)) }
    return token
  }
}
