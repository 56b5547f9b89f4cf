/// How a particular file writes a table: its encoding, its delimiter (one ASCII byte) and whether its first line
/// only names the delimiter (`sep=;`, as Excel writes it).
package struct CSVDialect: Codable, Hashable, Sendable {
  package var encoding: TextEncoding
  package var delimiter: UInt8
  package var hasSeparatorLine: Bool

  package init(encoding: TextEncoding = .utf8, delimiter: UInt8 = UInt8(ascii: ","), hasSeparatorLine: Bool = false) {
    self.encoding = encoding
    self.delimiter = delimiter
    self.hasSeparatorLine = hasSeparatorLine
  }

  /// Guesses what the person who imports has not said.
  package static func guess(
    _ source: ByteSource, encoding: TextEncoding? = nil, delimiter: UInt8? = nil
  ) throws(CSVProblem) -> CSVDialect {
    let known: TextEncoding
    if let encoding { known = encoding } else { known = try EncodingGuess.encoding(of: source) }
    let text = try beginning(of: source, encoding: known)
    let named = separatorLine(text)
    return CSVDialect(
      encoding: known, delimiter: delimiter ?? named?.delimiter ?? Delimiter.guess(text),
      hasSeparatorLine: named != nil)
  }

  private static func beginning(of source: ByteSource, encoding: TextEncoding) throws(CSVProblem) -> [UInt8] {
    let next = try source.open()
    var decoder = TextDecoder(encoding)
    var text: [UInt8] = []
    while text.count < Delimiter.sampleSize {
      let piece = try next()
      if piece.isEmpty { break }
      text += decoder.decode(piece)
    }
    return text
  }

  /// The delimiter that a first line `sep=X` names, and how long that line is with its line end.
  static func separatorLine(_ text: [UInt8]) -> (delimiter: UInt8, length: Int)? {
    let ends = [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    let line = text.prefix(12).prefix { !ends.contains($0) }
    var inner = line[...]
    if inner.first == UInt8(ascii: "\""), inner.last == UInt8(ascii: "\""), inner.count > 1 {
      inner = inner.dropFirst().dropLast()
    }
    guard inner.count == 5, String(decoding: inner.prefix(4), as: UTF8.self).lowercased() == "sep=",
      let delimiter = inner.last, delimiter < 0x80, !(ends + [UInt8(ascii: "\""), 0]).contains(delimiter)
    else { return nil }
    var length = line.count
    if text.dropFirst(length).first == UInt8(ascii: "\r") { length += 1 }
    if text.dropFirst(length).first == UInt8(ascii: "\n") { length += 1 }
    return (delimiter, length)
  }
}

/// Finds the delimiter as a person does: the one that cuts the lines into the same number of columns.
package enum Delimiter {
  package static let candidates: [UInt8] = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
  static let sampleSize = 64 * 1024
  private static let sampleRows = 100

  static func guess(_ text: [UInt8]) -> UInt8 {
    let skipped = CSVDialect.separatorLine(text)?.length ?? 0
    let sample = Array(text.dropFirst(skipped).prefix(sampleSize))
    var best = (delimiter: UInt8(ascii: ","), score: 0.0)
    for delimiter in candidates {
      let score = score(sample, delimiter: delimiter)
      if score > best.score { best = (delimiter, score) }
    }
    return best.delimiter
  }

  private static func score(_ sample: [UInt8], delimiter: UInt8) -> Double {
    var parser = CSVParser(delimiter: delimiter)
    var rows: [CSVRow] = []
    // A sample may end inside a cell, and a wrong delimiter may run into the bounds: what was read still counts.
    try? parser.parse(sample, into: &rows)
    if sample.count < sampleSize || rows.isEmpty { try? parser.finish(into: &rows) }
    let counts = rows.prefix(sampleRows).map(\.cells.count)
    guard let first = counts.first else { return 0 }
    let byCount = Dictionary(grouping: counts, by: { $0 }).mapValues(\.count)
    guard let (columns, agreeing) = byCount.filter({ $0.key > 1 }).max(by: { ($0.value, $0.key) < ($1.value, $1.key) })
    else { return 0 }
    let share = Double(agreeing) / Double(counts.count)
    let heading = first == columns ? 1 : 0.5
    let stray = Double(parser.strayQuotes) / Double(rows.count)
    return share * share * heading * Double(min(columns, 12) + 4) / (1 + stray)
  }
}
