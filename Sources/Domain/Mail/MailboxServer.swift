/// The server a mailbox is read from, with all that is needed to log in (IMAP4rev1, RFC 3501).
package struct MailboxServer: Hashable, Sendable {
  package var host: String
  package var port: Int
  package var security: MailSecurity
  package var username: String
  package var secret: String
  /// Certificates to trust in place of the system's.
  package var caFile: String?

  package init(host: String, port: Int, security: MailSecurity, username: String, secret: String, caFile: String? = nil) {
    (self.host, self.port, self.security) = (host, port, security)
    (self.username, self.secret, self.caFile) = (username, secret, caFile)
  }
}

/// What of a mailbox's mail is taken.
package enum MailboxTakes: String, Sendable, CaseIterable {
  /// An address of the company's to which mail is sent to be kept: everything in it is for the record.
  case all
  /// Somebody's own mailbox: only mail with addresses we know; the rest is nobody's business.
  case known
}
