/// What is wrong with the catalogues: a key, slot or plural form that one language lacks, a key the code names and no
/// catalogue has, a key nobody uses. Tests and continuous integration call it.

import Domain
package import Foundation

package struct CatalogCheck: Sendable {
  private let catalogs: [Language: [String: Message]]
  private let reference: [String: Message]

  package init(locales directory: URL) throws {
    let messages = try Messages(directory: directory)
    catalogs = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, messages[$0].messages) })
    reference = messages[.en].messages
  }

  /// Sentences, sorted: each names the language and the key.
  package func problems() -> [String] {
    Language.allCases.flatMap { language in
      let own = catalogs[language] ?? [:]
      let missing = reference.keys.filter { own[$0] == nil }.map { "\(language): \($0) is missing" }
      let extra = own.keys.filter { reference[$0] == nil }.map { "\(language): \($0) is not in English" }
      let differing = own.flatMap { key, message in
        reference[key].map { differences(key, message, $0, in: language) } ?? []
      }
      return (missing + extra + differing).sorted()
    }
  }

  private func differences(_ key: String, _ message: Message, _ english: Message, in language: Language) -> [String] {
    switch (message, english) {
    case (.plain(let own), .plain(let english)):
      guard own.slots != english.slots else { return [] }
      return ["\(language): \(key) has slots \(own.slots.sorted()), English \(english.slots.sorted())"]
    case (.counted(let own), .counted(let english)):
      return formProblems(key, own, slots: english[.other]?.slots ?? [], in: language)
    case (.counted, .plain), (.plain, .counted):
      return ["\(language): \(key) is counted in one language and plain in another"]
    }
  }

  private func formProblems(_ key: String, _ forms: [Plural: Template], slots: Set<String>, in language: Language) -> [String] {
    let wanted = Set(Plural.forms(in: language))
    let wrongForms = Set(forms.keys).symmetricDifference(wanted).map { "\(language): \(key) lacks or need not have \($0)" }
    // The form for one may leave the number out: "a visit".
    let wrongSlots = forms.filter { form, template in
      form == .one ? !template.slots.isSubset(of: slots) : template.slots != slots
    }.map { "\(language): \(key), \($0.key), has slots \($0.value.slots.sorted()), English \(slots.sorted())" }
    return wrongForms + wrongSlots
  }
}

/// Keys as the program's sources name them.
extension CatalogCheck {
  /// Keys named in a call that no catalogue has: `w("…")`, `w.count("…")`, `w.html("…")`, `key: "…"`. Where the key goes on
  /// with an interpolation, at least one key must begin so.
  ///
  /// - Parameter codes: beginnings of keys that are for programs only (the API's problem codes) and have no sentence.
  package func unknownKeys(in sources: URL, besides codes: [String] = []) throws -> [String] {
    let named = try KeyUse.named(in: sources)
    return named.filter { use in
      if codes.contains(where: use.key.hasPrefix) { return false }
      return use.isPrefix ? !reference.keys.contains { $0.hasPrefix(use.key) } : reference[use.key] == nil
    }.map { "\($0.file): \($0.key)" }.sorted()
  }

  /// Keys that stand nowhere in the sources, neither whole nor by their beginning before an interpolation.
  package func unusedKeys(in sources: URL) throws -> [String] {
    let uses = try KeyUse.literals(in: sources)
    let whole = Set(uses.filter { !$0.isPrefix }.map(\.key))
    let prefixes = Set(uses.filter(\.isPrefix).map(\.key))
    return reference.keys.filter { key in !whole.contains(key) && !prefixes.contains { key.hasPrefix($0) } }.sorted()
  }
}

private struct KeyUse: Hashable {
  let file: String
  let key: String
  /// The literal goes on with an interpolation.
  let isPrefix: Bool

  static func named(in sources: URL) throws -> Set<KeyUse> {
    try found(#"(?:\b(?:w|words)(?:\.(?:count|html))?\(|\bkey: )\s*"([a-z][a-z0-9_.-]*)("|\\\()"#, in: sources)
  }

  static func literals(in sources: URL) throws -> Set<KeyUse> {
    try found(#""([a-z][a-z0-9_-]*\.[a-z0-9_.-]*)("|\\\()"#, in: sources)
  }

  private static func found(_ pattern: String, in sources: URL) throws -> Set<KeyUse> {
    let expression = try NSRegularExpression(pattern: pattern)
    var uses: Set<KeyUse> = []
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in expression.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
        guard let key = Range(match.range(at: 1), in: text), let end = Range(match.range(at: 2), in: text) else { continue }
        guard !isComment(text, at: key.lowerBound) else { continue }
        uses.insert(KeyUse(file: file.lastPathComponent, key: String(text[key]), isPrefix: text[end] != "\""))
      }
    }
    return uses
  }

  private static func isComment(_ text: String, at position: String.Index) -> Bool {
    let line = text[..<position].lastIndex(of: "\n").map { text[text.index(after: $0)..<position] } ?? text[..<position]
    return line.trimmingBlanks.hasPrefix("//")
  }
}
