import CArchive
import Foundation

/// One ZIP file, by libarchive: deflate, sizes after the data (they are not known before), ZIP64 where it must be.
package final class ZipSink: ArchiveSink {
  private let path: String
  private let archive: OpaquePointer
  private var isOpen = true

  package init(_ path: String) throws {
    if FileManager.default.fileExists(atPath: path) { throw ArchiveProblem.exists(path) }
    guard let archive = archive_write_new() else { throw ArchiveProblem.unwritable(path, why: "no memory") }
    self.path = path
    self.archive = archive
    try check(archive_write_set_format_zip(archive))
    try check(archive_write_set_options(archive, "zip:compression=deflate,zip:compression-level=6"))
    try check(archive_write_open_filename(archive, path))
    chmod(path, 0o600)
  }

  deinit { archive_write_free(archive) }

  package func begin(_ name: String) throws {
    guard ArchiveName.isKnown(name) else { throw ArchiveProblem.strangeName(name) }
    guard let entry = archive_entry_new() else { throw ArchiveProblem.unwritable(path, why: "no memory") }
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname_utf8(entry, name)
    archive_entry_set_filetype(entry, regularFile)
    archive_entry_set_perm(entry, 0o600)
    try check(archive_write_header(archive, entry))
  }

  package func write(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      guard written > 0 else { throw problem }
      rest = rest.dropFirst(written)
    }
  }

  package func end() throws { try check(archive_write_finish_entry(archive)) }

  package func close() throws {
    guard isOpen else { return }
    isOpen = false
    try check(archive_write_close(archive))
  }

  private func check(_ result: Int32) throws { if result < ARCHIVE_WARN { throw problem } }

  private var problem: ArchiveProblem {
    .unwritable(path, why: archive_error_string(archive).map { String(cString: $0) } ?? "unknown")
  }
}
