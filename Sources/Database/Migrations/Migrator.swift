import Foundation

/// Brings a database from whatever schema it has to the program's: each migration one transaction, so that a kill between
/// two leaves a state from which the next start goes on.
package struct Migrator: Sendable {
  package enum Backup: Sendable, Hashable {
    case notNeeded
    case made(path: String)
    /// PostgreSQL: the owner's own backups are the way back.
    case ownersDuty
  }
  package struct Report: Sendable {
    package var applied: [Int] = []
    package var backup = Backup.notNeeded
  }
  private struct Applied: Sendable {
    let number: Int
    let name: String
    let checksum: String
  }

  private let migrations: [Migration]

  package init(_ migrations: [Migration]) { self.migrations = migrations.sorted { $0.number < $1.number } }

  /// - Parameters:
  ///   - backup: the folder for the copy that is made before a base with data in it is changed; nil makes none.
  ///   - now: milliseconds since 1970.
  @discardableResult
  package func migrate(
    _ database: any Database, backup: String?, now: Int64 = Int64(Date().timeIntervalSince1970 * 1000)
  ) async throws -> Report {
    let applied = try await database.write { connection in
      try connection.serialise("migrations")
      try Self.createTable(connection)
      return try Self.applied(connection)
    }
    let pending = try check(applied)
    var report = Report()
    if pending.isEmpty { return report }
    if !applied.isEmpty, let backup { report.backup = try await Self.backUp(database, before: pending, in: backup) }
    for migration in pending where try await apply(migration, to: database, now: now) { report.applied.append(migration.number) }
    return report
  }

  /// What would be applied; changes nothing.
  package func pending(_ database: any Database) async throws -> [Int] {
    try check(try await database.read { try Self.hasTable($0) ? Self.applied($0) : [] }).map(\.number)
  }

  private func check(_ applied: [Applied]) throws -> [Migration] {
    for (index, migration) in migrations.enumerated() where migration.number != index + 1 { throw MigrationError.gap(index + 1) }
    for (index, past) in applied.enumerated() {
      guard past.number <= migrations.count else {
        throw MigrationError.newerSchema(database: applied.last?.number ?? past.number, program: migrations.count)
      }
      guard past.number == index + 1 else { throw MigrationError.gap(index + 1) }
      guard past.checksum == migrations[index].checksum else { throw MigrationError.changed(past.number, name: past.name) }
    }
    return Array(migrations.dropFirst(applied.count))
  }

  /// False when another server applied it meanwhile.
  private func apply(_ migration: Migration, to database: any Database, now: Int64) async throws -> Bool {
    do {
      return try await database.write { connection in
        try connection.serialise("migrations")
        if try connection.exists("SELECT 1 FROM schema_migration WHERE number = \(migration.number)") { return false }
        try connection.script(migration.script(for: connection.dialect))
        if connection.dialect == .sqlite, try !connection.rows("PRAGMA foreign_key_check", { try $0.next(String.self) }).isEmpty {
          throw DatabaseError.foreignKey("rows without their parent")
        }
        try connection.run(
          """
          INSERT INTO schema_migration (number, name, checksum, applied_at)
          VALUES (\(migration.number), \(migration.name), \(migration.checksum), \(now))
          """)
        return true
      }
    } catch let error as DatabaseError {
      switch error {
      case .unavailable, .unknownOutcome, .busy, .full: throw error
      default: throw MigrationError.failed(migration.number, name: migration.name, why: error.description)
      }
    }
  }

  private static func backUp(_ database: any Database, before pending: [Migration], in folder: String) async throws -> Backup {
    guard let sqlite = database as? SQLiteDatabase, let first = pending.first else { return .ownersDuty }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      var path = folder + "/before-migration-\(first.number).sqlite"
      var copy = 1
      while FileManager.default.fileExists(atPath: path) {
        copy += 1
        path = folder + "/before-migration-\(first.number)-\(copy).sqlite"
      }
      try await sqlite.backUp(to: path)
      return .made(path: path)
    } catch { throw MigrationError.backupFailed("\(error)") }
  }

  private static func hasTable(_ connection: any Connection) throws -> Bool {
    switch connection.dialect {
    case .sqlite: try connection.exists("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'")
    case .postgres: try connection.exists("SELECT 1 WHERE to_regclass('schema_migration') IS NOT NULL")
    }
  }

  private static func createTable(_ connection: any Connection) throws {
    if try hasTable(connection) { return }
    try connection.script(
      connection.dialect.ddl(
        """
        CREATE TABLE schema_migration (number {int} NOT NULL PRIMARY KEY, name {text} NOT NULL,
          checksum {text} NOT NULL, applied_at {int} NOT NULL) {strict}
        """))
  }

  private static func applied(_ connection: any Connection) throws -> [Applied] {
    try connection.rows("SELECT number, name, checksum FROM schema_migration ORDER BY number") {
      Applied(number: try $0.next(), name: try $0.next(), checksum: try $0.next())
    }
  }
}
