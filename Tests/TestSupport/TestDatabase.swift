package import Database
import Foundation
import Synchronization

/// A fresh database for one test, on either engine, gone afterwards.
///
///     @Test(arguments: Engine.all) func refuses(engine: Engine) async throws {
///       try await withTestDatabase(engine, migrations: Migrations.all) { db in … }
///     }
package func withTestDatabase<T>(
  _ engine: Engine, migrations: [Migration] = [], connections: Int = 4,
  _ body: (any Database) async throws -> T
) async throws -> T {
  let test = try await TestDatabase(engine, migrations: migrations, connections: connections)
  do {
    let value = try await body(test.database)
    await test.remove()
    return value
  } catch {
    await test.remove()
    throw error
  }
}

package struct TestDatabase: Sendable {
  package let database: any Database
  /// The address, for a second opener or an outside program.
  package let url: DatabaseURL
  private let place: TestPlace

  package init(_ engine: Engine, migrations: [Migration] = [], connections: Int = 4) async throws {
    place = try await TestTemplates.copy(engine, migrations)
    url = place.url
    database = try await openDatabase(url, connections: connections)
  }

  package func remove() async {
    await database.close()
    await place.remove()
  }
}

/// Where one test's data lies: a folder, or a database in the cluster.
struct TestPlace: Sendable {
  let engine: Engine
  let name: String
  let url: DatabaseURL

  init(_ engine: Engine) throws {
    self.engine = engine
    name = "dossier_test_\(UInt64.random(in: 0...UInt64.max))"
    switch engine {
    case .sqlite:
      let folder = NSTemporaryDirectory() + "/" + name
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      url = try DatabaseURL("sqlite:\(folder)/test.sqlite")
    case .postgres: url = try DatabaseURL(TestCluster.address(database: name))
    }
  }

  func remove() async {
    switch engine {
    case .sqlite: try? FileManager.default.removeItem(atPath: NSTemporaryDirectory() + "/" + name)
    case .postgres: try? await TestCluster.run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }
  }
}

/// The throw-away cluster's own database, from which tests' databases are made and dropped.
enum TestCluster {
  struct Missing: Error, CustomStringConvertible {
    var description: String { "DOSSIER_TEST_POSTGRES is not set or not an address" }
  }

  static func address(database: String) throws -> String {
    guard let cluster = Engine.cluster, var parts = URLComponents(string: cluster) else { throw Missing() }
    parts.path = "/" + database
    guard let address = parts.string else { throw Missing() }
    return address
  }

  /// CREATE and DROP DATABASE refuse to run inside of a transaction.
  static func run(_ statement: String) async throws {
    guard let shared else { throw Missing() }
    try await shared.outsideTransaction(statement)
  }
  static func exists(_ database: String) async throws -> Bool {
    guard let shared else { throw Missing() }
    return try await shared.read { try $0.exists("SELECT 1 FROM pg_database WHERE datname = \(database)") }
  }
  // One after another: copies of the same template wait for each other anyway.
  /// Hundreds of tests wait for their database at once.
  private static let shared = Engine.cluster.flatMap { address in
    var limits = PostgresDatabase.Limits()
    limits.patience = .seconds(900)
    return try? PostgresDatabase(address, connections: 1, limits: limits)
  }
}

/// Migrated once per list of migrations; each test gets a copy, which takes milliseconds.
private actor TestTemplates {
  private static let shared = TestTemplates()
  private var files: [String: Task<Data, any Error>] = [:]
  private var databases: [String: Task<Void, any Error>] = [:]

  static func copy(_ engine: Engine, _ migrations: [Migration]) async throws -> TestPlace {
    try await shared.copy(engine, migrations)
  }

  private func copy(_ engine: Engine, _ migrations: [Migration]) async throws -> TestPlace {
    let place = try TestPlace(engine)
    let key = StableHash.of(migrations.map(\.checksum).joined()).description
    switch place.url.place {
    case .sqlite(let path):
      if migrations.isEmpty { return place }
      let making = files[key] ?? Task { try await Self.file(migrations) }
      files[key] = making
      try await making.value.write(to: URL(fileURLWithPath: path))
    case .postgres:
      // The name tells the schema, so a cluster keeps it from one run to the next.
      let template = migrations.isEmpty ? "template0" : "dossier_template_\(key)"
      if !migrations.isEmpty {
        let making = databases[key] ?? Task { try await Self.database(template, migrations) }
        databases[key] = making
        try await making.value
      }
      try await TestCluster.run("CREATE DATABASE \(place.name) TEMPLATE \(template)")
    }
    return place
  }

  private static func file(_ migrations: [Migration]) async throws -> Data {
    let place = try TestPlace(.sqlite)
    guard case .sqlite(let path) = place.url.place else { throw TestCluster.Missing() }
    let database = try await openDatabase(place.url)
    try await Migrator(migrations).migrate(database, backup: nil)
    // Closing moves the write-ahead log into the file.
    await database.close()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    await place.remove()
    return bytes
  }

  private static func database(_ template: String, _ migrations: [Migration]) async throws {
    if try await TestCluster.exists(template) { return }
    let place = try TestPlace(.postgres)
    try await TestCluster.run("CREATE DATABASE \(place.name) TEMPLATE template0")
    let database = try await openDatabase(place.url, connections: 1)
    try await Migrator(migrations).migrate(database, backup: nil)
    await database.close()
    // Renamed when complete: a run that was stopped half-way leaves no half-made template.
    do { try await TestCluster.run("ALTER DATABASE \(place.name) RENAME TO \(template)") } catch {
      await place.remove()
      guard try await TestCluster.exists(template) else { throw error }
    }
  }
}
