import Database
import Domain
import Store
import TestSupport
import Testing

@testable import Jobs

/// A handover does all that was shown or nothing, closes the account, and tells everyone who should know.
@Suite struct HandoverRunTests {
  @Test(arguments: Engine.all) func givesClientsAndClosesTheAccount(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base, leaver = base.maria, first = base.piotr, second = base.ivan
      let firms = try await harness.firms(5, of: leaver)
      let other = try await harness.firms(1, of: first)
      let view = try await base.write(as: leaver) { tx in
        try tx.connection.required("""
          INSERT INTO saved_view (account_id, list, name, query, created_at) VALUES (\(leaver.id), 'clients', 'Mine', '', 0) RETURNING id
          """, as: ViewID.self)
      }
      try await base.write { tx in
        try tx.connection.run("""
          INSERT INTO session (token_hash, id, account_id, created_at, seen_at, expires_at, agent, address)
          VALUES (\([UInt8(1)]), 's', \(leaver.id), 0, 0, \(tx.now), '', '')
          """)
        try tx.connection.run("""
          INSERT INTO api_token (name, token_hash, account_id, scopes, created_at) VALUES ('t', \([UInt8(2)]), \(leaver.id), '', 0)
          """)
      }
      let access = base.store.accessVersion
      let id = try await harness.draft(from: leaver, HandoverPlan(method: .evenly, takers: [first.id, second.id]))
      let preview = try await base.read { try $0.preview($0.handover(id)) }
      #expect(preview.clients == 5 && preview.sessions == 1 && preview.tokens == 1 && preview.closesAccount)
      #expect(preview.shares.map(\.count) == [3, 2])
      #expect(preview.things.map(\.key) == ["views"])
      try await harness.start(id)
      #expect(try await harness.record(id).isWorking)
      try await harness.runJobs()

      let done = try await harness.record(id)
      #expect(done.state == .done && done.report.clients == 5 && done.report.things == ["views": 1] && done.report.closedAccount)
      #expect(try await harness.owners(firms) == [first.id, second.id, first.id, second.id, first.id])
      #expect(try await harness.owners(other) == [first.id])
      #expect(try await harness.number("SELECT count(*) FROM party p WHERE p.team_id IS DISTINCT FROM (SELECT team_id FROM account WHERE id = p.owner_id)") == 0)
      #expect(try await harness.number("SELECT count(*) FROM session WHERE account_id = \(leaver.id)") == 0)
      #expect(try await harness.number("SELECT count(*) FROM api_token WHERE revoked_at IS NULL") == 0)
      #expect(try await harness.number("SELECT count(*) FROM account WHERE closed_at IS NOT NULL") == 1)
      #expect(try await harness.number("SELECT account_id FROM saved_view WHERE id = \(view)") == first.id.rawValue)
      #expect(base.store.accessVersion == access + 1)
      // An entry a client, an audit row a client, a wish to be introduced a client, an unread briefing a client.
      #expect(try await harness.number("SELECT count(*) FROM history WHERE kind = 'owner.changed'") == 5)
      #expect(try await harness.number("SELECT count(*) FROM audit WHERE detail LIKE 'owner handover=%'") == 5)
      #expect(try await harness.number("SELECT count(*) FROM reason WHERE kind = 'handed_over' AND account_id = \(first.id)") == 3)
      let received = try await base.read(as: first) { try $0.received(unreadOnly: true) }
      #expect(received.clients.map(\.clientID) == [firms[4], firms[2], firms[0]])
      #expect(received.clients.first?.note == "Be kind")
      #expect(try await harness.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func isDoneOnceWhateverHappens(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let firms = try await harness.firms(3, of: base.maria)
      let id = try await harness.draft(from: base.maria, HandoverPlan(takers: [base.ivan.id]))
      try await harness.start(id)
      // A worker that dies at every step before the end leaves nothing behind.
      struct Crash: Error {}
      let worker = try #require(try await base.store.jobs.lease(at: base.now))
      for step in 0...(PassedOn.all.count + 2) {
        await #expect(throws: Crash.self) {
          try await base.write { tx in
            try tx.carryOutHandover(id, worker) { done, _ in if done == step { throw Crash() } }
          }
        }
        #expect(try await harness.owners(firms) == Array(repeating: base.maria.id, count: 3))
        #expect(try await harness.number("SELECT count(*) FROM account WHERE closed_at IS NOT NULL") == 0)
      }
      // Its lease runs out; another takes the job and does it.
      let later = base.now.adding(milliseconds: JobStore.lease + 1000)
      try await harness.runJobs(at: later)
      #expect(try await harness.record(id).state == .done)
      let entries = try await harness.number("SELECT count(*) FROM history")
      // The first wakes with an old fence: it finds everything done.
      _ = try await base.write { try $0.carryOutHandover(id, worker) { _, _ in } }
      #expect(try await harness.number("SELECT count(*) FROM history") == entries)
      #expect(try await harness.owners(firms) == Array(repeating: base.ivan.id, count: 3))
    }
  }

  @Test(arguments: Engine.all) func whatChangedSinceThePreviewIsShownNotDone(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let firms = try await harness.firms(2, of: base.maria)
      let id = try await harness.draft(from: base.maria, HandoverPlan(takers: [base.ivan.id]))
      let seen = try await base.read { try $0.preview($0.handover(id)).fingerprint }
      let more = try await harness.firms(1, of: base.maria, "Late")
      let started = try await base.write { try $0.startHandover(id, seen: seen, expecting: 2) }
      guard case .stale = started else { Issue.record("it started"); return }
      #expect(try await harness.record(id).staleAt == base.now)
      // Once more between the start and the job.
      try await harness.start(id)
      _ = try await base.write { try $0.change(more, .owner(base.owner.id), returnTo: "/") }
      try await harness.runJobs()
      let record = try await harness.record(id)
      #expect(record.state == .draft && record.staleAt != nil && !record.isWorking)
      #expect(try await harness.owners(firms) == [base.maria.id, base.maria.id])
      try await harness.start(id)
      try await harness.runJobs()
      #expect(try await harness.record(id).state == .done)
      #expect(try await harness.owners(firms + more) == [base.ivan.id, base.ivan.id, base.owner.id])
    }
  }

  @Test(arguments: Engine.all) func whoeverStaysKeepsTheAccountAndWhatIsOwn(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let firms = try await harness.firms(3, of: base.maria)
      try await base.write(as: base.maria) { tx in
        try tx.connection.run("INSERT INTO saved_view (account_id, list, name, query, created_at) VALUES (\(tx.actor.id), 'clients', 'Mine', '', 0)")
      }
      let id = try await harness.draft(from: base.maria, HandoverPlan(takers: [base.ivan.id]), reason: .changes)
      try await base.write { try $0.choose([firms[1]: .keep], in: id, expecting: 2) }
      #expect(try await base.read { try $0.preview($0.handover(id)).things.isEmpty })
      try await harness.start(id)
      try await harness.runJobs()
      #expect(try await harness.owners(firms) == [base.ivan.id, base.maria.id, base.ivan.id])
      #expect(try await harness.number("SELECT count(*) FROM account WHERE closed_at IS NOT NULL") == 0)
      #expect(try await harness.number("SELECT count(*) FROM saved_view WHERE account_id = \(base.maria.id)") == 1)
    }
  }

  /// A project's place and the project itself go with their client, once.
  @Test(arguments: Engine.all) func openProjectsGoAlong(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let firms = try await harness.firms(2, of: base.maria)
      try await base.write { tx in
        let stage = try tx.connection.required("SELECT id FROM deal_stage ORDER BY position LIMIT 1", as: Int64.self)
        for (number, firm) in firms.enumerated() {
          let lost: Instant? = number == 1 ? tx.now : nil
          let deal = try tx.connection.required("""
            INSERT INTO deal (client_id, name, name_sort, stage_id, stage_since, owner_id, currency, created_at, changed_at, lost_at)
            VALUES (\(firm), 'Deal', 'deal', \(stage), 0, \(base.maria.id), 'EUR', 0, 0, \(lost)) RETURNING id
            """, as: Int64.self)
          for person in [base.maria.id, base.ivan.id] where person == base.maria.id || number == 0 {
            try tx.connection.run("INSERT INTO deal_member (deal_id, account_id) VALUES (\(deal), \(person))")
          }
        }
      }
      let plan = HandoverPlan(takers: [base.ivan.id])
      for reason in [HandoverReason.changes, .leaves] {
        let draft = try await harness.draft(from: base.maria, plan, reason: reason)
        let things = try await base.read { try $0.preview($0.handover(draft)).things }
        #expect(things.map(\.key) == ["deals"] && things.map(\.count) == [1])
      }
      let id = try await harness.handOver(from: base.maria, plan)
      #expect(try await harness.record(id).report.things == ["deals": 1])
      // What is lost stays with whoever lost it; a place that the successor has already is not given twice.
      #expect(try await harness.number("SELECT count(*) FROM deal WHERE owner_id = \(base.maria.id) AND lost_at IS NOT NULL") == 1)
      #expect(try await harness.number("SELECT count(*) FROM deal WHERE owner_id = \(base.ivan.id) AND version = 2") == 1)
      #expect(try await harness.undo(id).report.restoredThings == ["deals": 1])
      #expect(try await harness.number("SELECT count(*) FROM deal WHERE owner_id = \(base.maria.id)") == 2)
    }
  }
}
