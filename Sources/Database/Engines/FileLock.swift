import Foundation
import Synchronization

/// One process owns a SQLite file. The lock file names the owner, so that a second process can say who holds it.
final class FileLock: Sendable {
  private let descriptor: Mutex<Int32?>

  init(path: String) throws {
    let fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard fd >= 0 else { throw DatabaseError.unavailable("cannot open \(path): \(String(cString: strerror(errno)))") }
    guard flock(fd, LOCK_EX | LOCK_NB) == 0 else {
      let owner = (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
      Foundation.close(fd)
      throw DatabaseError.locked(owner.isEmpty ? "another process" : "process \(owner)")
    }
    ftruncate(fd, 0)
    let me = "\(getpid())\n"
    _ = me.withCString { Foundation.write(fd, $0, strlen($0)) }
    descriptor = Mutex(fd)
  }

  /// Unlocked and not only closed: a child of this process between its fork and its exec still holds a copy of the descriptor.
  func release() {
    descriptor.withLock { fd in
      if let open = fd {
        flock(open, LOCK_UN)
        Foundation.close(open)
      }
      fd = nil
    }
  }
  deinit { release() }
}
