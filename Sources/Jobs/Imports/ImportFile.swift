package import Domain
package import Files
package import Store

/// A client list as it lies in a file: what is guessed of it, and its rows in chunks.
package enum ImportFile {
  /// A first plan for a file nobody has said anything about, and rows to show. Nil for a file without rows.
  package static func guess(
    _ source: ByteSource, country: Country?, encoding: TextEncoding? = nil, delimiter: UInt8? = nil
  ) throws -> (plan: ImportPlan, sample: [[String]])? {
    let dialect = try CSVDialect.guess(source, encoding: encoding, delimiter: delimiter)
    let rows = try firstRows(source, dialect)
    guard !rows.isEmpty else { return nil }
    let headingRow = Headings.headingRow(in: rows) ?? 0
    let headings = rows.dropFirst(headingRow).first ?? []
    let sample = Array(rows.dropFirst(headingRow + 1))
    let mapping = Mapping(Headings.recognise(headings, sample: sample), sample: sample, country: country)
    let plan = ImportPlan(
      encoding: dialect.encoding.rawValue, delimiter: dialect.delimiter, hasSeparatorLine: dialect.hasSeparatorLine,
      headingRow: headingRow, headings: headings, mapping: mapping)
    return (plan, sample)
  }

  /// The first rows below the headings, as the plan reads them.
  package static func sample(_ source: ByteSource, _ plan: ImportPlan) throws -> [[String]] {
    Array(try firstRows(source, plan.dialect).dropFirst(plan.headingRow + 1))
  }

  private static func firstRows(_ source: ByteSource, _ dialect: CSVDialect) throws -> [[String]] {
    var reader = try CSVReader(source, dialect: dialect)
    return try reader.nextRows(60).map(\.cells)
  }
}

extension ImportPlan {
  package var dialect: CSVDialect {
    CSVDialect(encoding: TextEncoding(rawValue: encoding) ?? .utf8, delimiter: delimiter, hasSeparatorLine: hasSeparatorLine)
  }
}

/// Reads the next chunk while the base writes the last one. Rows are made clients on all cores.
actor ImportRows {
  struct Chunk: Sendable {
    let rows: [ImportRow]
    /// Of the last row looked at, empty ones included.
    let through: Int
  }

  static let chunkSize = 1000
  private var reader: CSVReader
  private let interpreter: RowInterpreter
  private let slices: Int
  private(set) var number = 0

  init(_ source: ByteSource, _ plan: ImportPlan, slices: Int = 4) throws {
    reader = try CSVReader(source, dialect: plan.dialect)
    interpreter = RowInterpreter(plan.mapping)
    self.slices = max(slices, 1)
    _ = try reader.nextRows(plan.headingRow + 1)
  }

  /// Passes over what an earlier run has done.
  func skip(_ count: Int) throws {
    while number < count, try reader.nextRow() != nil { number += 1 }
  }

  /// Nil at the end of the file.
  func next() async throws -> Chunk? {
    let first = number
    let rows = try reader.nextRows(Self.chunkSize)
    guard !rows.isEmpty else { return nil }
    number += rows.count
    let size = (rows.count + slices - 1) / slices
    let interpreter = interpreter
    let parts = await withTaskGroup(of: (Int, [ImportRow]).self) { group in
      for start in stride(from: 0, to: rows.count, by: size) {
        let slice = rows[start..<min(start + size, rows.count)]
        group.addTask { (start, Self.interpret(slice, first: first + start + 1, interpreter)) }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    return Chunk(rows: parts.sorted { $0.key < $1.key }.flatMap(\.value), through: number)
  }

  private static func interpret(_ rows: ArraySlice<CSVRow>, first: Int, _ interpreter: RowInterpreter) -> [ImportRow] {
    rows.enumerated().compactMap { offset, row -> ImportRow? in
      if interpreter.isEmpty(row.cells) { return nil }
      do throws(RowProblems) {
        let client = try interpreter.interpret(row.cells)
        return ImportRow(number: first + offset, line: row.line, cells: row.cells, client: client)
      } catch { return ImportRow(number: first + offset, line: row.line, cells: row.cells, problems: error.problems) }
    }
  }
}
