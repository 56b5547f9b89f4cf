import Foundation
import Testing

/// A program of the machine that reads what we wrote: bytes in, text out.
package enum Tool {
  package static func run(_ name: String, _ arguments: [String], _ input: [UInt8]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("dossier-test-\(UUID().uuidString)")
    try Data(input).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process(), out = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // The first lone dash is the input: poppler's tools and others read a file more readily than a pipe.
    var given = arguments
    if let place = given.firstIndex(of: "-") { given[place] = file.path }
    process.arguments = [name] + given
    process.standardOutput = out
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = out.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A socket on this machine that hears whether anyone called.
package final class Ear {
  private let descriptor: Int32
  package let port: UInt16

  package init() throws {
    let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(listening, raw, size) == 0 && listen(listening, 8) == 0 && getsockname(listening, raw, &size) == 0
      }
    }
    try #require(bound)
    descriptor = listening
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(descriptor) }

  package var wasCalled: Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) != 0
  }
}
