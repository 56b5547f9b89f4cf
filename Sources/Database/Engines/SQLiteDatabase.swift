import Foundation
import GRDB
import GRDBSQLite

/// SQLite through GRDB's pool: WAL, one serial writer, readers on snapshots.
///
/// `recursive_triggers` makes INSERT OR REPLACE fire the triggers that forbid deleting.
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
    _ = SQLiteMemory.isUncounted
    var configuration = Configuration()
    configuration.maximumReaderCount = readers
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      // What SQLite sets aside goes to a file once it is larger than the cache: a change of every client would hold 30 MB else.
      try db.execute(sql: "PRAGMA mmap_size=0; PRAGMA recursive_triggers=ON; PRAGMA cache_size=-12000; PRAGMA temp_store=FILE")
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
    do {
      return try await pool.write { db in
        let connection = SQLiteConnection(db: db)
        let value = try body(connection)
        if let refusal = connection.outcome.refusal { throw refusal }
        return value
      }
    } catch { throw SQLiteConnection.map(error) }
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
      // One file: without its own log beside it.
      try await target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode=DELETE") }
      try target.close()
    } catch { throw SQLiteConnection.map(error) }
  }

  /// A copy of a file that a running server holds. The connection is read-only and takes no lock of ours: it can neither
  /// write nor checkpoint, so the server stays the only one that does.
  package static func backUp(running path: String, to destination: String) throws {
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(10)
      let source = try DatabaseQueue(path: path, configuration: configuration)
      let target = try DatabaseQueue(path: destination)
      try source.backup(to: target)
      // One file: without its own log beside it.
      try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode=DELETE") }
      try target.close()
      try source.close()
      try verify(destination)
    } catch {
      try? FileManager.default.removeItem(atPath: destination)
      throw SQLiteConnection.map(error)
    }
  }

  /// A copy that was read back whole before anybody relies on it. A copy that fails is removed.
  package func backUp(to destination: String) async throws {
    try await copy(to: destination)
    do { try Self.verify(destination) } catch {
      try? FileManager.default.removeItem(atPath: destination)
      throw error
    }
  }

  /// `integrity_check` and `foreign_key_check` on a file that nobody else has open.
  package static func verify(_ path: String) throws {
    do {
      var configuration = Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let damage = try queue.read { db in
        try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
          + String.fetchAll(db, sql: "SELECT \"table\" FROM pragma_foreign_key_check").map { "\($0): rows without their parent" }
      }
      try queue.close()
      if let first = damage.first { throw DatabaseError.other(code: "damaged", message: first) }
    } catch { throw SQLiteConnection.map(error) }
  }

  /// What a file that nobody else has open holds.
  static func hashes(ofFile path: String) throws -> [TableHash] {
    do {
      var configuration = Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let hashes = try queue.read { try TableHash.all(in: SQLiteConnection(db: $0)) }
      try queue.close()
      return hashes
    } catch { throw SQLiteConnection.map(error) }
  }

  package func close() async {
    try? pool.close()
    lock.release()
  }
}
