import Foundation
import Testing

@testable import Channels
@testable import Domain

/// The same mails, read by another program (Python's standard library).
@Suite(.enabled(if: MailFixtures.areHere, "needs the shared data")) struct MIMEReferenceTests {
  struct Reference: Decodable, Sendable, CustomTestStringConvertible {
    struct File: Decodable, Sendable {
      let filename: String?
      let bytes: Int
      let sha256: String
    }
    var name = ""
    let subject: String?
    let from, to, cc: [[String]]
    let messageID: String?
    let date: String?
    let textStart: String?
    let attachments: [File]

    enum CodingKeys: String, CodingKey {
      case subject, from, to, cc, date, attachments
      case messageID = "message_id"
      case textStart = "text_start"
    }
    var testDescription: String { name }
  }

  enum Field { case subject, from, to, cc, id, date, text, files }

  /// Where we differ and mean to.
  static let differs: [String: Set<Field>] = [
    // A name in a comment after the address, as was the custom once: Python leaves it out.
    "postal-mime/bounce.eml": [.from], "python-email/msg_01.txt": [.from], "python-email/msg_03.txt": [.from],
    "python-email/msg_20.txt": [.from], "python-email/msg_14.txt": [.from],
    "ruby-mail/multipart_report_emails__multi_address_bounce1.eml": [.from],
    // Two texts with names: one is the text, the other a file. Python has both as files and as text.
    "python-email/msg_44.txt": [.from, .files],
    // The text is that of a mail within this one.
    "python-email/msg_11.txt": [.text], "python-email/msg_28.txt": [.text], "python-email/msg_30.txt": [.text],
    "python-email/msg_46.txt": [.text],
    // Files without a name, or without "attachment", are files nevertheless.
    "python-email/msg_36.txt": [.files], "ruby-mail/attachment_emails__attachment_content_location.eml": [.files],
    "ruby-mail/mime_emails__raw_email12.eml": [.files],
    // Python turns CRLF into LF within a text that is a file.
    "ruby-mail/multi_charset__japanese_attachment_long_name.eml": [.files],
    // Bytes of no named character set: Python shows none of them, we the likeliest, which for Portuguese is wrong.
    "ruby-mail/error_emails__invalid_subject_characters.eml": [.subject], "ruby-mail/error_emails__must_supply_encoding.eml": [.from],
    "ruby-mail/plain_emails__raw_email5.eml": [.text], "ruby-mail/plain_emails__raw_email6.eml": [.text],
    "ruby-mail/plain_emails__raw_email10.eml": [.text],
    // Two types for one mail.
    "ruby-mail/error_emails__multiple_content_types.eml": [.text],
    // Nothing is lost of an ID that is none.
    "ruby-mail/plain_emails__raw_email_double_at_in_header.eml": [.id],
    // Python ends the headers at a line that is none, or at a blank before the colon; GMime goes on.
    "ruby-mail/plain_emails__raw_email_incorrect_header.eml": [.subject, .from, .to, .id, .date, .text],
    "ruby-mail/rfc2822__example13.eml": [.subject, .from, .id, .date, .text],
    // No mail was sent in 1969.
    "ruby-mail/rfc2822__example04.eml": [.date], "ruby-mail/rfc2822__example10.eml": [.date],
    // Addresses in other scripts (RFC 6532).
    "ruby-mail/rfc6532__utf8_headers.eml": [.from, .to],
  ]

  static func references() -> [Reference] {
    guard let data = try? Data(contentsOf: MailFixtures.folder.appendingPathComponent("reference_parsed.json")),
      let all = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return [] }
    return all.filter { !$0.key.hasPrefix("_") }.sorted { $0.key < $1.key }.compactMap { name, value in
      var reference = try? JSONDecoder().decode(Reference.self, from: JSONSerialization.data(withJSONObject: value))
      reference?.name = name
      return reference
    }
  }

  @Test func everyReferenceIsReadable() { #expect(Self.references().count == 88) }

  @Test(arguments: references()) func mailSaysWhatItsReferenceSays(_ reference: Reference) throws {
    let mail = try #require(MIMEReader.read(MailFixtures.bytes(reference.name)))
    let known = Self.differs[reference.name] ?? []
    for (field, ours, theirs) in Self.compared(mail, reference) {
      #expect((ours == theirs) != known.contains(field), "\(field): \(ours.debugDescription), not \(theirs.debugDescription)")
    }
  }

  private static func compared(_ mail: ReceivedMail, _ reference: Reference) -> [(Field, String, String)] {
    let start = squeezed(reference.textStart ?? "")
    return [
      (.subject, squeezed(mail.subject), squeezed(reference.subject ?? "")),
      (.from, list(mail.from), list(reference.from)), (.to, list(mail.to), list(reference.to)), (.cc, list(mail.cc), list(reference.cc)),
      (.id, mail.messageID, (reference.messageID ?? "").trimmingCharacters(in: ["<", ">", " "])),
      (.date, mail.sentAt?.iso ?? "", iso(reference.date)),
      (.text, String(squeezed(mail.text).unicodeScalars.prefix(start.unicodeScalars.count)), start),
      (.files, mail.files.map { "\($0.name) \(digest($0.bytes))" }.joined(separator: ", "),
       reference.attachments.map { "\($0.filename ?? "") \($0.sha256)" }.joined(separator: ", ")),
    ]
  }

  /// Python keeps control characters.
  private static func squeezed(_ text: String) -> String {
    let visible = text.unicodeScalars.filter { $0.properties.generalCategory != .control || $0 == "\n" || $0 == "\t" || $0 == "\r" }
    return String(String.UnicodeScalarView(visible)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func list(_ mailboxes: [ReceivedMail.Mailbox]) -> String {
    mailboxes.map { "\($0.name) <\($0.address.key)>" }.joined(separator: ", ")
  }

  private static func list(_ pairs: [[String]]) -> String {
    pairs.compactMap { pair in EmailAddress(pair.last ?? "").map { "\(pair.first ?? "") <\($0.key)>" } }.joined(separator: ", ")
  }

  /// A date without a zone is one in UTC.
  private static func iso(_ text: String?) -> String {
    guard let text else { return "" }
    return (Instant(iso: text) ?? Instant(iso: text + "Z"))?.iso ?? text
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    Secret.sha256(bytes).prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
