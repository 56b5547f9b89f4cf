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
  /// - Parameter day: older mail is left out.
  package func list(after uid: Int64, since day: CalendarDate? = nil) async throws(IMAPTrouble) -> [IMAPEntry] {
    try await onQueue { () throws(IMAPTrouble) in
      guard let folder = self.folder else { throw .server("No folder is open.") }
      // What came since, and on whatever connection there is.
      _ = try self.reading("NOOP", path: "", limit: 64 * 1024)
      let count = try self.examine(folder).exists
      let first = try self.place(after: uid, of: count)
      var found: [IMAPEntry] = []
      for start in stride(from: first, through: count, by: Self.batch) {
        found += try self.entries(start...min(start + Self.batch - 1, count))
      }
      return found.filter { entry in
        entry.uid > uid && (day.map { since in entry.day.map { $0 >= since } ?? true } ?? true)
      }.sorted { $0.uid < $1.uid }
    }
  }

  /// libcurl counts an answer's lines against a limit of 300 KB again for every line that waits behind them: 85 is the end of it.
  private static let batch = 50

  /// Mail by its place in the folder. Places do not move while none but FETCH is said (RFC 3501, 7.4.1).
  private func entries(_ places: ClosedRange<Int>) throws(IMAPTrouble) -> [IMAPEntry] {
    let command = "FETCH \(places.lowerBound):\(places.upperBound) (UID RFC822.SIZE INTERNALDATE)"
    guard let folder else { return [] }
    let answer = try perform(command, path: IMAPFolderName.escaped(folder), limit: 1024 * 1024, mayConnect: false)
    return IMAPAnswer.lines(answer).compactMap(IMAPAnswer.entry)
  }

  /// The first place with a higher UID: UIDs grow with places, so by halves.
  private func place(after uid: Int64, of count: Int) throws(IMAPTrouble) -> Int {
    var (low, high) = (1, count + 1)
    if uid <= 0 { return low }
    while low < high {
      let middle = (low + high) / 2
      guard let entry = try entries(middle...middle).first else { throw .server("The server does not list its mail.") }
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
    guard let found = IMAPAnswer.folder(IMAPAnswer.lines(answer)) else {
      throw .server("The server gives mail no numbers that last (UIDVALIDITY).")
    }
    isExamined = true
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
    guard try examine(folder).uidValidity == opened.uidValidity else { throw .server("The folder was made anew meanwhile.") }
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

/// What comes of one command, and what the server said last.
private final class IMAPTransfer {
  private(set) var bytes: [UInt8] = []
  private let limit: Int
  private var isTooLarge = false
  private var lastLine = ""

  init(limit: Int) { self.limit = limit }

  static let take: dossier_curl_reader = { buffer, size, count, user in
    guard let buffer, let user else { return 0 }
    let transfer = Unmanaged<IMAPTransfer>.fromOpaque(user).takeUnretainedValue()
    guard size * count <= transfer.limit - transfer.bytes.count else {
      transfer.isTooLarge = true
      return 0
    }
    transfer.bytes.append(contentsOf: UnsafeRawBufferPointer(start: buffer, count: size * count))
    return size * count
  }

  static let hear: dossier_curl_reader = { buffer, size, count, user in
    guard let buffer, let user else { return 0 }
    let line = UnsafeRawBufferPointer(start: buffer, count: size * count).prefix(300)
    if line.first != UInt8(ascii: "*") {
      Unmanaged<IMAPTransfer>.fromOpaque(user).takeUnretainedValue().lastLine = String(decoding: line, as: UTF8.self)
    }
    return size * count
  }

  func trouble(_ code: CURLcode) -> IMAPTrouble? {
    if isTooLarge { return .tooLarge }
    let words = said
    switch code {
    case CURLE_OK: return nil
    case CURLE_LOGIN_DENIED: return .logInRefused(words)
    case CURLE_REMOTE_FILE_NOT_FOUND: return .noSuchMail
    // The server's answer to a command of ours was no.
    case CURLE_QUOTE_ERROR, CURLE_WEIRD_SERVER_REPLY: return .server(words)
    default: return .cannotConnect(String(cString: curl_easy_strerror(code)))
    }
  }

  /// "A003 NO [AUTHENTICATIONFAILED] Authentication failed." without its tag.
  private var said: String {
    let line = MIMEMessage.oneLine(lastLine)
    let words = line.split(separator: " ", maxSplits: 2).last.map(String.init) ?? ""
    return words.isEmpty ? "The server refused and did not say why." : words
  }
}
