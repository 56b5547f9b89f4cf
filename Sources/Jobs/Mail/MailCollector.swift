import Channels
import Database
package import Domain
package import Logging
package import Store

/// Reads the mailboxes that are due, one after another. Every server of an installation may run it: a lease keeps a mailbox to one reader,
/// and how far a folder was read is noted in the transaction that keeps the mail, so that a reader that dies loses nothing and takes
/// nothing twice. Nothing is held while a server is talked to.
package struct MailCollector: Sendable {
  let store: Store
  let setup: MailSetup
  let clock: @Sendable () -> Instant
  let log: Logger
  /// Larger mail is passed over: bytes, as it travels.
  package static let largest = 40 << 20
  /// Mails between two renewals of the lease.
  private static let stride = 10

  package init(store: Store, setup: MailSetup, clock: @escaping @Sendable () -> Instant, log: Logger) {
    (self.store, self.setup, self.clock, self.log) = (store, setup, clock, log)
  }

  /// Until the task is cancelled.
  package func run() async {
    while !Task.isCancelled {
      do {
        if try await lookOnce() { continue }
      } catch {
        log.error("incoming mail", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: .seconds(2))
    }
  }

  /// - Returns: false when no mailbox was due.
  package func lookOnce() async throws -> Bool {
    guard let box = try await store.mailboxes.lease(at: clock()) else { return false }
    var trouble: String?
    do { try await look(into: box) } catch is LeaseLost {
      return true
    } catch let found as IMAPTrouble {
      trouble = found.words
    } catch {
      log.error("mailbox not read", metadata: ["mailbox": "\(box.id)", "error": "\(error)"])
      trouble = "\(error)"
    }
    try await store.mailboxes.finish(box, trouble: trouble, at: clock())
    return true
  }

  private func look(into box: LeasedMailbox) async throws {
    guard let secret = setup.key?.open(box.secret) else { throw IMAPTrouble.server("the stored password cannot be opened: type it again") }
    let server = MailboxServer(
      host: box.host, port: box.port, security: box.security, username: box.username, secret: secret, caFile: setup.caFile)
    let connection = IMAPConnection(server)
    for folder in box.folders { try await read(folder, of: box, connection) }
  }

  private func read(_ folder: LeasedMailbox.Folder, of box: LeasedMailbox, _ connection: IMAPConnection) async throws {
    let opened = try await connection.open(folder.name)
    let place = FolderPlace(box: box, name: folder.name, validity: opened.uidValidity)
    // Under another validity the numbers mean other mails.
    var last = opened.uidValidity == folder.uidValidity ? folder.lastUID : 0
    for (number, entry) in try await connection.list(after: last, since: box.since).enumerated() {
      if number % Self.stride == Self.stride - 1, try await !store.mailboxes.renew(box, at: clock()) { return }
      try await take(entry, place, connection)
      last = entry.uid
    }
    // Older mail need not be listed again.
    guard let next = opened.uidNext, next - 1 > last else { return }
    try await store.write(as: try await store.actor(box.accountID), at: clock()) {
      try $0.advance(box, folder: place.name, validity: place.validity, to: next - 1)
    }
  }

  private struct FolderPlace { let box: LeasedMailbox, name: String, validity: Int64 }

  private func take(_ entry: IMAPEntry, _ place: FolderPlace, _ connection: IMAPConnection) async throws {
    let box = place.box
    let advance: @Sendable (Transaction) throws -> Void = { [name = place.name, validity = place.validity] in
      try $0.advance(box, folder: name, validity: validity, to: entry.uid)
    }
    guard entry.size <= Self.largest else { return try await passOver(entry, place, "too large", advance) }
    let bytes: [UInt8]
    do { bytes = try await connection.fetch(entry.uid, limit: Self.largest) } catch IMAPTrouble.noSuchMail, IMAPTrouble.tooLarge {
      return try await passOver(entry, place, "gone, or too large", advance)
    }
    guard let mail = MIMEReader.read(bytes) else { return try await passOver(entry, place, "no mail", advance) }
    let incoming = IncomingMail(mail, key: CaptureRules.key(mail, bytes: bytes), mailbox: box.id, keeper: box.accountID, takes: box.takes)
    do {
      _ = try await store.capture(incoming, at: clock(), advancing: advance)
    } catch where Self.isAboutMail(error) {
      // What cannot be kept must not keep the rest waiting.
      try await passOver(entry, place, "\(error)", advance)
    }
  }

  /// The same whenever it is tried.
  private static func isAboutMail(_ error: any Error) -> Bool {
    switch error {
    case is InvalidForm: true
    case DatabaseError.unique, DatabaseError.check, DatabaseError.notNull, DatabaseError.foreignKey: true
    default: false
    }
  }

  private func passOver(_ entry: IMAPEntry, _ place: FolderPlace, _ why: String, _ advance: @escaping @Sendable (Transaction) throws -> Void) async throws {
    log.warning("mail passed over", metadata: ["mailbox": "\(place.box.id)", "uid": "\(entry.uid)", "why": "\(why)"])
    try await store.write(as: try await store.actor(place.box.accountID), at: clock(), advance)
  }
}
