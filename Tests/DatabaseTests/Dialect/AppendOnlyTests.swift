import Database
import TestSupport
import Testing

@Suite("Append-only tables")
struct AppendOnlyTests {
  private static let schema = Migration(
    number: 1, name: "history",
    script: """
      CREATE TABLE entry (id {identity}, kind {text} NOT NULL, body {text}, note {text} NOT NULL DEFAULT '', erased_at {int}) {strict};
      CREATE TABLE trail (id {identity}, what {text}) {strict};
      INSERT INTO entry (kind, body, note) VALUES ('call', 'text', 'n');
      INSERT INTO trail (what) VALUES ('saw');
      """,
    appendOnly: [
      AppendOnly("entry", columns: ["id", "kind", "body", "note", "erased_at"], erasable: ["body", "note"]),
      AppendOnly("trail", columns: ["id", "what"]),
    ])

  static let refused = [
    "DELETE FROM entry", "UPDATE entry SET body = 'other'", "UPDATE entry SET erased_at = 1", "UPDATE entry SET body = NULL, note = ''",
    "UPDATE entry SET erased_at = 1, body = NULL, note = '', kind = 'mail'", "UPDATE entry SET erased_at = 1, body = 'x', note = ''",
    "UPDATE entry SET id = 9, erased_at = 1, body = NULL, note = ''", "UPDATE trail SET what = NULL", "DELETE FROM trail",
  ]

  @Test(arguments: Engine.all, refused) func changesAreRefused(engine: Engine, statement: String) async throws {
    try await withTestDatabase(engine, migrations: [Self.schema]) { db async throws in
      await #expect(throws: DatabaseError.appendOnly) { try await db.write { _ = try $0.run(SQL(unsafe: statement)) } }
    }
  }

  @Test func replaceAndTruncateAreRefusedToo() async throws {
    for engine in Engine.all {
      let statement: SQL = "\(sqlite: "INSERT OR REPLACE INTO trail VALUES (1, 'x')", postgres: "TRUNCATE trail")"
      try await withTestDatabase(engine, migrations: [Self.schema]) { db async throws in
        await #expect(throws: DatabaseError.appendOnly) { try await db.write { _ = try $0.run(statement) } }
      }
    }
  }

  @Test(arguments: Engine.all) func anErasureHappensOnce(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: [Self.schema]) { db async throws in
      let erase: SQL = "UPDATE entry SET erased_at = \(5), body = \(String?.none), note = \("")"
      try await db.write { _ = try $0.run(erase) }
      await #expect(throws: DatabaseError.appendOnly) { try await db.write { _ = try $0.run(erase) } }
      try await db.write { _ = try $0.run("INSERT INTO entry (kind) VALUES ('mail')") }
      #expect(try await db.read { try $0.value("SELECT count(*) FROM entry", as: Int.self) } == 2)
    }
  }
}
