import Domain

/// Whether no person wrote a mail, told by its headers alone: a subject may say anything.
enum AutomaticMail {
  static func isSigned(_ parts: MIMEParts) -> Bool {
    // RFC 3834, 5: "no" is the one value that says a person did.
    if let value = parts.header("Auto-Submitted"), firstWord(value) != "no" { return true }
    if let value = parts.header("Precedence"), ["bulk", "list", "junk", "auto_reply"].contains(firstWord(value)) { return true }
    // RFC 5321, 4.5.5: nobody to answer to.
    if let path = parts.header("Return-Path"), path.trimmingBlanks == "<>" { return true }
    return marks.contains { parts.header($0) != nil }
  }

  private static let marks = [
    "List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Response", "X-Auto-Response-Suppress",
    "X-Auto-Reply", "X-Autoreply-From",
  ]

  private static func firstWord(_ value: String) -> String {
    String(value.trimmingBlanks.lowercased().prefix { !$0.isWhitespace && $0 != ";" && $0 != "(" })
  }
}
