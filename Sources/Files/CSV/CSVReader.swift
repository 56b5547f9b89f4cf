/// Reads the rows of a table one after another in memory that does not grow with the file.
///
/// A file that Dossier wrote says so (see `CSVWriter.mark`); of such a file the mark's column is taken away and the
/// apostrophe that neutralised a cell is stripped, so that what was exported comes back letter for letter.
package struct CSVReader {
  private let next: ByteSource.Pieces
  private let dialect: CSVDialect
  private var decoder: TextDecoder
  private var parser: CSVParser
  private var rows: [CSVRow] = []
  private var position = 0
  private var atStart = true
  private var ended = false
  private var ownColumns: Int?
  private var headerSeen = false

  package init(
    _ source: ByteSource, dialect: CSVDialect, limits: CSVLimits = CSVLimits()
  ) throws(CSVProblem) {
    next = try source.open()
    self.dialect = dialect
    decoder = TextDecoder(dialect.encoding)
    parser = CSVParser(delimiter: dialect.delimiter, limits: limits, firstLine: dialect.hasSeparatorLine ? 2 : 1)
  }

  /// Reads a file about which nothing is known.
  package init(_ source: ByteSource) throws(CSVProblem) {
    try self.init(source, dialect: .guess(source))
  }

  /// Whether the file carries Dossier's own mark. Known once the first row is read.
  package var isOwn: Bool { ownColumns != nil }

  package mutating func nextRow() throws(CSVProblem) -> CSVRow? {
    while position >= rows.count {
      if ended { return nil }
      try readPiece()
    }
    var row = rows[position]
    position += 1
    if let ownColumns {
      row.cells = row.cells.prefix(ownColumns).map(CSVNeutral.restored)
    }
    return row
  }

  /// The first rows, for a preview.
  package mutating func nextRows(_ count: Int) throws(CSVProblem) -> [CSVRow] {
    var some: [CSVRow] = []
    while some.count < count, let row = try nextRow() { some.append(row) }
    return some
  }

  private mutating func readPiece() throws(CSVProblem) {
    rows.removeAll(keepingCapacity: true)
    position = 0
    let piece = try next()
    ended = piece.isEmpty
    var text = ended ? decoder.finish() : decoder.decode(piece)
    let first = atStart && !text.isEmpty
    if first, dialect.hasSeparatorLine, let line = CSVDialect.separatorLine(text) {
      text.removeFirst(min(line.length, text.count))
    }
    atStart = atStart && !first
    try parser.parse(text, into: &rows)
    if ended { try parser.finish(into: &rows) }
    if !headerSeen, let header = rows.first {
      headerSeen = true
      let filled = header.cells.dropLast(header.cells.reversed().prefix(while: \.isEmpty).count)
      if filled.last == CSVWriter.mark { ownColumns = filled.count - 1 }
    }
  }
}
