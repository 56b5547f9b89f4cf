import Domain
import Testing

struct CorrespondenceTests {
  private static let ours: Set<String> = ["maria@agency.example", "piotr@agency.example", "clients@agency.example"]

  private static func boxes(_ text: String) -> [ReceivedMail.Mailbox] { ForwardedHeader.mailboxes(text) }

  private static func mail(_ from: String, to: String, cc: String = "", subject: String = "Price", text: String = "Words") -> ReceivedMail {
    ReceivedMail(from: boxes(from), to: boxes(to), cc: boxes(cc), subject: subject, text: text)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let mail: ReceivedMail
    /// "out: jan@x.pl, ola@x.pl", "among" or "automatic".
    let expected: String
  }

  static let cases: [Case] = [
    Case(testDescription: "to a client, a blind copy to us", mail: mail("Maria <maria@agency.example>", to: "Jan Nowak <jan@firma.pl>"), expected: "out jan@firma.pl | maria@agency.example"),
    Case(testDescription: "from a client", mail: mail("jan@firma.pl", to: "maria@agency.example"), expected: "in jan@firma.pl | maria@agency.example"),
    Case(
      testDescription: "from a client, others and colleagues beside", mail: mail("jan@firma.pl", to: "maria@agency.example, ola@firma.pl", cc: "piotr@agency.example"),
      expected: "in jan@firma.pl, ola@firma.pl | maria@agency.example, piotr@agency.example"),
    Case(
      testDescription: "to several, the writer first among us", mail: mail("piotr@agency.example", to: "maria@agency.example, jan@firma.pl", cc: "ola@firma.pl"),
      expected: "out jan@firma.pl, ola@firma.pl | piotr@agency.example, maria@agency.example"),
    Case(testDescription: "the same address twice, in other letters", mail: mail("JAN@Firma.pl", to: "maria@agency.example", cc: "jan@firma.pl"), expected: "in JAN@firma.pl | maria@agency.example"),
    Case(testDescription: "among ourselves", mail: mail("maria@agency.example", to: "piotr@agency.example"), expected: "among"),
    Case(testDescription: "nobody at all", mail: mail("", to: ""), expected: "among"),
    Case(testDescription: "to nobody that can be read", mail: mail("jan@firma.pl", to: ""), expected: "in jan@firma.pl | "),
    Case(
      testDescription: "forwarded to us", mail: mail(
        "maria@agency.example", to: "clients@agency.example", subject: "Fwd: Oferta",
        text: "Do zapisania\n\n---------- Forwarded message ---------\nOd: Jan Nowak <jan@firma.pl>\nDate: pt., 6 lis 2026\nSubject: Oferta na listopad\nTo: <maria@agency.example>\n\nDzień dobry"),
      expected: "in jan@firma.pl | maria@agency.example, clients@agency.example"),
    Case(
      testDescription: "our own letter, forwarded to us", mail: mail(
        "maria@agency.example", to: "clients@agency.example", text: "От: Мария <maria@agency.example>\nКому: Иван Петров <ivan@zavod.ru>\nТема: Цена\n\nДобрый день"),
      expected: "out ivan@zavod.ru | maria@agency.example, clients@agency.example"),
    Case(
      testDescription: "forwarded among ourselves", mail: mail(
        "maria@agency.example", to: "clients@agency.example", text: "From: Piotr <piotr@agency.example>\nTo: maria@agency.example\nSubject: Lunch\n\nAt one?"),
      expected: "among"),
    Case(
      testDescription: "a client's words that quote a head are the client's", mail: mail(
        "jan@firma.pl", to: "maria@agency.example", text: "From: Ola <ola@other.pl>\nTo: jan@firma.pl\nSubject: Lunch\n\nAt one?"),
      expected: "in jan@firma.pl | maria@agency.example"),
  ]

  @Test func whoWritesInOurNameIsTheOneToAnswer() {
    var form = Self.mail("clients@agency.example", to: "clients@agency.example")
    form.replyTo = Self.boxes("Carl <carl@gamma.example>, maria@agency.example")
    #expect(Self.told(Correspondence.sort(form) { Self.ours.contains($0.key) }) == "in carl@gamma.example | clients@agency.example")
    // Where somebody outside wrote, the address for answers says nothing more.
    var plain = Self.mail("jan@firma.pl", to: "maria@agency.example")
    plain.replyTo = Self.boxes("office@firma.pl")
    #expect(Self.told(Correspondence.sort(plain) { Self.ours.contains($0.key) }) == "in jan@firma.pl | maria@agency.example")
  }

  @Test func blindCopiesOfOursCount() {
    var mail = Self.mail("maria@agency.example", to: "maria@agency.example")
    mail.bcc = Self.boxes("jan@firma.pl")
    #expect(Self.told(Correspondence.sort(mail) { Self.ours.contains($0.key) }) == "out jan@firma.pl | maria@agency.example")
  }

