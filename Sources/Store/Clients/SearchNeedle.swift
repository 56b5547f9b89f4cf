import Database
package import Domain

/// What someone types to find a client, ready for comparing with search documents.
package struct SearchNeedle: Sendable {
  package let folded: String
  private let sortKey: String
  /// Each is to be found; for a phone number its digits alone.
  package let words: [String]

  package init(_ text: String) {
    folded = Fold.search(String(text.prefix(100)))
    sortKey = Fold.sortKey(String(text.prefix(100)))
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

  /// How names that begin so may begin in the order of lists, where a Polish letter comes after its base letter: as typed and,
  /// for a short needle, with each letter as it may be meant.
  var beginnings: [String] {
    let typed = [sortKey, folded]
    guard isShort else { return typed[0] == typed[1] ? [typed[0]] : typed }
    let all = folded.unicodeScalars.reduce([""]) { starts, scalar in
      starts.flatMap { start in Self.meant(scalar).map { start + $0 } }
    }
    return all.map(Fold.sortKey)
  }

  private static func meant(_ scalar: Unicode.Scalar) -> [String] {
    let own = String(scalar)
    return switch own {
    case "a": [own, "ą"]
    case "c": [own, "ć"]
    case "e": [own, "ę"]
    case "l": [own, "ł"]
    case "n": [own, "ń"]
    case "o": [own, "ó"]
    case "s": [own, "ś"]
    case "z": [own, "ź", "ż"]
    default: [own]
    }
  }

  /// Names from this text on, and up to it with anything after.
  func range(_ alias: StaticString, from start: String) -> SQL {
    "(\(raw: alias).name_sort >= \(start) AND \(raw: alias).name_sort < \(start + "\u{10FFFF}"))"
  }

  /// "+359 (88) 812" and "0888 12": the zeros before are dialled, not kept.
  private static func phoneDigits(_ text: String) -> String? {
    guard text.unicodeScalars.allSatisfy({ "0"..."9" ~= $0 || " +-()./".unicodeScalars.contains($0) }) else { return nil }
    let digits = String(Fold.digits(text).drop { $0 == "0" })
    return digits.utf8.count >= 3 ? digits : nil
  }
}

extension Session {
  /// Ids of the parties whose document contains all the words; so many at most, where a cap is given.
  func matches(_ words: [String], limit: Int? = nil) -> SQL {
    SearchIndex.documents.keys(containing: words, limit: limit, on: connection.dialect)
  }
}
