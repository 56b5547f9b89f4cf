/// A workbook (XLSX) whose sheets hold what a test writes into them, right or wrong: a ZIP file without compression.
package enum RawWorkbook {
  /// - Parameter sheets: names and what stands in their `sheetData`.
  package static func bytes(_ sheets: [(name: String, rows: String)]) -> [UInt8] {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let numbered = sheets.enumerated().map { ($0.offset + 1, $0.element) }
    let names = numbered.map { "<sheet name=\"\($1.name)\" sheetId=\"\($0)\" r:id=\"r\($0)\"/>" }.joined()
    let targets = numbered.map { number, _ in "<Relationship Id=\"r\(number)\" Target=\"worksheets/sheet\(number).xml\"/>" }.joined()
    var parts = [
      ("xl/workbook.xml", "<workbook xmlns=\"\(main)\" xmlns:r=\"\(links)\"><sheets>\(names)</sheets></workbook>"),
      ("xl/_rels/workbook.xml.rels", "<Relationships>\(targets)</Relationships>"),
      ("xl/styles.xml", "<styleSheet xmlns=\"\(main)\"><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
    ]
    for (number, sheet) in numbered {
      parts.append(("xl/worksheets/sheet\(number).xml", "<worksheet xmlns=\"\(main)\"><sheetData>\(sheet.rows)</sheetData></worksheet>"))
    }
    return zip(parts.map { ($0.0, Array($0.1.utf8)) })
  }

  /// A row of texts.
  package static func row(_ cells: String...) -> String {
    "<row>" + cells.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
  }

  private static func zip(_ parts: [(name: String, content: [UInt8])]) -> [UInt8] {
    var out: [UInt8] = [], index: [UInt8] = []
    for (name, content) in parts {
      // Version, flags, method 0 (stored), time, date; then checksum, both sizes, lengths of name and extra.
      var about = words([20, 0, 0, 0, 33])
      about += longs([checksum(content), content.count, content.count])
      about += words([name.utf8.count, 0])
      index += longs([0x0201_4B50])
      index += words([20])
      index += about
      index += words([0, 0, 0])
      index += longs([0, out.count])
      index += Array(name.utf8)
      out += longs([0x0403_4B50])
      out += about
      out += Array(name.utf8)
      out += content
    }
    var end = longs([0x0605_4B50])
    end += words([0, 0, parts.count, parts.count])
    end += longs([index.count, out.count])
    end += words([0])
    return out + index + end
  }

  private static func words(_ numbers: [Int]) -> [UInt8] {
    numbers.flatMap { number -> [UInt8] in [UInt8(number & 0xFF), UInt8((number >> 8) & 0xFF)] }
  }
  private static func longs(_ numbers: [Int]) -> [UInt8] { words(numbers.flatMap { [$0 & 0xFFFF, $0 >> 16] }) }

  /// CRC-32 as ZIP has it.
  private static func checksum(_ bytes: [UInt8]) -> Int {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return Int(~sum)
  }
}
