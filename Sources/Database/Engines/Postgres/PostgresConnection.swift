/// A transaction's face on a session.
struct PostgresConnection: Connection {
  let session: PostgresSession
  var dialect: Dialect { .postgres }

  func each(_ sql: SQL, _ body: (inout Row) throws -> Void) throws { try rows(sql, body) }

  func stream(_ sql: SQL, _ body: (inout Row) throws -> Void) throws {
    // Named by depth: one stream may run inside of another.
    session.openCursors += 1
    defer { session.openCursors -= 1 }
    let cursor = SQL(unsafe: "cursor_\(session.openCursors)")
    try run("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)")
    var refusal: (any Error)?
    do { while try rows("FETCH 1000 FROM \(cursor)", body) > 0 {} } catch { refusal = error }
    if session.failure == nil { try run("CLOSE \(cursor)") }
    if let refusal { throw refusal }
  }

  @discardableResult private func rows(_ sql: SQL, _ body: (inout Row) throws -> Void) throws -> Int32 {
    let (text, binds) = sql.render(.postgres)
    let answer = try session.execute(text, binds)
    // The result lives as long as rows are read from it; `body` may run other statements meanwhile.
    return try withExtendedLifetime(answer) {
      let columns = PostgresColumns(answer.result)
      for index in 0..<answer.rowCount {
        columns.row = index
        var row = Row(columns)
        try body(&row)
      }
      return answer.rowCount
    }
  }

  @discardableResult func run(_ sql: SQL) throws -> Int {
    let (text, binds) = sql.render(.postgres)
    return try session.execute(text, binds).changed
  }

  @discardableResult func run(all statements: [SQL]) throws -> Int {
    try session.execute(batch: statements.map { $0.render(.postgres) })
  }

  func script(_ text: String) throws { try session.script(text) }

  func savepoint<T>(_ body: () throws -> T) throws -> T {
    try run("SAVEPOINT inner_step")
    do {
      let value = try body()
      try run("RELEASE SAVEPOINT inner_step")
      return value
    } catch {
      // A broken connection, or a collision, ends the whole transaction.
      if let failure = session.failure, failure.again != .never { throw error }
      session.failure = nil
      try run("ROLLBACK TO SAVEPOINT inner_step")
      try run("RELEASE SAVEPOINT inner_step")
      throw error
    }
  }

  func insert(into table: StaticString, _ columns: [StaticString], rows: some Sequence<[SQLValue]>) throws {
    let names = columns.map { "\($0)" }.joined(separator: ",")
    var iterator = rows.makeIterator()
    _ = try session.copy("COPY \(table) (\(names)) FROM STDIN") { buffer in
      guard let row = iterator.next() else { return false }
      guard row.count == columns.count else {
        throw DatabaseError.other(code: "22P04", message: "\(row.count) values for \(columns.count) columns of \(table)")
      }
      PostgresCopyText.append(row, to: &buffer)
      return true
    }
  }
}
