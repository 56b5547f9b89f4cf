/// For a whole base at once (export, moving in), which may take longer than a request may: up to six hours.
extension Database {
  package func longRead<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    try await patiently { try await $0.read(body) }
  }

  package func longWrite<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    try await patiently { try await $0.write(body) }
  }

  /// PostgreSQL gets a connection of its own, so that none is missing in the pool; SQLite knows no time limit.
  private func patiently<T: Sendable>(_ body: (any Database) async throws -> T) async throws -> T {
    guard let postgres = self as? PostgresDatabase else { return try await body(self) }
    var limits = PostgresDatabase.Limits()
    limits.call = .seconds(6 * 3600)
    let database = PostgresDatabase(postgres.options, connections: 1, limits: limits)
    do {
      let value = try await body(database)
      await database.close()
      return value
    } catch {
      await database.close()
      throw error
    }
  }
}
