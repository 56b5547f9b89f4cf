internal import Foundation

/// Where the bytes of a file come from, piece by piece, so that no file is ever whole in memory. A source can be
/// opened again and again: once to guess, once for the dry run, once for the import.
package struct ByteSource: Sendable {
  /// Gives the next piece; an empty one means the end.
  package typealias Pieces = () throws(CSVProblem) -> [UInt8]

  let open: @Sendable () throws(CSVProblem) -> Pieces

  package init(open: @escaping @Sendable () throws(CSVProblem) -> Pieces) {
    self.open = open
  }

  package static func file(_ path: String, piece: Int = 64 * 1024) -> ByteSource {
    ByteSource { () throws(CSVProblem) -> Pieces in
      guard let handle = FileHandle(forReadingAtPath: path) else { throw .unreadable }
      return { () throws(CSVProblem) -> [UInt8] in
        do { return try handle.read(upToCount: piece).map { Array($0) } ?? [] } catch { throw .unreadable }
      }
    }
  }

  package static func bytes(_ bytes: [UInt8], piece: Int = 64 * 1024) -> ByteSource {
    ByteSource { () throws(CSVProblem) -> Pieces in
      var rest = bytes[...]
      return { () throws(CSVProblem) -> [UInt8] in
        defer { rest = rest.dropFirst(piece) }
        return Array(rest.prefix(piece))
      }
    }
  }
}
