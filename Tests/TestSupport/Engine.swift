package import Database
import Foundation

/// The engines a test runs on: `@Test(arguments: Engine.all)`.
///
/// PostgreSQL takes part when `DOSSIER_TEST_POSTGRES` holds the connection string of a throw-away cluster
/// (`bin/postgres-test run swift test` sets it); otherwise its cases are left out, and that is said once.
package enum Engine: String, Sendable, CaseIterable, CustomStringConvertible {
  case sqlite, postgres

  package static let all: [Engine] = {
    if cluster != nil { return [.sqlite, .postgres] }
    FileHandle.standardError.write(Data("DOSSIER_TEST_POSTGRES is not set: PostgreSQL cases are skipped\n".utf8))
    return [.sqlite]
  }()

  package static let cluster = ProcessInfo.processInfo.environment["DOSSIER_TEST_POSTGRES"].flatMap { $0.isEmpty ? nil : $0 }

  package var dialect: Dialect { self == .sqlite ? .sqlite : .postgres }
  package var description: String { rawValue }
}
