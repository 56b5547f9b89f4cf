import Foundation
import Testing

@testable import Channels
@testable import Domain

@Suite struct MIMEReaderTests {
  private func mail(_ headers: String, _ body: String = "text\n") throws -> ReceivedMail {
    try #require(MIMEReader.read("From: a@example.com\n\(headers)\n\n\(body)".replacing("\n", with: "\r\n")))
  }

  @Test func headersAreRead() throws {
    let mail = try mail("""
      To: "Новак, Анна" <anna@firma.pl>, team: b@example.com, =?utf-8?B?0JjQstCw0L0=?= <ivan@example.ru>;, broken@
      Cc: Undisclosed recipients:;
      Subject: =?UTF-8?Q?Zam=C3=B3wienie?= =?UTF-8?B?INC30LDQutCw0LcsINC/0L7RgNGK0YfQutCw?=
      Message-ID: <abc.1@example.com>
      Date: Sun, 22 Nov 2026 16:10:00 +0200 (EET)
      """)
    #expect(mail.to.map(\.address.text) == ["anna@firma.pl", "b@example.com", "ivan@example.ru"])
    #expect(mail.to.map(\.name) == ["Новак, Анна", "", "Иван"])
    #expect(mail.cc == [] && mail.from.map(\.address.text) == ["a@example.com"])
    #expect(mail.subject == "Zamówienie заказ, поръчка" && mail.messageID == "abc.1@example.com")
    #expect(mail.sentAt == Instant(iso: "2026-11-22T14:10:00Z") && mail.text == "text" && !mail.isAutomatic)
  }

  @Test(arguments: [
    ("", nil), ("yesterday", nil), ("Mon, 1 Jan 1900 00:00:00 +0000", nil), ("Mon, 1 Jan 9999 00:00:00 +0000", nil),
    ("Thu, 99 Foo 2026 99:99:99 +9999", nil), ("22 Nov 2026 14:10 GMT", "2026-11-22T14:10:00Z"),
  ]) func datesThatAreNoneAreLeftOut(_ text: String, _ iso: String?) throws {
    #expect(try mail("Date: \(text)").sentAt?.iso == iso)
  }

