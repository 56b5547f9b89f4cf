import Foundation
import Testing

@testable import Channels
@testable import Domain

/// Mail is written by anyone: whatever comes is read to some end, and nothing crashes.
@Suite struct MIMEHostileTests {
  private static let made = """
    From: =?utf-8?B?0JjQstCw0L0=?= <a@example.com>, "b\\"c" <d@example.com>, group: e@example.com;
    Subject: =?koi8-r?B?8NLJ18XU?= =?utf-8?Q?=C3=B3?=
    Date: Sun, 22 Nov 2026 16:10:00 +0200
    Content-Type: multipart/report; boundary="b"; report-type=delivery-status

    --b
    Content-Type: text/html; charset=windows-1251
    Content-Transfer-Encoding: quoted-printable

    <p>=CF=F0=E8 <img src=3D"cid:x@y"> <table><tr><td>a</table>
    --b
    Content-Type: message/delivery-status

    Final-Recipient: rfc822; a@example.com
    Action: failed
    Status: 5.0.0
    Diagnostic-Code: smtp; 550
     user unknown
    --b
    Content-Type: message/rfc822

    Subject: within
    Content-Type: application/pdf; name*0*=utf-8''%D0%94; name*1*=%D0%95.pdf
    Content-Transfer-Encoding: base64

    JVBERi0x
    --b--
    """

  private static func sources() throws -> [[UInt8]] {
    try [Array(made.utf8)] + (MailFixtures.areHere ? MailFixtures.all().map { try MailFixtures.bytes($0) } : [])
  }

  /// Each mail cut short at 24 places.
  @Test func aMailCutShortIsRead() throws {
    for source in try Self.sources() {
      for step in 0..<24 {
        let cut = MIMEReader.read(Array(source.prefix(source.count * step / 24)))
        #expect((cut?.text.unicodeScalars.count ?? 0) <= source.count)
      }
    }
  }

  @Test func aMailWithWrongBytesIsRead() throws {
    var random = Xorshift(state: 0x9E37_79B9_7F4A_7C15)
    let sources = try Self.sources()
    for round in 0..<3000 {
      // The made one, in which every kind of part is, more often than others.
      var bytes = round.isMultiple(of: 3) ? sources[0] : sources[Int(random.next() % UInt64(sources.count))]
      guard !bytes.isEmpty, bytes.count < 20_000 else { continue }
      for _ in 0..<(1 + random.next() % 12) { bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next()) }
      #expect((MIMEReader.read(bytes)?.files.count ?? 0) <= MIMEReader.mostFiles)
    }
  }

  @Test(arguments: [
    Hostile("parts within parts", (0..<3000).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined() + "\nx"),
    Hostile("mails within mails", String(repeating: "Content-Type: message/rfc822\n\n", count: 3000) + "Subject: x\n\nx"),
    Hostile("many parts", "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 50_000)),
    Hostile("many recipients", "To: " + (0..<50_000).map { "a\($0)@example.com" }.joined(separator: ", ") + "\n\nx"),
    Hostile("groups within groups", "To: " + String(repeating: "a:", count: 100_000) + "\n\nx"),
    Hostile("the same, folded and within", "Content-Type: message/rfc822\n\nReply-To : " + String(repeating: "a:\n ", count: 100_000) + "\n\nx"),
    Hostile("the same after a boundary", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: x\nTo: " + String(repeating: "a:", count: 100_000) + "\n\nx"),
    Hostile("the same in a digest", "Content-Type: multipart/digest; boundary=b\n\n--b\n\nTo: " + String(repeating: "a:", count: 100_000) + "\n\nx"),
    Hostile("the same, said in a roundabout way", "Content-Type:\n (a) message (b) / (c) rfc822\n\nCc: " + String(repeating: "a:", count: 100_000) + "\n\nx"),
    Hostile("the same behind a line of no meaning", "Content-Type: message/global\n--x\n\nBcc: " + String(repeating: "a:", count: 100_000) + "\n\nx"),
    Hostile("a list of nothing", "Cc: " + String(repeating: "a,", count: 100_000) + "\n\nx"),
    Hostile("comments within comments", "To: " + String(repeating: "(", count: 200_000) + "\n\nx"),
    Hostile("a subject in many words", "Subject: " + String(repeating: "=?utf-8?Q?a?= ", count: 100_000) + "\n\nx"),
    Hostile("a name in many pieces", "Content-Type: text/plain" + (0..<20_000).map { "; name*\($0)*=a" }.joined() + "\n\nx"),
    Hostile("many headers", String(repeating: "X: y\n", count: 100_000) + "\nx"),
  ]) func whatIsMadeToHurtDoesNot(_ hostile: Hostile) {
    let mail = MIMEReader.read(hostile.source)
    #expect((mail?.to.count ?? 0) <= 500 && (mail?.subject.count ?? 0) <= 500)
  }

  /// Where people write below the headers like headers, nothing of it is lost.
  @Test(arguments: ["7bit", "8bit", "binary"]) func whatIsNoHeaderIsLeftAsItIs(_ encoding: String) throws {
    let pieces = ["From:", "to: ", "Reply-To :"].map { $0 + "\r\n" + String(repeating: "  a:b:c:d: 10:30, x@example.com;\r\n\t12:00\r\n", count: 300) }
    let text = "Hello\r\n" + pieces.joined(separator: "\r\n") + "cc: " + String(repeating: ":", count: 20_000) + "\r\nend"
    let type = "Content-Type: application/octet-stream; name=a.txt\r\nContent-Transfer-Encoding: \(encoding)\r\n"
    let head = "From: a@example.com\r\nTo: b@example.com\r\n"
    let inner = "Content-Type: message/rfc822\r\n\r\n\(head)\(type)\r\n\(text)\r\n"
    let parts = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\(type)\r\n\(text)\r\n--b\r\n\(inner)--b--\r\n"
    let whole = try #require(MIMEReader.read(head + parts))
    #expect(whole.files.map(\.bytes) == [Array(text.utf8)])
    let within = try #require(whole.attached.first)
    #expect(within.files.map(\.bytes) == [Array(text.utf8)] && within.to.map(\.address.text) == ["b@example.com"])
    #expect(MIMEReader.read(head + type + "\r\n" + text)?.files.map(\.bytes) == [Array(text.utf8)])
    // Also where the text begins with it.
    #expect(MIMEReader.read(head + type + "\r\n" + pieces[0])?.files.map(\.bytes) == [Array(pieces[0].utf8)])
  }

  @Test func nothingIsNoMail() {
    #expect(MIMEReader.read([])?.text ?? "" == "")
    #expect(MIMEReader.read([UInt8](repeating: 0, count: 1000))?.from ?? [] == [])
  }

  private struct Xorshift {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }
}

/// A long text by a short name.
struct Hostile: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let source: String
  init(_ name: String, _ source: String) { (testDescription, self.source) = (name, source) }
}
