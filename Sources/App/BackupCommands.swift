import ArgumentParser
import Database
import Domain
import Foundation
import Store

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Save everything into one file, while the server runs or not, and read it back before calling it a backup.")
  @OptionGroup var options: CommonOptions
  @Argument(help: "Where to; without it a dated file in the data folder's backups.") var file: String?

  func run() async throws {
    let values = try options.values()
    let path = try file ?? Self.datedPath(values)
    let url = try Base.address(values)
    let backup: Backup
    do {
      backup = try await Base.with(values, migrating: false) { try await Backup.make(of: $0.database, to: path) }
    } catch DatabaseError.locked {
      guard case .sqlite(let running) = url.place else { throw StartFailure("The database is locked.") }
      backup = try Backup.make(ofRunning: running, to: path)
    }
    print("Saved \(backup.rows) rows of \(backup.tables.count) tables to \(path), and read them back.")
  }

  private static func datedPath(_ values: SettingValues) throws -> String {
    let folder = Base.backupFolder(values)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return "\(folder)/dossier-\(Base.clock().iso.replacing(":", with: "").prefix(17)).backup"
  }
}

struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put a backup back into an empty place and compare every row with what was saved.",
    discussion: "A backup of SQLite may go into PostgreSQL: that is how to move.")
  @OptionGroup var options: CommonOptions
  @Argument(help: "The backup's file.") var file: String

  func run() async throws {
    let values = try options.values()
    let url = try Base.address(values)
    let restored = try await Backup.restore(file, into: url) { try await Migrator(Schema.migrations).migrate($0, backup: nil) }
    print("Restored \(restored.rows) rows of \(restored.tables.count) tables into \(url); every row is as it was saved.")
    // The original may still be writing to people: this one waits for a person's word.
    try await Base.with(values) { try await $0.store.holdRestoredMail(at: Base.clock()) }
    print("It sends no mail until someone lets it go, in the settings under “Mail”.")
  }
}
