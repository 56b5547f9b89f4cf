import Foundation

@testable import Domain

/// A real IMAP server (Debian's dovecot-imapd) of a test's own, with its mail in a folder that goes with it.
final class Dovecot: @unchecked Sendable {
  static let program = "/usr/sbin/dovecot"
  static var isHere: Bool { FileManager.default.isExecutableFile(atPath: program) && FileManager.default.fileExists(atPath: "/usr/lib/dovecot/imap") }

  let port: Int
  let secret = #"p"ä\ %25ß{7} пароль'"#
  private let folder: URL
  private let security: MailSecurity
  private var process: Process?

  var caFile: String { folder.appendingPathComponent("cert.pem").path }
  func server(user: String = "anna@example.com", secret: String? = nil, caFile: String? = nil) -> MailboxServer {
    MailboxServer(host: "127.0.0.1", port: port, security: security, username: user, secret: secret ?? self.secret, caFile: caFile)
  }

  init(_ security: MailSecurity = .none) throws {
    self.security = security
    // Short: a socket's path has room for 107 bytes.
    folder = URL(fileURLWithPath: "/tmp/dossier-imap-\(UInt32.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("mail"), withIntermediateDirectories: true)
    port = try Self.freePort()
    if security != .none { try Self.run("/usr/bin/openssl", [
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
      "-keyout", folder.path + "/key.pem", "-out", caFile,
    ]) }
    try "anna@example.com:{PLAIN}\(secret)::::\n".replacing("::::\n", with: "\n").write(
      to: folder.appendingPathComponent("users"), atomically: true, encoding: .utf8)
    try configuration.write(to: folder.appendingPathComponent("dovecot.conf"), atomically: true, encoding: .utf8)
    // Mail belongs to an ordinary user, whom Dovecot insists on.
    if getuid() == 0 { chown(folder.path + "/mail", 65534, 65534); chmod(folder.path, 0o755) }
    try start()
  }

  deinit {
    stop()
    try? FileManager.default.removeItem(at: folder)
  }

  private var configuration: String {
    let isRoot = getuid() == 0, me = NSUserName()
    let tls = security == .none ? "ssl = no" : "ssl = \(security == .starttls ? "required" : "yes")\nssl_cert = <\(caFile)\nssl_key = <\(folder.path)/key.pem"
    return """
      base_dir = \(folder.path)/run
      state_dir = \(folder.path)/state
      log_path = \(folder.path)/log
      protocols = imap
      listen = 127.0.0.1
      disable_plaintext_auth = no
      auth_failure_delay = 0
      \(tls)
      \(isRoot ? "" : "default_login_user = \(me)\ndefault_internal_user = \(me)\ndefault_internal_group = \(me)")
      mail_location = maildir:\(folder.path)/mail/%n
      mail_home = \(folder.path)/mail/%n
      mail_uid = \(isRoot ? "65534" : "\(getuid())")
      mail_gid = \(isRoot ? "65534" : "\(getgid())")
      first_valid_uid = 1
      passdb {
        driver = passwd-file
        args = scheme=PLAIN \(folder.path)/users
      }
      userdb {
        driver = static
        args = uid=\(isRoot ? 65534 : getuid()) gid=\(isRoot ? 65534 : getgid()) home=\(folder.path)/mail/%n
      }
      service imap-login {
        \(isRoot ? "" : "chroot =")
        inet_listener imap {
          port = \(security == .tls ? 0 : port)
        }
        inet_listener imaps {
          port = \(security == .tls ? port : 0)
        }
      }
      service anvil {
        \(isRoot ? "" : "chroot =")
      }
      service stats {
        \(isRoot ? "" : "chroot =")
      }
      """
  }

  /// Returns when it answers.
  func start() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = ["-F", "-c", folder.path + "/dovecot.conf"]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    self.process = process
    for _ in 0..<500 {
      if Self.connects(port) { return }
      guard process.isRunning else { break }
      usleep(20_000)
    }
    throw Failure(words: (try? String(contentsOfFile: folder.path + "/log", encoding: .utf8)) ?? "Dovecot does not start")
  }

  func stop() {
    guard let process, process.isRunning else { return }
    process.terminate()
    // It waits a minute for its own processes, which outlive it.
    let own = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int32($0) }.filter {
      let status = (try? String(contentsOfFile: "/proc/\($0)/status", encoding: .utf8)) ?? ""
      return status.contains("\nPPid:\t\(process.processIdentifier)\n")
    } ?? []
    for _ in 0..<20 where process.isRunning { usleep(10_000) }
    for id in [process.processIdentifier] + own { kill(id, SIGKILL) }
    for _ in 0..<100 where process.isRunning { usleep(10_000) }
    self.process = nil
  }

  /// Puts mail where the server finds it; the name keeps the order.
  func deliver(_ bytes: [UInt8], number: Int = 0, folder name: String = "") throws {
    let place = self.folder.appendingPathComponent("mail/anna/\(name.isEmpty ? "" : "." + name + "/")")
    for part in ["cur", "new", "tmp"] {
      try FileManager.default.createDirectory(at: place.appendingPathComponent(part), withIntermediateDirectories: true)
    }
    let file = place.appendingPathComponent("new/\(1_780_000_000 + number).M\(number)P1.test")
    try Data(bytes).write(to: file)
    if getuid() == 0 { try Self.run("/usr/bin/chown", ["-R", "65534:65534", self.folder.path + "/mail"]) }
  }

  func deliver(_ mails: [[UInt8]], folder name: String = "") throws {
    for (number, mail) in mails.enumerated().dropLast() {
      let place = self.folder.appendingPathComponent("mail/anna/\(name.isEmpty ? "" : "." + name + "/")")
      for part in ["cur", "new", "tmp"] {
        try FileManager.default.createDirectory(at: place.appendingPathComponent(part), withIntermediateDirectories: true)
      }
      try Data(mail).write(to: place.appendingPathComponent("new/\(1_780_000_000 + number).M\(number)P1.test"))
    }
    if let last = mails.last { try deliver(last, number: mails.count - 1, folder: name) }
  }

  /// Names of the files that say a mail was read.
  func seen() -> [String] {
    let files = FileManager.default.enumerator(atPath: folder.path + "/mail/anna")?.compactMap { $0 as? String } ?? []
    return files.filter { name in name.range(of: ":2,").map { name[$0.upperBound...].contains("S") } ?? false }
  }

  var mailCount: Int {
    let files = FileManager.default.enumerator(atPath: folder.path + "/mail/anna")?.compactMap { $0 as? String } ?? []
    return files.filter { $0.contains("P1.test") }.count
  }

  struct Failure: Error { let words: String }

  private static func run(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(words: program) }
  }

  static func address(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  static func freePort() throws -> Int {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = address(0), size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0 }
    }
    guard isBound else { throw Failure(words: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private static func connects(_ port: Int) -> Bool {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = address(port)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
    }
  }
}
