/// One step of the schema, applied in one transaction and never changed once released.
package struct Migration: Sendable {
  package let number: Int
  package let name: String
  private let scripts: [Dialect: String]
  /// Changes with any character of it, on either engine, so that both refuse alike.
  package let checksum: String

  /// - Parameters:
  ///   - script: for both engines, with the tokens of `Dialect.ddl`.
  ///   - sqlite, postgres: what follows it on that engine alone; tokens too.
  ///   - appendOnly, trigrams: what follows that, as each engine has it.
  package init(
    number: Int, name: String, script: String, sqlite: String = "", postgres: String = "", appendOnly: [AppendOnly] = [],
    trigrams: [TrigramIndex] = []
  ) {
    func whole(_ dialect: Dialect) -> String {
      let rules = appendOnly.map { $0.script(dialect) } + trigrams.map { $0.script(dialect) }
      return dialect.ddl(([script, dialect == .sqlite ? sqlite : postgres] + rules).joined(separator: "\n"))
    }
    self.number = number
    self.name = name
    scripts = [.sqlite: whole(.sqlite), .postgres: whole(.postgres)]
    checksum = StableHash.of(whole(.sqlite) + "\u{1}" + whole(.postgres)).description
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
