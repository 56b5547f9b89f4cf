import Database
import Domain
import Store
import TestSupport
import Testing

@testable import Jobs

/// For 30 days a handover can be taken back: exactly what nobody has changed since.
@Suite struct HandoverUndoTests {
  @Test(arguments: Engine.all) func bringsBackWhatHasNotChangedSince(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let firms = try await harness.firms(4, of: base.maria)
      let id = try await harness.handOver(from: base.maria, HandoverPlan(takers: [base.ivan.id]))
      // One goes to somebody else; one there and back again; of one only the name is changed.
      _ = try await base.write { try $0.change([firms[0]], .owner(base.piotr.id), returnTo: "/") }
      _ = try await base.write { try $0.change([firms[1]], .owner(base.piotr.id), returnTo: "/") }
      _ = try await base.write { try $0.change([firms[1]], .owner(base.ivan.id), returnTo: "/") }
      try await base.write { tx in
        var stored = try tx.storedClient(firms[2])
        var draft = stored.draft
        draft.name = "Renamed"
        try tx.updateClient(firms[2], draft, expecting: stored.version)
        stored = try tx.storedClient(firms[2])
      }
      let day = base.now.adding(milliseconds: Instant.day)
      let undone = try await harness.undo(id, at: day)
      #expect(undone.state == .undone && undone.report.restored == 2 && undone.report.left == 2)
      #expect(Set(undone.report.examples) == [firms[0], firms[1]])
      #expect(try await harness.owners(firms) == [base.piotr.id, base.ivan.id, base.maria.id, base.maria.id])
      #expect(try await harness.number("SELECT count(*) FROM account WHERE closed_at IS NOT NULL") == 0)
      #expect(try await harness.number("SELECT count(*) FROM reason WHERE kind = 'handed_over'") == 2)
      // What went back is in the successor's list no more.
      #expect(try await base.read(as: base.ivan) { try $0.received(unreadOnly: false).clients.map(\.clientID) } == [firms[1]])
      #expect(try await harness.number("SELECT count(*) FROM party WHERE name = 'Renamed'") == 1)
      #expect(try await harness.faults() == [])
      await #expect(throws: Refusal.self) { try await harness.undo(id, at: day) }
    }
  }

  @Test(arguments: Engine.all) func isRefusedWhenItIsTooLate(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      _ = try await harness.firms(1, of: base.maria)
      let id = try await harness.handOver(from: base.maria, HandoverPlan(takers: [base.ivan.id]))
      let late = base.now.adding(milliseconds: HandoverRecord.undoLifetime)
      await #expect(throws: Refusal.self) { try await harness.undo(id, at: late) }
      #expect(try await harness.undo(id, at: late.adding(milliseconds: -1)).state == .undone)
    }
  }

  /// Somebody opened the account again and closed it once more: that is no longer this handover's doing.
  @Test(arguments: Engine.all) func leavesAnAccountThatWasClosedSince(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let firms = try await harness.firms(1, of: base.maria)
      let id = try await harness.handOver(from: base.maria, HandoverPlan(takers: [base.ivan.id]))
      let later = base.now.adding(milliseconds: Instant.hour)
      try await base.write(at: later) { tx in
        let account = try tx.account(base.maria.id)
        try tx.reopenAccount(account.id, version: account.version)
        _ = try tx.closeAccount(account.id, version: account.version + 1)
      }
      let record = try await harness.undo(id, at: later)
      #expect(record.state == .done && record.hasFailed)
      #expect(try await harness.owners(firms) == [base.ivan.id])
    }
  }

  @Test(arguments: Engine.all) func aSingleClientGoesAndComesBack(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let firm = try await harness.firms(1, of: base.maria)[0]
      let undo = try await base.write { try $0.handOver(firm, to: base.ivan.id, note: "Call on Monday", expecting: 1, returnTo: "/") }
      #expect(try await harness.owners([firm]) == [base.ivan.id])
      let received = try await base.read(as: base.ivan) { try $0.received(unreadOnly: true).clients }
      #expect(received.map(\.note) == ["Call on Monday"] && received.map(\.from) == ["Maria Ivanova"])
      await #expect(throws: Refusal.conflict(currentVersion: 2)) {
        try await base.write { _ = try $0.handOver(firm, to: base.piotr.id, note: "", expecting: 1, returnTo: "/") }
      }
      _ = try await base.store.undo(undo, as: base.owner, at: base.now.adding(milliseconds: 29 * Instant.day))
      #expect(try await harness.owners([firm]) == [base.maria.id])
      #expect(try await harness.faults() == [])
    }
  }

  /// An archive takes no jobs along: taken while one is on its way, it brings a draft that can go on.
  @Test(arguments: Engine.all) func arrivesElsewhereAsADraft(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let firms = try await harness.firms(2, of: base.maria)
      let id = try await harness.draft(from: base.maria, HandoverPlan(takers: [base.ivan.id]))
      try await harness.start(id)
      let made = try await base.store.archive(at: base.now, as: base.owner, folder: true)
      defer { made.remove() }
      try await withTestDatabase(engine, migrations: Schema.migrations) { database in
        let there = Store(database: database)
        _ = try await ArchiveImport(made.path).run(into: there, at: base.now, ownerToken: "token") { _, _ in }
        let draft = try await there.read(as: base.owner, at: base.now) { try $0.handover(id) }
        #expect(draft.state == .draft && draft.jobID == nil && !draft.hasFailed)
        let seen = try await there.read(as: base.owner, at: base.now) { try $0.preview(draft).fingerprint }
        let start = try await there.write(as: base.owner, at: base.now) { try $0.startHandover(id, seen: seen, expecting: draft.version) }
        guard case .started = start else { Issue.record("it did not start"); return }
        let owners = try await there.read(as: base.owner, at: base.now) { try $0.storedClients(firms).values.map(\.draft.ownerID) }
        #expect(owners == [base.maria.id, base.maria.id])
      }
    }
  }

  /// Without its job, what was to begin is a draft again and what was to be undone is done: both can go on.
  @Test(arguments: Engine.all) func goesOnWhereItsJobIsLost(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let firms = try await harness.firms(2, of: base.maria)
      func loseJob(_ id: HandoverID) async throws -> HandoverRecord {
        try await base.write { tx in
          try tx.connection.run("UPDATE handover SET job_id = NULL WHERE id = \(id)")
          try tx.connection.run("DELETE FROM job")
        }
        return try await harness.record(id)
      }
      let id = try await harness.draft(from: base.maria, HandoverPlan(takers: [base.ivan.id]))
      try await harness.start(id)
      let lost = try await loseJob(id)
      #expect(lost.state == .draft && !lost.hasFailed)
      try await harness.start(id)
      try await harness.runJobs()
      let done = try await harness.record(id)
      #expect(done.state == .done)
      #expect(try await harness.owners(firms) == [base.ivan.id, base.ivan.id])
      _ = try await base.write { try $0.startUndo(ofHandover: id, expecting: done.version) }
      #expect(try await loseJob(id).state == .done)
      #expect(try await harness.undo(id).state == .undone)
      #expect(try await harness.owners(firms) == [base.maria.id, base.maria.id])
      #expect(try await harness.faults() == [])
    }
  }
}
