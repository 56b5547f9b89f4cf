/// A mail as a contact: which way it went, who outside took part, what it says. Worked out from the addresses alone: a mail that one
/// of us wrote went out to whoever else is in it; a mail that somebody else wrote came in. One that a colleague forwards to ourselves
/// is the mail within it.
package struct Correspondence: Hashable, Sendable {
  package let direction: Direction
  /// Addresses of ours that took part: the writer first, where that is one of us.
  package let colleagues: [EmailAddress]
  /// Everyone else, each once; the writer first, where that is none of us.
  package let outsiders: [ReceivedMail.Mailbox]
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
    let outsiders = unique((mail.from + mail.to + mail.cc).filter { !isOurs($0.address) })
    if !outsiders.isEmpty {
      return .contact(Correspondence(
        direction: byUs ? .outgoing : .incoming, colleagues: colleagues, outsiders: outsiders, subject: mail.subject, text: mail.text,
        sentAt: mail.sentAt, files: mail.files))
    }
    return byUs ? forwarded(mail, colleagues, isOurs) : .among
  }

  /// Every address whose side matters, for one question to the store.
  package static func addresses(in mail: ReceivedMail) -> [EmailAddress] {
    var all = mail.from + mail.to + mail.cc
    for inner in mail.attached { all += inner.from + inner.to + inner.cc }
    if let header = ForwardedHeader(in: mail.text) { all += [header.from].compactMap(\.self) + header.to }
    return unique(all).map(\.address)
  }

  private static func forwarded(_ mail: ReceivedMail, _ colleagues: [EmailAddress], _ isOurs: (EmailAddress) -> Bool) -> Sorting {
    if let inner = mail.attached.first {
      let byUs = inner.from.contains { isOurs($0.address) }
      let outsiders = unique((inner.from + inner.to + inner.cc).filter { !isOurs($0.address) })
      guard !outsiders.isEmpty else { return .among }
      return .contact(Correspondence(
        direction: byUs ? .outgoing : .incoming, colleagues: colleagues, outsiders: outsiders,
        subject: inner.subject, text: joined(mail.text, inner.text), sentAt: inner.sentAt ?? mail.sentAt, files: inner.files + mail.files))
    }
    guard let header = ForwardedHeader(in: mail.text), let writer = header.from else { return .among }
    let outsiders = unique(([writer] + header.to).filter { !isOurs($0.address) })
    guard !outsiders.isEmpty else { return .among }
    let subject = header.subject.isEmpty ? bareSubject(mail.subject) : header.subject
    return .contact(Correspondence(
      direction: isOurs(writer.address) ? .outgoing : .incoming, colleagues: colleagues, outsiders: outsiders, subject: subject,
      text: mail.text, sentAt: mail.sentAt, files: mail.files))
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
