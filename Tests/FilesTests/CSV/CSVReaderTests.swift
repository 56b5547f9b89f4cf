import Foundation
import Testing

@testable import Files

@Suite struct CSVReaderTests {
  @Test(arguments: [
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n\"x\r\ny\",2\n", [["a", "b"], ["x\r\ny", "2"]]),
    ("a,b\n\"say \"\"hi\"\"\",\n", [["a", "b"], ["say \"hi\"", ""]]),
    ("a,b\n5\" pipe,2\n", [["a", "b"], ["5\" pipe", "2"]]),
    ("a,b\n\"the \"big\" one\",2\n", [["a", "b"], ["the \"big\" one", "2"]]),
    ("a,b\n\"x\"  ,2\n", [["a", "b"], ["x", "2"]]),
    ("a,b\n\"x\" y\",2\n", [["a", "b"], ["x\" y", "2"]]),
    ("a,b\n,\n", [["a", "b"], ["", ""]]),
    ("a,b\n\"\",\"\"", [["a", "b"], ["", ""]]),
    ("a,b\nx\u{0}y,2", [["a", "b"], ["xy", "2"]]),
    ("", []),
    ("\n\n", []),
  ])
  func rows(_ text: String, _ expected: [[String]]) throws {
    for piece in [1, 2, 3, 7, 64] {
      let source = ByteSource.bytes(Array(text.utf8), piece: piece)
      #expect(try CSVFixtures.rows(source, dialect: CSVDialect()) == expected, "pieces of \(piece)")
    }
  }

  @Test func linesAreCountedAsAnEditorDoes() throws {
    let text = "a,b\r\n\"x\r\ny\",2\r\n\r\n3,4\r5,6\n7,8"
    for piece in [1, 2, 64] {
      var reader = try CSVReader(.bytes(Array(text.utf8), piece: piece), dialect: CSVDialect())
      #expect(try reader.nextRows(9).map(\.line) == [1, 2, 5, 6, 7])
    }
  }

  @Test(arguments: [
    ("a\n" + String(repeating: "x", count: 50), CSVProblem.cellTooLong(line: 2, limit: 40)),
    ("a\n" + String(repeating: "xxxxxxxxx,", count: 6), .rowTooLong(line: 2, limit: 45)),
    ("a\n,,,,,,,,,,,,,", .tooManyColumns(line: 2, limit: 10)),
    ("a\nb\n\"c", .unclosedQuote(line: 3)),
  ])
  func bounds(_ text: String, _ problem: CSVProblem) throws {
    let limits = CSVLimits(cell: 40, row: 45, columns: 10)
    var reader = try CSVReader(.bytes(Array(text.utf8)), dialect: CSVDialect(), limits: limits)
    #expect(throws: problem) { try reader.nextRows(9) }
  }

  @Test func aFileThatIsNotThere() {
    #expect(throws: CSVProblem.unreadable) { try CSVReader(.file("/nowhere/at/all.csv")) }
  }

  /// Whatever the bytes, whatever the pieces: rows or a problem, never a trap.
  @Test func randomBytes() throws {
    var random = SplitMix(state: 20_261_105)
    let usual = Array("\"\",;\t|\r\n\r\n a1\u{FEFF}Ж='".utf8)
    for _ in 0..<200 {
      let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
        Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : usual.randomElement(using: &random) ?? 0
      }
      let source = ByteSource.bytes(bytes, piece: Int.random(in: 1..<40, using: &random))
      _ = try? CSVFixtures.rows(source)
      for encoding in TextEncoding.allCases {
        _ = try? CSVFixtures.rows(source, dialect: CSVDialect(encoding: encoding, delimiter: UInt8(ascii: ";")))
      }
    }
  }

  @Test(
    .enabled(if: CSVFixtures.areHere, "needs the shared data"),
    arguments: [
      "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf", "quotes_and_newlines",
      "simple", "simple_crlf", "utf8",
    ])
  func spectrum(_ name: String) throws {
    let rows = try CSVFixtures.rows(.file(CSVFixtures.path("csv-spectrum/csvs/\(name).csv"), piece: 5))
    let expected = try #require(CSVFixtures.json("csv-spectrum/json/\(name).json") as? [[String: String]])
    let header = try #require(rows.first)
    let records = rows.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    #expect(records == expected)
  }

  @Test(
    .enabled(if: CSVFixtures.areHere, "needs the shared data"),
    arguments: [
      ("papaparse/long-sample.csv", 8, 7), ("papaparse/sample-header.csv", 3, 2), ("papaparse/utf-8-bom-sample.csv", 2, 3),
      ("clevercsv/airedale.csv", 55, 8), ("clevercsv/imdb.csv", 101, 44), ("clevercsv/milk.csv", 381, 23),
    ])
  func otherReadersFiles(_ name: String, _ leastRows: Int, _ columns: Int) throws {
    let rows = try CSVFixtures.rows(.file(CSVFixtures.path(name)))
    #expect(rows.count >= leastRows)
    #expect(rows.first?.count == columns)
    #expect(rows.filter { $0.count != columns }.count <= 1)
  }
}

/// Steele, Lea and Flood's SplitMix64: the same numbers on every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
