/// A mail as a contact: which way it went, who outside took part, what it says. Worked out from the addresses alone: a mail that one
/// of us wrote went out to whoever else is in it; a mail that somebody else wrote came in. One that a colleague forwards to ourselves
/// is the mail within it.
package struct Correspondence: Hashable, Sendable {
  package let direction: Direction
  /// Addresses of ours that took part: the writer first, where that is one of us.
  package let colleagues: [EmailAddress]
  /// Everyone else, each once; the writer first, where that is none of us. Nobody, where a colleague forwarded it in a way that does not say.
  package let outsiders: [ReceivedMail.Mailbox]
  /// Of the mail that was written, which may lie within the one that came.
  package let messageID: String
  package let subject: String
  package let text: String
  /// When it was written, where the mail says so.
  package let sentAt: Instant?
  package let files: [ReceivedMail.File]

  package enum Sorting: Hashable, Sendable {
    case contact(Correspondence)
    /// A vacation notice, a newsletter, a report: no person wrote it to a person.
    case automatic
    /// Nobody outside took part.
    case among
  }

  package static func sort(_ mail: ReceivedMail, isOurs: (EmailAddress) -> Bool) -> Sorting {
    guard !mail.isAutomatic else { return .automatic }
    let colleagues = unique(mail.from + mail.to + mail.cc).map(\.address).filter(isOurs)
    let byUs = mail.from.contains { isOurs($0.address) }
    let outsiders = unique((mail.from + mail.to + mail.cc + (byUs ? mail.bcc : [])).filter { !isOurs($0.address) })
    if !outsiders.isEmpty { return .contact(Correspondence(mail, byUs ? .outgoing : .incoming, colleagues, outsiders)) }
    guard byUs else { return .among }
    // A form of the website, a list that writes in the name of others: sent by us, and the answer goes elsewhere.
    let askers = unique(mail.replyTo.filter { !isOurs($0.address) })
    if !askers.isEmpty { return .contact(Correspondence(mail, .incoming, colleagues, askers)) }
    return forwarded(mail, colleagues, isOurs)
  }

  /// Every address whose side matters, for one question to the store.
  package static func addresses(in mail: ReceivedMail) -> [EmailAddress] {
    var all = mail.from + mail.to + mail.cc + mail.bcc + mail.replyTo
    for inner in mail.attached { all += inner.from + inner.to + inner.cc }
    if let header = ForwardedHeader(in: mail.text) { all += [header.from].compactMap(\.self) + header.to }
    return unique(all).map(\.address)
  }

  private init(_ mail: ReceivedMail, _ direction: Direction, _ colleagues: [EmailAddress], _ outsiders: [ReceivedMail.Mailbox]) {
    (self.direction, self.colleagues, self.outsiders) = (direction, colleagues, outsiders)
    (messageID, subject, text, sentAt, files) = (mail.messageID, mail.subject, mail.text, mail.sentAt, mail.files)
  }

  private static func forwarded(_ mail: ReceivedMail, _ colleagues: [EmailAddress], _ isOurs: (EmailAddress) -> Bool) -> Sorting {
    if let inner = mail.attached.first {
      let byUs = inner.from.contains { isOurs($0.address) }
      let outsiders = unique((inner.from + inner.to + inner.cc).filter { !isOurs($0.address) })
      if !outsiders.isEmpty {
        var whole = inner
        whole.text = joined(mail.text, inner.text)
        whole.sentAt = inner.sentAt ?? mail.sentAt
        whole.files += mail.files
        return .contact(Correspondence(whole, byUs ? .outgoing : .incoming, colleagues, outsiders))
      }
    }
    var whole = mail
    whole.subject = bareSubject(mail.subject)
    guard let header = ForwardedHeader(in: mail.text), let writer = header.from else {
      // Forwarded in a way that is not understood: whose it is, a person has to say.
      let isForwarded = whole.subject != String(mail.subject.trimmingBlanks) || !mail.attached.isEmpty
      return isForwarded ? .contact(Correspondence(whole, .incoming, colleagues, [])) : .among
    }
    let outsiders = unique(([writer] + header.to).filter { !isOurs($0.address) })
    guard !outsiders.isEmpty else { return .among }
    if !header.subject.isEmpty { whole.subject = header.subject }
    return .contact(Correspondence(whole, isOurs(writer.address) ? .outgoing : .incoming, colleagues, outsiders))
  }

  /// What the colleague wrote above it goes first.
  private static func joined(_ own: String, _ inner: String) -> String {
    let own = own.trimmingBlanks
    return own.isEmpty ? inner : "\(own)\n\n\(inner)"
  }

  private static func unique(_ all: [ReceivedMail.Mailbox]) -> [ReceivedMail.Mailbox] {
    var seen: Set<String> = []
    return all.filter { seen.insert($0.address.key).inserted }
  }

  private static let forwardMarks: Set<String> = ["fwd", "fw", "пересл", "fwd.", "pd", "пр", "препр"]

  /// Without the marks that programs put before the subject of what is forwarded.
  static func bareSubject(_ subject: String) -> String {
    var rest = subject.trimmingBlanks
    while let colon = rest.prefix(8).firstIndex(of: ":"), forwardMarks.contains(rest[..<colon].lowercased()) {
      rest = rest[rest.index(after: colon)...].trimmingBlanks
    }
    return String(rest)
  }
}
