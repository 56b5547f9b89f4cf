import Foundation

@testable import Channels
@testable import Domain

/// The shared mails beside the project; tests that need them are skipped where they are missing.
enum MailFixtures {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../../shared/data/mime").standardizedFileURL
  static var areHere: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: folder.appendingPathComponent(name))) }

  static func json<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(name)))
  }

  /// Every mail there is, by its path.
  static func all() -> [String] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".eml") || $0.hasPrefix("python-email/") && $0.hasSuffix(".txt") }.sorted()
  }
}

extension MIMEReader {
  /// A mail written in a test: LF or CRLF, whichever.
  static func read(_ text: String) -> ReceivedMail? { read(Array(text.utf8)) }
}
