package import Database
package import Domain
import Files
import Foundation
package import Store

/// Makes an archive for whoever asked on the page. It is kept in the base in parts, so that every server can give it out, and
/// leaves after a day.
package enum ExportJob {
  package static let kind = "export.archive"
  package static let expiry = "export.expire"
  package static let lifetime = Instant.day
  private static let partSize = 4 << 20

  package struct Payload: Codable, Sendable { package init() {} }

  /// What the job leaves: the ZIP file's parts, in order, by their hashes.
  package struct Result: Codable, Sendable {
    package let name: String
    package let size: Int
    package let parts: [String]
    package let rows: Int
  }

  static func kinds() -> [JobKind] { [JobKind(kind, run: run), JobKind(expiry, run: expire)] }

  private static func run(_ context: JobContext) async throws -> String {
    guard let actor = context.actor else { throw JobFailed("export.error.account") }
    let path = NSTemporaryDirectory() + "/dossier-export-" + Secret.hex(Secret.random(8)) + ".zip"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let now = context.clock()
    let manifest = try await context.keepingLease { progress in
      try await context.store.exportSnapshot(as: actor, at: now) { reader in
        var export = ArchiveExport(reader, to: try ZipSink(path)) { try progress.report($0, of: $1) }
        return try export.run()
      }
    }
    return try await keep(path, manifest, context, actor)
  }

  private static func keep(
    _ path: String, _ manifest: ArchiveManifest, _ context: JobContext, _ actor: Actor
  ) async throws -> String {
    var parts: [String] = [], size = 0
    try eachPart(of: path) { bytes in
      parts.append(Secret.hex(Secret.sha256(bytes)))
      size += bytes.count
    }
    let day = context.clock().iso.prefix(10)
    let result = Result(name: "dossier-\(day).zip", size: size, parts: parts, rows: manifest.rows)
    // First the order to take it away, so that no part stays behind whatever happens.
    try await context.store.write(as: actor, at: context.clock()) { tx in
      try tx.hold(context.job)
      _ = try tx.enqueue(expiry, payload: result.parts, runAt: tx.now.adding(milliseconds: lifetime))
      tx.audit(.exported, .exportRun, context.job.id.rawValue, detail: "archive rows=\(result.rows)")
    }
    guard let handle = FileHandle(forReadingAtPath: path) else { throw JobFailed("export.error.file") }
    defer { try? handle.close() }
    while let piece = try handle.read(upToCount: partSize), !piece.isEmpty {
      let bytes = Array(piece)
      try await context.store.write(as: actor, at: context.clock()) { tx in
        try tx.hold(context.job)
        _ = try tx.store(bytes)
      }
    }
    return try JSON.text(result)
  }

  private static func eachPart(of path: String, _ body: ([UInt8]) throws -> Void) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw JobFailed("export.error.file") }
    defer { try? handle.close() }
    while let piece = try handle.read(upToCount: partSize), !piece.isEmpty { try body(Array(piece)) }
  }

  private static func expire(_ context: JobContext) async throws -> String {
    let parts: [String] = try JSON.value(context.job.payload)
    try await context.store.database.write { try $0.dropExportParts(parts) }
    return "{}"
  }
}
