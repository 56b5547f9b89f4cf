/// A database's tables, columns, constraints, indexes and triggers in words that do not depend on how they came about, so
/// that a fresh base and an upgraded one can be compared.
package struct SchemaDescription: Sendable, Hashable {
  package let lines: [String]
  package var hash: String { StableHash.of(lines.joined(separator: "\n")).description }

  package init(_ connection: any Connection) throws {
    let query = connection.dialect == .sqlite ? Self.sqlite : Self.postgres
    lines = try query.flatMap { sql in
      try connection.rows(sql) { row -> String in
        var words: [String] = []
        for _ in 0..<row.columnCount { words.append(try row.next(String?.self) ?? "-") }
        return Self.plain(words.joined(separator: " "))
      }
    }
  }

  /// Spaces, line breaks and letter case of SQL keywords are no difference.
  private static func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }

  private static let sqlite: [SQL] = [
    """
    SELECT 'column', m.name, CAST(c.cid AS TEXT), c.name, c.type, CAST(c."notnull" AS TEXT), c.dflt_value, CAST(c.pk AS TEXT)
    FROM sqlite_schema AS m JOIN pragma_table_xinfo(m.name) AS c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid
    """,
    """
    SELECT type, name, tbl_name, sql FROM sqlite_schema
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name
    """,
  ]

  private static let postgres: [SQL] = [
    """
    SELECT 'column', c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
      pg_get_expr(d.adbin, d.adrelid), a.attidentity::text, l.collname::text
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
    LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
    WHERE c.relkind IN ('r', 'p', 'v') AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname, a.attnum
    """,
    """
    SELECT 'constraint', c.relname::text, k.conname::text, pg_get_constraintdef(k.oid)
    FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
    WHERE k.connamespace = current_schema()::regnamespace ORDER BY c.relname, k.conname
    """,
    "SELECT 'index', indexname::text, indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexname",
    """
    SELECT 'trigger', t.tgname::text, pg_get_triggerdef(t.oid), p.prosrc
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname, t.tgname
    """,
  ]
}

extension Database {
  package func schemaDescription() async throws -> SchemaDescription { try await read { try SchemaDescription($0) } }
}
