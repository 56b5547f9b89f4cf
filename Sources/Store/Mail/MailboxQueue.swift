package import Database
package import Domain

/// A mailbox that one reader has, with what is needed to read on.
package struct LeasedMailbox: Sendable {
  package struct Folder: Sendable, Hashable {
    package let name: String
    /// 0 while it was never read.
    package let uidValidity: Int64
    package let lastUID: Int64
    /// The mail that looks began with lately, and how often in a row: 0 where none did.
    package let tryingUID: Int64
    package let tries: Int
  }

  package let id: MailboxID
  package let addressKey: String
  package let accountID: AccountID
  package let takes: MailboxTakes
  package let host: String
  package let port: Int
  package let security: MailSecurity
  package let username: String
  /// Sealed.
  package let secret: [UInt8]
  package let since: CalendarDate
  package let fence: Int64
  package var folders: [Folder] = []
}

/// Mailboxes as those who read them see them. Nothing is held while a server is talked to: a lease says whose the mailbox is for the
/// next minutes, and its fence keeps out a reader that was thought dead, or whose mailbox somebody has changed since.
package struct MailboxQueue: Sendable {
  let store: Store

  /// The mailbox that has been due for the longest; nil when none is.
  package func lease(at now: Instant) async throws -> LeasedMailbox? {
    // Looking costs no write.
    guard try await store.database.read({ try $0.exists("SELECT 1 FROM mailbox m WHERE \(SQL.due(now))") }) else { return nil }
    return try await store.database.write { try $0.leaseMailbox(at: now) }
  }

  /// - Returns: false when the lease was lost: keep nothing more.
  package func renew(_ leased: LeasedMailbox, at now: Instant) async throws -> Bool {
    try await store.database.write { connection in
      try connection.run("""
        UPDATE mailbox SET lease_until = \(now.adding(milliseconds: MailboxClock.lease)) WHERE \(leased.isHeld)
        """) == 1
    }
  }

  /// What a look begins with is written down before it is fetched: a mail that ends every look, or the program, shows by it.
  package func begin(_ leased: LeasedMailbox, folder: LeasedMailbox.Folder, with uid: Int64) async throws {
    try await store.database.write { connection in
      try connection.run("""
        UPDATE mailbox_folder SET tries = CASE WHEN trying_uid = \(uid) THEN tries + 1 ELSE 1 END, trying_uid = \(uid)
        WHERE mailbox_id = \(leased.id) AND name = \(folder.name)
        """)
    }
  }

  /// Gives it back as it is: what went wrong was not the mailbox's fault.
  package func release(_ leased: LeasedMailbox, at now: Instant) async throws {
    try await store.database.write { connection in
      try connection.run("""
        UPDATE mailbox SET lease_until = NULL, look_at = \(now.adding(milliseconds: MailboxClock.interval)) WHERE \(leased.isHeld)
        """)
    }
  }

  /// - Parameter trouble: what went wrong, in the server's words; nil where nothing did.
  /// - Parameter hasMore: there is more to read; others that are due come first.
  package func finish(_ leased: LeasedMailbox, trouble: String? = nil, hasMore: Bool = false, at now: Instant) async throws {
    try await store.database.write { connection in
      guard let trouble else {
        let next = hasMore ? now : now.adding(milliseconds: MailboxClock.interval)
        try connection.run("""
          UPDATE mailbox SET looked_at = \(now), troubles = 0, trouble = '', lease_until = NULL, look_at = \(next) WHERE \(leased.isHeld)
          """)
        return
      }
      let before = try connection.value("SELECT troubles FROM mailbox WHERE id = \(leased.id)", as: Int.self) ?? 0
      let next = now.adding(milliseconds: MailboxClock.pause(afterTroubles: before + 1))
      try connection.run("""
        UPDATE mailbox SET looked_at = \(now), troubles = troubles + 1, trouble = \(Self.line(trouble)), lease_until = NULL, look_at = \(next)
        WHERE \(leased.isHeld)
        """)
    }
  }

  /// One process alone owns a SQLite file: at its start every lease is a dead reader's.
  package func recover() async throws {
    guard store.database.dialect == .sqlite else { return }
    try await store.database.write { try $0.run("UPDATE mailbox SET lease_until = NULL WHERE lease_until IS NOT NULL") }
  }

  /// Servers say what they like, over several lines and with any bytes.
  private static func line(_ text: String) -> String {
    let plain = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
    let line = String(plain).trimmingBlanks.prefix(300)
    return line.isEmpty ? "?" : String(line)
  }
}

