/// The encodings that client lists come in, by their IANA names. A file may say which (byte order mark), else
/// `EncodingGuess` decides, else the person who imports.
package enum TextEncoding: String, CaseIterable, Codable, Hashable, Sendable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case windows1251 = "windows-1251"
  case windows1250 = "windows-1250"
  case windows1252 = "windows-1252"
  case iso8859x2 = "iso-8859-2"
  case iso8859x5 = "iso-8859-5"
  case ibm866 = "ibm866"
  case koi8r = "koi8-r"

  /// The encodings of one byte a letter, the likelier first: a tie in the guess goes to the earlier.
  static let oneByte: [TextEncoding] = [
    .windows1252, .windows1251, .windows1250, .iso8859x2, .iso8859x5, .ibm866, .koi8r,
  ]

  var byteOrderMark: [UInt8] {
    switch self {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    default: []
    }
  }

  /// The characters of all 256 bytes of a one-byte encoding; empty for the Unicode encodings.
  var characters: [Unicode.Scalar] {
    let upper = Array(ByteTable.upperHalf(of: self).unicodeScalars)
    return upper.isEmpty ? [] : (UInt8(0)..<0x80).map { Unicode.Scalar($0) } + upper
  }
}
