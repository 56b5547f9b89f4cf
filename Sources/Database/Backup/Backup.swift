import Foundation

/// A backup file and what it holds, so that a restore can be compared with what was saved.
package struct Backup: Sendable, Hashable, Codable {
  package let engine: String
  package let tables: [TableHash]

  package var rows: Int { tables.reduce(0) { $0 + $1.rows } }

  /// The list lies beside the backup: `x.sqlite` and `x.sqlite.json`.
  static func listPath(_ path: String) -> String { path + ".json" }

  func writeList(beside path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(self).write(to: URL(fileURLWithPath: Self.listPath(path)), options: .atomic)
  }

  package static func readList(beside path: String) throws -> Backup {
    do { return try JSONDecoder().decode(Backup.self, from: Data(contentsOf: URL(fileURLWithPath: listPath(path)))) } catch {
      throw BackupError.noList(listPath(path))
    }
  }

  /// The first table that differs, in words.
  func difference(from other: Backup) -> String? {
    let theirs = Dictionary(other.tables.map { ($0.table, $0) }, uniquingKeysWith: { first, _ in first })
    for table in tables where theirs[table.table] != table {
      return "\(table.table): \(table.rows) rows were saved, \(theirs[table.table]?.rows ?? 0) are there, or their content differs"
    }
    return tables.count == other.tables.count ? nil : "the tables are not the same"
  }
}

package enum BackupError: Error, Hashable, CustomStringConvertible {
  case exists(String)
  case noList(String)
  case notEmpty
  case otherEngine
  case otherSchema
  case differs(String)
  case noProgram(String)
  case failed(program: String, why: String)

  package var description: String {
    switch self {
    case .exists(let path): "\(path) exists already"
    case .noList(let path): "\(path), which says what the backup holds, is missing or unreadable"
    case .notEmpty: "the target holds data already; restore into an empty place"
    case .otherEngine: "a backup of PostgreSQL goes back into PostgreSQL"
    case .otherSchema: "the backup has another schema: restore it into a file with this program first, and save that"
    case .differs(let what): "what came back is not what was saved: \(what)"
    case .noProgram(let name): "\(name) is not installed (on Debian: postgresql-client)"
    case .failed(let program, let why): "\(program) failed: \(why)"
    }
  }
}

extension Backup {
  /// Saves a running database under load, and reads the copy back before it is called a backup.
  package static func make(of database: any Database, to path: String) async throws -> Backup {
    if FileManager.default.fileExists(atPath: path) { throw BackupError.exists(path) }
    let partial = path + ".partial"
    try? FileManager.default.removeItem(atPath: partial)
    let backup: Backup
    do {
      switch database {
      case let sqlite as SQLiteDatabase: backup = try await save(sqlite, to: partial)
      case let postgres as PostgresDatabase: backup = try await PostgresDump.save(postgres, to: partial)
      default: throw BackupError.failed(program: "backup", why: "an unknown engine")
      }
    } catch {
      try? FileManager.default.removeItem(atPath: partial)
      throw error
    }
    try backup.writeList(beside: path)
    try FileManager.default.moveItem(atPath: partial, toPath: path)
    return backup
  }

  /// Saves the SQLite file of a server that runs, from outside of it.
  package static func make(ofRunning file: String, to path: String) throws -> Backup {
    if FileManager.default.fileExists(atPath: path) { throw BackupError.exists(path) }
    let partial = path + ".partial"
    try? FileManager.default.removeItem(atPath: partial)
    try SQLiteDatabase.backUp(running: file, to: partial)
    let backup = Backup(engine: Dialect.sqlite.rawValue, tables: try SQLiteDatabase.hashes(ofFile: partial))
    try backup.writeList(beside: path)
    try FileManager.default.moveItem(atPath: partial, toPath: path)
    return backup
  }

  /// Into an empty place only; what comes back is compared with what was saved. A backup of SQLite may go into PostgreSQL.
  /// - Parameter migrate: makes the schema in an empty base, where the backup does not bring its own.
  package static func restore(
    _ path: String, into url: DatabaseURL, migrate: (any Database) async throws -> Void
  ) async throws -> Backup {
    let saved = try readList(beside: path)
    let isFile = saved.engine == Dialect.sqlite.rawValue
    switch url.place {
    case .sqlite(let target):
      guard isFile else { throw BackupError.otherEngine }
      try putBack(path, to: target)
    case .postgres(let address) where isFile: try await Moving.putBack(path, into: address, migrate: migrate)
    case .postgres(let address): try await PostgresDump.putBack(path, into: address)
    }
    let database = try await openDatabase(url, connections: 1)
    do {
      let restored = try await contents(of: database)
      await database.close()
      if let what = saved.difference(from: restored) { throw BackupError.differs(what) }
      return restored
    } catch {
      await database.close()
      throw error
    }
  }

  /// What a database holds, in one snapshot.
  package static func contents(of database: any Database) async throws -> Backup {
    let tables = try await database.read { try TableHash.all(in: $0) }
    return Backup(engine: database.dialect.rawValue, tables: tables)
  }

  private static func save(_ database: SQLiteDatabase, to path: String) async throws -> Backup {
    try await database.backUp(to: path)
    return Backup(engine: Dialect.sqlite.rawValue, tables: try SQLiteDatabase.hashes(ofFile: path))
  }

  private static func putBack(_ path: String, to target: String) throws {
    for file in [target, target + "-wal"] where FileManager.default.fileExists(atPath: file) { throw BackupError.notEmpty }
    let partial = target + ".partial"
    try? FileManager.default.removeItem(atPath: partial)
    try FileManager.default.copyItem(atPath: path, toPath: partial)
    try SQLiteDatabase.verify(partial)
    try FileManager.default.moveItem(atPath: partial, toPath: target)
  }
}
