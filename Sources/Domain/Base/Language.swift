/// The languages Dossier speaks, and the choice among them by a browser's Accept-Language (RFC 9110, 12.5.4).

package enum Language: String, CaseIterable, Sendable, Codable {
  case en, ru, pl, bg

  /// From a language tag of any length and case: `pl`, `bg-BG`, `EN_us`.
  package init?(tag: some StringProtocol) {
    let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
    self.init(rawValue: primary)
  }

  /// As `preferred`, with English for those who want none of the languages spoken.
  package static func negotiate(_ header: String?, default other: Language = .en) -> Language {
    header.flatMap { preferred(acceptLanguage: $0) } ?? other
  }

  /// The language wanted most among those spoken; nil when none is. Equal weights: the earlier.
  package static func preferred(acceptLanguage header: String) -> Language? {
    var best: (language: Language, weight: Int)?
    for item in header.prefix(1000).split(separator: ",") {
      let parts = item.split(separator: ";").map { $0.trimmingBlanks }
      guard let tag = parts.first, let language = Language(tag: tag) else { continue }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") || $0.hasPrefix("Q=") }.map(weight) ?? 1000
      if weight > (best?.weight ?? 0) { best = (language, weight) }
    }
    return best?.language
  }

  /// Thousandths of `q=0.8`; 0, which refuses, for what is not a weight.
  private static func weight(_ parameter: Substring) -> Int {
    var reader = DigitReader(parameter.dropFirst(2))
    guard let whole = reader.number(digits: 1), whole <= 1 else { return 0 }
    guard reader.skip(".") else { return reader.isAtEnd ? whole * 1000 : 0 }
    return min(1000, whole * 1000 + (reader.thousandths() ?? 0))
  }
}

extension StringProtocol {
  /// Without white space, control and invisible characters at the ends: what people paste carries them.
  package var trimmingBlanks: SubSequence {
    func isBlank(_ character: Character) -> Bool {
      character.isWhitespace
        || character.unicodeScalars.allSatisfy {
          switch $0.value {
          case 0..<0x20, 0x7F, 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0xFEFF: true
          default: false
          }
        }
    }
    let start = drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return self[endIndex..<endIndex] }
    return self[start.startIndex...last]
  }
}
