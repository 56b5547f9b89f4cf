import Foundation
import Testing

@testable import Files

@Suite struct CSVDialectTests {
  @Test(
    .enabled(if: CSVFixtures.areHere, "needs the shared data"),
    arguments: [
      ("ibm866_semicolon_lossy", TextEncoding.ibm866, ";"), ("iso-8859-5_semicolon_lossy", .iso8859x5, ";"),
      ("utf16le_bom_tab", .utf16LittleEndian, "\t"), ("utf8_comma_lf", .utf8, ","), ("utf8_pipe_cr", .utf8, "|"),
      ("utf8_quoted_all_sep_line", .utf8, ";"), ("utf8_semicolon_nbsp_thousands", .utf8, ";"),
      ("utf8bom_semicolon_crlf", .utf8, ";"), ("windows-1251_semicolon", .windows1251, ";"),
    ])
  func oneTableInManyEncodings(_ name: String, _ encoding: TextEncoding, _ delimiter: String) throws {
    let source = ByteSource.file(CSVFixtures.path("contacts_bg/\(name).csv"), piece: 100)
    let dialect = try CSVDialect.guess(source)
    #expect(dialect.encoding == encoding)
    #expect([dialect.delimiter] == Array(delimiter.utf8))
    let expected = try #require(CSVFixtures.json("contacts_bg/expected.json") as? [String: Any])
    let keys = try #require(expected["keys"] as? [String])
    let records = try #require(expected["records"] as? [[String: Any]])
    let rows = try CSVFixtures.rows(source, dialect: dialect).map { $0.map(plain) }
    let lossy = name.hasSuffix("lossy")
    #expect(rows.count == records.count + 1)
    if !lossy { #expect(rows.first == expected["header"] as? [String]) }
    for (row, record) in zip(rows.dropFirst(), records) {
      for (cell, key) in zip(row, keys) where !(lossy && ["company", "address", "note"].contains(key)) {
        #expect(cell == plain(record[key] as? String ?? ""), "\(key)")
      }
    }
  }

  /// The same text in files that differ in line ends and in the blank between thousands.
  private func plain(_ cell: String) -> String {
    cell.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n")
      .replacingOccurrences(of: "\u{A0}", with: " ")
  }

  static let ru = "Имя;Телефон;Город\nАнна Петрова;+7 912 345-67-89;Санкт-Петербург\nОбщество «Рога и копыта»;;Щёлково\n"
  static let bg = "Име;Телефон;Град\nЦветан Ъглов;0888 123 456;Стара Загора\n„Ябълка и син“ ООД;;Велико Търново\n"
  static let pl = "Imię;Nazwisko;Miejscowość\nŁukasz;Wiśniewski;Gdańsk\nGrażyna;Żółtowska;Łódź\nPaweł;Dąbrowski;Poznań\n"
  static let de = "Name;Straße;Ort\nJürgen Müller;Königsallee 5;Düsseldorf\nChloé Françoise;Rue de l'Été;Genève\n"

  @Test(arguments: [
    (ru, [TextEncoding.windows1251, .iso8859x5, .ibm866, .koi8r, .utf8, .utf16LittleEndian, .utf16BigEndian]),
    (bg, [.windows1251, .iso8859x5, .utf8, .utf16LittleEndian, .utf16BigEndian]),
    (pl, [.windows1250, .iso8859x2, .utf8, .utf16LittleEndian, .utf16BigEndian]),
    (de, [.windows1252, .utf8, .utf16LittleEndian, .utf16BigEndian]),
  ])
  func guessedWithoutMark(_ text: String, _ encodings: [TextEncoding]) throws {
    for encoding in encodings {
      let bytes = encode(text, encoding)
      #expect(EncodingGuess.encoding(ofSample: bytes) == encoding)
      var decoder = TextDecoder(encoding)
      let decoded = bytes.map { decoder.decode([$0]) }.joined()
      if encoding != .iso8859x5 && encoding != .ibm866 && encoding != .koi8r {
        #expect(String(decoding: Array(decoded), as: UTF8.self) == text)
      }
    }
  }

  private func encode(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
    switch encoding {
    case .utf8: return Array(text.utf8)
    case .utf16LittleEndian: return text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16BigEndian: return text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    default:
      let characters = encoding.characters
      return text.unicodeScalars.map { scalar in UInt8(characters.firstIndex(of: scalar) ?? 0x3F) }
    }
  }

  @Test func latinRowsFirst() throws {
    let latin = String(repeating: "Anna;Sofia\n", count: 20_000)
    let bytes = Array(latin.utf8) + encode(Self.bg, .windows1251)
    #expect(try EncodingGuess.encoding(of: .bytes(bytes)) == .windows1251)
  }

  @Test func pairsOfUTF16() {
    let text = "a😀б\n"
    for encoding in [TextEncoding.utf16LittleEndian, .utf16BigEndian] {
      var decoder = TextDecoder(encoding)
      let decoded = encode(text, encoding).map { decoder.decode([$0]) }.joined()
      #expect(String(decoding: Array(decoded), as: UTF8.self) == text)
    }
    var cut = TextDecoder(.utf16LittleEndian)
    _ = cut.decode([0x3D, 0xD8])
    #expect(cut.finish() == Array("\u{FFFD}".utf8))
  }

  @Test(arguments: [
    ("a;b\n1,5;2,5\n3,5;4,5\n", ";"), ("a,b\n1.5,x;y\n2,z\n", ","), ("a\tb\n1,5\t2\n", "\t"), ("a|b|c\n1|2|3\n", "|"),
    ("name\nAnna\nPetar\n", ","), ("\"a;b\",c\n\"d;e\",f\n", ","), ("sep=;\na,b;c\n", ";"), ("sep=^\na^b\n", "^"),
    ("\"sep=|\"\na,b|c\n", "|"), ("Notes:\n\"one, two\"\n\nFirst Name,Last Name,URL\nA,B,C\nD,E,F\n", ","),
  ])
  func delimiters(_ text: String, _ delimiter: String) throws {
    #expect([try CSVDialect.guess(.bytes(Array(text.utf8))).delimiter] == Array(delimiter.utf8))
  }

  @Test func theSeparatorLineIsNoRow() throws {
    var reader = try CSVReader(.bytes(Array("sep=;\r\na;b\r\n1;2\r\n".utf8)))
    #expect(try reader.nextRows(5) == [CSVRow(line: 2, cells: ["a", "b"]), CSVRow(line: 3, cells: ["1", "2"])])
  }

  @Test func thePersonKnowsBetter() throws {
    let dialect = try CSVDialect.guess(.bytes(Array("a;b,c\n1;2,3".utf8)), encoding: .koi8r, delimiter: UInt8(ascii: ","))
    #expect(dialect == CSVDialect(encoding: .koi8r, delimiter: UInt8(ascii: ",")))
  }
}
