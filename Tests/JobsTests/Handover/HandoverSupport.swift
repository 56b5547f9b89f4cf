import Database
import Domain
import Logging
import Store
import TestSupport

@testable import Jobs

/// A handover as the pages take it, with the jobs run at once.
struct HandoverHarness {
  let base: TestBase

  func runner(at moment: Instant? = nil) -> JobRunner {
    let now = moment ?? base.now
    return JobRunner(store: base.store, kinds: HandoverJobs.kinds(), clock: { now }, log: Logger(label: "test"))
  }
  func runJobs(at moment: Instant? = nil) async throws { while try await runner(at: moment).runNext() {} }

  func record(_ id: HandoverID, as actor: Actor? = nil) async throws -> HandoverRecord {
    try await base.read(as: actor) { try $0.handover(id) }
  }

  func draft(from: Actor, _ plan: HandoverPlan, reason: HandoverReason = .leaves, as actor: Actor? = nil) async throws -> HandoverID {
    try await base.write(as: actor) { tx in
      let id = try tx.beginHandover(from: from.id, reason: reason, note: "Be kind")
      try tx.changeHandover(id, plan: plan, expecting: 1)
      return id
    }
  }

  func start(_ id: HandoverID, as actor: Actor? = nil) async throws {
    _ = try await base.write(as: actor) { tx in
      let record = try tx.handover(id)
      return try tx.startHandover(id, seen: tx.preview(record).fingerprint, expecting: record.version)
    }
  }

  /// Planned, started and done.
  @discardableResult
  func handOver(from: Actor, _ plan: HandoverPlan, reason: HandoverReason = .leaves) async throws -> HandoverID {
    let id = try await draft(from: from, plan, reason: reason)
    try await start(id)
    try await runJobs()
    return id
  }

  @discardableResult
  func undo(_ id: HandoverID, at moment: Instant? = nil) async throws -> HandoverRecord {
    let record = try await record(id)
    _ = try await base.write(at: moment) { try $0.startUndo(ofHandover: id, expecting: record.version) }
    try await runJobs(at: moment)
    return try await self.record(id)
  }

  func firms(_ count: Int, of owner: Actor, _ name: String = "Firm") async throws -> [ClientID] {
    try await base.write { tx in
      try tx.insertClients((1...count).map { number in
        var draft = ClientDraft(kind: .company, name: "\(name) \(number)")
        draft.ownerID = owner.id
        return NewClient(draft)
      }).map(\.id)
    }
  }

  func owners(_ clients: [ClientID]) async throws -> [AccountID?] {
    try await base.read { reader in
      let found = Dictionary(uniqueKeysWithValues: try reader.connection.rows("SELECT id, owner_id FROM party WHERE id IN \(list: clients)") {
        (try $0.next(ClientID.self), try $0.next(AccountID?.self))
      })
      return clients.map { found[$0] ?? nil }
    }
  }

  func number(_ sql: SQL) async throws -> Int64 { try await base.read { try $0.connection.required(sql) } }

  func faults() async throws -> [String] { try await base.faults() }
}

func withHandovers(_ engine: Engine, _ body: (HandoverHarness) async throws -> Void) async throws {
  try await withTestBase(engine) { try await body(HandoverHarness(base: $0)) }
}
