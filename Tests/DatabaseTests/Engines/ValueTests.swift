import Database
import TestSupport
import Testing

@Suite("Values go in and come back")
struct ValueTests {
  static let texts = [
    "", "plain", "it's \"quoted\" \\ back", "ёж, Łódź, ъгъл", "👩‍👩‍👧 🇧🇬", "tab\tline\nreturn\r", "$1 ; DROP TABLE t --", "%_\\",
    String(repeating: "щ", count: 100_000),
  ]
  static let integers: [Int64] = [0, 1, -1, .max, .min, 4_294_967_296]
  static let doubles: [Double] = [0, -0.5, 1e-300, .greatestFiniteMagnitude, 0.1, .pi]

  private func table(_ engine: Engine, _ body: (any Database) async throws -> Void) async throws {
    try await withTestDatabase(engine) { db async throws in
      try await db.write { c throws in
        try c.script(c.dialect.ddl("CREATE TABLE t (id {identity}, i {int}, x {text}, d {real}, y {bool}, b {blob}) {strict};"))
      }
      try await body(db)
    }
  }

  @Test(arguments: Engine.all) func textIsKeptWhole(engine: Engine) async throws {
    try await table(engine) { db async throws in
      try await db.write { c in for text in Self.texts { try c.run("INSERT INTO t (x) VALUES (\(text))") } }
      let back = try await db.read { try $0.values("SELECT x FROM t ORDER BY id", as: String.self) }
      #expect(back == Self.texts)
    }
  }

  @Test(arguments: Engine.all) func zeroCharactersAreDropped(engine: Engine) async throws {
    try await table(engine) { db async throws in
      try await db.write { c throws in
        try c.run("INSERT INTO t (x) VALUES (\("a\0b"))")
        try c.insert(into: "t", ["x"], rows: [["c\0d".sqlValue]])
      }
      #expect(try await db.read { try $0.values("SELECT x FROM t ORDER BY id", as: String.self) } == ["ab", "cd"])
    }
  }

  @Test(arguments: Engine.all) func numbersAtTheEdges(engine: Engine) async throws {
    try await table(engine) { db async throws in
      try await db.write { c throws in
        for value in Self.integers { try c.run("INSERT INTO t (i) VALUES (\(value))") }
        for value in Self.doubles { try c.run("INSERT INTO t (d) VALUES (\(value))") }
      }
      try await db.read { c throws in
        #expect(try c.values("SELECT i FROM t WHERE i IS NOT NULL ORDER BY id", as: Int64.self) == Self.integers)
        #expect(try c.values("SELECT d FROM t WHERE d IS NOT NULL ORDER BY id", as: Double.self) == Self.doubles)
        #expect(try c.value(SQL("SELECT CAST(sum(i) AS {int}) FROM t WHERE i IN (1, 0)").ddl(c), as: Int64.self) == 1)
      }
    }
  }

  @Test(arguments: Engine.all) func bytesBooleansAndNulls(engine: Engine) async throws {
    try await table(engine) { db async throws in
      let bytes = [UInt8](0...255)
      try await db.write { c throws in
        try c.run("INSERT INTO t (b, y) VALUES (\(bytes), \(true)), (\([UInt8]()), \(false))")
        try c.run(
          "INSERT INTO t (i, x, d, y, b) VALUES (\(Int?.none), \(String?.none), \(Double?.none), \(Bool?.none), \([UInt8]?.none))")
      }
      try await db.read { c throws in
        let rows = try c.rows("SELECT b, y FROM t ORDER BY id") { row in (try row.next([UInt8]?.self), try row.next(Bool?.self)) }
        #expect(rows.map(\.0) == [bytes, [], nil])
        #expect(rows.map(\.1) == [true, false, nil])
        let nulls = try c.value("SELECT count(*) FROM t WHERE i IS NULL AND x IS NULL AND d IS NULL AND y IS NULL", as: Int.self)
        #expect(nulls == 1)
      }
    }
  }

  @Test(arguments: Engine.all) func bulkInsertEqualsSingle(engine: Engine) async throws {
    try await table(engine) { db async throws in
      try await db.write { c throws in
        let rows: [[SQLValue]] = Self.texts.enumerated().map { index, text in
          [.int(Int64(index + 10)), .text(text), .double(0.1), .bool(index.isMultiple(of: 2)), .blob([0, 9, 10, 92, 255]), .null(.int)]
        }
        try c.insert(into: "t", ["id", "x", "d", "y", "b", "i"], rows: rows)
        try c.identityFollows("t")
        let next: Int = try c.required("INSERT INTO t (x) VALUES ('next') RETURNING id")
        #expect(next == Self.texts.count + 10)
      }
      try await db.read { c throws in
        #expect(try c.values("SELECT x FROM t WHERE id < 19 ORDER BY id", as: String.self) == Self.texts)
        #expect(try c.values("SELECT b FROM t WHERE id = 10", as: [UInt8].self) == [[0, 9, 10, 92, 255]])
        #expect(try c.value("SELECT count(*) FROM t WHERE y AND i IS NULL AND d = 0.1", as: Int.self) == 5)
      }
    }
  }

  @Test(arguments: Engine.all) func wrongTypesAreErrorsNotTraps(engine: Engine) async throws {
    try await withTestDatabase(engine) { db async throws in
      try await db.read { c throws in
        #expect(throws: DatabaseError.self) { try c.value("SELECT 'abc'", as: Int.self) }
        #expect(throws: DatabaseError.self) { try c.rows("SELECT 1") { row in row.skip(); return try row.next(Int.self) } }
        #expect(throws: DatabaseError.self) { try c.rows(SQL("SELECT CAST(NULL AS {int})").ddl(c)) { try $0.next(Int.self) } }
        #expect(try c.value("SELECT 42", as: String.self) == "42")
        #expect(try c.value("SELECT 42", as: Double.self) == 42)
      }
    }
  }

  @Test("sum and avg of PostgreSQL arrive as numeric", .enabled(if: Engine.cluster != nil, "DOSSIER_TEST_POSTGRES is not set"),
    arguments: [
      ("0", "0", Int64?.some(0)), ("-1", "-1", -1), ("12345.6700", "12345.6700", nil), ("10000", "10000", 10_000), ("0.0001", "0.0001", nil),
      ("-0.5", "-0.5", nil), ("9223372036854775807", "9223372036854775807", .max), ("9223372036854775808", "9223372036854775808", nil),
      ("100000000.00", "100000000.00", 100_000_000), ("'NaN'", "NaN", nil), ("1e20", "100000000000000000000", nil),
    ])
  func numeric(literal: String, text: String, integer: Int64?) async throws {
    try await withTestDatabase(.postgres) { db async throws in
      try await db.read { c throws in
        let query: SQL = "SELECT CAST(\(SQL(unsafe: literal)) AS numeric)"
        #expect(try c.value(query, as: String.self) == text)
        let whole = try? c.value(query, as: Int64.self)
        #expect(whole == integer)
      }
    }
  }
}

extension SQL {
  /// A literal with DDL tokens in a cast.
  func ddl(_ connection: any Connection) -> SQL { SQL(unsafe: connection.dialect.ddl(render(connection.dialect).text)) }
}
