import Domain
import Foundation
import Testing

@testable import Channels

/// What leaves is read back by a mail library of its own (Python's) in Tests/Mail; here are its lines.
@Suite struct MIMEMessageTests {
  private func message(subject: String = "Hello", name: String = "Anna", text: String = "One\nTwo\n", html: String? = nil) -> MIMEMessage {
    MIMEMessage(
      from: .init(name: "Dossier", address: "dossier@example.com"), to: .init(name: name, address: "anna@example.com"), subject: subject,
      date: Instant(milliseconds: 1_793_887_620_000), messageID: "abc@example.com", listID: "digest.dossier.example.com", text: text, html: html)
  }

  private func lines(_ message: MIMEMessage) throws -> [String] {
    String(decoding: try #require(message.bytes()), as: UTF8.self).components(separatedBy: "\r\n")
  }

  @Test func hasTheHeadersOfAutomaticMail() throws {
    let lines = try lines(message())
    for line in [
      "From: Dossier <dossier@example.com>", "To: Anna <anna@example.com>", "Subject: Hello", "Date: Thu, 05 Nov 2026 14:07:00 +0000",
      "Message-Id: <abc@example.com>", "List-Id: <digest.dossier.example.com>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
    ] { #expect(lines.contains { $0.lowercased() == line.lowercased() }, "\(line) in \(lines)") }
  }

  @Test(arguments: [
    "x\r\nBcc: victim@example.com", "x\nBcc: victim@example.com", "x\rBcc: victim@example.com", "x\u{2028}Bcc: victim@example.com",
    "x\0\r\n\r\nBcc: victim@example.com", "x\u{85}Bcc: victim@example.com",
  ])
  func nothingBecomesAHeader(text: String) throws {
    for message in [message(subject: text), message(name: text)] {
      let head = try lines(message).prefix { !$0.isEmpty }
      #expect(!head.contains { $0.lowercased().hasPrefix("bcc") }, "\(head)")
      #expect(head.contains { $0.lowercased().hasPrefix("mime-version") })
    }
    var hostile = message()
    hostile.to = .init(name: "", address: "a@example.com>\r\nBcc: victim@example.com")
    hostile.messageID = "a>\r\nBcc: x"
    hostile.listID = "a>\r\nBcc: x"
    let head = try lines(hostile).prefix { !$0.isEmpty }
    #expect(!head.contains { $0.lowercased().hasPrefix("bcc") }, "\(head)")
  }

  @Test(arguments: ["Обещание: цена до пятницы", "Zażółć gęślą jaźń", "Щастие – „кавички“", "🎉 " + String(repeating: "длинная тема ", count: 30)])
  func headersAreASCIIAndShort(subject: String) throws {
    let lines = try lines(message(subject: subject, name: subject))
    for line in lines {
      #expect(line.utf8.count <= 998 && line.utf8.allSatisfy { $0 < 128 }, "\(line)")
    }
    #expect(lines.prefix { !$0.isEmpty }.allSatisfy { $0.utf8.count <= 78 }, "\(lines)")
  }

  @Test func textOfAnyLineEndAndLengthTravels() throws {
    let long = String(repeating: "слово ", count: 2000)
    for text in ["a\r\nb\rc\nd", long, ".\n..\n", "\0", ""] {
      let lines = try lines(message(text: text, html: "<p>\(text)</p>"))
      #expect(lines.allSatisfy { $0.utf8.count <= 998 && !$0.contains("\n") && !$0.contains("\r") })
      #expect(lines.contains { $0.hasPrefix("Content-Type: multipart/alternative") })
    }
  }
}
