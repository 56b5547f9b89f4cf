import Domain
import HTTPTypes

extension Routes {
  /// How mail leaves, what left, and the own morning digest.
  enum Mail {
    static let server = Route<Void>(.get, "/settings/mail", .may(.manageInstallation))
    static let changeServer = Route<Void>(.post, "/settings/mail", .may(.manageInstallation))
    static let test = Route<Void>(.post, "/settings/mail/test", .may(.manageInstallation))
    static let hold = Route<Void>(.post, "/settings/mail/hold", .may(.manageInstallation))
    static let release = Route<Void>(.post, "/settings/mail/release", .may(.manageInstallation))
    static let outbox = Route<Void>(.get, "/settings/mail/outbox", .may(.manageInstallation))
    static let retry = Route<MailID>(.post, "/settings/mail/outbox/:id/attempt", .may(.manageInstallation))
    static let drop = Route<MailID>(.post, "/settings/mail/outbox/:id/removal", .may(.manageInstallation))
  }
}

enum MailPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Mail.server, MailServerPage.page)
    book.on(Routes.Mail.changeServer, MailServerPage.change)
    book.on(Routes.Mail.test, MailServerPage.test)
    book.on(Routes.Mail.hold, MailServerPage.hold)
    book.on(Routes.Mail.release, MailServerPage.release)
    book.on(Routes.Mail.outbox, OutboxPages.page)
    book.on(Routes.Mail.retry, OutboxPages.retry)
    book.on(Routes.Mail.drop, OutboxPages.drop)
    MailboxPages.register(&book)
  }
}
