import Foundation

/// One program run to its end on the calling thread: bytes in, bytes out, by a deadline. It gets nothing of ours: an empty
/// environment, three files (whatever else lies open here is closed by `exec`), a process group that is killed as a whole, and a
/// folder for what it leaves lying about (`TMPDIR`), removed when it has ended, however it ended.
enum ChildProcess {
  enum End {
    case exited(Int32, output: [UInt8], said: String)
    case ended(signal: Int32)
    case timedOut, tooMuch
    case notStarted(String)
  }

  static func run(_ command: [String], input: [UInt8], seconds: Int, outputLimit: Int) -> End {
    guard let program = command.first, access(program, X_OK) == 0 else {
      return .notStarted("\(command.first ?? "") is not there or may not be run")
    }
    // What goes in waits in a file without a name: no pipe that fills up while the other side writes.
    guard let stdin = TemporaryFile(input), let stderr = TemporaryFile([]) else { return .notStarted("no temporary file: \(reason)") }
    guard let folder = TemporaryFolder() else { return .notStarted("no temporary folder: \(reason)") }
    defer { folder.remove() }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0, let read = ends.first, let write = ends.last else { return .notStarted("no pipe: \(reason)") }
    defer { close(read) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let started = spawn(command, program, [stdin.descriptor, write, stderr.descriptor], temporary: folder.path)
    close(write)
    guard let child = started else { return .notStarted(reason) }
    let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
    let outcome = collect(read, until: deadline, limit: outputLimit)
    // The pipe may be closed by a process that lives on; what has not ended by now is ended.
    if case .whole = outcome {} else { kill(-child, SIGKILL) }
    let status = wait(for: child, until: deadline)
    switch (outcome, status) {
    case (.late, _), (_, nil): return .timedOut
    case (.tooMuch, _): return .tooMuch
    case (.whole(let bytes), let status?):
      // As wait(2) packs it: the signal in the low seven bits, else the exit status above them.
      return status & 0x7F == 0
        ? .exited((status >> 8) & 0xFF, output: bytes, said: stderr.beginning) : .ended(signal: status & 0x7F)
    }
  }

  private static var reason: String { String(cString: strerror(errno)) }

  private static func spawn(_ command: [String], _ program: String, _ descriptors: [Int32], temporary: String) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard posix_spawn_file_actions_init(&actions) == 0, posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (target, source) in zip(Int32(0)..., descriptors) { posix_spawn_file_actions_adddup2(&actions, source, target) }
    var none = sigset_t(), all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    let variables = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8", "TMPDIR=\(temporary)"]
    let environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var child: pid_t = 0
    errno = posix_spawn(&child, program, &actions, &attributes, arguments, environment)
    return errno == 0 ? child : nil
  }

  private enum Outcome { case whole([UInt8]), late, tooMuch }

  private static func collect(_ descriptor: Int32, until deadline: ContinuousClock.Instant, limit: Int) -> Outcome {
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let left = ContinuousClock.now.duration(to: deadline).components
      guard left.seconds >= 0, left.attoseconds >= 0 else { return .late }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, Int32(clamping: left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1))
      if ready == 0 { return .late }
      let count = ready < 0 ? -1 : read(descriptor, &buffer, buffer.count)
      if count == 0 { return .whole(output) }
      if count < 0 {
        if errno == EINTR { continue }
        return .late
      }
      output += buffer.prefix(count)
      if output.count > limit { return .tooMuch }
    }
  }

  /// nil where it did not end by itself and had to be killed. Its output is closed, so its end is a matter of milliseconds.
  private static func wait(for child: pid_t, until deadline: ContinuousClock.Instant) -> Int32? {
    var status: Int32 = 0
    while true {
      let done = waitpid(child, &status, WNOHANG)
      if done == child { return status }
      if done < 0, errno != EINTR { return nil }
      guard ContinuousClock.now < deadline else { break }
      usleep(2000)
    }
    kill(-child, SIGKILL)
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return nil
  }
}

private struct TemporaryFolder {
  let path: String

  init?() {
    var template = Array((NSTemporaryDirectory() + "/dossier-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// A file without a name, gone with its descriptor.
private final class TemporaryFile {
  let descriptor: Int32

  init?(_ bytes: [UInt8]) {
    var path = Array((NSTemporaryDirectory() + "/dossier-XXXXXX").utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else { return nil }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(path)
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return nil }
      rest = rest.dropFirst(written)
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The first words of what was written to it.
  var beginning: String {
    var buffer = [UInt8](repeating: 0, count: 500)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
