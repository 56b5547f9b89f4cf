package import Domain
import Files
import Jobs
package import Markup
package import Store

/// The rows that could not be taken, as they were, with the reasons in a column of their own: to be corrected and imported
/// again. It has the delimiter of the original and opens in a spreadsheet.
package enum WrongRowsFile {
  package static func make(_ session: some Session, _ record: ImportRecord, _ words: Words) throws -> [UInt8] {
    let width = record.plan.headings.count
    var writer = CSVWriter(
      header: record.plan.headings + [words("import.wrong.row"), words("import.wrong.reason")], delimiter: record.plan.delimiter)
    var bytes: [UInt8] = [], last = 0
    while true {
      let rows = try session.wrongRows(record.id, after: last)
      guard let end = rows.last else { return bytes + writer.take() }
      for row in rows {
        let padding = [String](repeating: "", count: max(0, width - row.cells.count))
        let reasons = row.problems.map { reason($0, record.plan, words) }.joined(separator: " ")
        writer.write(row.cells.prefix(width) + padding + [String(row.number), reasons])
      }
      bytes += writer.take()
      last = end.number
    }
  }

  /// In words, with the column it is about.
  package static func reason(_ problem: RowProblem, _ plan: ImportPlan, _ words: Words) -> String {
    let text = words(problem.messageKey, ["value": problem.value])
    guard let heading = problem.column.flatMap({ plan.headings.dropFirst($0).first }), !heading.isEmpty else { return text }
    return words("import.wrong.in_column", ["column": heading, "message": text])
  }
}
