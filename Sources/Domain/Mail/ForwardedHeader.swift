/// The head of a mail that somebody forwarded within the text of another, as mail programs write it in English, Russian, Polish and
/// Bulgarian: lines `From: …`, `Date: …`, `Subject: …`, `To: …` in some order, plain, quoted by `>` or set in asterisks.
package struct ForwardedHeader: Hashable, Sendable {
  package var from: ReceivedMail.Mailbox?
  package var to: [ReceivedMail.Mailbox] = []
  package var subject = ""

  private enum Field { case from, to, cc, subject, date }

  private static let labels: [String: Field] = [
    "from": .from, "от": .from, "от кого": .from, "od": .from, "nadawca": .from, "подател": .from, "отправитель": .from,
    "to": .to, "кому": .to, "до": .to, "do": .to, "adresat": .to, "получатель": .to, "получател": .to,
    "cc": .cc, "копия": .cc, "dw": .cc, "копие": .cc, "як": .cc,
    "subject": .subject, "тема": .subject, "temat": .subject, "относно": .subject,
    "date": .date, "sent": .date, "дата": .date, "отправлено": .date, "data": .date, "wysłano": .date, "изпратено": .date,
  ]

  /// The first of the text. It begins with at least two such lines on end, one of which names the writer's address.
  package init?(in text: String) {
    var block: [(field: Field, value: String)] = []
    for line in text.split(separator: "\n", maxSplits: Self.lineLimit, omittingEmptySubsequences: false).prefix(Self.lineLimit) {
      let bare = Self.bare(line)
      if let found = Self.field(bare) {
        block.append(found)
      } else if !bare.isEmpty, block.count > 0, block[block.count - 1].field != .from, block.count < 6 {
        // A long subject or list of addresses goes on in the next line.
        block[block.count - 1].value += " \(bare)"
      } else {
        if let found = Self(block) {
          self = found
          return
        }
        block = []
      }
    }
    guard let found = Self(block) else { return nil }
    self = found
  }

  private static let lineLimit = 2_000

  private init?(_ block: [(field: Field, value: String)]) {
    guard block.count >= 2, let writer = block.first(where: { $0.field == .from }) else { return nil }
    from = Self.mailboxes(writer.value).first
    guard from != nil else { return nil }
    to = block.filter { $0.field == .to || $0.field == .cc }.flatMap { Self.mailboxes($0.value) }
    subject = block.first { $0.field == .subject }?.value ?? ""
  }

  private static func bare(_ line: Substring) -> Substring {
    var rest = line.trimmingBlanks
    while rest.first == ">" { rest = rest.dropFirst().trimmingBlanks }
    return rest
  }

  private static func field(_ line: Substring) -> (field: Field, value: String)? {
    guard let colon = line.prefix(24).firstIndex(of: ":") else { return nil }
    let label = line[..<colon].filter { $0 != "*" }.trimmingBlanks.lowercased()
    guard let field = labels[label] else { return nil }
    var value = line[line.index(after: colon)...].trimmingBlanks
    while value.first == "*" { value = value.dropFirst().trimmingBlanks }
    return (field, String(value))
  }

  /// `Jan Nowak <jan@firma.pl>`, `jan@firma.pl`, `Jan [mailto:jan@firma.pl]`, several with commas or semicolons between.
  package static func mailboxes(_ text: String) -> [ReceivedMail.Mailbox] {
    text.split(whereSeparator: { $0 == "," || $0 == ";" }).prefix(100).compactMap { part in
      let words = part.split(whereSeparator: { " \t<>[]()\"*".contains($0) })
      guard let (place, address) = words.enumerated().lazy.compactMap({ word in EmailAddress(String(word.element)).map { (word.offset, $0) } }).first
      else { return nil }
      return ReceivedMail.Mailbox(name: words.prefix(place).joined(separator: " "), address: address)
    }
  }
}
