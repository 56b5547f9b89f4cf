import Database
import Domain
import Store
import TestSupport
import Testing

extension TestBase {
  func mailboxDraft(_ address: String = "clients@example.com", keeper: Actor? = nil) throws -> MailboxDraft {
    MailboxDraft(
      address: try #require(EmailAddress(address)), account: (keeper ?? maria).id, takes: .all, host: "imap.example.com", port: 993,
      security: .tls, username: address, secret: [1, 2, 3], folders: ["INBOX", "Sent"], since: Zone.utc.date(now))
  }

  @discardableResult
  func addMailbox(_ address: String = "clients@example.com", keeper: Actor? = nil) async throws -> MailboxID {
    let draft = try mailboxDraft(address, keeper: keeper)
    return try await write { try $0.addMailbox(draft) }
  }

  func mailbox(_ id: MailboxID) async throws -> Mailbox { try await read { try $0.mailbox(id) } }

  /// Another draft in its place, as it is now but for `change`.
  func change(_ id: MailboxID, _ change: (inout MailboxDraft) -> Void) async throws {
    let old = try await mailbox(id)
    var draft = MailboxDraft(
      address: try #require(EmailAddress(old.address)), account: old.accountID, takes: old.takes, host: old.host, port: old.port,
      security: old.security, username: old.username, secret: nil, folders: old.folders, since: old.since)
    change(&draft)
    let new = draft
    try await write { try $0.changeMailbox(id, to: new, version: old.version) }
  }

  func leasedMailbox(at moment: Instant? = nil) async throws -> LeasedMailbox? { try await store.mailboxes.lease(at: moment ?? now) }

  func advance(_ leased: LeasedMailbox, _ folder: String = "INBOX", validity: Int64 = 7, to uid: Int64) async throws {
    try await write { try $0.advance(leased, folder: folder, validity: validity, to: uid) }
  }

  func progress(_ id: MailboxID) async throws -> [String: [Int64]] {
    try await read { reader in
      Dictionary(uniqueKeysWithValues: try reader.connection.rows("""
        SELECT name, uid_validity, last_uid FROM mailbox_folder WHERE mailbox_id = \(id)
        """) { (try $0.next(String.self), [try $0.next(Int64.self), try $0.next(Int64.self)]) })
    }
  }
}

func wrong(_ field: String, _ key: String) -> InvalidForm { InvalidForm([FieldMessage(field: field, key: key)]) }
