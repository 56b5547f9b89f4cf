import Foundation
import GRDB

/// GRDB prepares and caches; values are bound and columns read straight from the statement, where nothing can trap.
struct SQLiteConnection: Connection {
  let db: GRDB.Database
  let outcome = Outcome()
  var dialect: Dialect { .sqlite }

  func each(_ sql: SQL, _ body: (inout Row) throws -> Void) throws {
    let (text, binds) = sql.render(.sqlite)
    do {
      let steps = try SQLiteSteps(try db.cachedStatement(sql: text), binds)
      let columns = SQLiteColumns(steps._statement.sqliteStatement)
      while try steps.next() != nil {
        var row = Row(columns)
        try body(&row)
      }
    } catch { throw refused(error) }
  }

  /// SQLite steps through its rows anyway.
  func stream(_ sql: SQL, _ body: (inout Row) throws -> Void) throws { try each(sql, body) }

  @discardableResult func run(_ sql: SQL) throws -> Int {
    let (text, binds) = sql.render(.sqlite)
    do {
      try SQLiteSteps(try db.cachedStatement(sql: text), binds).finish()
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
      for row in rows { try SQLiteSteps(statement, row).finish() }
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
