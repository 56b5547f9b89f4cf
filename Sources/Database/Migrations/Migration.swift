/// One step of the schema, applied in one transaction and never changed once released.
package struct Migration: Sendable {
  package let number: Int
  package let name: String
  private let scripts: [Dialect: String]
  /// Changes with any character of it, on any engine.
  package let checksum: String

  /// - Parameters:
  ///   - script: for both engines, with the tokens of `Dialect.ddl`.
  ///   - sqlite, postgres: what follows it on that engine alone; tokens too.
  package init(number: Int, name: String, script: String, sqlite: String = "", postgres: String = "") {
    self.number = number
    self.name = name
    scripts = [
      .sqlite: Dialect.sqlite.ddl(script + "\n" + sqlite), .postgres: Dialect.postgres.ddl(script + "\n" + postgres),
    ]
    checksum = StableHash.of([script, sqlite, postgres].joined(separator: "\u{1}")).description
  }

  /// With engine-specific members such as `AppendOnly` and `TrigramIndex`, in this order after the script.
  package init(
    number: Int, name: String, script: String, appendOnly: [AppendOnly] = [], trigrams: [TrigramIndex] = []
  ) {
    func tail(_ dialect: Dialect) -> String {
      appendOnly.map { $0.script(dialect) }.joined() + trigrams.map { $0.script(dialect) }.joined()
    }
    self.init(number: number, name: name, script: script, sqlite: tail(.sqlite), postgres: tail(.postgres))
  }

  package func script(for dialect: Dialect) -> String { scripts[dialect] ?? "" }
}

/// Why the schema cannot be brought up to date.
package enum MigrationError: Error, Hashable, CustomStringConvertible {
  case newerSchema(database: Int, program: Int)
  case changed(Int, name: String)
  case gap(Int)
  case failed(Int, name: String, why: String)
  case backupFailed(String)

  package var description: String {
    switch self {
    case .newerSchema(let database, let program):
      "the database was made by a newer version (schema \(database); this program knows \(program)): start that version"
    case .changed(let number, let name): "migration \(number) (\(name)) is not the one that was applied to this database"
    case .gap(let number): "migration \(number) is missing"
    case .failed(let number, let name, let why): "migration \(number) (\(name)) failed and was undone: \(why)"
    case .backupFailed(let why): "no backup could be made, so nothing was changed: \(why)"
    }
  }
}
