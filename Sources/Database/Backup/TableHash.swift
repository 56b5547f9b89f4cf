/// A table's rows in one number that does not depend on their order nor on the engine: equal after a restore, equal after
/// moving from SQLite to PostgreSQL.
///
/// The sum of a 128-bit hash per row, over the columns in order of their names.
package struct TableHash: Sendable, Hashable, Codable {
  package let table: String
  package let rows: Int
  package let hash: String

  package init(_ table: String, in connection: any Connection) throws {
    let columns = try Self.columns(of: table, connection)
    let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    var low: UInt64 = 0, high: UInt64 = 0, count = 0
    var bytes: [UInt8] = []
    try connection.stream("SELECT \(SQL(unsafe: list)) FROM \(SQL(unsafe: "\"\(table)\""))") { row in
      bytes.removeAll(keepingCapacity: true)
      for _ in columns { Self.append(try row.nextValue(), to: &bytes) }
      var hash = StableHash()
      bytes.withUnsafeBytes { hash.add($0) }
      let value = hash.value()
      low &+= value.low
      high &+= value.high
      count += 1
    }
    self.table = table
    rows = count
    hash = StableHash.Value(low: low, high: high).description
  }

  /// Every table with rows of its own (search indexes are derived), by name.
  package static func all(in connection: any Connection) throws -> [TableHash] {
    try tables(connection).map { try TableHash($0, in: connection) }
  }

  package static func tables(_ connection: any Connection) throws -> [String] {
    switch connection.dialect {
    case .sqlite:
      try connection.values(
        """
        SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY name
        """)
    case .postgres:
      try connection.values(
        """
        SELECT relname::text FROM pg_class
        WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname COLLATE "C"
        """)
    }
  }

  private static func columns(of table: String, _ connection: any Connection) throws -> [String] {
    switch connection.dialect {
    case .sqlite: try connection.values("SELECT name FROM pragma_table_info(\(table)) ORDER BY name")
    case .postgres:
      try connection.values(
        """
        SELECT a.attname::text FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
        WHERE c.relname = \(table) AND c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attname COLLATE "C"
        """)
    }
  }

  /// A tag and the value; a boolean counts as SQLite keeps it.
  private static func append(_ value: SQLValue, to bytes: inout [UInt8]) {
    func put(_ tag: UInt8, _ word: UInt64) {
      bytes.append(tag)
      withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
    switch value {
    case .null: bytes.append(0)
    case .bool(let value): put(1, value ? 1 : 0)
    case .int(let value): put(1, UInt64(bitPattern: value))
    case .double(let value): put(2, value.bitPattern)
    case .text(let value):
      put(3, UInt64(value.utf8.count))
      bytes.append(contentsOf: value.utf8)
    case .blob(let value):
      put(4, UInt64(value.count))
      bytes.append(contentsOf: value)
    }
  }
}
