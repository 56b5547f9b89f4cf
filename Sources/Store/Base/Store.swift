package import Database
package import Domain
import Synchronization

/// What is kept. Features hang their queries on it: `store.clients`, `store.history`, …
package struct Store: Sendable {
  package let database: any Database
  private let sharedVersion = DataVersion()
  private let access = AccessVersion()

  /// Grows whenever this process has ended somebody's access, by a page or by a job.
  package var accessVersion: Int { access.value.load(ordering: .acquiring) }

  package init(database: any Database) { self.database = database }

  /// One snapshot for everything a page needs.
  package func read<T: Sendable>(
    as actor: Actor, at now: Instant, _ body: @escaping @Sendable (Reader) throws -> T
  ) async throws -> T {
    let known = sharedVersion
    return try await database.read { connection in
      let version = try known.current(connection)
      return try body(Reader(connection: connection, actor: actor, now: now, dataVersion: version))
    }
  }

  /// One transaction: the change, its history and its audit rows are committed together or not at all.
  package func write<T: Sendable>(
    as actor: Actor, at now: Instant, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    let known = sharedVersion
    let result = try await database.write { connection in
      let transaction = Transaction(connection: connection, actor: actor, now: now)
      let value = try body(transaction)
      return (value, try transaction.sealAudit(changesData: true), transaction.changesAccess)
    }
    known.advance(to: result.1)
    if result.2 { access.value.add(1, ordering: .releasing) }
    return result.0
  }

  /// A change by someone who becomes known only within it: the holder of a one-time link.
  func write<T: Sendable>(
    at now: Instant, identify: @escaping @Sendable (any Connection) throws -> Actor,
    then body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    let result = try await database.write { connection in
      let transaction = Transaction(connection: connection, actor: try identify(connection), now: now)
      let value = try body(transaction)
      return (value, try transaction.sealAudit(changesData: true))
    }
    sharedVersion.advance(to: result.1)
    return result.0
  }

  /// What the program does by itself when the time has come: the audit names nobody.
  func writeByItself(at now: Instant, _ body: @escaping @Sendable (any Connection) throws -> [AuditEntry]) async throws {
    let version = try await database.write { connection -> Int64? in
      let entries = try body(connection)
      return entries.isEmpty ? nil : try AuditChain.append(entries, to: connection, at: now, changesData: true)
    }
    if let version { sharedVersion.advance(to: version) }
  }

  /// Records who saw what. It changes no data, so cached pages stay valid.
  package func recordViews(_ views: [View], at now: Instant) async throws {
    guard !views.isEmpty else { return }
    _ = try await database.write { connection in
      try AuditChain.append(views.map(\.entry), to: connection, at: now, changesData: false)
    }
  }
}

private final class AccessVersion: Sendable { let value = Atomic<Int>(0) }

/// On SQLite this process makes every change, so the version is kept in memory; on PostgreSQL other servers write too, and
/// it is read with the page.
private final class DataVersion: Sendable {
  private let value = Atomic<Int64>(-1)

  func current(_ connection: any Connection) throws -> Int64 {
    if connection.dialect == .sqlite {
      let known = value.load(ordering: .acquiring)
      if known >= 0 { return known }
    }
    let stored = try connection.value("SELECT data_version FROM audit_head WHERE id = 1", as: Int64.self) ?? 0
    advance(to: stored)
    return stored
  }

  func advance(to new: Int64) {
    var seen = value.load(ordering: .acquiring)
    while new > seen {
      let (done, now) = value.compareExchange(expected: seen, desired: new, ordering: .acquiringAndReleasing)
      if done { return }
      seen = now
    }
  }
}
