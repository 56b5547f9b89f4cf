/// Taking turns. SQLite has one writer, so there is nothing to ask for; PostgreSQL has many.
extension Connection {
  /// Until the transaction ends, no other transaction passes the same name: for chains whose next link depends on the last.
  package func serialise(_ name: StaticString) throws {
    guard dialect == .postgres else { return }
    let key = Int64(bitPattern: StableHash.of("\(name)").low)
    try each("SELECT 1 FROM (SELECT pg_advisory_xact_lock(\(key))) AS turn") { _ in }
  }

  /// After rows came in with ids of their own, the next generated id is above them all. SQLite does so by itself.
  package func identityFollows(_ table: StaticString, key: StaticString = "id") throws {
    guard dialect == .postgres else { return }
    let name = "\(table)", column = "\(key)"
    try each(
      """
      SELECT setval(pg_get_serial_sequence(\(name), \(column)),
        (SELECT coalesce(max(\(raw: key)), 0) + 1 FROM \(raw: table)), false)
      """
    ) { _ in }
  }
}

extension SQL {
  /// Ends the SELECT that picks rows to lease: rows that another worker is taking are passed over.
  package static let skipLocked: SQL = "\(sqlite: "", postgres: " FOR UPDATE SKIP LOCKED")"
}

extension SQL.StringInterpolation {
  /// A name known when the program was compiled.
  package mutating func appendInterpolation(raw name: StaticString) { appendLiteral("\(name)") }
}
