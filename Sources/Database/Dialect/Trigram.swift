/// Finding rows by any part of a text column, fast: three-letter pieces in an index.
///
/// SQLite: an FTS5 table over the column, kept in step by triggers. PostgreSQL: pg_trgm with a GIN index. The column holds
/// text folded in Swift (case, accents, ё/е, ł/l), since neither engine folds all four languages; the needle is folded alike.
package struct TrigramIndex: Sendable {
  let table: String
  let column: String
  let key: String

  /// - Parameter key: the table's integer primary key.
  package init(_ table: StaticString, column: StaticString, key: StaticString = "id") {
    self.table = "\(table)"
    self.column = "\(column)"
    self.key = "\(key)"
  }

  private var name: String { "\(table)_\(column)_trigram" }

  package func script(_ dialect: Dialect) -> String { dialect == .sqlite ? sqlite : postgres }

  // Every search reads through the list of pending entries, and every commit that finds it full sorts it in. Measured with
  // 100,000 rows: no list, 14 s to load; 1 MB, 3.4 s and at most 0.5 ms more per search; PostgreSQL's own 4 MB, 2.1 s and 2 ms.
  private var postgres: String {
    """
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX \(name) ON \(table) USING gin (\(column) gin_trgm_ops) WITH (gin_pending_list_limit = 1024);

    """
  }

  private var sqlite: String {
    let forget = "INSERT INTO \(name)(\(name), rowid, \(column)) VALUES ('delete', old.\(key), old.\(column));"
    let learn = "INSERT INTO \(name)(rowid, \(column)) VALUES (new.\(key), new.\(column));"
    return """
      CREATE VIRTUAL TABLE \(name) USING fts5(\(column), content='\(table)', content_rowid='\(key)',
        tokenize='trigram', columnsize=0);
      CREATE TRIGGER \(name)_insert AFTER INSERT ON \(table) BEGIN \(learn) END;
      CREATE TRIGGER \(name)_delete AFTER DELETE ON \(table) BEGIN \(forget) END;
      CREATE TRIGGER \(name)_update AFTER UPDATE OF \(key), \(column) ON \(table)
        WHEN old.\(column) IS NOT new.\(column) OR old.\(key) <> new.\(key)
        BEGIN \(forget) \(learn) END;
      INSERT INTO \(name)(\(name)) VALUES ('rebuild');

      """
  }

  /// A condition: the column of the row known as `alias` contains `needle`.
  ///
  /// Under three characters there are no trigrams; then it is a plain search, which suits a page with a LIMIT.
  package func contains(_ needle: String, alias: StaticString) -> SQL {
    let pattern = SQL.likeAnywhere(needle)
    let at = SQL(unsafe: "\(alias).\(column)")
    guard needle.unicodeScalars.count >= 3 else { return "\(at) LIKE \(pattern) ESCAPE '\\'" }
    let before = SQL(engine: "\(alias).\(key) IN (SELECT rowid FROM \(name) WHERE \(name) MATCH ", "\(alias).\(column) LIKE ")
    return "\(before)\(sqliteBind: Self.phrase(needle), postgresBind: pattern)\(sqlite: ")", postgres: " ESCAPE '\\'")"
  }

  /// A SELECT of the keys of rows that contain all the needles, each of three characters or more. With a limit it stops as soon
  /// as it has so many, whatever their number in all.
  package func keys(containing needles: [String], limit: Int? = nil, on dialect: Dialect) -> SQL {
    let head = SQL(engine: "SELECT rowid AS key FROM \(name) WHERE \(name) MATCH ", "SELECT \(key) AS key FROM \(table) WHERE ")
    let like = SQL(engine: "", "\(column) LIKE ")
    let condition: SQL =
      switch dialect {
      case .sqlite: "\(needles.map(Self.phrase).joined(separator: " AND "))"
      case .postgres: needles.map { "\(like)\(SQL.likeAnywhere($0)) ESCAPE '\\'" as SQL }.joined(separator: " AND ")
      }
    return head + condition + (limit.map { " LIMIT \($0)" } ?? "")
  }

  /// An FTS5 string: whatever stands between double quotes is text, never an operator.
  private static func phrase(_ needle: String) -> String { "\"" + needle.replacing("\"", with: "\"\"") + "\"" }
}

extension SQL {
  /// For `LIKE … ESCAPE '\'`: the needle's own `%`, `_` and `\` mean themselves.
  package static func likeEscape(_ needle: String) -> String {
    var out = ""
    for scalar in needle.unicodeScalars {
      if scalar == "%" || scalar == "_" || scalar == "\\" { out.unicodeScalars.append("\\") }
      out.unicodeScalars.append(scalar)
    }
    return out
  }
  package static func likeAnywhere(_ needle: String) -> String { "%" + likeEscape(needle) + "%" }
  package static func likePrefix(_ needle: String) -> String { likeEscape(needle) + "%" }

  /// Text that differs per engine, made of names known when the program was compiled.
  init(engine sqlite: String, _ postgres: String) { parts = [.perEngine(sqlite: sqlite, postgres: postgres)] }
}
