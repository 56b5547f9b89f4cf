import Database
import Domain
import Store
import TestSupport
import Testing

extension TestBase {
  func setMailServer(perMinute: Int = 6000) async throws {
    let draft = MailServerDraft(
      host: "mail.example.com", port: 587, security: .starttls, username: "", secret: nil, dropsSecret: false, senderName: "Dossier",
      senderAddress: "dossier@example.com", perMinute: perMinute)
    try await write { tx in try tx.changeMailServer(to: draft, version: try tx.mailServer().version) }
  }

  func draft(_ key: String) -> MailDraft {
    MailDraft(.test, key: key, to: .account(maria.id), letter: Letter(subject: .words("mail.test_subject")))
  }

  func enqueue(_ key: String, at moment: Instant? = nil) async throws {
    _ = try await write(at: moment) { try $0.enqueueMail(draft(key)) }
  }

  func lease(at moment: Instant) async throws -> LeasedMail? {
    if case .mail(let mail, _) = try await store.outbox.lease(at: moment, isReady: false) { mail } else { nil }
  }

  func leased() async throws -> LeasedMail { try #require(try await lease(at: now)) }

  func mails() async throws -> [String: MailState] {
    try await read { reader in
      var all: [String: MailState] = [:]
      try reader.connection.each("SELECT idempotency_key, state FROM mail") { row in
        let key: String = try row.next()
        all[key] = MailState(rawValue: try row.next())
      }
      return all
    }
  }
}
