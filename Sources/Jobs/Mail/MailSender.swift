package import Channels
package import Domain
package import Logging
package import Markup
package import Store

/// Takes mail out of the outbox and hands it to the server, one after another. Several, in one process or many, share the outbox.
package struct MailSender: Sendable {
  let store: Store
  let setup: MailSetup
  let messages: Messages
  let baseURL: String
  let clock: @Sendable () -> Instant
  let log: Logger

  package init(
    store: Store, setup: MailSetup, messages: Messages, baseURL: String, clock: @escaping @Sendable () -> Instant, log: Logger
  ) {
    (self.store, self.setup, self.messages, self.baseURL, self.clock, self.log) = (store, setup, messages, baseURL, clock, log)
  }

  /// Until the task is cancelled.
  package func run() async {
    let connection = SMTPConnection()
    while !Task.isCancelled {
      var pause: Int64 = Instant.second
      do {
        switch try await sendNext(over: connection) {
        case .sent: continue
        case .wait(let until): if let until { pause = min(max(clock().milliseconds(to: until), 1), Instant.second) }
        }
      } catch {
        log.error("outbox", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: .milliseconds(pause))
    }
  }

  package enum Step: Sendable, Equatable { case sent, wait(until: Instant?) }

  package func sendNext(over connection: SMTPConnection) async throws -> Step {
    switch try await store.outbox.lease(at: clock(), isReady: setup.server != nil) {
    case .wait(let until): return .wait(until: until)
    case .mail(let mail, let row):
      if let outcome = await handOver(mail, row, connection) { try await note(mail, outcome) }
      return .sent
    }
  }

  /// - Returns: nil when the mail was taken back, or by another, in the meantime.
  private func handOver(_ mail: LeasedMail, _ row: MailServerRow, _ connection: SMTPConnection) async -> MailOutcome? {
    guard let server = setup.resolve(row) else { return .trouble("the secret cannot be opened with this server's key; type it anew") }
    guard let address = EmailAddress(mail.address) else { return .refused(code: 501, "no address") }
    guard let message = compose(mail, server, address.text).bytes() else { return .trouble("no memory") }
    let outbox = store.outbox, clock = clock
    return await connection.send(message, to: address.text, through: server, helloName: host) {
      (try? await outbox.begin(mail, at: clock())) ?? false
    }
  }

  private func compose(_ mail: LeasedMail, _ server: MailServer, _ address: String) -> MIMEMessage {
    let writer = LetterWriter(words: messages.words(mail.language, zone: mail.zone), baseURL: baseURL, now: clock())
    return MIMEMessage(
      from: .init(name: server.senderName, address: server.senderAddress), to: .init(name: mail.name, address: address),
      subject: writer.text(mail.letter.subject), date: mail.createdAt, messageID: "\(mail.messageID)@\(host)",
      listID: "\(mail.kind.rawValue).dossier.\(host)", text: writer.plain(mail.letter), html: writer.html(mail.letter).string)
  }

  /// The name this installation is reached by. A Message-ID made with it stays the same whoever sends.
  private var host: String {
    let rest = baseURL.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).dropFirst().first ?? "localhost"
    let name = String(rest.prefix { $0 != ":" && $0 != "/" })
    return MailServer.isHost(name) ? name : "localhost"
  }

  /// What came of it is worth several attempts: unsaid, a mail that arrived would count as unknown.
  private func note(_ mail: LeasedMail, _ outcome: MailOutcome) async throws {
    for wait in [100, 400, 1600] {
      do { return try await store.outbox.finish(mail, outcome, at: clock()) } catch {
        log.warning("outbox not written", metadata: ["mail": "\(mail.id)", "error": "\(error)"])
        try await Task.sleep(for: .milliseconds(wait))
      }
    }
    try await store.outbox.finish(mail, outcome, at: clock())
  }
}

extension MailSetup {
  /// The server to use: the program's own settings win over the page's. Nil when the secret cannot be opened.
  package func resolve(_ row: MailServerRow) -> MailServer? {
    if let server { return server }
    var secret = ""
    if let sealed = row.secret {
      guard let opened = key?.open(sealed) else { return nil }
      secret = opened
    }
    return MailServer(
      host: row.host, port: row.port, security: row.security, username: row.username, secret: secret, senderName: row.senderName,
      senderAddress: row.senderAddress, caFile: caFile)
  }
}
