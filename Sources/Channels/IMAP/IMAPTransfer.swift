import CCurl

/// What comes of one command, and what the server said last.
final class IMAPTransfer {
  private(set) var bytes: [UInt8] = []
  private let limit: Int
  private var isTooLarge = false
  /// The last line but those about mail, or the last that says no: libcurl logs out after a refusal, and hears that this is done.
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
      Unmanaged<IMAPTransfer>.fromOpaque(user).takeUnretainedValue().hear(String(decoding: line, as: UTF8.self))
    }
    return size * count
  }

  func hear(_ line: String) {
    if IMAPAnswer.isRefusal(line) || !IMAPAnswer.isRefusal(lastLine) { lastLine = line }
  }

  func trouble(_ code: CURLcode) -> IMAPTrouble? {
    if isTooLarge { return .tooLarge }
    switch code {
    case CURLE_OK: return nil
    case CURLE_LOGIN_DENIED: return .logInRefused(IMAPAnswer.said(lastLine))
    // An answer without the mail, whatever the reason.
    case CURLE_REMOTE_FILE_NOT_FOUND: return IMAPAnswer.absent(lastLine)
    // The server's answer to a command of ours was no.
    case CURLE_QUOTE_ERROR, CURLE_WEIRD_SERVER_REPLY: return .server(IMAPAnswer.said(lastLine))
    default: return .cannotConnect(String(cString: curl_easy_strerror(code)))
    }
  }
}
