import CMIME
import Domain

/// A mail as GMime took it apart: its headers, and its parts as a tree.
final class MIMEParts {
  struct Part {
    let index: Int
    let kind: dossier_part_kind
    /// "text/plain", in lower case.
    let type: String
    let isAttachment: Bool
    let fileName: String?
    /// Without the angle brackets.
    let contentID: String?
    var children: [Int] = []
  }

  private let mail: OpaquePointer
  private(set) var all: [Part] = []

  /// Takes the mail over; nil for none.
  init?(_ mail: OpaquePointer?) {
    guard let mail else { return nil }
    self.mail = mail
    for index in 0..<dossier_mail_part_count(mail) {
      all.append(part(index))
      let around = dossier_part_around(mail, index)
      if all.indices.contains(around) { all[around].children.append(index) }
    }
  }

  deinit { dossier_mail_free(mail) }

  private func part(_ index: Int) -> Part {
    Part(
      index: index, kind: dossier_part_of_kind(mail, index), type: (Self.text(dossier_part_type(mail, index)) ?? "").lowercased(),
      isAttachment: Self.text(dossier_part_disposition(mail, index))?.lowercased() == "attachment",
      fileName: Self.text(dossier_part_file_name(mail, index)), contentID: Self.text(dossier_part_id(mail, index)))
  }

  func mail(within part: Int) -> MIMEParts? { MIMEParts(dossier_mail_within(mail, part)) }

  func header(_ name: String) -> String? { Self.text(dossier_mail_header(mail, name)) }
  func words(_ name: String) -> String? { Self.text(dossier_mail_words(mail, name)) }
  func parameter(_ name: String, of part: Int) -> String? { Self.text(dossier_part_type_parameter(mail, part, name)) }

  /// Nil for what no mail can be dated: before mail was, or far ahead.
  var date: Instant? {
    var seconds: Int64 = 0
    guard dossier_mail_date(mail, &seconds) == 1, 0 < seconds, seconds < 4_102_444_800 else { return nil }  // until 2100
    return Instant(milliseconds: seconds * 1000)
  }

  func mailboxes(_ kind: dossier_address_kind) -> [ReceivedMail.Mailbox] {
    (0..<dossier_mail_address_count(mail, kind)).compactMap { index in
      guard let address = Self.text(dossier_mail_address(mail, kind, index)).flatMap({ EmailAddress($0) }) else { return nil }
      let name = Self.text(dossier_mail_address_name(mail, kind, index)) ?? ""
      return ReceivedMail.Mailbox(name: MIMEMessage.oneLine(name), address: address)
    }
  }

  /// A leaf's content, its transfer encoding undone.
  func bytes(_ part: Int) -> [UInt8] {
    var length = 0
    guard let start = dossier_part_bytes(mail, part, &length) else { return [] }
    defer { dossier_mail_release(start) }
    return Array(UnsafeBufferPointer(start: start, count: length))
  }

  private static func text(_ owned: UnsafeMutablePointer<CChar>?) -> String? {
    guard let owned else { return nil }
    defer { dossier_mail_release(owned) }
    return String(cString: owned)
  }
}
