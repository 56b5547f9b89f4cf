import Database
package import Domain

/// What someone types to find a client, ready for comparing with search documents.
package struct SearchNeedle: Sendable {
  package let folded: String
  /// Each is to be found; for a phone number its digits alone.
  package let words: [String]

  package init(_ text: String) {
    folded = Fold.search(String(text.prefix(100)))
    if let digits = Self.phoneDigits(folded) {
      words = [digits]
    } else {
      // Under three letters a word has no trigrams; it counts only where it is all there is.
      let long = folded.split(separator: " ").map(String.init).filter { $0.unicodeScalars.count >= 3 }
      words = long.isEmpty ? [folded] : Array(long.prefix(5))
    }
  }

  package var isEmpty: Bool { folded.isEmpty }
  /// Too short for an index of trigrams: only names that begin so are looked for.
  package var isShort: Bool { words.allSatisfy { $0.unicodeScalars.count < 3 } }

  /// The first text after all that begin with the needle.
  var beyond: String { folded + "\u{10FFFF}" }

  /// "+359 (88) 812" and "0888 12": the zeros before are dialled, not kept.
  private static func phoneDigits(_ text: String) -> String? {
    guard text.unicodeScalars.allSatisfy({ "0"..."9" ~= $0 || " +-()./".unicodeScalars.contains($0) }) else { return nil }
    let digits = String(Fold.digits(text).drop { $0 == "0" })
    return digits.utf8.count >= 3 ? digits : nil
  }
}

extension SearchIndex {
  /// Ids of the parties whose document contains the text; so many at most, where a cap is given.
  static func matches(_ text: String, limit: Int? = nil) -> SQL {
    let cap: SQL = limit.map { " LIMIT \($0)" } ?? ""
    return "SELECT s.party_id FROM party_search s WHERE \(documents.contains(text, alias: "s"))\(cap)"
  }
}
