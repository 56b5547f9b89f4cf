import CArchive
import Foundation

/// The parts of a workbook that hold its cells, unpacked in memory and within a limit: a small file may unpack to anything.
enum Unpacking {
  static func parts(of bytes: [UInt8]) throws(Workbook.Failure) -> [String: [UInt8]] {
    guard let archive = archive_read_new() else { throw .unreadable }
    defer { archive_read_free(archive) }
    guard archive_read_support_format_zip(archive) >= ARCHIVE_WARN else { throw .unreadable }
    // The bytes must stay where they are while the archive is read.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    defer { buffer.deallocate() }
    buffer.copyBytes(from: bytes)
    guard archive_read_open_memory(archive, buffer.baseAddress, bytes.count) >= ARCHIVE_WARN else { throw .unreadable }
    var out: [String: [UInt8]] = [:], total = 0
    var entry: OpaquePointer?
    while true {
      let result = archive_read_next_header(archive, &entry)
      if result == ARCHIVE_EOF { return out }
      guard result >= ARCHIVE_WARN else { throw .unreadable }
      guard let name = archive_entry_pathname_utf8(entry).map({ String(cString: $0) }), isWanted(name) else { continue }
      out[name] = try content(archive, &total)
    }
  }

  private static func isWanted(_ name: String) -> Bool {
    ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml"].contains(name)
      || name.hasPrefix("xl/worksheets/") && name.hasSuffix(".xml")
  }

  private static func content(_ archive: OpaquePointer, _ total: inout Int) throws(Workbook.Failure) -> [UInt8] {
    var out: [UInt8] = [], piece = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let read = piece.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
      guard read >= 0 else { throw .unreadable }
      if read == 0 { return out }
      total += read
      guard total <= Workbook.sizeLimit else { throw .tooLarge }
      out += piece.prefix(read)
    }
  }
}
