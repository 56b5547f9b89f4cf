package import Database
package import Domain
package import Files
package import Hummingbird
package import Jobs
package import Logging
package import Markup
package import Store

/// What every page and API call may use. Made once at start; the clock and randomness are arguments, so that tests can
/// hold them still.
package struct Site: Sendable {
  package let store: Store
  package let messages: Messages
  package let assets: Assets
  package let settings: SiteSettings
  package let clock: @Sendable () -> Instant
  package let random: @Sendable (Int) -> [UInt8]
  package let log: Logger
  package let sessions: SessionCache
  package let views: ViewLog
  package let needs = NeedCounts()
  let dialogs: [Language: HTML]
  package let passwords: PasswordWork
  package let counters: Counters
  package let mail: MailSetup
  package let pdf: PDFRenderer

  package init(
    store: Store, messages: Messages, assets: Assets, settings: SiteSettings, clock: @escaping @Sendable () -> Instant,
    random: @escaping @Sendable (Int) -> [UInt8], log: Logger, pdf: PDFRenderer = PDFRenderer(), mail: MailSetup = MailSetup()
  ) {
    self.store = store
    self.messages = messages
    self.assets = assets
    self.settings = settings
    self.clock = clock
    self.random = random
    self.log = log
    self.pdf = pdf
    // On SQLite every session is ended by this process, so what is cached is never stale; on PostgreSQL it is not cached.
    sessions = SessionCache(isEnabled: store.database.dialect == .sqlite, accessVersion: { store.accessVersion })
    views = ViewLog()
    passwords = PasswordWork()
    counters = Counters()
    dialogs = ShellDialogs.all(messages, assets)
    self.mail = mail
  }
}

package struct SiteSettings: Sendable {
  /// As people reach it, without a trailing slash: links in mails and the Origin check use it, never the Host header.
  package var baseURL: String
  /// Part of every ETag: a new build renders anew.
  package var build: String
  /// Bytes an uploaded file may have.
  package var uploadLimit: Int
  /// Log-in attempts per account and address within 15 minutes.
  package var loginLimit: Int
  /// Trust X-Forwarded-For from a proxy on this machine.
  package var trustsProxy: Bool

  package init(
    baseURL: String, build: String, uploadLimit: Int = 25_000_000, loginLimit: Int = 10, trustsProxy: Bool = false
  ) {
    self.baseURL = baseURL
    self.build = build
    self.uploadLimit = uploadLimit
    self.loginLimit = loginLimit
    self.trustsProxy = trustsProxy
  }

  package var isSecure: Bool { baseURL.hasPrefix("https://") }
  /// `__Host-` needs Secure, which a browser keeps only over TLS.
  package var cookieName: String { isSecure ? "__Host-dossier" : "dossier" }
}

extension Site {
  package var mailSender: MailSender {
    MailSender(store: store, setup: mail, messages: messages, baseURL: settings.baseURL, clock: clock, log: log)
  }

  package func words(_ language: Language, zone: String) -> Words {
    Words(catalog: messages[language], zone: Zone(zone) ?? .utc)
  }
  /// Before anyone is signed in: the language chosen on the page, else what the browser asks for.
  package func words(for request: Request) -> Words {
    if let chosen = Query(request.uri)["lang"].flatMap(Language.init(rawValue:)) { return words(chosen, zone: "UTC") }
    let language = request.headers[.acceptLanguage].flatMap(Language.preferred(acceptLanguage:)) ?? .en
    return words(language, zone: "UTC")
  }
}
