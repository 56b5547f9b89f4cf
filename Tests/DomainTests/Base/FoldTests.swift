import Domain
import Foundation
import Testing

@Suite struct FoldTests {
  @Test(arguments: [
    ("Łódź", "lodz"), ("Ёлка", "елка"), ("ёж", "еж"), ("Йордан", "йордан"), ("Straße", "strasse"),
    ("  Anna \t\n Petrova ", "anna petrova"),
    ("Édouard Çelik", "edouard celik"), ("Ǆ", "dz"), ("Nguyễn", "nguyen"), ("İstanbul ığ", "istanbul ig"),
    ("Œuvre æ", "oeuvre ae"),
    ("анна\u{A0}петрова", "анна петрова"), ("И\u{306}од", "йод"), ("е\u{308}", "е"), ("O\u{301}", "o"),
    ("З\u{430}\u{301}", "за"),
    ("O’Brien", "o'brien"), ("Jean–Luc", "jean-luc"), ("ΑΒΓ", "αβγ"), ("", ""), (" \u{200B}", ""), ("№ 5", "№ 5"), ("Ѝ", "и"),
    ("Ґ", "ґ"),
    ("日本", "日本"), ("so\u{AD}ft", "soft"), ("ȺȾ", "aⱦ"), ("АБЪЮЯ", "абъюя"),
  ])
  func foldsForSearch(text: String, folded: String) {
    #expect(Fold.search(text) == folded)
    #expect(Fold.search(folded) == folded)
  }

  /// Every assigned Latin letter of the two blocks against Foundation's own folding.
  @Test func agreesWithFoundationOnLatin() throws {
    let own = "đĐħĦıłŁøØðÐþÞŋŊŧŦŀĿĸſŉ"
    for value in Array(0xC0...0x17F) + Array(0x1E00...0x1EFF) {
      let scalar = try #require(Unicode.Scalar(value))
      let letter = String(scalar)
      guard scalar.properties.isAlphabetic, !own.contains(letter) else { continue }
      let oracle = letter.folding(
        options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "en_US_POSIX"))
      guard oracle.utf8.allSatisfy({ $0 < 0x80 }) else { continue }
      #expect(Fold.search(letter) == oracle, "U+\(String(value, radix: 16))")
    }
  }

  @Test func composedAndDecomposedAreOne() {
    for text in ["Zażółć gęślą jaźń", "Ёлка Йод Ѝ", "Ångström Žižek"] {
      #expect(Fold.search(text.decomposedStringWithCanonicalMapping) == Fold.search(text))
      #expect(Fold.sortKey(text.decomposedStringWithCanonicalMapping) == Fold.sortKey(text))
    }
  }

  @Test(arguments: [
    ["adam", "azor", "ącki", "bąk"], ["Celina", "Czesław", "Ćwik", "Dorota"], ["lis", "lz", "łas", "mak"],
    ["nowak", "nżz", "ńa", "ok", "óz", "pa"], ["zyta", "źródło", "żaba"], ["Анна", "Еж", "ёлка", "жук", "Ива", "Йод", "Ял"],
    ["Zoe", "Żaba", "Анна"], ["Ana", "Ana Maria", "Anabel"],
  ])
  func sorts(names: [String]) {
    let keys = names.map(Fold.sortKey)
    #expect(keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } == keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test func leavesDigits() { #expect(Fold.digits("+359 (2) 981-23 45 доб. 7") == "3592981234" + "57") }
}
