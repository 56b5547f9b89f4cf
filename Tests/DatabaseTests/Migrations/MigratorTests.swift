import Database
import Foundation
import TestSupport
import Testing

@Suite("Migrations")
struct MigratorTests {
  static let one = Migration(number: 1, name: "party", script: "CREATE TABLE party (id {identity}, name {text} NOT NULL) {strict};")
  static let two = Migration(
    number: 2, name: "born", script: "ALTER TABLE party ADD COLUMN born {text}; CREATE INDEX party_born ON party (born);")
  static let three = Migration(
    number: 3, name: "search", script: "ALTER TABLE party ADD COLUMN search {text} NOT NULL DEFAULT '';",
    trigrams: [TrigramIndex("party", column: "search")])
  static let broken = Migration(
    number: 2, name: "born", script: "ALTER TABLE party ADD COLUMN born {text}; CREATE TABLE nonsense (")

  @Test(arguments: Engine.all) func freshEqualsUpgraded(engine: Engine) async throws {
    let fresh = try await withTestDatabase(engine, migrations: [Self.one, Self.two, Self.three]) { try await $0.schemaDescription() }
    let upgraded = try await withTestDatabase(engine, migrations: [Self.one]) { db async throws in
      try await db.write { _ = try $0.run("INSERT INTO party (name) VALUES ('Anna')") }
      let report = try await Migrator([Self.one, Self.two, Self.three]).migrate(db, backup: nil)
      #expect(report.applied == [2, 3])
      return try await db.schemaDescription()
    }
    #expect(fresh.lines == upgraded.lines)
    #expect(fresh.hash == upgraded.hash)
    #expect(fresh.lines.contains { $0.contains("born") })
  }

  @Test(arguments: Engine.all) func aSecondRunDoesNothing(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: [Self.one]) { db async throws in
      #expect(try await Migrator([Self.one]).migrate(db, backup: nil).applied == [])
      #expect(try await Migrator([Self.one, Self.two]).pending(db) == [2])
    }
  }

  @Test(arguments: Engine.all) func newerChangedAndGapsAreRefused(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: [Self.one, Self.two]) { db async throws in
      let before = try await db.schemaDescription()
      await #expect(throws: MigrationError.newerSchema(database: 2, program: 1)) { try await Migrator([Self.one]).migrate(db, backup: nil) }
      await #expect(throws: MigrationError.changed(2, name: "born")) {
        try await Migrator([Self.one, Self.broken, Self.three]).migrate(db, backup: nil)
      }
      await #expect(throws: MigrationError.gap(2)) { try await Migrator([Self.one, Self.three]).migrate(db, backup: nil) }
      #expect(try await db.schemaDescription() == before)
    }
  }

  @Test(arguments: Engine.all) func aBrokenOneLeavesTheOldStateAndCanBeResumed(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: [Self.one]) { db async throws in
      let before = try await db.schemaDescription()
      let error = await #expect(throws: MigrationError.self) { try await Migrator([Self.one, Self.broken]).migrate(db, backup: nil) }
      if case .failed(2, "born", _) = error {} else { Issue.record("\(String(describing: error))") }
      #expect(try await db.schemaDescription() == before)
      #expect(try await Migrator([Self.one, Self.two]).migrate(db, backup: nil).applied == [2])
    }
  }

  @Test("A server that ended between two migrations goes on at the next start", arguments: Engine.all)
  func resumesBetween(engine: Engine) async throws {
    try await withTestDatabase(engine) { db async throws in
      for count in 1...3 {
        let some = Array([Self.one, Self.two, Self.three].prefix(count))
        #expect(try await Migrator(some).migrate(db, backup: nil).applied == [count])
      }
      let whole = try await withTestDatabase(engine, migrations: [Self.one, Self.two, Self.three]) { try await $0.schemaDescription() }
      #expect(try await db.schemaDescription() == whole)
    }
  }

  @Test(arguments: Engine.all) func serversThatStartTogetherMigrateOnce(engine: Engine) async throws {
    try await withTestDatabase(engine, connections: 8) { db async throws in
      let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
        for _ in 0..<6 { group.addTask { try await Migrator([Self.one, Self.two, Self.three]).migrate(db, backup: nil).applied } }
        return try await group.reduce([], +)
      }
      #expect(applied.sorted() == [1, 2, 3])
    }
  }

  @Test func aBaseWithDataIsSavedFirst() async throws {
    let test = try await TestDatabase(.sqlite, migrations: [Self.one])
    guard case .sqlite(let path) = test.url.place else { return }
    try await test.database.write { _ = try $0.run("INSERT INTO party (name) VALUES ('Anna')") }
    let report = try await Migrator([Self.one, Self.two]).migrate(test.database, backup: path + ".backups")
    let saved = path + ".backups/before-migration-2.sqlite"
    #expect(report.backup == .made(path: saved))
    let copy = try await openDatabase(DatabaseURL("sqlite:" + saved))
    #expect(try await copy.read { try $0.value("SELECT name FROM party", as: String.self) } == "Anna")
    #expect(try await Migrator([Self.one, Self.two]).pending(copy) == [2])
    await copy.close()
    await test.remove()
  }
}
