/// The catalogues of all languages, read at the start from one JSON file each: key → text, or key → text per plural form.

package import Domain
package import Foundation

package struct Messages: Sendable {
  private let catalogs: [Language: Catalog]

  /// Fails where a file is missing or is not such a catalogue. `onMissing` is told of keys that a catalogue lacks.
  package init(directory: URL, onMissing: @escaping @Sendable (Language, String) -> Void = { _, _ in }) throws {
    var catalogs: [Language: Catalog] = [:]
    for language in Language.allCases {
      let file = directory.appendingPathComponent("\(language.rawValue).json")
      let messages = try JSONDecoder().decode([String: Message].self, from: Data(contentsOf: file))
      catalogs[language] = Catalog(language: language, messages: messages, onMissing: onMissing)
    }
    self.catalogs = catalogs
  }

  package subscript(_ language: Language) -> Catalog {
    catalogs[language] ?? Catalog(language: language, messages: [:], onMissing: { _, _ in })
  }

  /// Whether there is such a message: catalogues have the same keys.
  package func has(_ key: String) -> Bool { self[.en].has(key) }

  package func words(_ language: Language, zone: Zone) -> Words { Words(catalog: self[language], zone: zone) }

  /// By a stored zone name; a name that the zone database has lost is read as UTC.
  package func words(_ language: Language, zone name: String) -> Words { words(language, zone: Zone(name) ?? .utc) }
}

/// What a slot holds. A count also chooses the plural form.
package enum SlotValue: Sendable, ExpressibleByStringInterpolation {
  case text(String)
  case count(Int)

  package init(stringLiteral text: String) { self = .text(text) }
}

package final class Catalog: Sendable {
  package let language: Language
  let messages: [String: Message]
  private let onMissing: @Sendable (Language, String) -> Void

  init(language: Language, messages: [String: Message], onMissing: @escaping @Sendable (Language, String) -> Void) {
    (self.language, self.messages, self.onMissing) = (language, messages, onMissing)
  }

  package func has(_ key: String) -> Bool { messages[key] != nil }

  /// The message with its slots filled; the key itself where there is no such message.
  package func text(_ key: String, _ slots: [String: SlotValue] = [:]) -> String {
    guard let template = template(key, count: Catalog.count(in: slots)) else { return key }
    return template.filled { slots[$0].map(shown) }
  }

  /// The message as markup: its own text is escaped, the slots splice. For a link within a sentence.
  package func html(_ key: String, count: Int? = nil, _ slots: [String: HTML]) -> HTML {
    guard let template = template(key, count: count) else { return HTML(key) }
    return template.html { slots[$0] }
  }

  func template(_ key: String, count: Int? = nil) -> Template? {
    guard let template = messages[key]?.template(for: count, in: language) else {
      onMissing(language, key)
      return nil
    }
    return template
  }

  private static func count(in slots: [String: SlotValue]) -> Int? {
    for case .count(let count) in slots.values { return count }
    return nil
  }

  private func shown(_ value: SlotValue) -> String {
    switch value {
    case .text(let text): text
    case .count(let count): NumberText.integer(Int64(count), in: language)
    }
  }
}
