/// One row of a table: its cells, and the line of the file on which it begins, from 1.
package struct CSVRow: Hashable, Sendable {
  package var line: Int
  package var cells: [String]
}

/// RFC 4180 over UTF-8 pieces, as forgivingly as spreadsheets read: any line end, quotes inside an unquoted cell are
/// text, and so is a quote inside a quoted cell that neither ends it nor is doubled (`"the "big" one",x`). Empty
/// lines give no row. A byte of zero is dropped: databases refuse it.
struct CSVParser {
  private enum State { case cellStart, plain, quoted, quoteSeen, afterQuote }

  private static let quote = UInt8(ascii: "\""), cr = UInt8(ascii: "\r"), lf = UInt8(ascii: "\n")
  private static let space = UInt8(ascii: " ")

  /// Quotes that were neither ends nor doubled: many of them mean a wrong delimiter.
  private(set) var strayQuotes = 0

  private let delimiter: UInt8
  private let limits: CSVLimits
  private let special: [Bool]
  private var state = State.cellStart
  private var cell: [UInt8] = []
  private var cells: [String] = []
  private var rowSize = 0
  private var spaces = 0
  private var line: Int
  private var rowLine: Int
  private var quoteLine = 0
  private var afterCR = false

  init(delimiter: UInt8, limits: CSVLimits = CSVLimits(), firstLine: Int = 1) {
    self.delimiter = delimiter
    self.limits = limits
    line = firstLine
    rowLine = firstLine
    var special = [Bool](repeating: false, count: 256)
    for byte in [delimiter, Self.quote, Self.cr, Self.lf, 0] { special[Int(byte)] = true }
    self.special = special
  }

  /// Takes the next piece and appends the rows that it completes.
  mutating func parse(_ piece: [UInt8], into rows: inout [CSVRow]) throws(CSVProblem) {
    var index = 0
    while index < piece.count {
      if state == .plain || state == .quoted || state == .cellStart {
        let end = endOfText(in: piece, from: index)
        if end > index {
          if state == .cellStart { state = .plain }
          try append(piece[index..<end])
          afterCR = false
          index = end
          continue
        }
      }
      try take(piece[index], into: &rows)
      index += 1
    }
  }

  /// Ends the last row, which need not end in a line end.
  mutating func finish(into rows: inout [CSVRow]) throws(CSVProblem) {
    if state == .quoted { throw .unclosedQuote(line: quoteLine) }
    if state != .cellStart || !cells.isEmpty { try endRow(into: &rows) }
  }

  private func endOfText(in piece: [UInt8], from start: Int) -> Int {
    piece.withUnsafeBufferPointer { bytes in
      special.withUnsafeBufferPointer { special in
        var index = start
        while index < bytes.count, !special[Int(bytes[index])] { index += 1 }
        return index
      }
    }
  }

  private mutating func take(_ byte: UInt8, into rows: inout [CSVRow]) throws(CSVProblem) {
    let completesCRLF = byte == Self.lf && afterCR
    afterCR = byte == Self.cr
    if byte == Self.lf && !completesCRLF || byte == Self.cr { line += 1 }
    switch state {
    case .quoted:
      if byte == Self.quote { state = .quoteSeen } else if byte != 0 { try append([byte]) }
    case .quoteSeen where byte == Self.quote:
      try append([byte])
      state = .quoted
    case .quoteSeen, .afterQuote:
      try takeAfterQuote(byte, into: &rows)
    case .cellStart where byte == Self.quote:
      (state, quoteLine) = (.quoted, line)
    case .cellStart where completesCRLF && cells.isEmpty:
      rowLine = line
    case .cellStart, .plain:
      if !(try end(at: byte, into: &rows)), byte != 0 {
        strayQuotes += byte == Self.quote ? 1 : 0
        state = .plain
        try append([byte])
      }
    }
  }

  /// A quote was seen inside a quoted cell: it ends the cell if, but for spaces, the delimiter or the line end follows.
  private mutating func takeAfterQuote(_ byte: UInt8, into rows: inout [CSVRow]) throws(CSVProblem) {
    if byte == Self.space {
      state = .afterQuote
      spaces += 1
    } else if !(try end(at: byte, into: &rows)), byte != 0 {
      strayQuotes += 1
      try append([Self.quote] + [UInt8](repeating: Self.space, count: spaces))
      spaces = 0
      if byte == Self.quote {
        state = .quoteSeen
      } else {
        state = .quoted
        try append([byte])
      }
    }
  }

  private mutating func end(at byte: UInt8, into rows: inout [CSVRow]) throws(CSVProblem) -> Bool {
    if byte == delimiter {
      try endCell()
      return true
    }
    guard byte == Self.lf || byte == Self.cr else { return false }
    if state == .cellStart, cells.isEmpty { rowLine = line } else { try endRow(into: &rows) }
    return true
  }

  private mutating func append(_ bytes: some Collection<UInt8>) throws(CSVProblem) {
    rowSize += bytes.count
    if cell.count + bytes.count > limits.cell { throw .cellTooLong(line: rowLine, limit: limits.cell) }
    if rowSize > limits.row { throw .rowTooLong(line: rowLine, limit: limits.row) }
    cell.append(contentsOf: bytes)
  }

  private mutating func endCell() throws(CSVProblem) {
    if cells.count >= limits.columns { throw .tooManyColumns(line: rowLine, limit: limits.columns) }
    cells.append(String(decoding: cell, as: UTF8.self))
    cell.removeAll(keepingCapacity: true)
    (spaces, state) = (0, .cellStart)
  }

  private mutating func endRow(into rows: inout [CSVRow]) throws(CSVProblem) {
    try endCell()
    rows.append(CSVRow(line: rowLine, cells: cells))
    cells.removeAll(keepingCapacity: true)
    (rowSize, rowLine) = (0, line)
  }
}
