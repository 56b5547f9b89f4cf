/// A text as words with their places, so that what is not part of a date can be given back as it was typed.
struct ScannedWord: Sendable {
  let folded: String
  /// Without the punctuation around it.
  let range: Range<String.Index>
  /// With it.
  let outer: Range<String.Index>
  /// A comma, full stop or bracket follows: what was said is over.
  let closes: Bool

  static func scan(_ text: Substring) -> [ScannedWord] {
    var out: [ScannedWord] = []
    var start = text.startIndex
    while start < text.endIndex {
      guard let begin = text[start...].firstIndex(where: { !$0.isWhitespace }) else { break }
      let end = text[begin...].firstIndex(where: \.isWhitespace) ?? text.endIndex
      out += word(text, begin..<end)
      start = end
    }
    return out
  }

  private static func word(_ text: Substring, _ outer: Range<String.Index>) -> [ScannedWord] {
    var (low, high) = (outer.lowerBound, outer.upperBound)
    while low < high, "([{\"'«„“”‘’".contains(text[low]) { low = text.index(after: low) }
    while low < high, ",.;:!?)]}\"'»”“’…".contains(text[text.index(before: high)]) { high = text.index(before: high) }
    guard low < high else { return [] }
    return [ScannedWord(folded: Fold.search(String(text[low..<high])), range: low..<high, outer: outer, closes: high < outer.upperBound)]
  }
}
