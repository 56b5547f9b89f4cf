import Database
import Domain
import Files
import Foundation
import Logging
import Store
import TestSupport

@testable import Jobs

/// Steps of an import as the pages take them, with the jobs run at once.
struct ImportHarness {
  let base: TestBase

  var runner: JobRunner {
    let now = base.now
    return JobRunner(store: base.store, kinds: JobCatalogue.all(base.store), clock: { now }, log: Logger(label: "test"))
  }

  func begin(
    _ text: String, as actor: Actor? = nil, _ change: (inout ImportPlan) -> Void = { _ in }
  ) async throws -> ImportID {
    try await begin(Array(text.utf8), as: actor, change)
  }

  func begin(
    _ bytes: [UInt8], as actor: Actor? = nil, _ change: (inout ImportPlan) -> Void = { _ in }
  ) async throws -> ImportID {
    guard var plan = try ImportFile.guess(.bytes(bytes), country: Country("BG"))?.plan else { throw Refusal.notFound }
    change(&plan)
    let agreed = plan
    return try await base.write(as: actor) { try $0.beginImport(fileName: "list.csv", bytes: bytes, plan: agreed) }
  }

  func runJobs() async throws { while try await runner.runNext() {} }

  @discardableResult
  func check(_ id: ImportID, as actor: Actor? = nil) async throws -> ImportRecord {
    let before = try await record(id, as: actor)
    _ = try await base.write(as: actor) { try $0.checkImport(id, expecting: before.version) }
    try await runJobs()
    return try await record(id, as: actor)
  }

  @discardableResult
  func run(_ id: ImportID, as actor: Actor? = nil) async throws -> ImportRecord {
    let before = try await record(id, as: actor)
    _ = try await base.write(as: actor) { try $0.runImport(id, expecting: before.version) }
    try await runJobs()
    return try await record(id, as: actor)
  }

  /// Checked and run.
  @discardableResult
  func bring(_ text: String, as actor: Actor? = nil, _ change: (inout ImportPlan) -> Void = { _ in }) async throws -> ImportRecord {
    let id = try await begin(text, as: actor, change)
    try await check(id, as: actor)
    return try await run(id, as: actor)
  }

  func undo(_ id: ImportID) async throws -> UndoProgress {
    let before = try await record(id)
    let job = try await base.write { try $0.undoImport(id, expecting: before.version) }
    try await runJobs()
    let status = try await base.read { try $0.job(job) }
    return try JSON.value(status?.result ?? "{}")
  }

  func record(_ id: ImportID, as actor: Actor? = nil) async throws -> ImportRecord {
    try await base.read(as: actor) { try $0.importRecord(id) }
  }

  /// Live clients by name.
  func clients() async throws -> [String: StoredClient] {
    let ids = try await base.read {
      try $0.connection.values("SELECT id FROM party WHERE is_client AND deleted_at IS NULL", as: PartyID.self)
    }
    let stored = try await base.read { try $0.storedClients(ids) }
    return Dictionary(stored.values.map { ($0.draft.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// A manager who sees only what is theirs.
  func narrowManager() async throws -> Actor {
    let id: AccountID = try await base.write { tx in
      try tx.connection.required("""
        INSERT INTO account (name, email, email_key, role, scope, language, zone, created_at)
        VALUES ('Nina', 'nina@example.com', 'nina@example.com', 'manager', 'own', 'en', 'Europe/Sofia', 0) RETURNING id
        """)
    }
    return Actor(id: id, name: "Nina", role: .manager, scope: .own, teamID: nil, language: .en, zone: "Europe/Sofia")
  }
}

func withImports(_ engine: Engine, _ body: (ImportHarness) async throws -> Void) async throws {
  try await withTestBase(engine) { try await body(ImportHarness(base: $0)) }
}

/// The counts in the order of the report.
extension ImportCounts {
  var four: [Int] { [added, changed, same, wrong] }
}
