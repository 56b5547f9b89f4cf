import Database
import Domain
import Store
import TestSupport
import Testing

extension TestBase {
  func mail(_ from: String, to: String, _ subject: String, sentAt: Instant? = nil, files: [String] = []) -> ReceivedMail {
    func boxes(_ text: String) -> [ReceivedMail.Mailbox] {
      text.split(separator: ",").compactMap { part in
        let words = part.split(whereSeparator: { "<>".contains($0) }).map { String($0.trimmingBlanks) }
        return words.last.flatMap { EmailAddress($0) }.map { ReceivedMail.Mailbox(name: words.count > 1 ? words[0] : "", address: $0) }
      }
    }
    return ReceivedMail(
      from: boxes(from), to: boxes(to), subject: subject, sentAt: sentAt, text: "Words",
      files: files.map { ReceivedMail.File(name: $0, mediaType: "application/pdf", bytes: Array($0.utf8)) })
  }

  /// Into a mailbox that Piotr looks after.
  func capture(_ mail: ReceivedMail, _ key: String, takes: MailboxTakes = .all) async throws -> Capture {
    try await store.capture(IncomingMail(mail, key: key, mailbox: nil, keeper: piotr.id, takes: takes), at: now)
  }

  func unfiled(_ mail: ReceivedMail, _ key: String, takes: MailboxTakes = .all) async throws -> CapturedMailID? {
    guard case .unfiled(let id) = try await capture(mail, key, takes: takes) else { return nil }
    return id
  }

  /// A client company with someone who works there.
  func firmWithPerson(_ name: String, _ email: String, owner: Actor? = nil) async throws -> (ClientID, PersonID) {
    let owner = owner ?? maria
    return try await write { tx in
      var firm = ClientDraft(kind: .company, name: name)
      firm.ownerID = owner.id
      let id = try tx.createClient(firm)
      var draft = ClientDraft(kind: .person, isClient: false, name: "Person of \(name)")
      draft.contactPoints = [.email(try #require(EmailAddress(email)))]
      return (id, try tx.addPerson(draft, to: id, TieDraft()))
    }
  }

  /// Subjects of the contacts that stand, newest first.
  func contacts(at client: ClientID) async throws -> [String] {
    try await read { try $0.timeline(of: client, TimelineFilter()).entries.filter { $0.kind == .contact }.map(\.subject) }
  }
}
