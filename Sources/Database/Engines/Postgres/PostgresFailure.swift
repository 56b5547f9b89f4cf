import CPostgres
import Foundation

/// A refusal of the server: what it means to the program, and whether the whole transaction may be tried again.
struct PostgresFailure {
  enum Again: Sendable {
    case never
    /// Two transactions collided; the same connection may try at once.
    case collided
    /// A cached statement no longer fits the tables.
    case replan
    /// The server left, or is not the one that accepts writes.
    case reconnect
  }
  let error: DatabaseError
  let again: Again

  init(error: DatabaseError, again: Again) {
    self.error = error
    self.again = again
  }

  /// Codes: PostgreSQL manual, appendix A.
  init(result: OpaquePointer) {
    func field(_ code: Character) -> String {
      PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) } ?? ""
    }
    let code = field("C"), message = field("M")
    error = Self.error(code: code, message: message, detail: field("D"), table: field("t"), column: field("c"), name: field("n"))
    again =
      switch code {
      case "40001", "40P01": .collided
      case "26000": .replan
      case "0A000" where message.contains("cached plan"): .replan
      case "25006", "57P01", "57P02", "57P03", "57P05": .reconnect
      // libpq makes results without a code when the connection breaks.
      case "": .reconnect
      default: code.hasPrefix("08") ? .reconnect : .never
      }
  }

  private static func error(
    code: String, message: String, detail: String, table: String, column: String, name: String
  ) -> DatabaseError {
    switch code {
    case "23505", "23P01": .unique(key(detail, table: table) ?? "index '\(name)'")
    case "23503", "23001": .foreignKey(name)
    case "23514": .check(name)
    case "23502": .notNull("\(table).\(column)")
    case "40001", "40P01", "55P03": .busy
    case "53100": .full
    case "25006": .readOnly
    case "57014": .unavailable("a statement took too long and was stopped")
    case "P0001" where message.contains("append-only"): .appendOnly
    case "": .unavailable("the connection broke")
    default:
      code.hasPrefix("57P") || code.hasPrefix("08") || code.hasPrefix("53") || code.hasPrefix("58")
        ? .unavailable(message) : .other(code: code, message: message)
    }
  }

  /// "Key (a, b)=(1, 2) already exists." → "t.a, t.b", as SQLite names it. The words are translated by the server, the
  /// brackets are not. The values are left out: they are people's data. nil for an index on expressions.
  private static func key(_ detail: String, table: String) -> String? {
    guard let open = detail.firstIndex(of: "("), let close = detail.range(of: ")=(") else { return nil }
    guard open < close.lowerBound else { return nil }
    let columns = detail[detail.index(after: open)..<close.lowerBound]
    if columns.contains("(") { return nil }
    return columns.components(separatedBy: ", ").map { "\(table).\($0)" }.joined(separator: ", ")
  }
}

/// A connection that could not be opened.
struct PostgresRefusal: Error {
  let message: String
  /// Waiting would not help.
  let lasting: Bool

  /// libpq gives no code for these before version 16, only the server's words.
  init(_ message: String) {
    self.message = message
    lasting = ["authentication failed", "does not exist", "no pg_hba.conf entry", "no password supplied", "not permitted to log in"]
      .contains { message.contains($0) }
  }
  init(_ message: String, lasting: Bool) {
    self.message = message
    self.lasting = lasting
  }
  var error: DatabaseError { .unavailable(message) }
}
