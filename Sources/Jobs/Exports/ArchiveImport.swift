import Database
package import Domain
import Files
import Foundation
package import Store

/// Puts an archive (a folder or a ZIP file) into an empty base: the way from SQLite to PostgreSQL and back.
package struct ArchiveImport: Sendable {
  let folder: String
  package let manifest: ArchiveManifest
  private let isTemporary: Bool

  package init(_ path: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ArchiveProblem.unreadable(path, why: "it does not exist")
    }
    isTemporary = !isFolder.boolValue
    if isFolder.boolValue { folder = path } else {
      folder = NSTemporaryDirectory() + "/dossier-archive-" + Secret.hex(Secret.random(8))
      try ZipReader.unpack(path, into: folder)
    }
    let list = folder + "/" + ArchiveManifest.fileName
    guard let data = FileManager.default.contents(atPath: list) else { throw MovingProblem.missing(ArchiveManifest.fileName) }
    do { manifest = try JSONDecoder().decode(ArchiveManifest.self, from: data) } catch {
      throw ArchiveProblem.unreadable(list, why: "it is no manifest of an export")
    }
  }

  package func removeUnpacked() {
    if isTemporary { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// - Returns: the owner's address when a link to choose a password was left for that account.
  package func run(
    into store: Store, at now: Instant, ownerToken: String, progress: @escaping @Sendable (Int, Int) throws -> Void
  ) async throws -> String? {
    try check()
    return try await store.moveIn(at: now) { base in
      try base.clear()
      var done = 0
      for file in manifest.files where file.rows == nil {
        guard let data = FileManager.default.contents(atPath: folder + "/" + file.name) else { throw MovingProblem.missing(file.name) }
        try base.insertFile(Array(data), hash: file.sha256)
      }
      for table in ExportTable.all {
        done += try read(table, into: base) { try progress(done + $0, manifest.rows) }
      }
      try base.rebuildSearch { try progress(done, manifest.rows) }
      try base.rebuildDossierTotals()
      try base.holdMail()
      return try base.ownerLink(tokenHash: Secret.hash(of: ownerToken))
    }
  }

  /// Everything is looked at before anything is written.
  private func check() throws {
    let schema = Schema.migrations.map(\.number).max() ?? 0
    guard manifest.format == ArchiveManifest.currentFormat, manifest.schema <= schema else { throw MovingProblem.newer(manifest.schema) }
    guard manifest.isComplete else { throw MovingProblem.partial }
    for table in ExportTable.all where !manifest.files.contains(where: { $0.name == table.fileName && $0.rows != nil }) {
      throw MovingProblem.missing(table.fileName)
    }
    for file in manifest.files {
      guard ArchiveName.isKnown(file.name) else { throw ArchiveProblem.strangeName(file.name) }
      guard try hash(of: file.name) == file.sha256 else { throw MovingProblem.changed(file.name) }
    }
  }

  private func hash(of name: String) throws -> String {
    guard let handle = FileHandle(forReadingAtPath: folder + "/" + name) else { throw MovingProblem.missing(name) }
    defer { try? handle.close() }
    var hash = RunningHash()
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.add(Array(piece)) }
    return hash.finish()
  }

  private func read(_ table: ExportTable, into base: MovingIn, _ progress: (Int) throws -> Void) throws -> Int {
    let limits = CSVLimits(cell: 256 << 20, row: 512 << 20, columns: 1000)
    var reader = try CSVReader(.file(folder + "/" + table.fileName), dialect: CSVDialect(), limits: limits)
    guard let headings = try reader.nextRow(), headings.cells == table.headings, reader.isOwn else {
      throw MovingProblem.cell(table.fileName, row: 1, column: "")
    }
    var count = 0
    while true {
      let rows = try reader.nextRows(1000)
      if rows.isEmpty { break }
      try base.insert(rows.map(\.cells), into: table, firstLine: count + 2)
      count += rows.count
      try progress(count)
    }
    try base.finish(table)
    let found = try base.count(table)
    guard found == manifest.files.first(where: { $0.name == table.fileName })?.rows else {
      throw MovingProblem.count("\(table.name)", expected: count, found: found)
    }
    return count
  }
}
