import CArchive
import Foundation

/// Unpacks an export into a folder. Names are checked before they become paths, and nothing but plain files is taken.
package enum ZipReader {
  package static func unpack(_ path: String, into folder: String) throws {
    guard let archive = archive_read_new() else { throw ArchiveProblem.unreadable(path, why: "no memory") }
    defer { archive_read_free(archive) }
    func check(_ result: Int32) throws {
      guard result >= ARCHIVE_WARN else { throw problem(archive, path) }
    }
    try check(archive_read_support_format_zip(archive))
    try check(archive_read_open_filename(archive, path, 64 * 1024))
    let sink = try FolderSink(folder)
    var entry: OpaquePointer?
    while true {
      let result = archive_read_next_header(archive, &entry)
      if result == ARCHIVE_EOF { break }
      try check(result)
      guard let name = archive_entry_pathname_utf8(entry).map({ String(cString: $0) }) else { continue }
      if archive_entry_filetype(entry) == folderType { continue }
      guard ArchiveName.isKnown(name), archive_entry_filetype(entry) == regularFile else {
        throw ArchiveProblem.strangeName(name)
      }
      try sink.begin(name)
      try copy(archive, path, to: sink)
      try sink.end()
    }
    try sink.close()
  }

  private static func copy(_ archive: OpaquePointer, _ path: String, to sink: FolderSink) throws {
    var piece = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let read = piece.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
      guard read >= 0 else { throw problem(archive, path) }
      if read == 0 { return }
      try sink.write(Array(piece.prefix(read)))
    }
  }

  private static func problem(_ archive: OpaquePointer, _ path: String) -> ArchiveProblem {
    .unreadable(path, why: archive_error_string(archive).map { String(cString: $0) } ?? "unknown")
  }
}

/// `AE_IFREG` and `AE_IFDIR` of archive_entry.h: macros with a cast, which Swift does not see.
let regularFile: UInt32 = 0o100000
let folderType: UInt32 = 0o040000
