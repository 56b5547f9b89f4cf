/// A mail that came in, read: headers decoded (RFC 2047), its text as plain words, its files.
package struct ReceivedMail: Hashable, Sendable {
  package struct Mailbox: Hashable, Sendable {
    package let name: String
    package let address: EmailAddress
    package init(name: String, address: EmailAddress) { (self.name, self.address) = (name, address) }
  }

  package struct File: Hashable, Sendable {
    package let name: String
    package let mediaType: String
    package let bytes: [UInt8]
    package init(name: String, mediaType: String, bytes: [UInt8]) { (self.name, self.mediaType, self.bytes) = (name, mediaType, bytes) }
  }

  /// An address that could not be reached for good (RFC 3464, action "failed", status 5).
  package struct Bounce: Hashable, Sendable {
    package let address: EmailAddress
    /// What the other server said.
    package let detail: String
    package init(address: EmailAddress, detail: String) { (self.address, self.detail) = (address, detail) }
  }

  /// Without the angle brackets; empty where there is none.
  package var messageID: String
  package var from: [Mailbox]
  package var to: [Mailbox]
  package var cc: [Mailbox]
  /// Only where it lies in the writer's own folder.
  package var bcc: [Mailbox]
  /// Where answers go, where the mail says so.
  package var replyTo: [Mailbox]
  package var subject: String
  /// As the mail says; nil where it says nothing that can be read.
  package var sentAt: Instant?
  /// The plain text, or what the HTML says in plain words; `\n` at line ends.
  package var text: String
  package var files: [File]
  /// Written by no person: a vacation notice, a report of delivery (RFC 3834, Precedence "bulk" and "junk").
  package var isAutomatic: Bool
  /// It came by a list (RFC 2369, RFC 2919) or a system that asks for no automatic answers: a newsletter as a rule, but also what people write to
  /// an address that is a list.
  package var isByList: Bool
  package var bounces: [Bounce]
  /// A mail within this one, as an attachment (message/rfc822): the first of them.
  package var attached: [ReceivedMail]

  package init(
    messageID: String = "", from: [Mailbox] = [], to: [Mailbox] = [], cc: [Mailbox] = [], bcc: [Mailbox] = [], replyTo: [Mailbox] = [],
    subject: String = "", sentAt: Instant? = nil,
    text: String = "", files: [File] = [], isAutomatic: Bool = false, isByList: Bool = false, bounces: [Bounce] = [], attached: [ReceivedMail] = []
  ) {
    (self.messageID, self.from, self.to, self.cc, self.subject) = (messageID, from, to, cc, subject)
    (self.sentAt, self.text, self.files, self.isAutomatic) = (sentAt, text, files, isAutomatic)
    (self.bcc, self.replyTo, self.isByList, self.bounces, self.attached) = (bcc, replyTo, isByList, bounces, attached)
  }
}