  /// Subject and text in one character set; that of the subject is named nowhere.
  @Test(arguments: [
    ("windows-1251", "Договор № 5: съгласуване", true), ("koi8-r", "Добрый день", true), ("iso-8859-2", "Zażółć gęślą jaźń", true),
    ("windows-1250", "Święto – „zamówienie”", true), ("utf-8", "Ёлка, żółw, ъгъл", true), ("utf-8", "Ёлка, żółw, ъгъл", false),
    ("windows-1251", "Добрый день, это заказ", false),
  ]) func textOfAnyCharacterSetIsRead(_ charset: String, _ text: String, _ isNamed: Bool) throws {
    let encoding = try #require([
      "windows-1251": .windowsCP1251, "windows-1250": .windowsCP1250, "iso-8859-2": .isoLatin2, "utf-8": .utf8,
      "koi8-r": String.Encoding(rawValue: 0x8000_0A02),
    ][charset])
    let type = isNamed ? "Content-Type: text/plain; charset=\(charset)\r\n" : ""
    let source = "From: a@example.com\r\n\(type)Subject: \(text)\r\n\r\n\(text)\r\n"
    let bytes = try #require(source.data(using: encoding))
    let mail = try #require(MIMEReader.read(Array(bytes)))
    #expect(mail.text == text)
    #expect(mail.subject == text)
  }

  @Test(arguments: [
    ("ascii", "text/plain; charset=us-ascii"), ("nobody's", "text/plain; charset=x-klingon"), ("none", "text/plain"), ("no type", "text"),
  ]) func whatNamesItsCharacterSetWrongIsReadAsUTF8(_ name: String, _ type: String) throws {
    #expect(try mail("Content-Type: \(type)", "Спасибо, dziękuję").text == "Спасибо, dziękuję")
  }

  @Test func linesAreTidied() throws {
    let mail = try mail("Content-Type: text/plain; charset=utf-8", "\n\n Hi,  \n\tthere\u{0}\u{7}\u{FEFF}\u{2028}x\n-- \nAnna \n\n\n")
    #expect(mail.text == " Hi,\n\tthere\nx\n-- \nAnna")
  }

  @Test func noMoreTextIsKeptThanTheLimit() throws {
    let long = String(repeating: "слово\n", count: 60_000)
    #expect(try mail("Content-Type: text/plain; charset=utf-8", long).text.unicodeScalars.count > MIMEReader.textLimit - 10)
    #expect(try mail("Content-Type: text/html; charset=utf-8", "<p>\(long)").text.unicodeScalars.count <= MIMEReader.textLimit)
  }

  private func multipart(_ kind: String, _ parts: String...) throws -> ReceivedMail {
    try mail("MIME-Version: 1.0\nContent-Type: multipart/\(kind); boundary=b", parts.map { "--b\n\($0)\n" }.joined() + "--b--\n")
  }

  private let plain = "Content-Type: text/plain; charset=utf-8\n\nplain"
  private let html = "Content-Type: text/html; charset=utf-8\n\n<p>rich <img src='cid:logo%40x'></p>"

  @Test func plainTextIsPreferredWhereItSaysAnything() throws {
    #expect(try multipart("alternative", plain, html).text == "plain")
    #expect(try multipart("alternative", "Content-Type: text/plain\n\n \n", html).text == "rich")
    #expect(try multipart("mixed", plain, html, plain).text == "plain\n\nrich\n\nplain")
  }

  @Test func filesAreTakenAndPicturesOfTheTextAreNot() throws {
    let mail = try multipart(
      "mixed", html,
      "Content-Type: image/png\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\niVBORw==",
      "Content-Type: image/png\nContent-ID: <other@x>\nContent-Transfer-Encoding: base64\n\niVBORw==",
      "Content-Type: application/pdf; name=\"a.pdf\"\nContent-Disposition: attachment;\n filename*=UTF-8''%D0%94%D0%BE%D0%B3%D0%BE%D0%B2%D0%BE%D1%80.pdf\n\npdf",
      "Content-Type: text/plain\nContent-Disposition: attachment; filename=\"=?utf-8?B?xbwudHh0?=\"\n\nnote",
      "Content-Type: application/zip\nContent-Disposition: attachment; filename=\"../../etc/..\\\\.hidden\"\n\nx",
      "Content-Type: text/calendar; charset=utf-8\n\nBEGIN:VCALENDAR")
    #expect(mail.text == "rich")
    #expect(mail.files.map(\.name) == ["file.png", "Договор.pdf", "ż.txt", "hidden", "file.ics"])
    #expect(mail.files.map(\.bytes.count) == [4, 3, 4, 1, 15])
    #expect(mail.files.map(\.mediaType) == ["image/png", "application/pdf", "text/plain", "application/zip", "text/calendar"])
  }

  @Test func anInvitationIsOneFileAndASignatureNone() throws {
    let calendar = "\n\nBEGIN:VCALENDAR"
    let both = try multipart("mixed", plain, "Content-Type: text/calendar" + calendar, "Content-Type: application/ics; name=i.ics" + calendar)
    #expect(both.files.map(\.name) == ["i.ics"])
    #expect(try multipart("alternative", plain, "Content-Type: text/x-amp-html\n\n<html amp4email>", html).files == [])
    #expect(try multipart("signed", plain, "Content-Type: application/pgp-signature; name=s.asc\n\n-----").files == [])
  }

  @Test func filesAreBoundedInNumberAndSize() throws {
    let file = "Content-Type: application/pdf; name=a.pdf\n\n0123456789"
    let many = "--b\n" + Array(repeating: file, count: 60).joined(separator: "\n--b\n") + "\n--b--\n"
    let head = "From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n"
    #expect(MIMEReader.read(head + many)?.files.count == 50)
    #expect(MIMEReader.read(Array((head + many).utf8), limit: 35)?.files.count == 3)
  }

  @Test func aMailWithinIsReadOnceAndNoDeeper() throws {
    let inner = "Content-Type: message/rfc822\n\nFrom: c@example.com\nSubject: deepest\n\nx"
    let middle = """
      Content-Type: message/rfc822

      From: b@example.com
      Subject: forwarded
      Content-Type: multipart/mixed; boundary=c

      --c
      \(plain)
      --c
      \(inner)
      --c--
      """
    let mail = try multipart("mixed", plain, middle)
    #expect(mail.text == "plain" && mail.files == [])
    #expect(mail.attached.map(\.subject) == ["forwarded"] && mail.attached.first?.text == "plain" && mail.attached.first?.attached == [])
    #expect(mail.attached.first?.from.map(\.address.text) == ["b@example.com"])
  }

  @Test(arguments: [
    ("Auto-Submitted: auto-replied (vacation)", true), ("Auto-Submitted: no", false), ("Auto-Submitted: No; x=1", false),
    ("Precedence: bulk", true), ("Precedence: Junk", true), ("Precedence: auto_reply", true), ("Precedence: list", false),
    ("Precedence: first-class", false), ("List-Id: <a.example.com>", false), ("List-Unsubscribe: <mailto:a@example.com>", false),
    ("X-Autoreply: yes", true), ("X-Autorespond: x", true), ("X-Auto-Response-Suppress: All", false),
    ("Return-Path: <>", false), ("Return-Path: <a@example.com>", false), ("Return-Path: <>\nList-Id: <a.example.com>", false),
    ("Return-Path: <>\nX-Auto-Response-Suppress: All", true), ("Return-Path: <>\nX-Auto-Response-Suppress: None", false),
    ("Return-Path: <>\nAuto-Submitted: auto-generated", true), ("Return-Path: <>\nAuto-Submitted: no", false),
    ("Subject: Out of office", false), ("Subject: Автоответ: в отпуске", false), ("Subject: Automatyczna odpowiedź", false),
  ]) func automaticMailIsToldByItsHeaders(_ header: String, _ isAutomatic: Bool) throws {
    #expect(try mail(header).isAutomatic == isAutomatic)
  }

  @Test(arguments: [
    ("List-Id: <a.example.com>", true), ("List-Unsubscribe: <mailto:a@example.com>", true), ("List-Post: NO", true),
    ("List-Archive: <https://example.com>", true), ("Precedence: List", true), ("X-Auto-Response-Suppress: OOF, AutoReply", true),
    ("X-Auto-Response-Suppress: None", false), ("Precedence: bulk", false), ("Auto-Submitted: auto-generated", false),
    ("Subject: list", false), ("To: list@example.com", false),
  ]) func mailByAListIsToldByItsHeaders(_ header: String, _ isByList: Bool) throws {
    #expect(try mail(header).isByList == isByList)
  }

  @Test func blindCopiesAndWhereAnswersGoAreRead() throws {
    let mail = try mail("""
      Bcc: "Новак, Анна" <anna@firma.pl>, team: b@example.com;, broken@
      reply-to : =?utf-8?B?0JjQstCw0L0=?= <ivan@example.ru>,
       c@example.com
      """)
    #expect(mail.bcc.map(\.address.text) == ["anna@firma.pl", "b@example.com"] && mail.bcc.first?.name == "Новак, Анна")
    #expect(mail.replyTo.map(\.address.text) == ["ivan@example.ru", "c@example.com"] && mail.replyTo.first?.name == "Иван")
    #expect(mail.to == [] && mail.cc == [])
    let many = try self.mail("Reply-To: " + (0..<5000).map { "a\($0)@example.com" }.joined(separator: ",\n "))
    #expect(100...500 ~= many.replyTo.count)
  }
}
