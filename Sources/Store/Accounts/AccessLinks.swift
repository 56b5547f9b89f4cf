import Database
package import Domain

/// One-time links: for the first owner, an invitation, a new password. The token is in the link alone; its hash is here. A new
/// link of a purpose replaces the earlier.
package enum LinkPurpose: String, Sendable, CaseIterable, SQLBindable, ColumnDecodable {
  case owner, invitation, password

  package var lifetime: Int64 {
    switch self {
    case .owner: Instant.day
    case .invitation: 7 * Instant.day
    case .password: Instant.hour
    }
  }
}

/// Whose link was opened: what the page greets with. Nil values for the first owner, who has no account yet.
package struct LinkHolder: Sendable {
  package let accountID: AccountID?
  package let name: String
  package let email: String
  package let language: Language?
  package let zone: String?
}

extension Transaction {
  /// A new password for someone who cannot log in: a link of one hour. For people who were invited it is their invitation.
  package func renewLink(for id: AccountID, tokenHash: [UInt8]) throws -> LinkPurpose {
    try require(.manageAccounts)
    let account = try accountRow(id)
    try AccountRules.mayMake(account.rights.role, by: actor)
    guard account.closedAt == nil else { throw AccountRefusal.closed }
    let purpose: LinkPurpose = account.hasPassword ? .password : .invitation
    try leaveLink(purpose, for: id, tokenHash: tokenHash)
    audit(.created, .account, id.rawValue, detail: "link=\(purpose.rawValue)")
    return purpose
  }

  func leaveLink(_ purpose: LinkPurpose, for id: AccountID?, tokenHash: [UInt8]) throws {
    try connection.run("""
      DELETE FROM access_link WHERE expires_at < \(now) OR (purpose = \(purpose) AND account_id IS NOT DISTINCT FROM \(id))
      """)
    try connection.run("""
      INSERT INTO access_link (token_hash, purpose, account_id, created_at, expires_at)
      VALUES (\(tokenHash), \(purpose), \(id), \(now), \(now.adding(milliseconds: purpose.lifetime)))
      """)
  }

  func dropLinks(of id: AccountID) throws {
    try connection.run("DELETE FROM access_link WHERE account_id = \(id)")
  }
}

extension Store {
  /// Makes or renews the link by which the first owner comes in; false when someone has an account already.
  package func firstOwnerLink(tokenHash: [UInt8], at now: Instant) async throws -> Bool {
    try await database.write { connection in
      try connection.serialise("owners")
      if try connection.exists("SELECT 1 FROM account") { return false }
      try Transaction(connection: connection, actor: .nobody, now: now).leaveLink(.owner, for: nil, tokenHash: tokenHash)
      return true
    }
  }

  package func linkHolder(_ purpose: LinkPurpose, tokenHash: [UInt8], at now: Instant) async throws -> LinkHolder {
    try await database.read { try $0.linkHolder(purpose, tokenHash: tokenHash, at: now) }
  }

  /// The first owner with the installation's own data; the link is used up.
  package func createOwner(
    _ draft: AccountDraft, passwordHash: String, installation: Installation, tokenHash: [UInt8], at now: Instant
  ) async throws -> Actor {
    let owner = AccountRights(role: .owner, scope: .all)
    return try await write(at: now) { connection -> Actor in
      try connection.serialise("owners")
      _ = try connection.linkHolder(.owner, tokenHash: tokenHash, at: now)
      guard try !connection.exists("SELECT 1 FROM account") else { throw AccountRefusal.linkGone }
      let before = Transaction(connection: connection, actor: .nobody, now: now)
      var draft = draft
      draft.rights = owner
      let id = try before.insertAccount(draft, passwordHash: passwordHash)
      try connection.run("DELETE FROM access_link WHERE purpose = 'owner'")
      return try connection.actor(id)
    } then: { tx in
      try tx.insertInstallation(installation)
      tx.audit(.created, .account, tx.actor.id.rawValue, detail: "role=owner")
      tx.audit(.created, .installation, 1)
      return tx.actor
    }
  }

  /// The invited person's own name, language, zone and password.
  package func acceptInvitation(
    name: String, language: Language, zone: Zone, passwordHash: String, tokenHash: [UInt8], at now: Instant
  ) async throws -> Actor {
    try await write(at: now) { connection -> Actor in
      let id = try connection.useLink(.invitation, tokenHash: tokenHash, at: now)
      try connection.run("""
        UPDATE account SET name = \(name), language = \(language), zone = \(zone.name), password_hash = \(passwordHash),
          version = version + 1
        WHERE id = \(id)
        """)
      return try connection.actor(id)
    } then: { tx in
      tx.audit(.changed, .account, tx.actor.id.rawValue, detail: "invitation accepted")
      return tx.actor
    }
  }

  /// By link: every session of the account ends, whoever opened it.
  package func resetPassword(_ passwordHash: String, tokenHash: [UInt8], at now: Instant) async throws -> Actor {
    try await write(at: now) { connection -> Actor in
      try connection.actor(try connection.useLink(.password, tokenHash: tokenHash, at: now))
    } then: { tx in
      try tx.putPassword(passwordHash, except: nil)
      return tx.actor
    }
  }
}

extension Connection {
  func linkHolder(_ purpose: LinkPurpose, tokenHash: [UInt8], at now: Instant) throws -> LinkHolder {
    let holder = try first("""
      SELECT l.account_id, coalesce(a.name, ''), coalesce(a.email, ''), a.language, a.zone
      FROM access_link l LEFT JOIN account a ON a.id = l.account_id
      WHERE l.token_hash = \(tokenHash) AND l.purpose = \(purpose) AND l.used_at IS NULL AND l.expires_at > \(now)
        AND a.closed_at IS NULL
      """) { row in
      LinkHolder(
        accountID: try row.next(), name: try row.next(), email: try row.next(), language: try row.next(), zone: try row.next())
    }
    guard let holder else { throw AccountRefusal.linkGone }
    return holder
  }

  /// Marks it used first: of two who open it at once, one wins.
  func useLink(_ purpose: LinkPurpose, tokenHash: [UInt8], at now: Instant) throws -> AccountID {
    guard let id = try linkHolder(purpose, tokenHash: tokenHash, at: now).accountID,
      try run("UPDATE access_link SET used_at = \(now) WHERE token_hash = \(tokenHash) AND used_at IS NULL") == 1
    else { throw AccountRefusal.linkGone }
    return id
  }
}
