import Database
import Demo
import Domain
import Store
import TestSupport
import Testing

@Suite struct DemoTests {
  @Test(arguments: Engine.all) func isConsistent(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: Schema.migrations) { database in
      let store = Store(database: database)
      _ = try await store.makeDemo(DemoOrder(clients: 40), passwordHash: "x", at: moment)
      let wrong = try await database.read { try Consistency.check($0).filter { $0.problem != nil }.map(\.name) }
      #expect(wrong == [])
    }
  }

  @Test(arguments: Engine.all) func refusesABaseInUse(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      await #expect(throws: DemoRefusal.notEmpty) {
        try await base.store.makeDemo(DemoOrder(clients: 1), passwordHash: "x", at: base.now)
      }
    }
  }
}

/// 5 November 2026, 14:07 UTC.
private let moment = Instant(milliseconds: 1_793_887_620_000)
