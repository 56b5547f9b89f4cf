/// A name as compared for sameness: folded, without quotes and legal forms, its words in one order.

package struct NameKey: Hashable, Sendable {
  package let words: [String]

  package init(_ name: String) {
    let cut = Fold.search(name).unicodeScalars.split { scalar in
      !(scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    }.map { String(String.UnicodeScalarView($0)) }
    let joined = NameKey.joiningLetters(cut)
    let own = joined.filter { !NameKey.legalForms.contains($0) }
    words = (own.isEmpty ? joined : own).sorted()
  }

  /// "sp. z o.o." is cut into single letters: they are put together again.
  private static func joiningLetters(_ words: [String]) -> [String] {
    var out: [String] = []
    var letters = ""
    for word in words {
      if word.unicodeScalars.count == 1 {
        letters += word
        continue
      }
      if !letters.isEmpty { out.append(letters) }
      letters = ""
      out.append(word)
    }
    if !letters.isEmpty { out.append(letters) }
    return out
  }

  private static let legalForms: Set<String> = [
    "ltd", "limited", "llc", "llp", "inc", "corp", "plc", "gmbh", "ag", "sa", "srl", "bv", "co", "company", "ood", "eood", "ad", "ead",
    "et", "оод", "еоод", "ад", "еад", "ет", "ооо", "зао", "оао", "ао", "пао", "ип", "sp", "zoo", "spzoo", "spk", "sc", "oo",
  ]

  /// At most one letter in eight differs, counted by Damerau's steps (a letter more, less, other, or two swapped).
  package func isLike(_ other: NameKey) -> Bool {
    let (a, b) = (Array(words.joined(separator: " ").unicodeScalars.prefix(120)), Array(other.words.joined(separator: " ").unicodeScalars.prefix(120)))
    if a == b { return true }
    let longest = max(a.count, b.count)
    guard longest >= 5 else { return false }
    let allowed = max(1, longest / 8)
    guard abs(a.count - b.count) <= allowed else { return false }
    return NameKey.distance(a, b) <= allowed
  }

  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var (before, last, row) = ([Int](), [Int](), Array(0...b.count))
    for i in a.indices {
      (before, last, row) = (last, row, [i + 1])
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
        row.append(best)
      }
    }
    return row.last ?? 0
  }
}
