/// PostgreSQL through libpq: a pool of connections, each on its own queue.
///
/// A closure may run more than once (a collision, a failover), so it must have no effect but on its connection.
package final class PostgresDatabase: Database {
  package let dialect = Dialect.postgres
  /// Without secrets.
  package let description: String
  let options: PostgresOptions
  private let pool: PostgresPool
  private let limits: Limits

  package struct Limits: Sendable {
    /// One attempt of one closure, COMMIT included.
    package var call: Duration = .seconds(30)
    /// Trying again while the server is away or changes hands; a waiting place in the pool.
    package var patience: Duration = .seconds(75)
    package var collisions = 3
    package init() {}
  }

  /// Nothing is opened until it is needed; `openDatabase` asks at once, so that a wrong address is told at start.
  package convenience init(_ address: String, connections: Int = 8, limits: Limits = Limits()) throws {
    self.init(try PostgresOptions(address), connections: connections, limits: limits)
  }

  init(_ options: PostgresOptions, connections: Int, limits: Limits) {
    self.options = options
    description = options.description
    self.limits = limits
    pool = PostgresPool(options, connections: connections, patience: limits.patience)
  }

  package func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    try await transaction { session in
      session.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", readOnly: true)
      return try session.attempt(body) { try session.endRead() }
    }
  }

  package func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    try await transaction { session in
      session.begin("BEGIN ISOLATION LEVEL READ COMMITTED", readOnly: false)
      return try session.attempt(body) { try session.commit() }
    }
  }

  /// CREATE DATABASE and the like, which refuse to run in a transaction.
  package func outsideTransaction(_ statement: String) async throws {
    try await transaction { session in try session.attempt({ try $0.script(statement) }, end: {}) }
  }

  package func close() async { await pool.close() }

  private func transaction<T: Sendable>(
    _ work: @escaping @Sendable (PostgresSession) throws -> Attempt<T>
  ) async throws -> T {
    let start = ContinuousClock.now
    var collisions = 0, pause = Duration.zero
    while true {
      let attempt = try await once(work)
      switch attempt {
      case .done(let value): return value
      case .failed(let error, .never): throw error
      case .failed(let error, .collided), .failed(let error, .replan):
        collisions += 1
        if collisions > limits.collisions { throw error }
        // Those that collided do not start again in step.
        try await Task.sleep(for: .milliseconds(Int.random(in: 1...10 * collisions)))
      case .failed(let error, .reconnect):
        guard ContinuousClock.now - start + pause < limits.patience else { throw error }
        try await Task.sleep(for: pause)
        pause = min(pause * 2 + .milliseconds(50), .seconds(2))
      }
    }
  }
}

extension PostgresDatabase {
  private func once<T: Sendable>(
    _ work: @escaping @Sendable (PostgresSession) throws -> Attempt<T>
  ) async throws -> Attempt<T> {
    do {
      return try await pool.use { worker in try await worker.perform(within: limits.call, work) }
    } catch let refusal as PostgresRefusal {
      return .failed(refusal.error, refusal.lasting ? .never : .reconnect)
    }
  }
}

enum Attempt<T: Sendable>: Sendable {
  case done(T)
  case failed(any Error, PostgresFailure.Again)
}

extension PostgresSession {
  func attempt<T: Sendable>(
    _ body: (any Connection) throws -> T, end: () throws -> Void
  ) throws -> Attempt<T> {
    do {
      let value = try body(PostgresConnection(session: self))
      try end()
      return .done(value)
    } catch {
      let again = failure?.again ?? .never
      try? rollBack()
      if again == .replan { forgetStatements() }
      return .failed(error, again)
    }
  }
}
