import Database
import Domain
import Store
import Synchronization
import TestSupport
import Testing

@testable import Jobs

/// Who may hand over for whom, and at what cost.
@Suite struct HandoverAccessTests {
  private func manager(_ base: TestBase, _ scope: Scope, team: TeamID?) async throws -> Actor {
    let id: AccountID = try await base.write { tx in
      try tx.connection.required("""
        INSERT INTO account (name, email, email_key, role, scope, team_id, language, zone, created_at)
        VALUES ('Nina', 'nina@example.com', 'nina@example.com', 'manager', \(scope), \(team), 'en', 'Europe/Sofia', 0) RETURNING id
        """)
    }
    return Actor(id: id, name: "Nina", role: .manager, scope: scope, teamID: team, language: .en, zone: "Europe/Sofia")
  }

  @Test(arguments: Engine.all) func aTeamsManagerStaysWithinTheTeam(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let nina = try await manager(base, .team, team: TeamID(1))
      #expect(try await base.read(as: nina) { Set(try $0.handoverGivers().map(\.id)) } == [nina.id, base.maria.id, base.piotr.id])
      #expect(try await base.read(as: nina) { Set(try $0.handoverTakers().map(\.id)) } == [nina.id, base.maria.id, base.piotr.id])
      await #expect(throws: InvalidForm([FieldMessage(field: "from", key: "handover.error.from")])) {
        try await harness.draft(from: base.ivan, HandoverPlan(takers: [base.piotr.id]), as: nina)
      }
      await #expect(throws: InvalidForm.self) { try await harness.draft(from: base.maria, HandoverPlan(takers: [base.ivan.id]), as: nina) }
      let id = try await harness.draft(from: base.maria, HandoverPlan(takers: [base.piotr.id]), as: nina)
      #expect(try await harness.record(id, as: nina).madeBy == nina.id)
      let elsewhere = try await harness.draft(from: base.ivan, HandoverPlan(takers: [base.maria.id]))
      await #expect(throws: Refusal.notFound) { try await harness.record(elsewhere, as: nina) }
    }
  }

  @Test(arguments: [Role.employee, .marketing, .readOnly]) func othersMayNot(role: Role) async throws {
    try await withHandovers(.sqlite) { harness in
      let base = harness.base
      let someone = Actor(id: base.ivan.id, name: "", role: role, scope: .all, teamID: nil, language: .en, zone: "Europe/Sofia")
      let firm = try await harness.firms(1, of: base.maria)[0]
      await #expect(throws: Refusal.forbidden(.handOver)) { try await harness.draft(from: base.maria, HandoverPlan(takers: [base.ivan.id]), as: someone) }
      await #expect(throws: Refusal.forbidden(.handOver)) {
        try await base.write(as: someone) { _ = try $0.handOver(firm, to: base.ivan.id, note: "", expecting: 1, returnTo: "/") }
      }
      await #expect(throws: Refusal.forbidden(.handOver)) { try await base.read(as: someone) { _ = try $0.handovers() } }
    }
  }

  @Test func nobodyClosesTheLastOwnerOrThemselves() async throws {
    try await withHandovers(.sqlite) { harness in
      let base = harness.base
      await #expect(throws: AccountRefusal.self) { try await harness.draft(from: base.owner, HandoverPlan(takers: [base.ivan.id])) }
      let nina = try await manager(base, .all, team: nil)
      await #expect(throws: AccountRefusal.ownersOnly) { try await harness.draft(from: base.owner, HandoverPlan(takers: [base.ivan.id]), as: nina) }
      await #expect(throws: AccountRefusal.ownRights) { try await harness.draft(from: nina, HandoverPlan(takers: [base.ivan.id]), as: nina) }
      _ = try await harness.draft(from: nina, HandoverPlan(takers: [base.ivan.id]), reason: .changes, as: nina)
    }
  }

  /// The statements of a handover are as many for 5,000 clients as for five.
  @Test(arguments: Engine.all) func isDoneBySetsNotRowByRow(engine: Engine) async throws {
    var counts: [Int] = []
    for size in [5, 5000] {
      try await withHandovers(engine) { harness in
        let base = harness.base
        _ = try await harness.firms(size, of: base.maria)
        let id = try await harness.draft(from: base.maria, HandoverPlan(method: .evenly, takers: [base.ivan.id, base.piotr.id]))
        try await harness.start(id)
        let worker = try #require(try await base.store.jobs.lease(at: base.now))
        let counted = Store(database: CountingDatabase(base.store.database))
        let before = CountingDatabase.statements.load(ordering: .relaxed)
        _ = try await counted.write(as: base.owner, at: base.now) { try $0.carryOutHandover(id, worker) { _, _ in } }
        counts.append(CountingDatabase.statements.load(ordering: .relaxed) - before)
        #expect(try await harness.record(id).report.clients == size)
        try await base.store.jobs.finish(worker, .done(result: "{}"), at: base.now)
        let undo = try await harness.record(id)
        _ = try await base.write { try $0.startUndo(ofHandover: id, expecting: undo.version) }
        try await harness.runJobs(at: base.now.adding(milliseconds: JobStore.lease + 1))
        #expect(try await harness.record(id).report.restored == size)
      }
    }
    // The audit of few rows goes by single statements, that of many in bulk: many cost less, if anything.
    #expect(counts.count == 2)
    #expect((counts.last ?? .max) <= (counts.first ?? 0))
  }
}

/// Passes everything on and counts the statements. A bulk insert is one.
private struct CountingDatabase: Database {
  static let statements = Atomic<Int>(0)
  let inner: any Database
  init(_ inner: any Database) { self.inner = inner }

  var dialect: Dialect { inner.dialect }
  func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    try await inner.read { try body(CountingConnection(inner: $0)) }
  }
  func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    try await inner.write { try body(CountingConnection(inner: $0)) }
  }
  func close() async {}
}

private struct CountingConnection: Connection {
  let inner: any Connection
  var dialect: Dialect { inner.dialect }
  private func count(_ number: Int = 1) { CountingDatabase.statements.add(number, ordering: .relaxed) }

  func each(_ sql: SQL, _ body: (inout Row) throws -> Void) throws {
    count()
    try inner.each(sql, body)
  }
  func stream(_ sql: SQL, _ body: (inout Row) throws -> Void) throws {
    count()
    try inner.stream(sql, body)
  }
  func run(_ sql: SQL) throws -> Int {
    count()
    return try inner.run(sql)
  }
  func run(all statements: [SQL]) throws -> Int {
    count(statements.count)
    return try inner.run(all: statements)
  }
  func savepoint<T>(_ body: () throws -> T) throws -> T { try inner.savepoint(body) }
  func script(_ text: String) throws { try inner.script(text) }
  func insert(into table: StaticString, _ columns: [StaticString], rows: some Sequence<[SQLValue]>) throws {
    count()
    try inner.insert(into: table, columns, rows: rows)
  }
}
