import Foundation
import GRDB
import GRDBSQLite

/// A statement of GRDB's cache, stepped through with values bound straight to it. GRDB's arguments and rows can do more than
/// reading columns in order, and that takes a tenth of a page of many small reads; it also ends the program where SQLite refuses
/// a value, which is an error here.
final class SQLiteSteps: DatabaseCursor {
  typealias Element = Void
  let _statement: Statement
  var _isDone = false

  init(_ statement: Statement, _ binds: [SQLValue]) throws {
    _statement = statement
    let raw = statement.sqliteStatement
    // Says once more what the last run of it had failed of, if it had.
    sqlite3_reset(raw)
    guard binds.count == sqlite3_bind_parameter_count(raw) else {
      throw DatabaseError.other(code: "binds", message: "\(binds.count) values for \(sqlite3_bind_parameter_count(raw)) places")
    }
    for (place, value) in zip(Int32(1)..., binds) {
      let code = value.bind(to: raw, at: place)
      guard code == SQLITE_OK else { throw GRDB.DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
  }

  /// The statement stays in the cache; what was bound to it, an uploaded file for instance, does not.
  deinit {
    sqlite3_reset(_statement.sqliteStatement)
    sqlite3_clear_bindings(_statement.sqliteStatement)
  }

  func _element(sqliteStatement: SQLiteStatement) {}

  /// To the end: a statement that returns rows acts with each.
  func finish() throws { while try next() != nil {} }
}

extension SQLValue {
  fileprivate func bind(to statement: SQLiteStatement, at place: Int32) -> Int32 {
    switch self {
    case .null: sqlite3_bind_null(statement, place)
    case .bool(let value): (value ? 1 : 0).bind(to: statement, at: place)
    case .int(let value): value.bind(to: statement, at: place)
    case .double(let value): value.bind(to: statement, at: place)
    case .text(let value): value.bind(to: statement, at: place)
    case .blob(let value): Data(value).bind(to: statement, at: place)
    }
  }
}

/// The current row of a stepped statement.
final class SQLiteColumns: ColumnSource {
  private let statement: OpaquePointer
  let count: Int32

  init(_ statement: OpaquePointer) { (self.statement, count) = (statement, sqlite3_column_count(statement)) }

  func name(_ i: Int32) -> String { sqlite3_column_name(statement, i).map { String(cString: $0) } ?? "" }
  func isNull(_ i: Int32) -> Bool { sqlite3_column_type(statement, i) == SQLITE_NULL }
  func int(_ i: Int32) -> Int64? {
    sqlite3_column_type(statement, i) == SQLITE_INTEGER ? sqlite3_column_int64(statement, i) : nil
  }
  func double(_ i: Int32) -> Double? {
    switch sqlite3_column_type(statement, i) {
    case SQLITE_INTEGER, SQLITE_FLOAT: sqlite3_column_double(statement, i)
    default: nil
    }
  }
  func text(_ i: Int32) -> String {
    guard let bytes = sqlite3_column_text(statement, i) else { return "" }
    return String(decoding: UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, i))), as: UTF8.self)
  }
  func blob(_ i: Int32) -> [UInt8] {
    guard let bytes = sqlite3_column_blob(statement, i) else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, i))))
  }
  func value(_ i: Int32) -> SQLValue {
    switch sqlite3_column_type(statement, i) {
    case SQLITE_INTEGER: .int(sqlite3_column_int64(statement, i))
    case SQLITE_FLOAT: .double(sqlite3_column_double(statement, i))
    case SQLITE_BLOB: .blob(blob(i))
    case SQLITE_NULL: .null(.text)
    default: .text(text(i))
    }
  }
}
