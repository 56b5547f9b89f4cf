import Foundation
import GRDB
import GRDBSQLite

/// GRDB prepares, binds and caches; columns are read straight from the statement, where nothing can trap.
struct SQLiteConnection: Connection {
  let db: GRDB.Database
  let outcome = Outcome()
  var dialect: Dialect { .sqlite }

  func each(_ sql: SQL, _ body: (inout Row) throws -> Void) throws {
    let (text, binds) = sql.render(.sqlite)
    do {
      let statement = try db.cachedStatement(sql: text)
      let cursor = try GRDB.Row.fetchCursor(statement, arguments: Self.arguments(binds))
      let source = SQLiteColumns(statement: statement.sqliteStatement)
      while try cursor.next() != nil {
        var row = Row(source)
        try body(&row)
      }
    } catch { throw refused(error) }
  }

  /// SQLite steps through its rows anyway.
  func stream(_ sql: SQL, _ body: (inout Row) throws -> Void) throws { try each(sql, body) }

  @discardableResult func run(_ sql: SQL) throws -> Int {
    let (text, binds) = sql.render(.sqlite)
    do {
      try db.cachedStatement(sql: text).execute(arguments: Self.arguments(binds))
      return db.changesCount
    } catch { throw refused(error) }
  }

  @discardableResult func run(all statements: [SQL]) throws -> Int {
    try statements.reduce(0) { try $0 + run($1) }
  }

  func savepoint<T>(_ body: () throws -> T) throws -> T {
    try script("SAVEPOINT inner_step")
    do {
      let value = try body()
      try script("RELEASE inner_step")
      return value
    } catch {
      outcome.refusal = nil
      try script("ROLLBACK TO inner_step; RELEASE inner_step")
      throw error
    }
  }

  func script(_ text: String) throws {
    do { try db.execute(sql: text) } catch { throw refused(error) }
  }

  func insert(into table: StaticString, _ columns: [StaticString], rows: some Sequence<[SQLValue]>) throws {
    let names = columns.map { "\($0)" }.joined(separator: ",")
    let holes = (1...max(columns.count, 1)).map { "?\($0)" }.joined(separator: ",")
    do {
      let statement = try db.cachedStatement(sql: "INSERT INTO \(table) (\(names)) VALUES (\(holes))")
      for row in rows { try statement.execute(arguments: Self.arguments(row)) }
    } catch { throw refused(error) }
  }

  /// What the engine refused dooms the transaction, as in PostgreSQL; what `body` of `each` threw does not.
  private func refused(_ error: any Error) -> any Error {
    let mapped = Self.map(error)
    if error is GRDB.DatabaseError, outcome.refusal == nil { outcome.refusal = mapped }
    return mapped
  }

  /// The first refusal of a transaction, outside of savepoints.
  final class Outcome { var refusal: (any Error)? }

  static func arguments(_ binds: [SQLValue]) -> StatementArguments {
    StatementArguments(binds.map { $0.databaseValue })
  }

  /// "UNIQUE constraint failed: t.a, t.b" → "t.a, t.b", as the PostgreSQL engine names it.
  private static func subject(_ message: String) -> String {
    message.range(of: " constraint failed: ").map { String(message[$0.upperBound...]) } ?? message
  }

  static func map(_ error: any Error) -> any Error {
    guard let error = error as? GRDB.DatabaseError else { return error }
    let message = error.message ?? ""
    switch error.extendedResultCode {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: return DatabaseError.unique(subject(message))
    case .SQLITE_CONSTRAINT_FOREIGNKEY: return DatabaseError.foreignKey(subject(message))
    case .SQLITE_CONSTRAINT_CHECK, .SQLITE_CONSTRAINT_DATATYPE: return DatabaseError.check(subject(message))
    case .SQLITE_CONSTRAINT_NOTNULL: return DatabaseError.notNull(subject(message))
    case .SQLITE_CONSTRAINT_TRIGGER where message.contains("append-only"): return DatabaseError.appendOnly
    default: break
    }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return DatabaseError.busy
    case .SQLITE_FULL: return DatabaseError.full
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE: return DatabaseError.full
    case .SQLITE_READONLY: return DatabaseError.readOnly
    case .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_CORRUPT: return DatabaseError.unavailable(message)
    default: return DatabaseError.other(code: "\(error.extendedResultCode.rawValue)", message: message)
    }
  }
}

extension SQLValue {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .bool(let value): (value ? 1 : 0).databaseValue
    case .int(let value): value.databaseValue
    case .double(let value): value.databaseValue
    case .text(let value): value.databaseValue
    case .blob(let value): Data(value).databaseValue
    }
  }
}

/// The current row of a stepped statement.
private struct SQLiteColumns: ColumnSource {
  let statement: OpaquePointer
  var count: Int32 { sqlite3_column_count(statement) }
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
