import Domain
import Foundation
import Markup
import Testing

/// The program's own catalogues against each other and against its sources.
@Suite struct CatalogTests {
  private let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../Sources")
    .standardizedFileURL
  private let check: CatalogCheck

  init() throws { check = try CatalogCheck(locales: sources.appendingPathComponent("Web/Locales")) }

  @Test func allLanguagesSayTheSame() {
    let problems = check.problems()
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
  }

  @Test func everyKeyInTheSourcesExists() throws {
    let unknown = try check.unknownKeys(in: sources, besides: ["api."])
    #expect(unknown.isEmpty, "\(unknown.joined(separator: "\n"))")
  }

  /// A key nobody uses is a leftover; it is told, and does not fail.
  @Test func unusedKeysAreTold() throws {
    let unused = try check.unusedKeys(in: sources)
    if !unused.isEmpty { print("Keys that no source names: \(unused.joined(separator: ", "))") }
  }
}
