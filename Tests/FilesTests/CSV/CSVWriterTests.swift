import Testing

@testable import Files

@Suite struct CSVWriterTests {
  static let cells = [
    "", "Anna", "=SUM(A1:A2)", "+359888123456", "-12.50", "-12,5", "-", "-x", "--5", "@home", "\tTab", "\rCR", "'quoted'", "''",
    "'=1",
    "a,b", "a;b", "say \"hi\"", "two\r\nlines", " blanks ", "Жулиета", "−5", "-1.2.3", "-cmd|'/C calc'!A0", "1/2",
  ]

  @Test func comesBackLetterForLetter() throws {
    for delimiter in Delimiter.candidates {
      var writer = CSVWriter(header: Self.cells.indices.map { "c\($0)" }, delimiter: delimiter)
      writer.write(Self.cells)
      let bytes = writer.take()
      for piece in [1, 5, 4096] {
        var reader = try CSVReader(.bytes(bytes, piece: piece))
        #expect(try reader.nextRow()?.cells.last == "c\(Self.cells.count - 1)")
        #expect(try reader.nextRow()?.cells == Self.cells)
        #expect(reader.isOwn)
      }
    }
  }

  @Test(arguments: [
    ("+359888", "'+359888"), ("-12.50", "-12.50"), ("-12", "-12"), ("-1.2.3", "'-1.2.3"), ("=1", "'=1"), ("@a", "'@a"),
    ("'a", "''a"),
    ("a=b", "a=b"), ("", ""),
  ])
  func neutralised(_ cell: String, _ written: String) {
    #expect(CSVNeutral.neutral(cell) == written)
    #expect(CSVNeutral.restored(written) == cell)
  }

  @Test func bytes() {
    var writer = CSVWriter(header: ["id", "name"], byteOrderMark: false)
    writer.write(["1", "a, \"b\""])
    #expect(String(decoding: writer.take(), as: UTF8.self) == "id,name,dossier-csv-1\r\n1,\"a, \"\"b\"\"\",\r\n")
    #expect(writer.take().isEmpty)
  }

  @Test func aForeignFileKeepsItsApostrophes() throws {
    var reader = try CSVReader(.bytes(Array("a,b\n'x,'=1\n".utf8)))
    #expect(try reader.nextRows(2).last?.cells == ["'x", "'=1"])
    #expect(!reader.isOwn)
  }
}
