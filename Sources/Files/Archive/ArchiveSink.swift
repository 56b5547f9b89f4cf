import Foundation

/// Where an export goes: a folder, or one ZIP file. Files are written one after another, each piece by piece.
package protocol ArchiveSink: AnyObject {
  /// - Parameter name: letters, digits, `_ . -` and one level of folders: `history.csv`, `files/ab12…`.
  func begin(_ name: String) throws
  func write(_ bytes: [UInt8]) throws
  func end() throws
  /// After the last file; what was not closed is not complete.
  func close() throws
}

package enum ArchiveProblem: Error, Hashable, CustomStringConvertible {
  case exists(String)
  case unwritable(String, why: String)
  case unreadable(String, why: String)
  case strangeName(String)

  package var description: String {
    switch self {
    case .exists(let path): "\(path) exists already and is not empty."
    case .unwritable(let path, let why): "\(path) cannot be written: \(why)"
    case .unreadable(let path, let why): "\(path) cannot be read: \(why)"
    case .strangeName(let name): "The archive holds a file that no export has: \(name)"
    }
  }
}

package enum ArchiveName {
  /// What an export may hold. A name from an archive is checked before it becomes a path.
  package static func isKnown(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let plain = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.count <= 100 && part.first != "."
        && part.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D }
    }
    return plain && (parts.count == 1 || parts.count == 2 && parts[0] == "files")
  }
}

/// Files side by side in a folder of their own.
package final class FolderSink: ArchiveSink {
  private let folder: String
  private var handle: FileHandle?

  package init(_ folder: String) throws {
    self.folder = folder
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard found.isEmpty else { throw ArchiveProblem.exists(folder) }
    do {
      try FileManager.default.createDirectory(
        atPath: folder + "/files", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw ArchiveProblem.unwritable(folder, why: error.localizedDescription) }
  }

  package func begin(_ name: String) throws {
    guard ArchiveName.isKnown(name) else { throw ArchiveProblem.strangeName(name) }
    let path = folder + "/" + name
    guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let opened = FileHandle(forWritingAtPath: path)
    else { throw ArchiveProblem.unwritable(path, why: String(cString: strerror(errno))) }
    handle = opened
  }

  package func write(_ bytes: [UInt8]) throws { try handle?.write(contentsOf: Data(bytes)) }

  package func end() throws {
    try handle?.synchronize()
    try handle?.close()
    handle = nil
  }

  package func close() throws {}
}
