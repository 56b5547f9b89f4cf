package import Database
package import Domain

/// Mailboxes as the settings have them.
package struct Mailbox: Sendable, Hashable {
  package let id: MailboxID
  package let address: String
  package let accountID: AccountID
  package let accountName: String
  /// Whether the one who looks after it still works here and may log contacts.
  package let hasKeeper: Bool
  package let takes: MailboxTakes
  package let host: String
  package let port: Int
  package let security: MailSecurity
  package let username: String
  package let hasSecret: Bool
  package var folders: [String] = []
  package let since: CalendarDate
  package let lookAt: Instant
  package let lookedAt: Instant?
  /// What went wrong at the last look, in the server's words; empty where nothing did.
  package let trouble: String
  package let pausedAt: Instant?
  package let version: Int
}

/// What a person typed for it. A nil secret keeps the one there is.
package struct MailboxDraft: Sendable {
  package var address: EmailAddress
  package var account: AccountID
  package var takes: MailboxTakes
  package var host: String, port: Int, security: MailSecurity, username: String
  /// Sealed.
  package var secret: [UInt8]?
  package var folders: [String]
  package var since: CalendarDate

  package init(
    address: EmailAddress, account: AccountID, takes: MailboxTakes, host: String, port: Int, security: MailSecurity, username: String,
    secret: [UInt8]?, folders: [String], since: CalendarDate
  ) {
    (self.address, self.account, self.takes) = (address, account, takes)
    (self.host, self.port, self.security, self.username) = (host, port, security, username)
    (self.secret, self.folders, self.since) = (secret, folders, since)
  }
}

extension MailboxTakes: SQLBindable, ColumnDecodable {}

extension Session {
  /// By address.
  package func mailboxes() throws -> [Mailbox] {
    try require(.manageInstallation)
    return try mailboxes(where: "m.removed_at IS NULL")
  }

  package func mailbox(_ id: MailboxID) throws -> Mailbox {
    try require(.manageInstallation)
    guard let found = try mailboxes(where: "m.id = \(id) AND m.removed_at IS NULL").first else { throw Refusal.notFound }
    return found
  }

  /// Who may look after one, by name.
  /// - Parameter current: in the list whatever its length, if it may.
  package func mailboxKeepers(with current: AccountID? = nil) throws -> [(id: AccountID, name: String)] {
    try require(.manageInstallation)
    return try connection.rows("""
      SELECT a.id, a.name FROM account a WHERE \(SQL.keepsMailboxes)
      ORDER BY CASE WHEN a.id = \(current ?? AccountID(0)) THEN 0 ELSE 1 END, a.name, a.id LIMIT \(Self.choiceLimit)
      """) { (id: try $0.next(AccountID.self), name: try $0.next(String.self)) }
  }

  private func mailboxes(where condition: SQL) throws -> [Mailbox] {
    var found = try connection.rows("""
      SELECT m.id, m.address, m.account_id, a.name, \(SQL.keepsMailboxes), m.takes, m.host, m.port, m.security, m.username,
        m.secret IS NOT NULL, m.since, m.look_at, m.looked_at, m.trouble, m.paused_at, m.version
      FROM mailbox m JOIN account a ON a.id = m.account_id WHERE \(condition) ORDER BY m.address_key, m.id
      """) { row in
      Mailbox(
        id: try row.next(), address: try row.next(), accountID: try row.next(), accountName: try row.next(), hasKeeper: try row.next(),
        takes: try row.next(), host: try row.next(), port: try row.next(), security: try row.next(), username: try row.next(),
        hasSecret: try row.next(), since: try row.next(), lookAt: try row.next(), lookedAt: try row.next(), trouble: try row.next(),
        pausedAt: try row.next(), version: try row.next())
    }
    var folders: [MailboxID: [String]] = [:]
    try connection.each("""
      SELECT mailbox_id, name FROM mailbox_folder WHERE mailbox_id IN \(list: found.map(\.id)) ORDER BY mailbox_id, position
      """) { folders[try $0.next(), default: []].append(try $0.next()) }
    for index in found.indices { found[index].folders = folders[found[index].id] ?? [] }
    return found
  }
}

extension SQL {
  /// Over `account a`: whoever files the mail of a mailbox works here, and may log contacts.
  static let keepsMailboxes: SQL = "(a.closed_at IS NULL AND a.role IN \(list: Role.allCases.filter { $0.may(.logContacts) }))"
}

extension Connection {
  /// Which of these are ours, by the key of an address: accounts' (closed ones, too), mailboxes' (those that were removed, too) and
  /// the sender's of the mail that goes out.
  package func ownAddresses(among keys: [String]) throws -> Set<String> {
    let ours = try values("""
      SELECT email_key FROM account WHERE email_key IN \(list: keys)
      UNION ALL SELECT address_key FROM mailbox WHERE address_key IN \(list: keys)
      UNION ALL SELECT sender_address FROM mail_server
      """, as: String.self)
    return Set(keys).intersection(ours.compactMap { EmailAddress($0)?.key })
  }
}
