import Database
import Domain
import Files
import Store
import TestSupport
import Testing

@testable import Jobs

/// A run that ends at any chunk goes on from there and doubles nothing; a stopped one can be resumed or taken back.
@Suite struct ImportCrashTests {
  static let list = "Name;E-mail\n" + (1...3500).map { "Client \($0);c\($0)@example.com\n" }.joined()

  @Test(arguments: Engine.all, [0, 1, 2, 3]) func resumes(engine: Engine, chunks: Int) async throws {
    try await withImports(engine) { harness in
      let id = try await harness.begin(Self.list)
      let checked = try await harness.check(id)
      _ = try await harness.base.write { try $0.runImport(id, expecting: checked.version) }
      let worker = try #require(try await harness.base.store.jobs.lease(at: harness.base.now))
      try await harness.writeChunks(chunks, of: id, worker)
      // The worker is gone; its lease runs out and another takes the job.
      let later = harness.base.now.adding(milliseconds: JobStore.lease + 1000)
      let runner = JobRunner(store: harness.base.store, kinds: ImportJobs.kinds(), clock: { later }, log: harness.runner.log)
      #expect(try await runner.runNext())
      let done = try await harness.record(id)
      #expect(done.state == .done)
      #expect(done.counts.four == [3500, 0, 0, 0])
      #expect(try await harness.clients().count == 3500)
      // The first worker wakes: its fence is old, and nothing of it is kept.
      await #expect(throws: LeaseLost.self) { try await harness.writeChunks(1, of: id, worker) }
    }
  }

  @Test(arguments: Engine.all) func stopsAndGoesOn(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let id = try await harness.begin(Self.list)
      let checked = try await harness.check(id)
      let job = try await harness.base.write { try $0.runImport(id, expecting: checked.version) }
      try await harness.base.store.jobs.cancel(job, as: harness.base.owner, at: harness.base.now)
      try await harness.runJobs()
      let stopped = try await harness.record(id)
      #expect(stopped.state == .cancelled)
      #expect(stopped.mayResume)
      let done = try await harness.run(id)
      #expect(done.state == .done)
      #expect(done.counts.added == 3500)
    }
  }
}

extension ImportHarness {
  fileprivate func writeChunks(_ count: Int, of id: ImportID, _ worker: LeasedJob) async throws {
    let record = try await record(id)
    let rows = try ImportRows(.bytes(Array(ImportCrashTests.list.utf8)), record.plan)
    _ = try await base.write { try $0.beginRun(id, worker) }
    var from = 0
    for _ in 0..<count {
      guard let chunk = try await rows.next() else { return }
      let start = from
      _ = try await base.write { tx in
        try tx.importChunk(id, record.plan, chunk.rows, from: start, through: chunk.through, job: worker)
      }
      from = chunk.through
    }
  }
}
