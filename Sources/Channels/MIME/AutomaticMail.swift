import Domain

/// Whether no person wrote a mail, and whether it came by a list, told by its headers alone: a subject may say anything.
enum AutomaticMail {
  static func isSigned(_ parts: MIMEParts) -> Bool {
    // RFC 3834, 5: "no" is the one value that says a person did.
    if let value = parts.header("Auto-Submitted"), firstWord(value) != "no" { return true }
    if let value = parts.header("Precedence"), ["bulk", "junk", "auto_reply"].contains(firstWord(value)) { return true }
    if marks.contains(where: { parts.header($0) != nil }) { return true }
    // RFC 5321, 4.5.5: nobody to answer to. Some who pass mail on write it into people's mail too, so it says nothing alone.
    return parts.header("Return-Path")?.trimmingBlanks == "<>" && asksForSilence(parts)
  }

  /// RFC 2369, RFC 2919, or a system that wants no automatic answers: people write by lists and such systems too.
  static func isByList(_ parts: MIMEParts) -> Bool {
    if let value = parts.header("Precedence"), firstWord(value) == "list" { return true }
    return lists.contains { parts.header($0) != nil } || asksForSilence(parts)
  }

  private static func asksForSilence(_ parts: MIMEParts) -> Bool {
    parts.header("X-Auto-Response-Suppress").map { firstWord($0) != "none" } ?? false
  }

  private static let marks = [
    "X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Response", "X-Auto-Reply", "X-Autoreply-From",
  ]
  private static let lists = [
    "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Post", "List-Subscribe", "List-Owner", "List-Help", "List-Archive",
  ]

  private static func firstWord(_ value: String) -> String {
    String(value.trimmingBlanks.lowercased().prefix { !$0.isWhitespace && $0 != ";" && $0 != "(" })
  }
}
