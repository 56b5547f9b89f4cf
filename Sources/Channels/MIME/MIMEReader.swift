import CMIME
package import Domain

/// Reads a mail as it came (RFC 5322, 2045–2049), by GMime. Whatever is in it, something can be said of it: what is broken is left out.
package enum MIMEReader {
  /// No more text of one mail than this is kept, in Unicode scalars.
  package static let textLimit = 200_000
  static let mostFiles = 50
  static let mostAttached = 10

  /// Nil for what is no mail at all.
  /// - Parameter limit: of all its files together, in bytes; a file beyond it is left out.
  package static func read(_ bytes: [UInt8], limit: Int = 30 * 1024 * 1024) -> ReceivedMail? {
    var room = limit
    return bytes.withUnsafeBufferPointer { MIMEParts(dossier_mail_read($0.baseAddress, $0.count)) }
      .map { read($0, &room, isWithin: false) }
  }

  private static func read(_ parts: MIMEParts, _ room: inout Int, isWithin: Bool) -> ReceivedMail {
    var body = MIMEBody(parts)
    body.sort()
    var mail = ReceivedMail(
      messageID: id(parts), from: parts.mailboxes(DOSSIER_FROM), to: parts.mailboxes(DOSSIER_TO), cc: parts.mailboxes(DOSSIER_CC),
      bcc: parts.mailboxes(DOSSIER_BCC), replyTo: parts.mailboxes(DOSSIER_REPLY_TO),
      subject: MIMEMessage.oneLine(parts.words("Subject") ?? ""), sentAt: parts.date, text: body.text())
    mail.files = body.files(&room)
    mail.bounces = body.reports.flatMap { DeliveryReport.bounces(in: parts.bytes($0)) }
    mail.isAutomatic = body.isReport || !mail.bounces.isEmpty || AutomaticMail.isSigned(parts)
    mail.isByList = AutomaticMail.isByList(parts)
    // A mail within a mail within a mail is nobody's news.
    if !isWithin {
      mail.attached = body.messages.prefix(mostAttached).compactMap { parts.mail(within: $0).map { read($0, &room, isWithin: true) } }
    }
    return mail
  }

  /// What stands between the first angle brackets, or all of it where there are none.
  private static func id(_ parts: MIMEParts) -> String {
    let raw = parts.header("Message-ID") ?? ""
    let inner = raw.split(separator: "<", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
    let end = inner.firstIndex(of: ">") ?? inner.endIndex
    let kept = inner[..<end].unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
    return String(String.UnicodeScalarView(kept.prefix(500)))
  }
}
