import Database
import Demo
import Domain
import Store
import TestSupport
import Testing

/// The demo company as it stands in the base. The generator's inner workings are judged by what they leave there.
@Suite struct DemoTests {
  static let orders = [DemoOrder(clients: 60), DemoOrder(clients: 80, seed: 7, history: 900, big: 100)]

  @Test(arguments: Engine.all, orders) func isConsistent(engine: Engine, order: DemoOrder) async throws {
    try await withDemo(engine, order) { connection throws in
      #expect(try Consistency.check(connection).filter { $0.problem != nil }.map(\.name) == [])
      #expect(try AuditChain.firstBreak(in: connection) == nil)
    }
  }

  @Test(arguments: orders) func isTheSameForTheSameSeed(order: DemoOrder) async throws {
    var seen: [[TableHash]] = []
    for engine in Engine.all + [.sqlite] {
      // Reasons are raised by upserts: those burn numbers on PostgreSQL.
      let unlike: Set = ["schema_migration", "reason"]
      seen.append(try await withDemo(engine, order) { try TableHash.all(in: $0).filter { !unlike.contains($0.table) } })
    }
    for other in seen.dropFirst() { #expect(other == seen[0]) }
    let another = try await withDemo(.sqlite, DemoOrder(clients: order.clients, seed: 2)) { try TableHash("party", in: $0) }
    #expect(!seen[0].contains(another))
  }

  @Test(arguments: Engine.all) func everyContactIsWithinItsTie(engine: Engine) async throws {
    try await withDemo(engine, DemoOrder(clients: 120)) { connection throws in
      let outside = try connection.value("""
        SELECT count(*) FROM history h WHERE h.kind = 'contact' AND h.person_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM tie t WHERE t.company_id = h.client_id AND t.person_id = h.person_id)
        """, as: Int.self)
      #expect(outside == 0)
      var late: [String] = []
      try connection.each("""
        SELECT h.occurred_at, t.from_date, t.until_date FROM history h
          JOIN tie t ON t.company_id = h.client_id AND t.person_id = h.person_id WHERE h.kind = 'contact'
        """) { row in
        let day = Zone.utc.date(try row.next(Instant.self))
        let from = try row.next(CalendarDate?.self), until = try row.next(CalendarDate?.self)
        // The tie's days are those of the client's clock, at most a day from Greenwich.
        if let from, day < from.adding(days: -1) { late.append("\(day) before \(from)") }
        if let until, day > until.adding(days: 1) { late.append("\(day) after \(until)") }
      }
      #expect(late == [])
      let future = try connection.value("SELECT count(*) FROM history WHERE recorded_at > \(moment) OR occurred_at > recorded_at", as: Int.self)
      #expect(future == 0)
    }
  }

  @Test(arguments: Engine.all) func movesAreTold(engine: Engine) async throws {
    try await withDemo(engine, DemoOrder(clients: 200)) { connection throws in
      for kind in ["manager.changed", "tie.ended", "owner.changed", "fact.added", "party.archived", "party.changed", "note"] {
        #expect(try connection.exists("SELECT 1 FROM history WHERE kind = \(kind)"), "\(kind)")
      }
      for table in ["attachment", "history_mark", "party_tag", "custom_value", "purchase_line"] as [SQL] {
        #expect(try connection.exists("SELECT 1 FROM \(table)"))
      }
      #expect(try connection.exists("SELECT 1 FROM deal_line WHERE offering_id IS NOT NULL"))
      for state in ["waiting", "taken", "declined"] {
        #expect(try connection.exists("SELECT 1 FROM opportunity WHERE state = \(state)"), "\(state)")
      }
      for state in ["unfiled", "filed"] { #expect(try connection.exists("SELECT 1 FROM captured_mail WHERE state = \(state)"), "\(state)") }
      #expect(try connection.exists("SELECT 1 FROM history WHERE corrects_id IS NOT NULL"))
      #expect(try connection.exists("SELECT person_id FROM tie GROUP BY person_id HAVING count(*) > 1"))
      let texts = try connection.value("SELECT count(DISTINCT body) FROM history WHERE kind = 'contact'", as: Int.self) ?? 0
      #expect(texts > 800)
    }
  }

  @Test(arguments: Engine.all) func canOnlyBeMadeInAnEmptyBase(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      _ = await #expect(throws: DemoRefusal.notEmpty) {
        try await base.store.makeDemo(DemoOrder(clients: 1), passwordHash: "x", at: base.now)
      }
    }
  }

  @Test func measuringBasesAreExact() async throws {
    let order = DemoOrder(clients: 50, seed: 3, history: 1000, big: 300)
    try await withDemo(.sqlite, order) { connection throws in
      #expect(try connection.value("SELECT count(*) FROM history", as: Int.self) == 1000)
      let busiest = try connection.value("""
        SELECT count(*) FROM history WHERE kind = 'contact' GROUP BY client_id ORDER BY count(*) DESC LIMIT 1
        """, as: Int.self)
      #expect(busiest == 300)
      #expect(try connection.exists("SELECT 1 FROM party WHERE name LIKE 'Big client%'"))
    }
  }
}

extension DemoTests {
  /// Told or filled, every figure stands where the words leave a place for it.
  @Test(arguments: [DemoOrder(clients: 60), DemoOrder(clients: 40, seed: 5, history: 500, big: 50, dossier: 400)])
  func noPlaceForAFigureIsLeft(order: DemoOrder) async throws {
    try await withDemo(.sqlite, order) { connection throws in
      #expect(try connection.exists("SELECT 1 FROM dossier_entry WHERE workings LIKE '%EUR%'"))
      let open = try connection.value("""
        SELECT what FROM dossier_entry WHERE what || why || asked || did || took || workings || proof || note LIKE '%{%' LIMIT 1
        """, as: String.self)
      #expect(open == nil)
    }
  }
}

/// 5 November 2026, 14:07 UTC.
let moment = Instant(milliseconds: 1_793_887_620_000)

@discardableResult
func withDemo<T: Sendable>(
  _ engine: Engine, _ order: DemoOrder, _ body: @escaping @Sendable (any Connection) throws -> T
) async throws -> T {
  try await withTestDatabase(engine, migrations: Schema.migrations) { database in
    _ = try await Store(database: database).makeDemo(order, passwordHash: "x", at: moment)
    return try await database.read(body)
  }
}
