import Foundation

@testable import Files

/// The shared test data beside the project; tests that need it are skipped where it is missing.
enum CSVFixtures {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../../shared/data/csv").standardizedFileURL
  static var areHere: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  static func json(_ name: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent(name)))
  }

  static func rows(_ source: ByteSource, dialect: CSVDialect? = nil) throws -> [[String]] {
    var reader = try dialect.map { try CSVReader(source, dialect: $0) } ?? CSVReader(source)
    var rows: [[String]] = []
    while let row = try reader.nextRow() { rows.append(row.cells) }
    return rows
  }
}
