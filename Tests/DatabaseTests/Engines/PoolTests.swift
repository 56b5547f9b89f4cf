import Database
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("The PostgreSQL pool", .enabled(if: Engine.cluster != nil, "DOSSIER_TEST_POSTGRES is not set"))
struct PoolTests {
  private func open(connections: Int = 4, call: Duration = .seconds(30), _ body: (PostgresDatabase) async throws -> Void) async throws {
    let test = try await TestDatabase(.postgres)
    guard case .postgres(let address) = test.url.place else { return }
    var limits = PostgresDatabase.Limits()
    limits.call = call
    let db = try PostgresDatabase(address, connections: connections, limits: limits)
    do { try await body(db) } catch { Issue.record(error) }
    await db.close()
    await test.remove()
  }

  @Test func manyHopsNoneLost() async throws {
    try await open { db async throws in
      let sum = try await withThrowingTaskGroup(of: Int.self) { group in
        for task in 0..<64 {
          group.addTask {
            var sum = 0
            for hop in 0..<320 { sum += try await db.read { try $0.required("SELECT \(task) + \(hop)", as: Int.self) } }
            return sum
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(sum == (0..<64).reduce(0) { $0 + $1 * 320 + 319 * 160 })
    }
  }

  @Test func aStatementPastItsDeadlineIsStoppedAndThePoolGoesOn() async throws {
    try await open(connections: 1, call: .milliseconds(300)) { db async throws in
      let error = await #expect(throws: DatabaseError.self) { try await db.read { try $0.each("SELECT pg_sleep(60)") { _ in } } }
      if case .unavailable = error {} else { Issue.record("\(String(describing: error))") }
      #expect(try await db.read { try $0.value("SELECT 1", as: Int.self) } == 1)
    }
  }

  @Test func aConnectionThatTheServerEndsIsReplaced() async throws {
    try await open(connections: 2) { db async throws in
      let first = try await db.read { try $0.required("SELECT pg_backend_pid()", as: Int.self) }
      let other = try await TestDatabase(.postgres)
      try await other.database.read { try $0.each("SELECT pg_terminate_backend(CAST(\(first) AS integer))") { _ in } }
      let second = try await db.read { try $0.required("SELECT pg_backend_pid()", as: Int.self) }
      #expect(first != second)
      await other.remove()
    }
  }

  @Test func aConnectionLostInsideOfAWriteIsRetriedFromTheStart() async throws {
    try await open(connections: 2) { db async throws in
      try await db.write { try $0.script("CREATE TABLE t (n bigint)") }
      let attempts = Counter()
      try await db.write { c throws in
        let first = attempts.next() == 1
        try c.run("INSERT INTO t VALUES (1)")
        if first { try c.each("SELECT pg_terminate_backend(pg_backend_pid())") { _ in } }
      }
      #expect(attempts.count == 2)
      #expect(try await db.read { try $0.value("SELECT count(*) FROM t", as: Int.self) } == 1)
    }
  }

  @Test func collisionsAreTriedAgain() async throws {
    try await open { db async throws in
      try await db.write { try $0.script("CREATE TABLE t (id bigint PRIMARY KEY, n bigint); INSERT INTO t VALUES (1, 0), (2, 0)") }
      // Each takes its first row and waits until the other has its own: one of them is started again.
      let holding = Counter(), attempts = Counter()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for order in [[1, 2], [2, 1]] {
          group.addTask {
            try await db.write { c throws in
              _ = attempts.next()
              try c.run("UPDATE t SET n = n + 1 WHERE id = \(order[0])")
              _ = holding.next()
              while holding.count < 2 {}
              try c.run("UPDATE t SET n = n + 1 WHERE id = \(order[1])")
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(attempts.count == 3)
      #expect(try await db.read { try $0.values("SELECT n FROM t", as: Int.self) } == [2, 2])
    }
  }

  @Test func statementsSurviveAChangedTable() async throws {
    try await open(connections: 1) { db async throws in
      let other = try PostgresDatabase(db.description, connections: 1)
      try await db.write { try $0.script("CREATE TABLE t (a bigint); INSERT INTO t VALUES (1)") }
      let width = { @Sendable (c: any Connection) throws -> Int in try c.rows("SELECT * FROM t") { $0.columnCount }.first ?? 0 }
      #expect(try await db.read(width) == 1)
      try await other.write { try $0.script("ALTER TABLE t ADD COLUMN b text") }
      #expect(try await db.read(width) == 2)
      await other.close()
    }
  }

  @Test func moreStatementsThanTheCacheHolds() async throws {
    try await open(connections: 1) { db async throws in
      try await db.read { c throws in
        for turn in 0..<2 {
          for n in 1...400 {
            let sum = try c.required("SELECT \(SQL(unsafe: Array(repeating: "1", count: n).joined(separator: "+"))) + \(turn)", as: Int.self)
            #expect(sum == n + turn)
          }
        }
        let held = try c.required("SELECT count(*) FROM pg_prepared_statements", as: Int.self)
        #expect(held <= 256)
      }
    }
  }

  @Test func commitsAreDurable() async throws {
    try await open { db async throws in
      #expect(try await db.read { try $0.value("SHOW synchronous_commit", as: String.self) } == "on")
    }
  }

  @Test func aMissingDatabaseIsToldAtOnce() async throws {
    let cluster = try #require(Engine.cluster)
    var parts = try #require(URLComponents(string: cluster))
    parts.path = "/no_such_database"
    let url = try DatabaseURL(try #require(parts.string))
    let error = await #expect(throws: DatabaseError.self) { _ = try await openDatabase(url) }
    if case .unavailable(let why) = error { #expect(why.contains("does not exist")) } else { Issue.record("\(String(describing: error))") }
  }

}

final class Counter: Sendable {
  private let state = Mutex(0)
  func next() -> Int {
    state.withLock {
      $0 += 1
      return $0
    }
  }
  var count: Int { state.withLock { $0 } }
}
