/// COPY's text format: tab between values, `\N` for NULL, backslash escapes (PostgreSQL manual, "COPY", "Text Format").
enum PostgresCopyText {
  static func append(_ row: [SQLValue], to buffer: inout [UInt8]) {
    for (index, value) in row.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: "\t")) }
      append(value, to: &buffer)
    }
    buffer.append(UInt8(ascii: "\n"))
  }

  private static func append(_ value: SQLValue, to buffer: inout [UInt8]) {
    switch value {
    case .null: buffer.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "N")])
    case .bool(let value): buffer.append(UInt8(ascii: value ? "t" : "f"))
    case .int(let value): buffer.append(contentsOf: String(value).utf8)
    case .double(let value): buffer.append(contentsOf: String(value).utf8)
    case .text(let value): for byte in value.utf8 { append(escaping: byte, to: &buffer) }
    case .blob(let value):
      // Two backslashes: COPY takes one, and `\x` begins bytea's hex form.
      buffer.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\\"), UInt8(ascii: "x")])
      for byte in value { buffer.append(contentsOf: [hex(byte >> 4), hex(byte & 15)]) }
    }
  }

  private static func append(escaping byte: UInt8, to buffer: inout [UInt8]) {
    switch byte {
    case 0: break
    case UInt8(ascii: "\\"): buffer.append(contentsOf: [byte, byte])
    case UInt8(ascii: "\n"): buffer.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
    case UInt8(ascii: "\r"): buffer.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
    case UInt8(ascii: "\t"): buffer.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
    default: buffer.append(byte)
    }
  }

  private static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? UInt8(ascii: "0") &+ digit : UInt8(ascii: "a") &+ (digit &- 10) }
}
