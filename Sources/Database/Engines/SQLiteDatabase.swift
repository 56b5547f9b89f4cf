package import struct Foundation.Data
import GRDB
import GRDBSQLite

/// SQLite through GRDB's pool: WAL, one serial writer, readers on snapshots.
///
/// GRDB sets `synchronous=NORMAL` after `prepareDatabase`, which loses acknowledged commits at a power cut; FULL is set
/// through the writer once the pool is open, and `effectiveSynchronous` lets start-up and tests assert it.
package final class SQLiteDatabase: Database {
  package let dialect = Dialect.sqlite
  package let path: String
  private let pool: DatabasePool
  private let lock: FileLock

  /// - Parameter readers: concurrent read snapshots.
  package init(path: String, readers: Int = 4) throws {
    self.path = path
    lock = try FileLock(path: path + ".lock")
    var configuration = Configuration()
    configuration.maximumReaderCount = readers
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA mmap_size=0; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY")
    }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous=FULL") }
    } catch { throw SQLiteConnection.map(error) }
  }

  package func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    do { return try await pool.read { try body(SQLiteConnection(db: $0)) } } catch { throw SQLiteConnection.map(error) }
  }

  package func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    do { return try await pool.write { try body(SQLiteConnection(db: $0)) } } catch { throw SQLiteConnection.map(error) }
  }

  /// 2 is FULL, as `PRAGMA synchronous` reports it on the connection that commits.
  package func effectiveSynchronous() async throws -> Int {
    try await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
  }

  /// An online copy: readers and the writer go on meanwhile.
  package func copy(to destination: String) async throws {
    do {
      let target = try DatabaseQueue(path: destination)
      try pool.backup(to: target)
      try target.close()
    } catch { throw SQLiteConnection.map(error) }
  }

  package func close() async {
    try? pool.close()
    lock.release()
  }
}
