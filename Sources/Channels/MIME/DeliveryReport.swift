import Domain

/// A report of what became of a mail (RFC 3464): which of its recipients cannot be reached for good.
enum DeliveryReport {
  static func bounces(in report: [UInt8]) -> [ReceivedMail.Bounce] {
    let text = String(decoding: report.prefix(256 * 1024), as: UTF8.self)
    var found: [ReceivedMail.Bounce] = []
    for block in blocks(text).prefix(500) where isDead(block) {
      let detail = said(block)
      // Where mail is passed on, the first address is the one that was written to.
      for address in ["final-recipient", "original-recipient"].compactMap({ block[$0].flatMap(address) }) {
        let bounce = ReceivedMail.Bounce(address: address, detail: detail.isEmpty ? block["status"] ?? "" : detail)
        if !found.contains(where: { $0.address.key == address.key }) { found.append(bounce) }
      }
    }
    return found
  }

  /// Fields by their name in lower case, folded lines joined; a block ends with an empty line.
  private static func blocks(_ text: String) -> [[String: String]] {
    var (blocks, fields, last) = ([[String: String]](), [String: String](), "")
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let words = line.trimmingBlanks
      if words.isEmpty {
        if !fields.isEmpty { blocks.append(fields) }
        (fields, last) = ([:], "")
      } else if line.first == " " || line.first == "\t" {
        if let before = fields[last], before.utf8.count < 2000 { fields[last] = "\(before) \(words)" }
      } else if let colon = line.firstIndex(of: ":") {
        last = line[..<colon].trimmingBlanks.lowercased()
        if fields[last] == nil { fields[last] = String(line[colon...].dropFirst().trimmingBlanks) } else { last = "" }
      }
    }
    return fields.isEmpty ? blocks : blocks + [fields]
  }

  /// "rfc822; name@example.com"
  private static func address(_ field: String) -> EmailAddress? {
    let value = field.split(separator: ";", maxSplits: 1).last ?? ""
    return EmailAddress(String(value.trimmingBlanks.filter { $0 != "<" && $0 != ">" }))
  }

  /// What the other server said, without the kind of its words ("smtp;").
  private static func said(_ block: [String: String]) -> String {
    let field = block["diagnostic-code"] ?? ""
    let kind = field.prefix { $0 != ";" }
    let words = kind.count < field.count && kind.count <= 20 && !kind.contains(" ") ? field.dropFirst(kind.count + 1) : Substring(field)
    return String(MIMEMessage.oneLine(String(words)).prefix(300))
  }

  /// Of the codes of RFC 3463: the mailbox or its domain does not exist, or has moved and left no address. Not one that is full, too
  /// slow, or that did not like this mail.
  private static let dead: Set<String> = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"]

  private static func isDead(_ block: [String: String]) -> Bool {
    guard block["action"]?.lowercased().hasPrefix("failed") == true, let status = code(block["status"] ?? "") else { return false }
    if dead.contains(status) { return true }
    guard status == "5.0.0" else { return false }
    // No more than "failed": the other server's words may say more.
    let words = said(block).lowercased()
    if let inner = words.split(whereSeparator: { $0 == " " || $0 == "-" }).lazy.compactMap({ code(String($0)) }).first, inner != status {
      return dead.contains(inner)
    }
    let replies = words.split { !$0.isNumber }.prefix(1)
    return replies.contains { ["550", "551", "553"].contains($0) } && ofUser.contains { words.contains($0) }
  }

  /// "5.1.1" of "5.1.1 (bad address)"; nil for what is no lasting failure.
  private static func code(_ text: String) -> String? {
    let code = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    return code.hasPrefix("5.") && code.split(separator: ".").count == 3 ? String(code) : nil
  }

  private static let ofUser = [
    "user unknown", "unknown user", "unknown recipient", "recipient unknown", "unknown address", "address unknown", "mailbox unknown",
    "unknown mailbox", "no such user", "no such recipient", "no such mailbox", "no such address", "no mailbox", "no such person",
    "user not found", "recipient not found", "mailbox not found", "address not found", "does not exist", "doesn't exist",
    "invalid recipient", "invalid mailbox", "invalid address", "not a valid mailbox", "user invalid", "user doesn",
  ]
}
