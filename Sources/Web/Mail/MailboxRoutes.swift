import Domain
import HTTPTypes

extension Routes {
  /// Which mailboxes are read.
  enum Mailboxes {
    static let list = Route<Void>(.get, "/settings/mailboxes", .may(.manageInstallation))
    static let new = Route<Void>(.get, "/settings/mailboxes/new", .may(.manageInstallation))
    static let add = Route<Void>(.post, "/settings/mailboxes", .may(.manageInstallation))
    static let edit = Route<MailboxID>(.get, "/settings/mailboxes/:id", .may(.manageInstallation))
    static let change = Route<MailboxID>(.post, "/settings/mailboxes/:id", .may(.manageInstallation))
    static let look = Route<MailboxID>(.post, "/settings/mailboxes/:id/look", .may(.manageInstallation))
    static let pause = Route<MailboxID>(.post, "/settings/mailboxes/:id/pause", .may(.manageInstallation))
    static let resume = Route<MailboxID>(.post, "/settings/mailboxes/:id/resumption", .may(.manageInstallation))
    static let remove = Route<MailboxID>(.post, "/settings/mailboxes/:id/removal", .may(.manageInstallation))
  }
}
