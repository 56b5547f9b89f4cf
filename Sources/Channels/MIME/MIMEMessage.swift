import CMIME
package import Domain

/// A mail in the form it travels in (RFC 5322, 2045–2049), made by GMime: text and HTML as alternatives, headers in any language.
package struct MIMEMessage: Sendable {
  package struct Mailbox: Sendable {
    package let name: String, address: String
    package init(name: String, address: String) { (self.name, self.address) = (name, address) }
  }

  package var from: Mailbox
  package var to: Mailbox
  package var subject: String
  package var date: Instant
  /// Without the angle brackets.
  package var messageID: String
  /// The program's own folder for such mail: `digest.crm.example.com` (RFC 2919).
  package var listID: String?
  /// Written by no person: no vacation notice answers it (RFC 3834).
  package var isAutomatic: Bool
  package var text: String
  package var html: String?

  package init(
    from: Mailbox, to: Mailbox, subject: String, date: Instant, messageID: String, listID: String? = nil, isAutomatic: Bool = true,
    text: String, html: String? = nil
  ) {
    (self.from, self.to, self.subject, self.date, self.messageID) = (from, to, subject, date, messageID)
    (self.listID, self.isAutomatic, self.text, self.html) = (listID, isAutomatic, text, html)
  }

  /// Nil where memory is short.
  package func bytes() -> [UInt8]? {
    guard let mime = dossier_mime_new() else { return nil }
    defer { dossier_mime_free(mime) }
    dossier_mime_from(mime, Self.oneLine(from.name), Self.token(from.address))
    dossier_mime_to(mime, Self.oneLine(to.name), Self.token(to.address))
    dossier_mime_subject(mime, Self.oneLine(subject))
    dossier_mime_date(mime, date.seconds, 0)
    dossier_mime_message_id(mime, Self.token(messageID))
    if let listID { dossier_mime_header(mime, "List-Id", "<\(Self.token(listID))>") }
    if isAutomatic {
      dossier_mime_header(mime, "Auto-Submitted", "auto-generated")
      // What Exchange asks for in place of Auto-Submitted.
      dossier_mime_header(mime, "X-Auto-Response-Suppress", "All")
    }
    let plain = Self.lines(text), rich = html.map(Self.lines)
    if let rich { dossier_mime_body(mime, plain, plain.utf8.count, rich, rich.utf8.count) }
    else { dossier_mime_body(mime, plain, plain.utf8.count, nil, 0) }
    var length = 0
    guard let bytes = dossier_mime_bytes(mime, &length) else { return nil }
    return Array(UnsafeBufferPointer(start: bytes, count: length))
  }

  /// A header is one line: a line end in a name or subject would begin a header of its own.
  static func oneLine(_ text: String) -> String {
    let kept = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .surrogate: " "
      default: scalar
      }
    }
    var line = String(String.UnicodeScalarView())
    line.unicodeScalars.append(contentsOf: kept.prefix(500))
    return String(line.trimmingBlanks)
  }

  /// What takes part in a header as it stands.
  static func token(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F && !"<>()\"\\,;".unicodeScalars.contains($0) }))
  }

  /// CRLF at every line's end, whatever it was, and no NUL.
  static func lines(_ text: String) -> String {
    text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\0", with: "").replacing("\n", with: "\r\n")
  }
}
