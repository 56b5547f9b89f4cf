import Database
import Synchronization
import TestSupport
import Testing

@Suite("Transactions")
struct TransactionTests {
  struct Unwilling: Error {}

  private func counter(_ engine: Engine, connections: Int = 4, _ body: (any Database) async throws -> Void) async throws {
    try await withTestDatabase(engine, connections: connections) { db async throws in
      try await db.write { c throws in
        try c.script(
          c.dialect.ddl(
            """
            CREATE TABLE counter (id {int} PRIMARY KEY, n {int} NOT NULL UNIQUE, version {int} NOT NULL) {strict};
            INSERT INTO counter VALUES (1, 0, 1);
            """))
      }
      try await body(db)
    }
  }

  @Test(arguments: Engine.all) func aThrownErrorLeavesNothing(engine: Engine) async throws {
    try await counter(engine) { db async throws in
      await #expect(throws: Unwilling.self) {
        try await db.write { c throws in
          try c.run("UPDATE counter SET n = 5")
          throw Unwilling()
        }
      }
      #expect(try await db.read { try $0.value("SELECT n FROM counter", as: Int.self) } == 0)
    }
  }

  @Test(arguments: Engine.all) func aRefusedStatementDoomsTheTransactionEvenWhenCaught(engine: Engine) async throws {
    try await counter(engine) { db async throws in
      await #expect(throws: DatabaseError.unique("counter.id")) {
        try await db.write { c throws in
          try c.run("UPDATE counter SET n = 5")
          _ = try? c.run("INSERT INTO counter VALUES (1, 9, 1)")
        }
      }
      #expect(try await db.read { try $0.value("SELECT n FROM counter", as: Int.self) } == 0)
    }
  }

  @Test(arguments: Engine.all) func aSavepointIsUndoneAlone(engine: Engine) async throws {
    try await counter(engine) { db async throws in
      try await db.write { c throws in
        try c.run("UPDATE counter SET n = 5")
        _ = try c.savepoint { try c.run("INSERT INTO counter VALUES (2, 6, 1)") }
        #expect(throws: DatabaseError.self) {
          try c.savepoint {
            try c.run("INSERT INTO counter VALUES (3, 7, 1)")
            _ = try c.savepoint { try c.run("INSERT INTO counter VALUES (4, 7, 1)") }
          }
        }
      }
      #expect(try await db.read { try $0.values("SELECT n FROM counter ORDER BY id", as: Int.self) } == [5, 6])
    }
  }

  @Test(arguments: Engine.all) func aReadCannotWrite(engine: Engine) async throws {
    try await counter(engine) { db async throws in
      await #expect(throws: DatabaseError.readOnly) { try await db.read { _ = try $0.run("UPDATE counter SET n = 5") } }
    }
  }

  @Test(arguments: Engine.all) func aReadSeesOneSnapshot(engine: Engine) async throws {
    try await counter(engine) { db async throws in
      let (hasRead, tellRead) = AsyncStream<Void>.makeStream()
      let written = Mutex(false)
      async let pair = db.read { c throws in
        let first = try c.required("SELECT n FROM counter", as: Int.self)
        tellRead.finish()
        while !written.withLock({ $0 }) {}
        return [first, try c.required("SELECT n FROM counter", as: Int.self)]
      }
      for await _ in hasRead {}
      try await db.write { _ = try $0.run("UPDATE counter SET n = 5") }
      written.withLock { $0 = true }
      #expect(try await pair == [0, 0])
    }
  }

  @Test(arguments: Engine.all) func ofManyEditsOfOneVersionOneWins(engine: Engine) async throws {
    try await counter(engine, connections: 8) { db async throws in
      let wins = try await withThrowingTaskGroup(of: Int.self) { group in
        for value in 1...100 {
          group.addTask {
            try await db.write { try $0.run("UPDATE counter SET n = \(value), version = version + 1 WHERE id = 1 AND version = 1") }
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(wins == 1)
      #expect(try await db.read { try $0.value("SELECT version FROM counter", as: Int.self) } == 2)
    }
  }

  @Test(arguments: Engine.all) func readThenWriteLosesNothingWhenSerialised(engine: Engine) async throws {
    try await counter(engine, connections: 8) { db async throws in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<100 {
          group.addTask {
            try await db.write { c throws in
              try c.serialise("counter")
              let n = try c.required("SELECT n FROM counter WHERE id = 1", as: Int.self)
              try c.run("UPDATE counter SET n = \(n + 1) WHERE id = 1")
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await db.read { try $0.value("SELECT n FROM counter", as: Int.self) } == 100)
    }
  }

  @Test(arguments: Engine.all) func workersLeaseDifferentRows(engine: Engine) async throws {
    try await withTestDatabase(engine, connections: 8) { db async throws in
      try await db.write { c throws in
        try c.script(c.dialect.ddl("CREATE TABLE job (id {identity}, worker {int}) {strict};"))
        try c.insert(into: "job", ["worker"], rows: (0..<200).map { _ in [SQLValue.null(.int)] })
      }
      try await withThrowingTaskGroup(of: Int.self) { group in
        for worker in 1...8 {
          group.addTask {
            var leased = 0
            while try await db.write({ c throws in
              try c.run(
                """
                UPDATE job SET worker = \(worker)
                WHERE id = (SELECT id FROM job WHERE worker IS NULL ORDER BY id LIMIT 1\(SQL.skipLocked))
                """)
            }) > 0 { leased += 1 }
            return leased
          }
        }
        let leased = try await group.reduce(0, +)
        #expect(leased == 200)
      }
    }
  }
}
