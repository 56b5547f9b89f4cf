import Foundation

@testable import Domain

/// A server that answers as a test has it: what a real one never would, or seldom.
final class ScriptedIMAP: Sendable {
  /// What to answer to a command (without its tag), asked for the n-th time, from 0; the last line gets the tag. Nil for what any server
  /// answers.
  typealias Script = @Sendable (_ command: String, _ time: Int) -> [String]?

  let port: Int
  private let listener: Int32
  private let heard = Heard()

  var server: MailboxServer {
    MailboxServer(host: "127.0.0.1", port: port, security: .none, username: "anna", secret: "secret")
  }
  /// Every command, in order.
  var commands: [String] { heard.all }

  private final class Heard: @unchecked Sendable {
    private let lock = NSLock()
    private var commands: [String] = []
    var all: [String] { lock.withLock { commands } }
    func add(_ command: String) -> Int {
      lock.withLock {
        defer { commands.append(command) }
        return commands.count { $0 == command }
      }
    }
  }

  init(_ script: @escaping Script) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = Dovecot.address(0), size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) == 0 && getsockname(listener, $0, &size) == 0 }
    } && listen(listener, 8) == 0
    guard isListening else { throw Dovecot.Failure(words: "cannot listen") }
    (self.listener, port) = (listener, Int(UInt16(bigEndian: address.sin_port)))
    Thread.detachNewThread { [heard] in
      while case let client = accept(listener, nil, nil), client >= 0 { Thread.detachNewThread { Self.serve(client, heard, script) } }
      close(listener)
    }
  }

  /// Those who wait are let go; the number is free again when nobody waits on it.
  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  private static func serve(_ client: Int32, _ heard: Heard, _ script: Script) {
    defer { close(client) }
    var (waiting, room) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
    guard say("* OK ready\r\n", to: client) else { return }
    while case let count = recv(client, &room, room.count, 0), count > 0 {
      waiting += room.prefix(count)
      while let end = waiting.firstIndex(of: 10) {
        let words = String(decoding: waiting[..<end], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
          .split(separator: " ", maxSplits: 1).map(String.init)
        waiting.removeSubrange(...end)
        guard words.count == 2 else { return }
        var lines = script(words[1], heard.add(words[1])) ?? usual(words[1])
        lines.append("\(words[0]) \(lines.removeLast())")
        guard say(lines.joined(separator: "\r\n") + "\r\n", to: client) else { return }
      }
    }
  }

  private static func usual(_ command: String) -> [String] {
    switch command {
    case "CAPABILITY": ["* CAPABILITY IMAP4rev1", "OK done"]
    case "LOGOUT": ["* BYE", "OK done"]
    default: ["OK done"]
    }
  }

  private static func say(_ text: String, to client: Int32) -> Bool {
    let bytes = Array(text.utf8)
    return send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }
}
