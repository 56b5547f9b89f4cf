import Database
package import Domain

/// API tokens: 256 random bits shown once, their hash here, with scopes that narrow what the account may do.
package struct TokenRow: Sendable, Hashable {
  package let id: TokenID
  package let name: String
  package let accountName: String
  package let scopes: Set<TokenScope>
  package let createdAt: Instant
  package let usedAt: Instant?
  package let revokedAt: Instant?
}

package struct TokenStore: Sendable {
  let store: Store

  /// Who acts by this token, limited to its scopes; nil when it is unknown or revoked, or its account closed or without the
  /// right to tokens. Use is noted at most once an hour, so that reading does not write.
  package func actor(tokenHash: [UInt8], at now: Instant) async throws -> Actor? {
    let found = try await store.database.read { try $0.tokenActor(tokenHash) }
    guard let found, found.actor.role.may(.useTokens) else { return nil }
    if found.usedAt.map({ $0.milliseconds(to: now) > Instant.hour }) ?? true {
      try await store.database.write {
        _ = try $0.run("UPDATE api_token SET used_at = \(now) WHERE id = \(found.id)")
      }
    }
    return found.actor
  }
}

/// For whoever keeps the machine: commands act as the account that the token belongs to.
extension TokenStore {
  /// nil unless the account is open and may use tokens.
  package func holder(withEmail email: EmailAddress) async throws -> Actor? {
    try await holder("a.email_key = \(email.key)")
  }
  package func holder(of token: TokenID) async throws -> Actor? {
    try await holder("a.id = (SELECT account_id FROM api_token WHERE id = \(token))")
  }

  private func holder(_ condition: SQL) async throws -> Actor? {
    let found = try await store.database.read { connection in
      try connection.first("""
        SELECT a.id, a.name, a.role, a.scope, a.team_id, a.language, a.zone FROM account a WHERE \(condition) AND a.closed_at IS NULL
        """) { try Actor(&$0, limit: nil) }
    }
    return found.flatMap { $0.role.may(.useTokens) ? $0 : nil }
  }

  /// Of everyone, newest first.
  package func all() async throws -> [TokenRow] {
    try await store.database.read { try $0.rows("\(TokenRow.select) ORDER BY t.id DESC LIMIT 1000", TokenRow.init(row:)) }
  }
}

extension TokenRow {
  fileprivate static let select: SQL = """
    SELECT t.id, t.name, a.name, t.scopes, t.created_at, t.used_at, t.revoked_at
    FROM api_token t JOIN account a ON a.id = t.account_id
    """

  fileprivate init(row: inout Row) throws {
    self.init(
      id: try row.next(), name: try row.next(), accountName: try row.next(), scopes: Set(text: try row.next()),
      createdAt: try row.next(), usedAt: try row.next(), revokedAt: try row.next())
  }
}

extension Store {
  package var tokens: TokenStore { TokenStore(store: self) }
}

extension Connection {
  fileprivate func tokenActor(_ tokenHash: [UInt8]) throws -> (id: TokenID, usedAt: Instant?, actor: Actor)? {
    try first("""
      SELECT t.id, t.used_at, t.scopes, a.id, a.name, a.role, a.scope, a.team_id, a.language, a.zone
      FROM api_token t JOIN account a ON a.id = t.account_id
      WHERE t.token_hash = \(tokenHash) AND t.revoked_at IS NULL AND a.closed_at IS NULL
      """) { row in
      let id: TokenID = try row.next(), usedAt: Instant? = try row.next(), scopes: String = try row.next()
      return (id, usedAt, try Actor(&row, limit: Set<TokenScope>(text: scopes).permissions))
    }
  }
}

extension Session {
  /// The own ones; those of all for people who manage accounts. Newest first, revoked ones last.
  package func tokens() throws -> [TokenRow] {
    try require(.useTokens)
    let whose: SQL = actor.may(.manageAccounts) ? "" : " WHERE t.account_id = \(actor.id)"
    return try connection.rows(
      "\(TokenRow.select)\(whose) ORDER BY t.revoked_at IS NOT NULL, t.id DESC LIMIT 200", TokenRow.init(row:))
  }
}

extension Transaction {
  /// A token for the actor. A token cannot make tokens: it would outlive its own revocation.
  package func createToken(_ name: String, scopes: Set<TokenScope>, tokenHash: [UInt8]) throws -> TokenID {
    try require(.useTokens)
    let id = try connection.required("""
      INSERT INTO api_token (name, token_hash, account_id, scopes, created_at)
      VALUES (\(name), \(tokenHash), \(actor.id), \(scopes.text), \(now)) RETURNING id
      """, as: TokenID.self)
    audit(.created, .token, id.rawValue, detail: scopes.text)
    return id
  }

  package func revokeToken(_ id: TokenID) throws {
    try require(.useTokens)
    let whose: SQL = actor.may(.manageAccounts) ? "" : " AND account_id = \(actor.id)"
    let changed = try connection.run("UPDATE api_token SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL\(whose)")
    guard changed == 1 else { throw Refusal.notFound }
    audit(.revoked, .token, id.rawValue)
  }
}
