import Database
import TestSupport
import Testing

@Suite("One SQL runs on both engines")
struct PortableSQLTests {
  private static let schema = Migration(
    number: 1, name: "cases",
    script: """
      CREATE TABLE client (id {identity}, phone {text} NOT NULL UNIQUE, name {text} NOT NULL, points {int} NOT NULL, vip {bool} NOT NULL,
        born {text}, CHECK (points >= 0)) {strict};
      CREATE TABLE visit (id {identity}, client_id {int} NOT NULL REFERENCES client (id), place {text}) {strict};
      CREATE UNIQUE INDEX visit_once ON visit (client_id, place);
      INSERT INTO client (phone, name, points, vip, born) VALUES
        ('+1', 'José', 500, {true}, '1990-01-02'), ('+2', 'Łukasz', 30, {false}, NULL), ('+3', 'Щукин', 30, {false}, NULL),
        ('+4', 'Ёлка', 120, {true}, '1980-12-31');
      """)

  @Test(arguments: Engine.all) func queries(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: [Self.schema]) { db async throws in
      try await db.read { c throws in
        func ids(_ condition: SQL) throws -> [Int] { try c.values("SELECT id FROM client WHERE \(condition)") }
        #expect(try ids("phone IN \(list: ["+1", "+3"]) ORDER BY id") == [1, 3])
        #expect(try ids("phone IN \(list: [String]())") == [])
        for count in [1, 2, 3, 5, 17_000] { #expect(try ids("id IN \(list: (1...count).map { $0 }) ORDER BY id") == Array(1...min(count, 4))) }
        #expect(try ids("(points, id) > (\(30), \(2)) ORDER BY points, id LIMIT \(2)") == [3, 4])
        #expect(try ids("born IS NOT DISTINCT FROM \(String?.none) ORDER BY id") == [2, 3])
        #expect(try ids("vip = \(true) AND points > \(200)") == [1])
        #expect(try ids("vip ORDER BY id") == [1, 4])
        #expect(try ids("name LIKE \(SQL.likePrefix("Щу")) ESCAPE '\\'") == [3])
        #expect(try c.values("SELECT rank() OVER (ORDER BY points DESC) FROM client ORDER BY id", as: Int.self) == [1, 3, 3, 2])
        #expect(try c.value("SELECT count(*) FILTER (WHERE points > \(30)) FROM client", as: Int.self) == 2)
        #expect(try c.values("SELECT name FROM client ORDER BY name", as: String.self) == ["José", "Łukasz", "Ёлка", "Щукин"])
        #expect(try c.value("SELECT coalesce(\(Int?.none), \(7))", as: Int.self) == 7)
        #expect(try c.value("SELECT \("a") || \("b")", as: String.self) == "ab")
        #expect(try c.exists("SELECT 1 FROM client WHERE phone = \("+4")"))
        #expect(try c.value("SELECT name FROM client WHERE id = \(99)", as: String.self) == nil)
        #expect(try c.values("SELECT born FROM client WHERE born IS NOT NULL ORDER BY born DESC NULLS LAST", as: String.self).count == 2)
      }
    }
  }

  @Test(arguments: Engine.all) func writes(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: [Self.schema]) { db async throws in
      try await db.write { c throws in
        let upsert: SQL = """
          INSERT INTO client (phone, name, points, vip) VALUES (\("+1"), \("x"), \(5), \(false))
          ON CONFLICT (phone) DO UPDATE SET points = client.points + excluded.points RETURNING points
          """
        #expect(try c.required(upsert, as: Int.self) == 505)
        let nothing: SQL = """
          INSERT INTO client (phone, name, points, vip) VALUES (\("+1"), \("x"), \(5), \(false)) ON CONFLICT DO NOTHING RETURNING id
          """
        #expect(try c.value(nothing, as: Int.self) == nil)
        #expect(try c.run(nothing) == 0)
        let spend: SQL = "UPDATE client SET points = points - \(31) WHERE points >= \(31) RETURNING id"
        #expect(try Set(c.values(spend, as: Int.self)) == [1, 4])
        #expect(try c.run("UPDATE client SET name = name WHERE vip = \(false)") == 2)
        #expect(try c.run(all: (1...300).map { "INSERT INTO visit (client_id, place) VALUES (\(1), \("p\($0)"))" }) == 300)
        // A statement inside of another's rows.
        var seen = 0
        try c.each("SELECT id FROM client ORDER BY id") { row in
          let id: Int = try row.next()
          seen += try c.required("SELECT count(*) FROM visit WHERE client_id = \(id)", as: Int.self)
        }
        #expect(seen == 300)
      }
      try await db.read { c throws in
        var places = 0
        try c.stream("SELECT v.place FROM visit AS v, visit AS w WHERE w.id <= \(10)") { _ in places += 1 }
        #expect(places == 3000)
      }
    }
  }

  static let refused: [(SQL, DatabaseError?)] = [
    ("INSERT INTO client (phone, name, points, vip) VALUES (\("+1"), \("x"), \(1), \(true))", .unique("client.phone")),
    ("INSERT INTO visit (client_id, place) VALUES (1, 'here'), (1, 'here')", .unique("visit.client_id, visit.place")),
    ("INSERT INTO client (phone, points, vip) VALUES (\("+9"), \(1), \(true))", .notNull("client.name")),
    ("INSERT INTO visit (client_id) VALUES (\(99))", nil),
    ("INSERT INTO client (phone, name, points, vip) VALUES (\("+9"), \("x"), \(-1), \(true))", nil),
    ("DELETE FROM client WHERE id IN (SELECT client_id FROM visit)", nil),
  ]

  @Test(arguments: Engine.all, refused.indices) func refusals(engine: Engine, index: Int) async throws {
    let (statement, expected) = Self.refused[index]
    try await withTestDatabase(engine, migrations: [Self.schema]) { db async throws in
      try await db.write { try $0.run("INSERT INTO visit (client_id, place) VALUES (2, 'there')") }
      let error = await #expect(throws: DatabaseError.self) { try await db.write { try $0.run(statement) } }
      if let expected { #expect(error == expected) }
      switch (index, error) {
      case (0...2, _), (3, .foreignKey), (4, .check), (5, .foreignKey): break
      default: Issue.record("\(index): \(String(describing: error))")
      }
    }
  }
}
