import Database
import Domain
import Foundation
import Jobs
import Logging
import Markup
import Store
import Web

/// What commands share: the base opened and migrated, the log, the clock.
struct Base {
  let values: SettingValues
  let url: DatabaseURL
  let database: any Database
  let store: Store
  let log: Logger

  static let clock: @Sendable () -> Instant = { Instant(Date()) }

  /// Opens the base and brings its schema up to date, with a backup before.
  static func open(_ values: SettingValues, migrating: Bool = true) async throws -> Base {
    let log = try logger(values)
    guard Secret.isReady else { throw StartFailure("The system gives no random numbers; nothing can be kept safe without them.") }
    let url = try address(values)
    let database = try await openDatabase(url, connections: try values.integer(SettingTable.connections, in: 1...200))
    do {
      if let sqlite = database as? SQLiteDatabase {
        let level = try await sqlite.effectiveSynchronous()
        guard level == 2 else { throw StartFailure("SQLite runs with synchronous=\(level), not FULL; a power cut could lose data.") }
      }
      if migrating {
        let applied = try await Migrator(Schema.migrations).migrate(database, backup: backupFolder(values), now: clock().milliseconds)
        if !applied.applied.isEmpty { log.notice("schema migrated", metadata: ["migrations": "\(applied.applied)"]) }
      }
    } catch {
      await database.close()
      throw error
    }
    return Base(values: values, url: url, database: database, store: Store(database: database), log: log)
  }

  static func address(_ values: SettingValues) throws -> DatabaseURL {
    let given = values.text(SettingTable.database)
    if !given.isEmpty { return try DatabaseURL(given) }
    let folder = values.text(SettingTable.data)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw StartFailure("The data folder \(folder) cannot be made: \(error.localizedDescription)") }
    return try DatabaseURL("sqlite:\(folder)/dossier.sqlite")
  }

  static func backupFolder(_ values: SettingValues) -> String { values.text(SettingTable.data) + "/backups" }

  private static func logger(_ values: SettingValues) throws -> Logger {
    let raw = values.text(SettingTable.logLevel)
    guard let level = Logger.Level(rawValue: raw) else {
      throw StartFailure("DOSSIER_LOG_LEVEL (--log-level): “\(raw)” is none of debug, info, notice, warning, error")
    }
    var log = Logger(label: "dossier")
    log.logLevel = level
    return log
  }

  /// Runs a command's body on an open base and closes it whatever happens.
  static func with<T>(_ values: SettingValues, migrating: Bool = true, _ body: (Base) async throws -> T) async throws -> T {
    let base = try await open(values, migrating: migrating)
    do {
      let result = try await body(base)
      await base.database.close()
      return result
    } catch {
      await base.database.close()
      throw error
    }
  }
}
