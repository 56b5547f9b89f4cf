/// `manifest.json` of an archive: what it holds, and how to see that nothing was changed or lost on the way.
package struct ArchiveManifest: Codable, Sendable, Hashable {
  package static let fileName = "manifest.json"
  package static let currentFormat = "dossier-archive-1"

  package struct File: Codable, Sendable, Hashable {
    package let name: String
    /// Of a table; nil for an attachment's content.
    package let rows: Int?
    package let size: Int
    package let sha256: String
  }

  package var format = currentFormat
  /// The newest migration of the base it was made from.
  package let schema: Int
  /// ISO 8601, UTC.
  package let madeAt: String
  package let madeBy: String
  /// Whether it holds everything: only then can it be put back.
  package let isComplete: Bool
  package var files: [File] = []

  package var rows: Int { files.reduce(0) { $0 + ($1.rows ?? 0) } }
}
