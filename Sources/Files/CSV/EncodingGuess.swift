/// Which encoding a file is in: by its byte order mark, by the zeros of UTF-16, by being valid UTF-8, and else by
/// which one-byte reading looks most like Russian, Bulgarian, Polish or another European language.
package enum EncodingGuess {
  private static let sampleSize = 64 * 1024

  /// Looks at the beginning of the file and, as long as that is plain ASCII, further on: a list may begin with ten
  /// thousand Latin rows.
  package static func encoding(of source: ByteSource) throws(CSVProblem) -> TextEncoding {
    let next = try source.open()
    var sample: [UInt8] = []
    while true {
      let piece = try next()
      if piece.isEmpty { return encoding(ofSample: sample) }
      sample += piece
      guard sample.count >= sampleSize else { continue }
      let guess = encoding(ofSample: sample)
      if guess != .utf8 || sample.contains(where: { $0 >= 0x80 }) { return guess }
      sample.removeAll(keepingCapacity: true)
    }
  }

  package static func encoding(ofSample bytes: [UInt8]) -> TextEncoding {
    for encoding in [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian]
    where bytes.starts(with: encoding.byteOrderMark) {
      return encoding
    }
    if let wide = utf16(bytes) { return wide }
    if looksLikeUTF8(bytes) { return .utf8 }
    // Letters outside ASCII tell; a hundred kilobytes of them tell nothing more than eight do.
    let sample = Array(bytes.prefix(sampleSize))
    var best = (encoding: TextEncoding.windows1252, score: Int.min)
    for encoding in TextEncoding.oneByte {
      let score = LetterStatistics.score(sample, in: encoding.characters)
      if score > best.score { best = (encoding, score) }
    }
    return best.encoding
  }

  /// Every delimiter, digit and line end of a table in UTF-16 has a zero byte, all on the same side.
  private static func utf16(_ bytes: [UInt8]) -> TextEncoding? {
    var zeros = (even: 0, odd: 0)
    for (index, byte) in bytes.enumerated() where byte == 0 {
      if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
    }
    guard (zeros.even + zeros.odd) * 40 >= bytes.count, zeros.even + zeros.odd > 0 else { return nil }
    if zeros.odd > zeros.even * 9 { return .utf16LittleEndian }
    return zeros.even > zeros.odd * 9 ? .utf16BigEndian : nil
  }

  /// Valid, or valid but for a few broken characters among many whole ones. The last three bytes of the sample are
  /// forgiven: the sample may end inside a character.
  private static func looksLikeUTF8(_ bytes: [UInt8]) -> Bool {
    var (whole, broken) = (0, 0)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        continue
      }
      let length = byte >= 0xF0 && byte < 0xF5 ? 4 : byte >= 0xE0 && byte < 0xF0 ? 3 : byte >= 0xC2 && byte < 0xE0 ? 2 : 1
      let tail = bytes[(index + 1)..<min(index + length, bytes.count)]
      if length > 1, tail.allSatisfy({ $0 & 0xC0 == 0x80 }) {
        if tail.count == length - 1 { whole += 1 }
        index += length
      } else {
        broken += 1
        index += 1
      }
    }
    return broken == 0 || whole > broken * 20
  }
}
