import Domain
import Foundation
import Markup
import Synchronization
import Testing

/// A folder of four small catalogues, removed with the suite.
private final class Locales: Sendable {
  let directory = FileManager.default.temporaryDirectory.appendingPathComponent("locales-\(UUID().uuidString)")

  init(_ texts: [Language: String]) throws {
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for language in Language.allCases {
      try Data((texts[language] ?? "{}").utf8).write(to: directory.appendingPathComponent("\(language.rawValue).json"))
    }
  }
  deinit { try? FileManager.default.removeItem(at: directory) }
}

@Suite struct MessagesTests {
  private let locales: Locales

  init() throws {
    locales = try Locales([
      .en: """
      {"hello": "Hello", "greet": "Client: {name} ({id})", "braces": "a { b } {} {c d}", "visits": {"one": "{count} visit", "other": "{count} visits of {who}"},
       "link": "See <all> {link}"}
      """,
      .ru: """
      {"visits": {"one": "{count} визит", "few": "{count} визита", "many": "{count} визитов", "other": "{count} визита"}}
      """,
    ])
  }

  @Test func fillsSlots() throws {
    let w = Words(catalog: try Messages(directory: locales.directory)[.en], zone: .utc)
    #expect(w("hello") == "Hello")
    #expect(w("greet", ["name": "Anna {id}", "id": "7"]) == "Client: Anna {id} (7)")
    #expect(w("greet", ["name": "Anna"]) == "Client: Anna ({id})")
    #expect(w("braces") == "a { b } {} {c d}")
    #expect(w.count("visits", 1) == "1 visit")
    #expect(w.count("visits", 1200, ["who": "Anna"]) == "1,200 visits of Anna")
    #expect(w.html("link", ["link": "<a href=\"/\">\("x&y")</a>"]).string == "See &lt;all&gt; <a href=\"/\">x&amp;y</a>")
    #expect(w.catalog.text("visits", ["count": .count(2), "who": "Bo"]) == "2 visits of Bo")
    #expect(w(FieldMessage(field: "x", key: "greet", slots: ["name": "A", "id": "1"])) == "Client: A (1)")
  }

  @Test func countsInRussian() throws {
    let w = Words(catalog: try Messages(directory: locales.directory)[.ru], zone: .utc)
    #expect(
      [1, 2, 5, 21, 111].map { w.count("visits", $0) } == ["1 визит", "2 визита", "5 визитов", "21 визит", "111 визитов"])
    #expect(w.catalog.text("visits", ["count": "1,5"]) == "1,5 визита")
  }

  @Test func aMissingKeyShowsItselfAndIsReported() throws {
    let reported = Reported()
    let messages = try Messages(directory: locales.directory) { language, key in
      reported.keys.withLock { $0.append("\(language) \(key)") }
    }
    #expect(Words(catalog: messages[.pl], zone: .utc)("hello") == "hello")
    #expect(reported.keys.withLock { $0 } == ["pl hello"])
  }

  private final class Reported: Sendable { let keys = Mutex<[String]>([]) }

  @Test func checksFindDifferences() throws {
    let texts: [Language: String] = [
      .en: "{\"a\": \"{x}\", \"b\": \"b\", \"n\": {\"one\": \"one\", \"other\": \"{count}\"}}",
      .ru: "{\"a\": \"{y}\", \"n\": {\"one\": \"{count}\", \"few\": \"{count}\", \"many\": \"\", \"other\": \"{count}\"}}",
      .pl: "{\"a\": \"{x}\", \"b\": \"b\", \"c\": \"c\", \"n\": \"{count}\"}",
      .bg: "{\"a\": \"{x}\", \"b\": \"b\", \"n\": {\"one\": \"{count}\", \"few\": \"{count}\", \"other\": \"{count}\"}}",
    ]
    let folder = try Locales(texts)
    #expect(
      try CatalogCheck(locales: folder.directory).problems().map { $0.split(separator: ",").first.map(String.init) ?? "" } == [
        "ru: a has slots [\"y\"]", "ru: b is missing", "ru: n", "pl: c is not in English",
        "pl: n is counted in one language and plain in another", "bg: n lacks or need not have few",
      ])
  }
}
