import Database
package import Domain

/// Setting mailboxes up, stopping and removing them. Each change takes the mailbox from whoever reads it just now, so that nothing is
/// kept by what was set before.
extension Transaction {
  package func addMailbox(_ new: MailboxDraft) throws -> MailboxID {
    try require(.manageInstallation)
    try requireKeeper(new.account)
    guard let secret = new.secret else { throw InvalidForm([FieldMessage(field: "secret", key: "field.required")]) }
    let id: MailboxID = try addressed {
      try connection.required("""
        INSERT INTO mailbox (address, address_key, account_id, takes, host, port, security, username, secret, since, look_at, created_at,
          created_by)
        VALUES (\(new.address.text), \(new.address.key), \(new.account), \(new.takes), \(new.host), \(new.port), \(new.security),
          \(new.username), \(secret), \(new.since), \(now), \(now), \(actor.id)) RETURNING id
        """)
    }
    try keepFolders(new.folders, of: id)
    audit(.changed, .installation, 1, detail: "mailbox \(id) added")
    return id
  }

  /// Another server or user name, or an earlier day, has its folders read from the start: a mail that is kept already is known by its
  /// Message-ID.
  package func changeMailbox(_ id: MailboxID, to new: MailboxDraft, version: Int) throws {
    let old = try mailbox(id)
    guard old.version == version else { throw Refusal.conflict(currentVersion: old.version) }
    try requireKeeper(new.account)
    // A password is shown to no other server than the one it was typed for.
    let isOtherLogin = (new.host, new.port, new.security, new.username) != (old.host, old.port, old.security, old.username)
    if isOtherLogin, old.hasSecret, new.secret == nil {
      throw InvalidForm([FieldMessage(field: "secret", key: "mailbox.secret_moved")])
    }
    let secret: SQL = new.secret.map { ", secret = \($0)" } ?? ""
    try addressed {
      try update(id, version, """
        address = \(new.address.text), address_key = \(new.address.key), account_id = \(new.account), takes = \(new.takes),
        host = \(new.host), port = \(new.port), security = \(new.security), username = \(new.username), since = \(new.since),
        look_at = \(now), trouble = '', troubles = 0\(secret)
        """)
    }
    try keepFolders(new.folders, of: id)
    if new.host != old.host || new.username != old.username || new.since < old.since {
      try connection.run("UPDATE mailbox_folder SET uid_validity = 0, last_uid = 0 WHERE mailbox_id = \(id)")
    }
    audit(.changed, .installation, 1, detail: "mailbox \(id)")
  }

  package func pauseMailbox(_ id: MailboxID, version: Int) throws {
    try require(.manageInstallation)
    try update(id, version, "paused_at = \(now)")
    audit(.changed, .installation, 1, detail: "mailbox \(id) paused")
  }

  package func resumeMailbox(_ id: MailboxID, version: Int) throws {
    let old = try mailbox(id)
    guard old.version == version else { throw Refusal.conflict(currentVersion: old.version) }
    guard old.hasSecret else { throw InvalidForm([FieldMessage(field: "secret", key: "mailbox.secret_first")]) }
    try requireKeeper(old.accountID)
    try update(id, version, "paused_at = NULL, look_at = \(now), trouble = '', troubles = 0")
    audit(.changed, .installation, 1, detail: "mailbox \(id) resumed")
  }

  /// The next look is now, however long ago the last trouble was.
  package func lookNow(_ id: MailboxID) throws {
    let old = try mailbox(id)
    guard old.pausedAt == nil else { throw Refusal.conflict(currentVersion: old.version) }
    try connection.run("UPDATE mailbox SET look_at = \(now) WHERE id = \(id)")
    audit(.changed, .installation, 1, detail: "mailbox \(id) looked into")
  }

  /// What was kept of its mail stays. Its password is forgotten at once, so that taking the removal back leaves it paused.
  package func removeMailbox(_ id: MailboxID, version: Int, returnTo: String) throws -> UndoID {
    let old = try mailbox(id)
    try update(id, version, "removed_at = \(now), secret = NULL, trouble = '', troubles = 0")
    audit(.changed, .installation, 1, detail: "mailbox \(id) removed")
    return try leaveUndo(
      MailboxUndo.removed, payload: MailboxUndo.Removed(mailbox: id, version: version + 1), summary: "mailbox.undo.removed",
      ["address": old.address], returnTo: returnTo)
  }
}

enum MailboxUndo {
  static let removed = "mailbox.removed"

  struct Removed: Codable {
    let mailbox: MailboxID
    let version: Int
  }

  static let kinds: [String: Undoing.TakeBack] = [
    removed: { tx, payload in
      try tx.require(.manageInstallation)
      let removed = try JSON.value(payload, as: Removed.self)
      do {
        let back = try tx.connection.run("""
          UPDATE mailbox SET removed_at = NULL, paused_at = \(tx.now), version = version + 1
          WHERE id = \(removed.mailbox) AND version = \(removed.version) AND removed_at IS NOT NULL
          """)
        guard back == 1 else { throw Refusal.notFound }
      } catch DatabaseError.unique {
        // The address has been set up anew since.
        throw Refusal.duplicate(field: "address", of: nil)
      }
      tx.audit(.undone, .installation, 1, detail: "mailbox \(removed.mailbox) removed")
    },
  ]
}

extension Transaction {
  private func update(_ id: MailboxID, _ version: Int, _ assignments: SQL) throws {
    let changed = try connection.run("""
      UPDATE mailbox SET \(assignments), fence = fence + 1, lease_until = NULL, version = version + 1
      WHERE id = \(id) AND version = \(version) AND removed_at IS NULL
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: try mailbox(id).version) }
  }

  private func addressed<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch DatabaseError.unique {
      throw InvalidForm([FieldMessage(field: "address", key: "mailbox.address_taken")])
    }
  }

  private func requireKeeper(_ account: AccountID) throws {
    guard try connection.exists("SELECT 1 FROM account a WHERE a.id = \(account) AND \(SQL.keepsMailboxes)") else {
      throw InvalidForm([FieldMessage(field: "account", key: "mailbox.keeper_wrong")])
    }
  }

  /// How far a folder that stays was read stays known.
  private func keepFolders(_ names: [String], of id: MailboxID) throws {
    try connection.run("DELETE FROM mailbox_folder WHERE mailbox_id = \(id) AND name NOT IN \(list: names)")
    for (position, name) in names.enumerated() {
      try connection.run("""
        INSERT INTO mailbox_folder (mailbox_id, name, position) VALUES (\(id), \(name), \(position))
        ON CONFLICT (mailbox_id, name) DO UPDATE SET position = excluded.position
        """)
    }
  }
}