extension Store {
  package var mailboxes: MailboxQueue { MailboxQueue(store: self) }
}

extension Transaction {
  /// How far a folder has been read, in the transaction that keeps the mail: both happen or neither.
  /// - Throws: `LeaseLost` when another has the mailbox, or somebody paused, changed or removed it.
  package func advance(_ leased: LeasedMailbox, folder: String, validity: Int64, to uid: Int64) throws {
    let held = try connection.value("SELECT id FROM mailbox WHERE \(leased.isHeld) \(sqlite: "", postgres: "FOR UPDATE")", as: MailboxID.self)
    guard held != nil else { throw LeaseLost() }
    let changed = try connection.run("""
      UPDATE mailbox_folder SET uid_validity = \(validity),
        last_uid = CASE WHEN uid_validity = \(validity) AND last_uid > \(uid) THEN last_uid ELSE \(uid) END
      WHERE mailbox_id = \(leased.id) AND name = \(folder)
      """)
    guard changed == 1 else { throw LeaseLost() }
  }
}

extension LeasedMailbox {
  fileprivate var isHeld: SQL { "id = \(id) AND fence = \(fence) AND paused_at IS NULL AND removed_at IS NULL" }
}

extension SQL {
  /// Over `mailbox m`. A copy reads nothing, else the mail would be shared out between two bases; a person who stopped sending did not
  /// stop reading. A mailbox without a password, or without anybody who may file its mail, waits.
  fileprivate static func due(_ now: Instant) -> SQL {
    """
    m.paused_at IS NULL AND m.removed_at IS NULL AND m.look_at <= \(now) AND (m.lease_until IS NULL OR m.lease_until < \(now))
      AND m.secret IS NOT NULL AND EXISTS (SELECT 1 FROM account a WHERE a.id = m.account_id AND \(keepsMailboxes))
      AND NOT EXISTS (SELECT 1 FROM mail_server s WHERE s.held_at IS NOT NULL AND s.held_because <> \(HoldReason.person.rawValue))
    """
  }
}

extension Connection {
  fileprivate func leaseMailbox(at now: Instant) throws -> LeasedMailbox? {
    let due = try value("""
      SELECT m.id FROM mailbox m WHERE \(SQL.due(now)) ORDER BY m.look_at, m.id LIMIT 1 \(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED")
      """, as: MailboxID.self)
    guard let due else { return nil }
    try run("UPDATE mailbox SET fence = fence + 1, lease_until = \(now.adding(milliseconds: MailboxClock.lease)) WHERE id = \(due)")
    var leased = try first("""
      SELECT id, address_key, account_id, takes, host, port, security, username, secret, since, fence FROM mailbox WHERE id = \(due)
      """) { row in
      LeasedMailbox(
        id: try row.next(), addressKey: try row.next(), accountID: try row.next(), takes: try row.next(), host: try row.next(),
        port: try row.next(), security: try row.next(), username: try row.next(), secret: try row.next(), since: try row.next(),
        fence: try row.next())
    }
    leased?.folders = try rows("""
      SELECT name, uid_validity, last_uid, trying_uid, tries FROM mailbox_folder WHERE mailbox_id = \(due) ORDER BY position
      """) { 
      LeasedMailbox.Folder(
        name: try $0.next(), uidValidity: try $0.next(), lastUID: try $0.next(), tryingUID: try $0.next(), tries: try $0.next())
    }
    return leased
  }
}
