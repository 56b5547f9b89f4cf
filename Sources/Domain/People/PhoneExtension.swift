/// The extension at the end of a typed number, in the words of the languages Dossier speaks. libphonenumber would read
/// Polish "wew. 12" as keypad letters and dial 939, so that it never sees them.

struct PhoneExtension {
  let number: String
  let extensionDigits: String?

  /// Longer words before their beginnings.
  private static let words = [
    "wewnętrzny", "wewn", "wew", "w", "добавочный", "добав", "доб", "вътрешен", "вътр", "внутренний", "внутр", "вн", "extension",
    "extn", "ext", "x", "х", "#",
  ]

  init(splitting raw: String) {
    let text = raw.trimmingBlanks
    let digits = text.reversed().prefix { "0"..."9" ~= $0 }
    let head = text.dropLast(digits.count)
    let mayHaveWord = head.contains { $0.isLetter || $0 == "#" }
    if mayHaveWord, 1...9 ~= digits.count, head.contains(where: \.isNumber), let number = PhoneExtension.withoutWord(head) {
      self.number = number
      extensionDigits = String(digits.reversed())
    } else {
      number = String(text)
      extensionDigits = nil
    }
  }

  /// What stands before the word for "extension" that ends the text; nil when none does.
  private static func withoutWord(_ head: Substring) -> String? {
    let bare = trimmed(head)
    let lower = bare.lowercased()
    for word in words where lower.hasSuffix(word) {
      let before = bare.dropLast(word.count)
      // "x" in "12x34" is one; "w" at the end of a longer word is not.
      guard let last = before.last, !last.isLetter else { continue }
      return String(trimmed(before))
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let last = text.last, last.isWhitespace || ".,:;(-–=".contains(last) { text.removeLast() }
    return text
  }
}
