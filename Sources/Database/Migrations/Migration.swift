/// One step of the schema: a script with the tokens of `Dialect.ddl`, and what only one engine needs, run after it.
package struct Migration: Sendable {
  package let number: Int
  package let name: String
  package let script: String
  package let sqlite: String
  package let postgres: String

  package init(number: Int, name: String, script: String, sqlite: String = "", postgres: String = "") {
    self.number = number
    self.name = name
    self.script = script
    self.sqlite = sqlite
    self.postgres = postgres
  }

  /// As the engine reads it.
  package func script(for dialect: Dialect) -> String {
    dialect.ddl(script) + "\n" + (dialect == .sqlite ? sqlite : postgres)
  }
}
