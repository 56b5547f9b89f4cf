import Database
package import Domain

/// What managers do with accounts. Each change asks for the right, decides, then writes, in one transaction.
package struct AccountDraft: Sendable, Hashable {
  package var name: String
  package var email: EmailAddress
  package var rights: AccountRights
  package var language: Language
  package var zone: Zone

  package init(name: String, email: EmailAddress, rights: AccountRights, language: Language, zone: Zone) {
    self.name = name
    self.email = email
    self.rights = rights.settled
    self.language = language
    self.zone = zone
  }
}

extension Transaction {
  /// An account without a password, and the link by which the invited person sets one.
  /// - Parameter tokenHash: of the link's token, which is shown once and not kept.
  package func invite(_ draft: AccountDraft, tokenHash: [UInt8]) throws -> AccountID {
    try require(.manageAccounts)
    try AccountRules.mayMake(draft.rights.role, by: actor)
    try requireTeam(draft.rights.teamID)
    try requireFree(draft.email, for: nil)
    let id = try insertAccount(draft, passwordHash: nil)
    try leaveLink(.invitation, for: id, tokenHash: tokenHash)
    audit(.created, .account, id.rawValue, detail: "role=\(draft.rights.role.rawValue) scope=\(draft.rights.scope.rawValue)")
    return id
  }

  package func changeAccount(_ id: AccountID, to draft: AccountDraft, version: Int) throws {
    try require(.manageAccounts)
    try connection.serialise("owners")
    let old = try accountRow(id)
    try AccountRules.mayChange(id, old.rights, to: draft.rights, by: actor, owners: try owners())
    guard old.closedAt == nil else { throw AccountRefusal.closed }
    try requireTeam(draft.rights.teamID)
    try requireFree(draft.email, for: id)
    try requireChanged(
      try connection.run("""
        UPDATE account SET name = \(draft.name), email = \(draft.email.text), email_key = \(draft.email.key),
          role = \(draft.rights.role), scope = \(draft.rights.scope), team_id = \(draft.rights.teamID),
          language = \(draft.language), zone = \(draft.zone.name), version = version + 1
        WHERE id = \(id) AND version = \(version)
        """), of: id)
    // The list in team scope reads the team from the client's own row.
    if old.rights.teamID != draft.rights.teamID {
      try connection.run("UPDATE party SET team_id = \(draft.rights.teamID) WHERE owner_id = \(id)")
      try connection.run("UPDATE task SET team_id = \(draft.rights.teamID) WHERE owner_id = \(id)")
    }
    // A link sent to the old address must not open the account.
    if EmailAddress(old.email)?.key != draft.email.key { try dropLinks(of: id) }
    audit(.changed, .account, id.rawValue, detail: Self.difference(old, draft))
  }

  /// Ends everything the account has open. What it owns stays.
  /// - Returns: how many clients are still owned by it.
  package func closeAccount(_ id: AccountID, version: Int) throws -> Int {
    try require(.manageAccounts)
    try connection.serialise("owners")
    let old = try accountRow(id)
    try AccountRules.mayClose(id, old.rights.role, by: actor, owners: try owners())
    guard old.closedAt == nil else { throw AccountRefusal.closed }
    try requireChanged(
      try connection.run(
        "UPDATE account SET closed_at = \(now), version = version + 1 WHERE id = \(id) AND version = \(version)"), of: id)
    try connection.run("DELETE FROM session WHERE account_id = \(id)")
    changesAccess = true
    try connection.run("UPDATE api_token SET revoked_at = \(now) WHERE account_id = \(id) AND revoked_at IS NULL")
    try connection.run("DELETE FROM calendar_feed WHERE account_id = \(id)")
    try dropLinks(of: id)
    audit(.archived, .account, id.rawValue)
    return try clientsOwned(by: id)
  }

  package func reopenAccount(_ id: AccountID, version: Int) throws {
    try require(.manageAccounts)
    let old = try accountRow(id)
    try AccountRules.mayMake(old.rights.role, by: actor)
    try requireChanged(
      try connection.run("""
        UPDATE account SET closed_at = NULL, version = version + 1
        WHERE id = \(id) AND version = \(version) AND closed_at IS NOT NULL
        """), of: id)
    audit(.restored, .account, id.rawValue)
  }

  /// How the account wants its own pages. No right is needed, and none is given by it.
  package func changeProfile(name: String, language: Language, zone: Zone, theme: String, density: String, keys: Bool) throws {
    try connection.run("""
      UPDATE account SET name = \(name), language = \(language), zone = \(zone.name), theme = \(theme), density = \(density),
        keys = \(keys), version = version + 1
      WHERE id = \(actor.id)
      """)
    audit(.changed, .account, actor.id.rawValue, detail: "profile")
  }
}

extension Transaction {
  func insertAccount(_ draft: AccountDraft, passwordHash: String?) throws -> AccountID {
    try connection.required("""
      INSERT INTO account (name, email, email_key, password_hash, role, scope, team_id, language, zone, created_at)
      VALUES (\(draft.name), \(draft.email.text), \(draft.email.key), \(passwordHash), \(draft.rights.role),
              \(draft.rights.scope), \(draft.rights.teamID), \(draft.language), \(draft.zone.name), \(now))
      RETURNING id
      """)
  }

  func owners() throws -> Int {
    try connection.value("""
      SELECT count(*) FROM account WHERE role = 'owner' AND closed_at IS NULL AND password_hash IS NOT NULL
      """) ?? 0
  }

  private func requireFree(_ email: EmailAddress, for id: AccountID?) throws {
    let holder = try connection.value("SELECT id FROM account WHERE email_key = \(email.key)", as: AccountID.self)
    if let holder, holder != id { throw Refusal.duplicate(field: "email", of: holder.rawValue) }
  }

  private func requireTeam(_ id: TeamID?) throws {
    guard let id else { return }
    guard try connection.exists("SELECT 1 FROM team WHERE id = \(id)") else { throw Refusal.notFound }
  }

  private func requireChanged(_ rows: Int, of id: AccountID) throws {
    guard rows == 0 else { return }
    throw Refusal.conflict(currentVersion: try accountRow(id).version)
  }

  /// Names of fields, and the rights as they were and are; no personal data.
  private static func difference(_ old: AccountRow, _ new: AccountDraft) -> String {
    var out: [String] = []
    if old.name != new.name { out.append("name") }
    if old.email != new.email.text { out.append("email") }
    if old.rights.role != new.rights.role { out.append("role=\(old.rights.role.rawValue)>\(new.rights.role.rawValue)") }
    if old.rights.scope != new.rights.scope { out.append("scope=\(old.rights.scope.rawValue)>\(new.rights.scope.rawValue)") }
    if old.rights.teamID != new.rights.teamID { out.append("team") }
    if old.language != new.language { out.append("language") }
    if old.zone != new.zone.name { out.append("zone") }
    return out.joined(separator: " ")
  }
}
