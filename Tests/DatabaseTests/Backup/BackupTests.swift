import Database
import Foundation
import TestSupport
import Testing

@Suite("Backup and restore")
struct BackupTests {
  private static let schema = Migration(
    number: 1, name: "party",
    script: """
      CREATE TABLE party (id {identity}, name {text} NOT NULL, vip {bool} NOT NULL, rate {real}, photo {blob}, search {text} NOT NULL) {strict};
      CREATE TABLE tie (id {identity}, party_id {int} NOT NULL REFERENCES party (id), kind {text}) {strict};
      """, trigrams: [TrigramIndex("party", column: "search")])

  private static func fill(_ connection: any Connection, _ range: Range<Int>) throws {
    try connection.insert(
      into: "party", ["id", "name", "vip", "rate", "photo", "search"],
      rows: range.map { n in
        [
          .int(Int64(n)), .text("Щукин №\(n)"), .bool(n.isMultiple(of: 3)), n.isMultiple(of: 5) ? .null(.double) : .double(Double(n) / 7),
          .blob([UInt8(truncatingIfNeeded: n), 0, 255]), .text("щукин \(n)"),
        ]
      })
    try connection.insert(into: "tie", ["party_id", "kind"], rows: range.map { [.int(Int64($0)), .text("owner")] })
  }

  @Test(arguments: Engine.all) func underLoadAndBack(engine: Engine) async throws {
    let test = try await TestDatabase(engine, migrations: [Self.schema])
    let folder = NSTemporaryDirectory() + "/dossier_backup_\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await test.database.write { try Self.fill($0, 1..<2000) }

    let writer = Task {
      var at = 2000
      while !Task.isCancelled {
        let from = at
        // A cancelled task's write is undone and says so: the load ends there.
        do { try await test.database.write { try Self.fill($0, from..<from + 10) } } catch is CancellationError { break }
        at += 10
      }
      return at
    }
    let saved = try await Backup.make(of: test.database, to: folder + "/copy")
    writer.cancel()
    _ = try await writer.value
    await #expect(throws: BackupError.exists(folder + "/copy")) { try await Backup.make(of: test.database, to: folder + "/copy") }

    let counts = Dictionary(uniqueKeysWithValues: saved.tables.map { ($0.table, $0.rows) })
    #expect(counts["party"] == counts["tie"] && counts["party"] ?? 0 >= 1999)

    let target = try await EmptyPlace(engine)
    let restored = try await Backup.restore(folder + "/copy", into: target.url, migrate: Self.migrate)
    #expect(restored.tables == saved.tables)
    await #expect(throws: BackupError.notEmpty) { try await Backup.restore(folder + "/copy", into: target.url, migrate: Self.migrate) }
    await target.remove()
    await test.remove()
  }

  private static func migrate(_ database: any Database) async throws { try await Migrator([schema]).migrate(database, backup: nil) }

  @Test(.enabled(if: Engine.cluster != nil, "DOSSIER_TEST_POSTGRES is not set"))
  func aFileMovesIntoPostgreSQL() async throws {
    let test = try await TestDatabase(.sqlite, migrations: [Self.schema])
    guard case .sqlite(let path) = test.url.place else { return }
    try await test.database.write { try Self.fill($0, 1..<3000) }
    let saved = try await Backup.make(of: test.database, to: path + ".copy")
    let target = try await EmptyPlace(.postgres)

    let moved = try await Backup.restore(path + ".copy", into: target.url, migrate: Self.migrate)
    #expect(moved.tables == saved.tables)
    // New rows come after the old ones.
    let database = try await openDatabase(target.url, connections: 1)
    let next = try await database.write { try $0.required("INSERT INTO tie (party_id, kind) VALUES (7, 'owner') RETURNING id", as: Int64.self) }
    #expect(next == 3000)
    await database.close()

    await #expect(throws: BackupError.notEmpty) { try await Backup.restore(path + ".copy", into: target.url, migrate: Self.migrate) }
    await target.remove()
    await test.remove()
  }

  @Test func aDamagedFileIsNotRestored() async throws {
    let test = try await TestDatabase(.sqlite, migrations: [Self.schema])
    try await test.database.write { try Self.fill($0, 1..<2000) }
    guard case .sqlite(let path) = test.url.place else { return }
    _ = try await Backup.make(of: test.database, to: path + ".copy")
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path + ".copy"))
    try file.seek(toOffset: 20_000)
    try file.write(contentsOf: Data(repeating: 0x55, count: 3000))
    try file.close()
    await #expect(throws: (any Error).self) { try await Backup.restore(path + ".copy", into: DatabaseURL("sqlite:\(path).new"), migrate: Self.migrate) }
    #expect(!FileManager.default.fileExists(atPath: path + ".new"))
    await test.remove()
  }

  @Test(.enabled(if: Engine.cluster != nil, "DOSSIER_TEST_POSTGRES is not set"))
  func theSameRowsHaveTheSameHashOnBothEngines() async throws {
    let hashes = try await [Engine.sqlite, .postgres].asyncMap { engine in
      try await withTestDatabase(engine, migrations: [Self.schema]) { db async throws in
        try await db.write { try Self.fill($0, 1..<3000) }
        return try await Backup.contents(of: db).tables.filter { $0.table != "schema_migration" }
      }
    }
    #expect(hashes[0] == hashes[1])
    #expect(hashes[0].map(\.rows) == [2999, 2999])
  }
}

/// A place into which a restore may go.
private struct EmptyPlace {
  let url: DatabaseURL
  private let test: TestDatabase

  init(_ engine: Engine) async throws {
    test = try await TestDatabase(engine)
    if case .sqlite(let path) = test.url.place { url = try DatabaseURL("sqlite:\(path).restored") } else { url = test.url }
  }
  func remove() async { await test.remove() }
}

extension Sequence {
  fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var out: [T] = []
    for element in self { out.append(try await transform(element)) }
    return out
  }
}
