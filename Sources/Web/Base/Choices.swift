package import Domain
import Foundation
import Synchronization

/// What drop-downs offer of the world: languages, countries, zones, currencies, in the reader's language and order.
package enum Choices {
  package typealias Option = (value: String, text: String)

  package static let languages: [Option] = Language.allCases.map { ($0.rawValue, $0.ownName) }

  /// Region/city names of the zone database; the underscore is no part of a name.
  package static let zones: [Option] = {
    let regions = ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]
    let names = TimeZone.knownTimeZoneIdentifiers.filter { name in regions.contains { name.hasPrefix($0 + "/") } }.sorted()
    return (names + ["UTC"]).map { ($0, $0.replacing("_", with: " ")) }
  }()

  package static func countries(_ language: Language) -> [Option] {
    made(language, \.countries) { locale in
      Country.all.map { ($0.code, locale.localizedString(forRegionCode: $0.code) ?? $0.code) }.sorted { Fold.sortKey($0.text) < Fold.sortKey($1.text) }
    }
  }

  package static func countryName(_ code: String, _ language: Language) -> String {
    countries(language).first { $0.value == code }?.text ?? code
  }

  package static func currencies(_ language: Language) -> [Option] {
    made(language, \.currencies) { locale in
      Currency.all.map { ($0.code, "\($0.code) · \(locale.localizedString(forCurrencyCode: $0.code) ?? "")") }
    }
  }

  private struct Made { var countries: [Language: [Option]] = [:], currencies: [Language: [Option]] = [:] }
  private static let known = Mutex(Made())

  /// The system's names cost milliseconds: asked once for each language.
  private static func made(
    _ language: Language, _ kind: any WritableKeyPath<Made, [Language: [Option]]> & Sendable, _ make: (Locale) -> [Option]
  ) -> [Option] {
    if let options = known.withLock({ $0[keyPath: kind][language] }) { return options }
    let options = make(Locale(identifier: language.rawValue))
    known.withLock { $0[keyPath: kind][language] = options }
    return options
  }
}
