import Database
import Foundation
import TestSupport
import Testing

@Suite("The SQLite file")
struct SQLiteFileTests {
  @Test func commitsReachTheDisk() async throws {
    try await withTestDatabase(.sqlite) { db async throws in
      let sqlite = try #require(db as? SQLiteDatabase)
      #expect(try await sqlite.effectiveSynchronous() == 2)
    }
  }

  @Test func aSecondOpenerIsToldWhoHoldsIt() async throws {
    let test = try await TestDatabase(.sqlite)
    await #expect(throws: DatabaseError.locked("process \(ProcessInfo.processInfo.processIdentifier)")) {
      _ = try await openDatabase(test.url)
    }
    await test.database.close()
    let again = try await openDatabase(test.url)
    await again.close()
    await test.remove()
  }
}
