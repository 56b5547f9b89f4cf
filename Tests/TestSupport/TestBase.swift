package import Database
package import Domain
package import Store

/// A base with the schema and a few accounts, for tests of stores.
package struct TestBase: Sendable {
  package let store: Store
  /// Sees and may do everything.
  package let owner: Actor
  /// Employees: Maria and Piotr of team 1, Ivan of team 2; Maria and Ivan see their own, Piotr his team's.
  package let maria: Actor
  package let piotr: Actor
  package let ivan: Actor
  package let reader: Actor
  /// 5 November 2026, 14:07 UTC.
  package let now = Instant(milliseconds: 1_793_887_620_000)

  package init(store: Store, owner: Actor, maria: Actor, piotr: Actor, ivan: Actor, reader: Actor) {
    (self.store, self.owner, self.maria, self.piotr, self.ivan, self.reader) = (store, owner, maria, piotr, ivan, reader)
  }

  package func write<T: Sendable>(
    as actor: Actor? = nil, at moment: Instant? = nil, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await store.write(as: actor ?? owner, at: moment ?? now, body)
  }
  package func read<T: Sendable>(as actor: Actor? = nil, _ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
    try await store.read(as: actor ?? owner, at: now, body)
  }
}

extension TestBase {
  package func at(minutes: Int64) -> Instant { now.adding(milliseconds: minutes * Instant.minute) }

  /// What the doctor finds.
  package func faults() async throws -> [String] {
    try await read { try Consistency.check($0.connection).compactMap { result in result.problem.map { "\(result.name): \($0)" } } }
  }
}

package func withTestBase<T>(_ engine: Engine, _ body: (TestBase) async throws -> T) async throws -> T {
  try await withTestDatabase(engine, migrations: Schema.migrations) { database in
    let store = Store(database: database)
    let accounts: [(String, Role, Scope, TeamID?)] = [
      ("Olga Owner", .owner, .all, nil), ("Maria Ivanova", .employee, .own, TeamID(1)), ("Piotr Nowak", .employee, .team, TeamID(1)),
      ("Ivan Petrov", .employee, .own, TeamID(2)), ("Rita Reader", .readOnly, .all, nil),
    ]
    let actors = try await database.write { connection in
      for team in ["One", "Two"] { try connection.run("INSERT INTO team (name, created_at) VALUES (\(team), 0)") }
      return try accounts.enumerated().map { index, account in
        let (name, role, scope, team) = account
        let email = "user\(index)@example.com"
        let id: AccountID = try connection.required("""
          INSERT INTO account (name, email, email_key, role, scope, team_id, language, zone, created_at)
          VALUES (\(name), \(email), \(email), \(role), \(scope), \(team), 'en', 'Europe/Sofia', 0) RETURNING id
          """)
        return Actor(id: id, name: name, role: role, scope: scope, teamID: team, language: .en, zone: "Europe/Sofia")
      }
    }
    let base = TestBase(
      store: store, owner: actors[0], maria: actors[1], piotr: actors[2], ivan: actors[3], reader: actors[4])
    return try await body(base)
  }
}
