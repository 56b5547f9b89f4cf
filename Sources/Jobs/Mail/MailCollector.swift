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
  /// Mails of a folder in one look: then the other mailboxes have their turn.
  private static let most = 200
  /// Mails between two renewals of the lease.
  private static let stride = 5
  /// A mail that looks began with so often and never came past is passed over: by then hours have gone by.
  private static let mostTries = 10

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
    do {
      let hasMore = try await look(into: box)
      try await store.mailboxes.finish(box, hasMore: hasMore, at: clock())
    } catch is LeaseLost {
      // Another has it, or somebody changed it.
    } catch let trouble as IMAPTrouble {
      try await store.mailboxes.finish(box, trouble: trouble.words, at: clock())
    } catch {
      log.error("mailbox not read", metadata: ["mailbox": "\(box.id)", "error": "\(error)"])
      try await store.mailboxes.release(box, at: clock())
    }
    return true
  }

  /// - Returns: whether there is more to read.
  private func look(into box: LeasedMailbox) async throws -> Bool {
    guard let secret = setup.key?.open(box.secret) else { throw IMAPTrouble.server("the stored password cannot be opened: type it again") }
    let server = MailboxServer(
      host: box.host, port: box.port, security: box.security, username: box.username, secret: secret, caFile: setup.caFile)
    let connection = IMAPConnection(server)
    var hasMore = false
    for folder in box.folders {
      if try await read(folder, of: box, connection) { hasMore = true }
    }
    return hasMore
  }

  private func read(_ folder: LeasedMailbox.Folder, of box: LeasedMailbox, _ connection: IMAPConnection) async throws -> Bool {
    let opened = try await connection.open(folder.name)
    let place = FolderPlace(box: box, folder: folder, validity: opened.uidValidity)
    // Under another validity the numbers mean other mails.
    let last = opened.uidValidity == folder.uidValidity ? folder.lastUID : 0
    let entries = try await connection.list(after: last, since: box.since, most: Self.most) { await renew(box) }
    if let first = entries.first { try await store.mailboxes.begin(box, folder: folder, with: first.uid) }
    for (number, entry) in entries.enumerated() {
      if number % Self.stride == Self.stride - 1, await !renew(box) { throw LeaseLost() }
      try await take(entry, place, connection)
    }
    guard entries.count < Self.most else { return true }
    // Older mail need not be listed again.
    if let next = opened.uidNext, next - 1 > max(last, entries.last?.uid ?? 0) {
      try await store.write(as: try await store.actor(box.accountID), at: clock()) { try place.advance($0, to: next - 1) }
    }
    return false
  }

  private func renew(_ box: LeasedMailbox) async -> Bool { (try? await store.mailboxes.renew(box, at: clock())) ?? false }

  private struct FolderPlace: Sendable {
    let box: LeasedMailbox, folder: LeasedMailbox.Folder, validity: Int64
    func advance(_ tx: Transaction, to uid: Int64) throws { try tx.advance(box, folder: folder.name, validity: validity, to: uid) }
  }

  private func take(_ entry: IMAPEntry, _ place: FolderPlace, _ connection: IMAPConnection) async throws {
    let box = place.box
    guard entry.size <= Self.largest else { return try await passOver(entry, place, "too large") }
    guard entry.uid != place.folder.tryingUID || place.folder.tries < Self.mostTries else {
      return try await passOver(entry, place, "it ended every look")
    }
    guard let bytes = try await fetch(entry.uid, connection) else { return try await passOver(entry, place, "gone, or too large") }
    guard let mail = MIMEReader.read(bytes) else { return try await passOver(entry, place, "no mail") }
    var incoming = IncomingMail(mail, key: CaptureRules.key(bytes: bytes), mailbox: box.id, keeper: box.accountID, takes: box.takes)
    incoming.arrivedAt = entry.day.map { Zone.utc.noon($0) }
    incoming.ours = [setup.server?.senderAddress].compactMap { $0.flatMap { EmailAddress($0) } }
    do {
      _ = try await store.capture(incoming, at: clock()) { try place.advance($0, to: entry.uid) }
    } catch {
      // What cannot be kept must not keep the rest waiting.
      guard Self.isAboutMail(error) else { throw error }
      try await passOver(entry, place, "\(error)")
    }
  }

  private func fetch(_ uid: Int64, _ connection: IMAPConnection) async throws -> [UInt8]? {
    do { return try await connection.fetch(uid, limit: Self.largest) } catch {
      guard error == .noSuchMail || error == .tooLarge else { throw error }
      return nil
    }
  }

  /// The same whenever it is tried.
  private static func isAboutMail(_ error: any Error) -> Bool {
    switch error {
    case is InvalidForm, Refusal.notFound: true
    case DatabaseError.unique, DatabaseError.check, DatabaseError.notNull, DatabaseError.foreignKey: true
    default: false
    }
  }

  private func passOver(_ entry: IMAPEntry, _ place: FolderPlace, _ why: String) async throws {
    log.warning("mail passed over", metadata: ["mailbox": "\(place.box.id)", "uid": "\(entry.uid)", "why": "\(why)"])
    try await store.write(as: try await store.actor(place.box.accountID), at: clock()) { try place.advance($0, to: entry.uid) }
  }
}
