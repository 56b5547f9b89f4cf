/// A session inside one transaction. It lives only within a `read` or `write` closure, on one thread, and is never stored.
package protocol Connection {
  var dialect: Dialect { get }
  func each(_ sql: SQL, _ body: (inout Row) throws -> Void) throws
  /// As `each`, for results too large to hold: PostgreSQL hands over a thousand rows at a time, where `each` takes all at once.
  func stream(_ sql: SQL, _ body: (inout Row) throws -> Void) throws
  /// Rows changed.
  @discardableResult func run(_ sql: SQL) throws -> Int
  /// Many statements in few round trips; the rows changed in all.
  @discardableResult func run(all statements: [SQL]) throws -> Int
  /// What may fail without ending the transaction: when `body` throws, its changes alone are undone and the error is passed on.
  /// A statement refused outside of it dooms the transaction, even when the error is caught: PostgreSQL has it so, and
  /// SQLite is held to the same.
  func savepoint<T>(_ body: () throws -> T) throws -> T
  /// Several statements without binds, for migrations. `{tokens}` of `Dialect.ddl` must be replaced before.
  func script(_ text: String) throws
  /// Many rows into one table by the engine's fastest road (a reused statement; COPY).
  func insert(into table: StaticString, _ columns: [StaticString], rows: some Sequence<[SQLValue]>) throws
}

extension Connection {
  package func rows<T>(_ sql: SQL, _ decode: (inout Row) throws -> T) throws -> [T] {
    var out: [T] = []
    try each(sql) { out.append(try decode(&$0)) }
    return out
  }
  package func first<T>(_ sql: SQL, _ decode: (inout Row) throws -> T) throws -> T? {
    var out: T?
    try each(sql) { if out == nil { out = try decode(&$0) } }
    return out
  }
  /// The first column of the first row.
  package func value<T: ColumnDecodable>(_ sql: SQL, as type: T.Type = T.self) throws -> T? {
    try first(sql) { try $0.next(T?.self) } ?? nil
  }
  package func values<T: ColumnDecodable>(_ sql: SQL, as type: T.Type = T.self) throws -> [T] {
    try rows(sql) { try $0.next() }
  }
  package func exists(_ sql: SQL) throws -> Bool {
    try value("SELECT 1 WHERE EXISTS (\(sql))", as: Int64.self) != nil
  }
  /// A statement that must return a row, such as `INSERT … RETURNING id`.
  package func required<T: ColumnDecodable>(_ sql: SQL, as type: T.Type = T.self) throws -> T {
    guard let value = try value(sql, as: T.self) else { throw DatabaseError.decoding("no row came back") }
    return value
  }
}
