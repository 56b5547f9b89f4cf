import Foundation
import Testing

@testable import Channels
@testable import Domain

@Suite(.enabled(if: MailFixtures.areHere, "needs the shared data")) struct CyrillicMailTests {
  struct Expected: Decodable, Sendable {
    let fromName, fromAddress, subject, text, newText, kind: String?
    enum CodingKeys: String, CodingKey {
      case subject, text, kind
      case fromName = "from_name"
      case fromAddress = "from_address"
      case newText = "new_text"
    }
  }

  static let expected = (try? MailFixtures.json("cyrillic_made/expected.json", as: [String: Expected].self)) ?? [:]

  @Test(arguments: expected.keys.sorted()) func mailIsReadAsWritten(_ name: String) throws {
    let expected = try #require(Self.expected[name])
    let mail = try #require(MIMEReader.read(MailFixtures.bytes("cyrillic_made/\(name)")))
    if let from = expected.fromName { #expect(mail.from.first?.name == from) }
    if let address = expected.fromAddress { #expect(mail.from.first?.address.text == address) }
    if let subject = expected.subject { #expect(mail.subject == subject) }
    if let text = expected.text { #expect(mail.text == text.trimmingCharacters(in: .newlines)) }
    if let text = expected.newText { #expect(mail.text.contains(text)) }
    #expect(mail.isAutomatic == (expected.kind != nil))
  }

  @Test func allAreHere() { #expect(Self.expected.count == 4) }
}
