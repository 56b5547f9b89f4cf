import Database
import TestSupport
import Testing

@Suite("Search by any part of a text")
struct TrigramTests {
  private static let index = TrigramIndex("party", column: "search")
  private static let schema = Migration(
    number: 1, name: "party", script: "CREATE TABLE party (id {identity}, search {text} NOT NULL) {strict};", trigrams: [index])

  // Folded as the program folds before it stores: lower case, ё→е, ł→l, no accents.
  static let names = [
    "анна щукина +359888123456", "lukasz zolw zaklad", "ъгъл и щъркел", "100% \"real\" a_b c\\d", "jose muller and/or near -x* ^(y)",
  ]
  static let cases: [(String, [Int])] = [
    ("щук", [1]), ("укина", [1]), ("888123", [1]), ("zolw", [2]), ("ъгъл", [3]), ("щър", [3]), ("0% \"r", [4]), ("a_b", [4]), ("c\\d", [4]),
    ("axb", []), ("\" OR \"", []), ("or near", [5]), ("-x*", [5]), ("^(y)", [5]), ("нет такого", []), ("щу", [1]), ("a", [2, 4, 5]), ("%", [4]),
    ("e", [4, 5]), ("ал\0", []),
  ]

  @Test(arguments: Engine.all) func finds(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: [Self.schema]) { db async throws in
      try await db.write { c in for name in Self.names { try c.run("INSERT INTO party (search) VALUES (\(name))") } }
      for (needle, expected) in Self.cases {
        let found: [Int] = try await db.read { c throws in
          try c.values("SELECT p.id FROM party AS p WHERE \(Self.index.contains(needle, alias: "p")) ORDER BY p.id")
        }
        #expect(found == expected, "\(needle)")
      }
    }
  }

  @Test(arguments: Engine.all) func followsChanges(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: [Self.schema]) { db async throws in
      func ids(_ needle: String) async throws -> [Int] {
        try await db.read { try $0.values("SELECT p.id FROM party AS p WHERE \(Self.index.contains(needle, alias: "p"))") }
      }
      try await db.write { c in try c.insert(into: "party", ["id", "search"], rows: [[.int(7), .text("первый")]]) }
      #expect(try await ids("ервы") == [7])
      try await db.write { _ = try $0.run("UPDATE party SET search = \("второй") WHERE id = 7") }
      #expect(try await ids("ервы") == [])
      #expect(try await ids("торо") == [7])
      try await db.write { _ = try $0.run("DELETE FROM party") }
      #expect(try await ids("торо") == [])
    }
  }

  @Test(arguments: Engine.all) func usesTheIndex(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: [Self.schema]) { db async throws in
      try await db.write { c throws in
        try c.insert(into: "party", ["search"], rows: (0..<20_000).lazy.map { [.text("клиент номер \($0 &* 7919 % 99_991) из софии")] })
        try c.script("ANALYZE")
        if engine == .postgres { try c.each("SELECT gin_clean_pending_list('party_search_trigram')") { _ in } }
      }
      let plan = try await db.read { c throws in
        try c.rows("\(sqlite: "EXPLAIN QUERY PLAN", postgres: "EXPLAIN") SELECT p.id FROM party AS p WHERE \(Self.index.contains("79190", alias: "p"))") { row in
          var words: [String] = []
          for _ in 0..<row.columnCount { words.append(try row.next(String.self)) }
          return words.joined(separator: " ")
        }.joined(separator: "\n")
      }
      #expect(plan.contains(engine == .sqlite ? "VIRTUAL TABLE INDEX" : "party_search_trigram"), "\(plan)")
    }
  }
}
