import GRDB

/// A SQLite backup's rows into PostgreSQL, table by table in one transaction: how a company that has outgrown one file moves.
enum Moving {
  /// - Parameter migrate: makes the schema in the empty base; the same program made the backup's.
  static func putBack(_ path: String, into address: String, migrate: (any Database) async throws -> Void) async throws {
    let options = try PostgresOptions(address)
    var limits = PostgresDatabase.Limits()
    limits.call = .seconds(6 * 3600)
    let database = PostgresDatabase(options, connections: 1, limits: limits)
    do {
      guard try await database.read({ try TableHash.tables($0).isEmpty }) else { throw BackupError.notEmpty }
      try await migrate(database)
      try await copy(path, into: database)
      await database.close()
    } catch {
      await database.close()
      throw error
    }
  }

  private static func copy(_ path: String, into database: PostgresDatabase) async throws {
    var configuration = Configuration()
    configuration.readonly = true
    let source: DatabaseQueue
    do { source = try DatabaseQueue(path: path, configuration: configuration) } catch { throw SQLiteConnection.map(error) }
    try await database.write { connection in
      guard let target = connection as? PostgresConnection else { return }
      let tables = try parentsFirst(target)
      let saved = try source.read { try TableHash.tables(SQLiteConnection(db: $0)) }
      guard Set(saved) == Set(tables) else { throw BackupError.otherSchema }
      // What a migration put in is in the backup as well.
      for table in tables.reversed() { try target.run("DELETE FROM \(quoted(table))") }
      for table in tables { try source.read { try copy(table, from: $0, into: target) } }
      for table in try identities(target) { try follow(table, target) }
    }
    try source.close()
  }

  private static func copy(_ table: String, from source: GRDB.Database, into target: PostgresConnection) throws {
    let columns = try String.fetchAll(source, sql: "SELECT name FROM pragma_table_info(?) ORDER BY cid", arguments: [table])
    let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    let rows = try GRDB.Row.fetchCursor(source, sql: "SELECT \(list) FROM \"\(table)\"")
    _ = try target.session.copy("COPY \"\(table)\" (\(list)) FROM STDIN") { buffer in
      guard let row = try rows.next() else { return false }
      PostgresCopyText.append(row.databaseValues.map(value), to: &buffer)
      return true
    }
  }

  /// PostgreSQL reads 0 and 1 as booleans where a column is one.
  private static func value(_ value: DatabaseValue) -> SQLValue {
    switch value.storage {
    case .null: .null(.text)
    case .int64(let number): .int(number)
    case .double(let number): .double(number)
    case .string(let text): .text(text)
    case .blob(let bytes): .blob([UInt8](bytes))
    }
  }

  /// Every table after those its foreign keys point at. Rows that point within their own table are checked after the whole COPY.
  private static func parentsFirst(_ target: PostgresConnection) throws -> [String] {
    let keys = try target.rows(
      """
      SELECT child.relname::text, parent.relname::text FROM pg_constraint AS k
      JOIN pg_class AS child ON child.oid = k.conrelid JOIN pg_class AS parent ON parent.oid = k.confrelid
      WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND child.relnamespace = current_schema()::regnamespace
      """
    ) { (child: try $0.next(String.self), parent: try $0.next(String.self)) }
    let parents = Dictionary(grouping: keys, by: \.child).mapValues { $0.map(\.parent) }
    var order: [String] = [], visited: Set<String> = []
    func visit(_ table: String) {
      guard visited.insert(table).inserted else { return }
      for parent in parents[table] ?? [] { visit(parent) }
      order.append(table)
    }
    for table in try TableHash.tables(target) { visit(table) }
    return order
  }

  private static func identities(_ target: PostgresConnection) throws -> [String] {
    try target.values(
      """
      SELECT c.relname::text FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
      WHERE a.attname = 'id' AND a.attidentity <> '' AND c.relnamespace = current_schema()::regnamespace
      """)
  }

  private static func follow(_ table: String, _ target: PostgresConnection) throws {
    try target.each(
      "SELECT setval(pg_get_serial_sequence(\("\"\(table)\""), 'id'), (SELECT coalesce(max(id), 0) + 1 FROM \(quoted(table))), false)"
    ) { _ in }
  }

  private static func quoted(_ table: String) -> SQL { SQL(unsafe: "\"\(table)\"") }
}
