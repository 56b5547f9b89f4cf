import CCurl
import Dispatch
package import Domain

/// A connection to a mailbox (IMAP4rev1), by libcurl on a serial queue of its own: its calls block. It only ever reads.
///
/// libcurl opens a folder by SELECT and fetches by BODY[], which marks mail as read. So the folder is opened once more by EXAMINE, which
/// makes it read-only, and nothing is fetched but on that very connection: libcurl may not make another by itself, where it would SELECT
/// again. Where the connection is gone, the folder is examined on a new one first.
package final class IMAPConnection: @unchecked Sendable {
  private let queue = DispatchQueue(label: "dossier.imap")
  private let server: MailboxServer
  // Touched only on `queue`; that is what makes the class safe to share.
  private var curl: UnsafeMutableRawPointer?
  /// The folder asked for, its encoded name.
  private var folder: String?
  private var opened = IMAPFolder()
  /// The connection there is has the folder open for reading alone.
  private var isExamined = false

  package init(_ server: MailboxServer) { self.server = server }
  deinit { if let curl { curl_easy_cleanup(curl) } }

  package func open(_ folder: String) async throws(IMAPTrouble) -> IMAPFolder {
    try await onQueue { () throws(IMAPTrouble) in
      let name = IMAPFolderName.encoded(folder)
      try self.logIn()
      self.opened = try self.examine(name)
      self.folder = name
      return self.opened
    }
  }

  /// Mail with a higher UID than the one given, lowest first.
  /// - Parameters:
  ///   - day: older mail is left out.
  ///   - most: no more than so many; as many as that may mean that there are more.
  ///   - progress: asked after every 50 places of the folder, while more are to be listed; false ends it with `.server("stopped")`.
  package func list(
    after uid: Int64, since day: CalendarDate? = nil, most: Int = .max, progress: (@Sendable () async -> Bool)? = nil
  ) async throws(IMAPTrouble) -> [IMAPEntry] {
    var listing = try await onQueue { () throws(IMAPTrouble) in try self.beginListing(after: max(uid, 0)) }
    var found: [IMAPEntry] = []
    while listing.place <= listing.count, found.count < most {
      let before = listing
      listing = try await onQueue { () throws(IMAPTrouble) in try self.listOn(before) }
      found += listing.batch.filter { entry in day.map { since in entry.day.map { $0 >= since } ?? true } ?? true }
      guard let progress, listing.place <= listing.count, found.count < most else { continue }
      if await !progress() { throw .server("stopped") }
    }
    return Array(found.prefix(max(most, 0)))
  }

  /// How far a folder is listed.
  private struct Listing: Sendable {
    let folder: String
    var count: Int
    /// The next to ask for.
    var place: Int
    /// The highest UID so far.
    var last: Int64
    var batch: [IMAPEntry] = []
    /// How often mail went away meanwhile.
    var shrinks = 0
  }

  private func beginListing(after uid: Int64) throws(IMAPTrouble) -> Listing {
    guard let folder else { throw .server("No folder is open.") }
    // What came since, and on whatever connection there is.
    _ = try reading("NOOP", path: "", limit: 64 * 1024)
    let count = try examineAgain(folder).exists
    return Listing(folder: folder, count: count, place: try place(after: uid, of: count), last: uid)
  }

  /// libcurl counts an answer's lines against a limit of 300 KB again for every line that waits behind them: 85 is the end of it.
  private static let batch = 50

  private func listOn(_ before: Listing) throws(IMAPTrouble) -> Listing {
    guard folder == before.folder else { throw .server("Another folder was opened meanwhile.") }
    var listing = before
    let places = listing.place...min(listing.place + Self.batch - 1, listing.count)
    listing.batch = try entries(places)
    guard listing.batch.count == places.count else { return try listAnew(before) }
    for entry in listing.batch {
      guard entry.uid > listing.last else { throw .server("The server does not number its mail in order.") }
      listing.last = entry.uid
    }
    listing.place = places.upperBound + 1
    return listing
  }

  /// Less was listed than asked for: mail went away, and the rest moved to other places; or mail would be passed over.
  private func listAnew(_ before: Listing) throws(IMAPTrouble) -> Listing {
    var listing = before
    let count = try examineAgain(listing.folder).exists
    guard count < listing.count, listing.shrinks < 20 else { throw .server("The server leaves mail out of its list.") }
    listing.count = count
    listing.place = try place(after: listing.last, of: count)
    listing.batch = []
    listing.shrinks += 1
    return listing
  }

  /// Mail by its place in the folder; asked for once more where some is missing. Places do not move while none but FETCH is said
  /// (RFC 3501, 7.4.1).
  private func entries(_ places: ClosedRange<Int>) throws(IMAPTrouble) -> [IMAPEntry] {
    let command = "FETCH \(places.lowerBound):\(places.upperBound) (UID RFC822.SIZE INTERNALDATE)"
    guard let folder else { return [] }
    var found: [IMAPEntry] = []
    for _ in 0..<2 where found.count < places.count {
      let answer = try perform(command, path: IMAPFolderName.escaped(folder), limit: 1024 * 1024, mayConnect: false)
      found = IMAPAnswer.entries(IMAPAnswer.lines(answer), at: places)
    }
    return found
  }

  /// The first place with a higher UID: UIDs grow with places, so by halves.
  private func place(after uid: Int64, of count: Int) throws(IMAPTrouble) -> Int {
    var (low, high) = (1, count + 1)
    if uid <= 0 { return low }
    while low < high {
      let middle = (low + high) / 2
      guard let entry = try entries(middle...middle).first else { throw .server("The server leaves mail out of its list.") }
      if entry.uid > uid { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// A mail as it is, byte for byte.
  package func fetch(_ uid: Int64, limit: Int) async throws(IMAPTrouble) -> [UInt8] {
    try await onQueue { () throws(IMAPTrouble) in try self.reading(nil, path: ";UID=\(max(uid, 1))", limit: limit) }
  }

  /// Names of the folders that can be opened.
  package func folders() async throws(IMAPTrouble) -> [String] {
    try await onQueue { () throws(IMAPTrouble) in
      try self.logIn()
      self.isExamined = false
      return IMAPAnswer.lines(try self.perform("LIST \"\" \"*\"", path: "", limit: 4 * 1024 * 1024)).compactMap(IMAPAnswer.listed)
    }
  }

  private func onQueue<Value: Sendable>(_ work: @escaping @Sendable () throws(IMAPTrouble) -> Value) async throws(IMAPTrouble) -> Value {
    let result: Result<Value, IMAPTrouble> = await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: Result { () throws(IMAPTrouble) in try work() }) }
    }
    return try result.get()
  }

  /// Connects and logs in where that is not done: what fails afterwards is not the log-in, which libcurl has one error for.
  private func logIn() throws(IMAPTrouble) { _ = try perform("NOOP", path: "", limit: 64 * 1024) }

  private func examine(_ name: String) throws(IMAPTrouble) -> IMAPFolder {
    isExamined = false
    let answer: [UInt8]
    do throws(IMAPTrouble) {
      // libcurl undoes escapes in a command as in an address.
      let command = "EXAMINE \(IMAPFolderName.quoted(name).replacing("%", with: "%25"))"
      answer = try perform(command, path: IMAPFolderName.escaped(name), limit: 1024 * 1024, mayConnect: false)
    } catch .logInRefused(let words) {
      throw .noSuchFolder(words)
    } catch .server(let words) {
      throw .noSuchFolder(words)
    }
    let found = try IMAPAnswer.folder(IMAPAnswer.lines(answer))
    isExamined = true
    return found
  }

  /// The open folder as it is by now.
  private func examineAgain(_ name: String) throws(IMAPTrouble) -> IMAPFolder {
    let found = try examine(name)
    guard found.uidValidity == opened.uidValidity else { throw .server("The folder was made anew meanwhile.") }
    return found
  }

  /// Something in the open folder; once more on a new connection where the old one is gone.
  private func reading(_ command: String?, path: String, limit: Int) throws(IMAPTrouble) -> [UInt8] {
    guard let folder else { throw .server("No folder is open.") }
    let path = IMAPFolderName.escaped(folder) + path
    if isExamined {
      do throws(IMAPTrouble) {
        return try perform(command, path: path, limit: limit, mayConnect: false)
      } catch .cannotConnect {
        isExamined = false
      }
    }
    try logIn()
    _ = try examineAgain(folder)
    return try perform(command, path: path, limit: limit, mayConnect: false)
  }

  private func perform(_ command: String?, path: String, limit: Int, mayConnect: Bool = true) throws(IMAPTrouble) -> [UInt8] {
    guard CurlHandle.isReady, let curl = curl ?? curl_easy_init() else { throw .server("libcurl cannot start") }
    self.curl = curl
    // Keeps the connection.
    curl_easy_reset(curl)
    let scheme = server.security == .tls ? "imaps" : "imap"
    _ = dossier_curl_set_text(curl, CURLOPT_URL, "\(scheme)://\(server.host):\(server.port)/\(path)")
    CurlHandle.setUp(curl, "imap,imaps", server.security, caFile: server.caFile, username: server.username, secret: server.secret)
    _ = dossier_curl_set_long(curl, CURLOPT_MAXCONNECTS, 1)
    _ = dossier_curl_set_long(curl, CURLOPT_TIMEOUT, 300)
    _ = dossier_curl_set_long(curl, CURLOPT_LOW_SPEED_LIMIT, 1)
    _ = dossier_curl_set_long(curl, CURLOPT_LOW_SPEED_TIME, 60)
    if let command { _ = dossier_curl_set_text(curl, CURLOPT_CUSTOMREQUEST, command) }
    if !mayConnect { _ = dossier_curl_connect_no_more(curl) }
    let transfer = IMAPTransfer(limit: limit)
    return try withExtendedLifetime(transfer) { () throws(IMAPTrouble) in
      let user = Unmanaged.passUnretained(transfer).toOpaque()
      _ = dossier_curl_set_writer(curl, IMAPTransfer.take, user)
      _ = dossier_curl_set_header_reader(curl, IMAPTransfer.hear, user)
      let code = curl_easy_perform(curl)
      var connects = 0
      _ = dossier_curl_connects(curl, &connects)
      // A new connection has no folder open.
      if connects > 0 { isExamined = false }
      if let trouble = transfer.trouble(code) { throw trouble }
      return transfer.bytes
    }
  }
}
