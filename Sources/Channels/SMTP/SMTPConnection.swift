import CCurl
import Dispatch
package import Domain
import Synchronization

/// A connection to a mail server, kept from one mail to the next, by libcurl on a serial queue of its own: its calls block.
package final class SMTPConnection: @unchecked Sendable {
  private let queue = DispatchQueue(label: "dossier.smtp")
  // Touched only on `queue`; that is what makes the class safe to share.
  private var curl: UnsafeMutableRawPointer?

  package init() {}
  deinit { if let curl { curl_easy_cleanup(curl) } }

  /// - Parameter mayBegin: asked once, when the server is ready for the text and before any of it leaves; what it notes is
  ///   known before the server can have the mail.
  /// - Returns: nil when it said no.
  package func send(
    _ message: [UInt8], to recipient: String, through server: MailServer, helloName: String,
    mayBegin: @escaping @Sendable () async -> Bool
  ) async -> MailOutcome? {
    await withCheckedContinuation { continuation in
      queue.async {
        let transfer = SMTPTransfer(message, mayBegin)
        continuation.resume(returning: self.perform(transfer, recipient, server, helloName))
      }
    }
  }

  private func perform(_ transfer: SMTPTransfer, _ recipient: String, _ server: MailServer, _ helloName: String) -> MailOutcome? {
    guard CurlHandle.isReady, let curl = curl ?? curl_easy_init() else { return .trouble("libcurl cannot start") }
    self.curl = curl
    // Keeps the connection.
    curl_easy_reset(curl)
    let recipients = curl_slist_append(nil, "<\(recipient)>")
    defer { curl_slist_free_all(recipients) }
    setUp(curl, server, helloName)
    _ = dossier_curl_set_text(curl, CURLOPT_MAIL_FROM, "<\(server.senderAddress)>")
    _ = dossier_curl_set_list(curl, CURLOPT_MAIL_RCPT, recipients)
    _ = dossier_curl_set_long(curl, CURLOPT_UPLOAD, 1)
    return withExtendedLifetime(transfer) {
      let user = Unmanaged.passUnretained(transfer).toOpaque()
      _ = dossier_curl_set_reader(curl, SMTPTransfer.read, user)
      _ = dossier_curl_set_header_reader(curl, SMTPTransfer.hear, user)
      let code = curl_easy_perform(curl)
      var reply = 0
      _ = dossier_curl_response_code(curl, &reply)
      return transfer.outcome(code, reply: reply)
    }
  }

  private func setUp(_ curl: UnsafeMutableRawPointer, _ server: MailServer, _ helloName: String) {
    let scheme = server.security == .tls ? "smtps" : "smtp"
    _ = dossier_curl_set_text(curl, CURLOPT_URL, "\(scheme)://\(server.host):\(server.port)/\(helloName)")
    CurlHandle.setUp(curl, "smtp,smtps", server.security, caFile: server.caFile, username: server.username, secret: server.secret)
    // Within the outbox's lease.
    _ = dossier_curl_set_long(curl, CURLOPT_TIMEOUT, 100)
    _ = dossier_curl_set_long(curl, CURLOPT_MAXAGE_CONN, 20)
  }
}

/// One mail on its way: what is left of it, and what the server said last.
private final class SMTPTransfer {
  private let message: [UInt8]
  private let mayBegin: @Sendable () async -> Bool
  private var sent = 0
  private var hasBegun = false
  private var isCalledOff = false
  private var lastLine = ""

  init(_ message: [UInt8], _ mayBegin: @escaping @Sendable () async -> Bool) { (self.message, self.mayBegin) = (message, mayBegin) }

  static let read: dossier_curl_reader = { buffer, size, count, user in
    guard let buffer, let user else { return Int(CURL_READFUNC_ABORT) }
    return Unmanaged<SMTPTransfer>.fromOpaque(user).takeUnretainedValue().fill(buffer, room: size * count)
  }

  static let hear: dossier_curl_reader = { buffer, size, count, user in
    guard let buffer, let user else { return 0 }
    let line = UnsafeRawBufferPointer(start: buffer, count: size * count).prefix(500)
    Unmanaged<SMTPTransfer>.fromOpaque(user).takeUnretainedValue().lastLine = String(decoding: line, as: UTF8.self)
    return size * count
  }

  private func fill(_ buffer: UnsafeMutablePointer<CChar>, room: Int) -> Int {
    if !hasBegun {
      guard Waiting.answer(within: .seconds(30), mayBegin) else {
        isCalledOff = true
        return Int(CURL_READFUNC_ABORT)
      }
      hasBegun = true
    }
    let count = min(room, message.count - sent)
    guard count > 0 else { return 0 }
    message.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      UnsafeMutableRawPointer(buffer).copyMemory(from: start + sent, byteCount: count)
    }
    sent += count
    return count
  }

  func outcome(_ code: CURLcode, reply: Int) -> MailOutcome? {
    if isCalledOff { return nil }
    let said = lastLine.trimmingBlanks
    if code == CURLE_OK { return .accepted(reply: String(said)) }
    let why = "\(String(cString: curl_easy_strerror(code)))\(said.isEmpty ? "" : ": \(said)")"
    if hasBegun { return ended(reply, why, String(said)) }
    // Asked for a log-in, or closing: nothing to do with this mail.
    let isAboutMail = code == CURLE_SEND_ERROR && ![421, 530, 534, 535, 538].contains(reply)
    switch reply {
    case 500..<600 where isAboutMail: return .refused(code: reply, Self.words(said))
    case 400..<500 where isAboutMail: return .deferred(code: reply, Self.words(said))
    default: return .trouble(why)
    }
  }

  /// After the text had begun to leave only an answer to it tells anything; 354 was the answer to DATA.
  private func ended(_ reply: Int, _ why: String, _ said: String) -> MailOutcome {
    switch reply {
    case 500..<600: .refused(code: reply, Self.words(said[...]))
    case 400..<500: .deferred(code: reply, Self.words(said[...]))
    default: .unknown(why)
    }
  }

  /// Without the number in front.
  private static func words(_ line: Substring) -> String { String(line.drop { $0.isNumber || $0 == "-" || $0 == " " }) }
}

/// An answer that is awaited, given to a thread that may block: libcurl's.
private enum Waiting {
  private final class Answer: Sendable { let value = Mutex(false) }

  static func answer(within limit: DispatchTimeInterval, _ ask: @escaping @Sendable () async -> Bool) -> Bool {
    let answer = Answer(), done = DispatchSemaphore(value: 0)
    Task {
      let value = await ask()
      answer.value.withLock { $0 = value }
      done.signal()
    }
    return done.wait(timeout: .now() + limit) == .success && answer.value.withLock { $0 }
  }
}