  /// Whose it is, a person has to say.
  @Test(arguments: [("FW: Oferta", "Пише дата, \"Ян\" <jan@firma.pl>:\nЗдравейте", "in  | maria@agency.example, clients@agency.example"), ("Oferta", "Hello", "among")])
  func aForwardThatIsNotUnderstoodIsAQuestion(_ subject: String, _ text: String, _ expected: String) {
    let mail = Self.mail("maria@agency.example", to: "clients@agency.example", subject: subject, text: text)
    #expect(Self.told(Correspondence.sort(mail) { Self.ours.contains($0.key) }) == expected)
  }

  @Test(arguments: [("Jan+crm@Firma.pl", "jan@firma.pl"), ("jan@firma.pl", "jan@firma.pl"), ("+jan@firma.pl", "+jan@firma.pl")])
  func tagsAreLeftOut(_ text: String, _ key: String) throws { #expect(try #require(EmailAddress(text)).untaggedKey == key) }

  @Test(arguments: cases) func isSorted(_ one: Case) {
    #expect(Self.told(Correspondence.sort(one.mail) { Self.ours.contains($0.key) }) == one.expected)
  }

  private static func told(_ sorting: Correspondence.Sorting) -> String {
    switch sorting {
    case .among: "among"
    case .automatic: "automatic"
    case .contact(let contact):
      "\(contact.direction.rawValue) \(contact.outsiders.map(\.address.text).joined(separator: ", ")) | \(contact.colleagues.map(\.text).joined(separator: ", "))"
    }
  }

  @Test func whatNoPersonWroteIsNoContact() {
    var mail = Self.mail("jan@firma.pl", to: "maria@agency.example")
    mail.isAutomatic = true
    #expect(Correspondence.sort(mail) { Self.ours.contains($0.key) } == .automatic)
  }

  @Test func anAttachedMailIsTheMail() throws {
    var inner = Self.mail("Jan <jan@firma.pl>", to: "maria@agency.example", subject: "Invoice", text: "See the file")
    inner.sentAt = Instant(milliseconds: 1_000)
    inner.files = [ReceivedMail.File(name: "a.pdf", mediaType: "application/pdf", bytes: [1])]
    var mail = Self.mail("maria@agency.example", to: "clients@agency.example", subject: "FW: Invoice", text: "For the record")
    (mail.sentAt, mail.attached) = (Instant(milliseconds: 9_000), [inner])
    guard case .contact(let contact) = Correspondence.sort(mail, isOurs: { Self.ours.contains($0.key) }) else {
      Issue.record("no contact")
      return
    }
    #expect(contact.direction == .incoming && contact.outsiders.map(\.name) == ["Jan"] && contact.subject == "Invoice")
    #expect(contact.text == "For the record\n\nSee the file" && contact.sentAt == Instant(milliseconds: 1_000) && contact.files.map(\.name) == ["a.pdf"])
    #expect(Set(Correspondence.addresses(in: mail).map(\.key)) == ["maria@agency.example", "clients@agency.example", "jan@firma.pl"])
  }

  @Test(arguments: [
    ("Jan Nowak <jan@firma.pl>", ["Jan Nowak|jan@firma.pl"]), ("jan@firma.pl", ["|jan@firma.pl"]),
    ("\"Nowak Jan\" <jan@firma.pl>; Ola [mailto:ola@firma.pl]", ["Nowak Jan|jan@firma.pl", "Ola|ola@firma.pl"]),
    ("*Ивaн* <ivan@zavod.ru>", ["Ивaн|ivan@zavod.ru"]), ("Jan Nowak", []), ("", []), (",;,", []),
  ])
  func addressesAreRead(_ text: String, _ expected: [String]) {
    #expect(ForwardedHeader.mailboxes(text).map { "\($0.name)|\($0.address.text)" } == expected)
  }

  @Test(arguments: [
    ("> Begin forwarded message:\n>\n> From: Foo <foo@a.org>\n> Subject: Going on\n> Date: 1 January\n> To: bar@a.org\n>\n> Lorem", "foo@a.org", "bar@a.org", "Going on"),
    ("*From:* Foo <foo@a.org>\n*Sent:* Monday\n*To:* bar@a.org\n*Subject:* A\nlong one\n\nLorem", "foo@a.org", "bar@a.org", "A long one"),
    ("Od: foo@a.org\nWysłano: poniedziałek\nDo: bar@a.org; ola@a.org\nTemat: Cena", "foo@a.org", "bar@a.org,ola@a.org", "Cena"),
    ("От: Георги <foo@a.org>\nИзпратено: вторник\nДо: bar@a.org\nОтносно: Оферта", "foo@a.org", "bar@a.org", "Оферта"),
    ("От кого: Иван <foo@a.org>\nКому: bar@a.org\nДата: вторник\nТема: Цена", "foo@a.org", "bar@a.org", "Цена"),
    ("From: somebody\nTo: bar@a.org", nil, "", ""), ("From: foo@a.org said he", nil, "", ""), ("", nil, "", ""), ("To: bar@a.org\nSubject: x", nil, "", ""),
  ])
  func headsAreFound(_ text: String, from: String?, to: String, subject: String) {
    let found = ForwardedHeader(in: text)
    #expect(found?.from?.address.text == from)
    #expect((found?.to ?? []).map(\.address.text).joined(separator: ",") == to)
    #expect(found?.subject ?? "" == subject)
  }
}
