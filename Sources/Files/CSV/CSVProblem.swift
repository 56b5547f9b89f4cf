/// Why a file cannot be read as a table. Lines count from 1 as an editor shows them.
package enum CSVProblem: Error, Hashable, Sendable {
  case unreadable
  case cellTooLong(line: Int, limit: Int)
  case rowTooLong(line: Int, limit: Int)
  case tooManyColumns(line: Int, limit: Int)
  /// A quoted cell that begins on this line is never closed: all after it would silently become one cell.
  case unclosedQuote(line: Int)

  package var messageKey: String {
    switch self {
    case .unreadable: "import.file.unreadable"
    case .cellTooLong: "import.file.cellTooLong"
    case .rowTooLong: "import.file.rowTooLong"
    case .tooManyColumns: "import.file.tooManyColumns"
    case .unclosedQuote: "import.file.unclosedQuote"
    }
  }

  /// The slots of the message.
  package var line: Int? {
    switch self {
    case .unreadable: nil
    case .cellTooLong(let line, _), .rowTooLong(let line, _), .tooManyColumns(let line, _): line
    case .unclosedQuote(let line): line
    }
  }

  package var limit: Int? {
    switch self {
    case .unreadable, .unclosedQuote: nil
    case .cellTooLong(_, let limit), .rowTooLong(_, let limit), .tooManyColumns(_, let limit): limit
    }
  }
}

/// Bounds that keep one broken file from taking the memory of the server. Sizes in bytes of UTF-8.
package struct CSVLimits: Hashable, Sendable {
  package var cell: Int
  package var row: Int
  package var columns: Int

  package init(cell: Int = 256 * 1024, row: Int = 1024 * 1024, columns: Int = 1000) {
    self.cell = cell
    self.row = row
    self.columns = columns
  }
}
