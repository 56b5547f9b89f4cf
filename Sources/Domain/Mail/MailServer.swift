/// The server mail is handed to, with all that is needed to talk to it.
package struct MailServer: Hashable, Sendable {
  package var host: String
  package var port: Int
  package var security: MailSecurity
  package var username: String
  package var secret: String
  package var senderName: String
  package var senderAddress: String
  /// Certificates to trust in place of the system's.
  package var caFile: String?

  package init(
    host: String, port: Int, security: MailSecurity, username: String = "", secret: String = "", senderName: String = "",
    senderAddress: String, caFile: String? = nil
  ) {
    (self.host, self.port, self.security, self.username, self.secret) = (host, port, security, username, secret)
    (self.senderName, self.senderAddress, self.caFile) = (senderName, senderAddress, caFile)
  }

  /// A host name or an address, and nothing that would change the URL it becomes part of.
  package static func isHost(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= 253, text.first != "-", text.first != "." else { return false }
    if text.hasPrefix("["), text.hasSuffix("]") {
      return text.dropFirst().dropLast().utf8.allSatisfy { $0 == 0x3A || 0x30...0x39 ~= $0 || 0x41...0x46 ~= $0 || 0x61...0x66 ~= $0 }
    }
    return text.utf8.allSatisfy { $0 == 0x2D || $0 == 0x2E || 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 }
  }
}

/// What the program was started with, as far as mail goes.
package struct MailSetup: Sendable {
  /// Set by the program's own settings; the page then shows it and changes nothing.
  package var server: MailServer?
  /// Opens and closes the sealed secret.
  package var key: SealKey?
  /// Where this base lives; see `Store.settleMail`.
  package var place: String
  package var caFile: String?

  package init(server: MailServer? = nil, key: SealKey? = nil, place: String = "", caFile: String? = nil) {
    (self.server, self.key, self.place, self.caFile) = (server, key, place, caFile)
  }
}
