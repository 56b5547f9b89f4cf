/// Folding of text for search and for order, so that every engine and every language finds and sorts alike without a
/// collation of the database's. Sources: Unicode compatibility decompositions of the Latin blocks (see `FoldTables`).

package enum Fold {
  /// Lower case, no accents, ł as l, ё as е (й stays a letter of its own), ß as ss; runs of white space become one blank, none
  /// at the ends. Composed and decomposed input give the same.
  package static func search(_ text: String) -> String { folded(text, polish: false) }

  /// One order for all languages: as `search`, but a Polish letter comes right after its base letter. Compare by bytes.
  package static func sortKey(_ text: String) -> String { folded(text, polish: true) }

  /// The decimal digits alone, as a phone number is searched for.
  package static func digits(_ text: String) -> String {
    String(decoding: text.utf8.filter { 0x30...0x39 ~= $0 }, as: UTF8.self)
  }

  private static func folded(_ text: String, polish: Bool) -> String {
    var text = text
    return text.withUTF8 { bytes in
      var writer = FoldWriter(capacity: bytes.count + (polish ? 8 : 0), polish: polish)
      guard let firstWide = bytes.firstIndex(where: { $0 >= 0x80 }) else {
        for byte in bytes { writer.put(ascii: byte) }
        return writer.finished
      }
      for byte in bytes[..<firstWide] { writer.put(ascii: byte) }
      for scalar in String(decoding: bytes[firstWide...], as: UTF8.self).unicodeScalars { writer.put(scalar) }
      return writer.finished
    }
  }
}

private struct FoldWriter {
  private var bytes: [UInt8] = []
  private var blankPending = false
  private let polish: Bool

  init(capacity: Int, polish: Bool) {
    self.polish = polish
    bytes.reserveCapacity(capacity)
  }

  var finished: String { String(decoding: bytes, as: UTF8.self) }

  @inline(__always)
  mutating func put(ascii byte: UInt8) {
    switch byte {
    case 0x41...0x5A: append(byte | 0x20)
    case 0x21...0x7E: append(byte)
    case 0x20, 0x09...0x0D: blankPending = true
    default: break  // other control characters are nothing one searches for
    }
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    if blankPending {
      if !bytes.isEmpty { bytes.append(0x20) }
      blankPending = false
    }
    bytes.append(byte)
  }

  private mutating func append(utf8 scalar: Unicode.Scalar) {
    for byte in UTF8.encode(scalar).map(Array.init) ?? [] { append(byte) }
  }

  mutating func put(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0..<0x80: put(ascii: UInt8(truncatingIfNeeded: scalar.value))
    case 0x0430...0x044F: append(cyrillic: scalar.value)
    case 0x0410...0x042F: append(cyrillic: scalar.value + 0x20)
    case 0x0400...0x045F: putMarkedCyrillic(scalar)
    case 0x0300...0x036F: putMark(scalar.value)
    default:
      if let letter = FoldTables.latin(scalar.value) {
        append(letter)
        if polish, let rank = FoldTables.polishRank(scalar.value) { append(rank) }
      } else {
        putOther(scalar)
      }
    }
  }

  private mutating func append(cyrillic value: UInt32) {
    append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
    bytes.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
  }

  private mutating func putMarkedCyrillic(_ scalar: Unicode.Scalar) {
    let lower = scalar.value < 0x0410 ? scalar.value + 0x50 : scalar.value
    append(cyrillic: FoldTables.unmarkedCyrillic(lower))
  }

  /// Marks vanish, save those that make another letter: и and a breve is й; in the order, a Polish letter's mark.
  private mutating func putMark(_ mark: UInt32) {
    if mark == 0x0306, bytes.suffix(2) == [0xD0, 0xB8] {
      bytes[bytes.endIndex - 1] = 0xB9
    } else if polish, let last = bytes.last, let rank = FoldTables.polishRank(last, mark: mark) {
      append(rank)
    }
  }

  private mutating func putOther(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x200B...0x200D, 0x2060, 0xFEFF, 0x00AD: break  // invisible: joiners, soft hyphen
    case 0x2018, 0x2019, 0x02BC, 0x00B4: append(0x27)
    case 0x2010...0x2015: append(0x2D)
    default:
      if scalar.properties.isWhitespace {
        blankPending = true
      } else if let letters = FoldTables.several(scalar.value) {
        for byte in letters.utf8 { append(byte) }
      } else {
        for lower in scalar.properties.lowercaseMapping.unicodeScalars { append(utf8: lower) }
      }
    }
  }
}
