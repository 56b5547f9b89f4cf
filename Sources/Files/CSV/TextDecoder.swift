/// Turns pieces of bytes in any of the known encodings into UTF-8, keeping what a piece cuts in two for the next
/// one. UTF-8 passes as it is: what is broken in it becomes U+FFFD when a cell becomes a String.
struct TextDecoder {
  private let encoding: TextEncoding
  private let table: [[UInt8]]
  private var leftover: UInt8?
  private var highSurrogate: UInt16?
  private var atStart = true

  init(_ encoding: TextEncoding) {
    self.encoding = encoding
    table = encoding.characters.map { Array(String($0).utf8) }
  }

  mutating func decode(_ piece: [UInt8]) -> [UInt8] {
    var bytes = piece[...]
    if atStart {
      atStart = false
      let mark = encoding.byteOrderMark
      if !mark.isEmpty, bytes.starts(with: mark) { bytes = bytes.dropFirst(mark.count) }
    }
    switch encoding {
    case .utf8: return bytes.count == piece.count ? piece : Array(bytes)
    case .utf16LittleEndian: return utf16(bytes, littleEndian: true)
    case .utf16BigEndian: return utf16(bytes, littleEndian: false)
    default: return oneByte(bytes)
    }
  }

  /// What remains when the file ends in the middle of a character.
  mutating func finish() -> [UInt8] {
    defer { (leftover, highSurrogate) = (nil, nil) }
    return leftover == nil && highSurrogate == nil ? [] : Self.replacement
  }

  private static let replacement = Array("\u{FFFD}".utf8)

  private func oneByte(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 2)
    for byte in bytes {
      if byte < 0x80 { out.append(byte) } else { out.append(contentsOf: table[Int(byte)]) }
    }
    return out
  }

  private mutating func utf16(_ bytes: ArraySlice<UInt8>, littleEndian: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    for byte in bytes {
      guard let first = leftover else {
        leftover = byte
        continue
      }
      leftover = nil
      append(littleEndian ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte), to: &out)
    }
    return out
  }

  private mutating func append(_ unit: UInt16, to out: inout [UInt8]) {
    if let high = highSurrogate {
      highSurrogate = nil
      if UTF16.isTrailSurrogate(unit) {
        let value = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
        if let scalar = Unicode.Scalar(value) { out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter) }
        return
      }
      out.append(contentsOf: Self.replacement)
    }
    if UTF16.isLeadSurrogate(unit) {
      highSurrogate = unit
    } else if unit < 0x80 {
      out.append(UInt8(truncatingIfNeeded: unit))
    } else if let scalar = Unicode.Scalar(unit), let encoded = UTF8.encode(scalar) {
      out.append(contentsOf: encoded)
    } else {
      out.append(contentsOf: Self.replacement)
    }
  }
}
