import Database
import Domain
import TestSupport
import Testing

@testable import Store

struct OpportunityTests {
  @Test(arguments: Engine.all) func anOpportunityComesBackToWhoeverNoticedIt(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.write { try $0.noticeOpportunity(OpportunityDraft(text: "Opens in Varna", to: $0.actor.id), at: firm) }
      #expect(try await base.read { try $0.opportunitiesWaiting().map(\.id) } == [id])
      let deal = try await base.write { try $0.takeOpportunity(id, as: .sample) }
      #expect(try await base.read { try $0.opportunity(id).state } == .taken)
      let won = try await base.stage(.won)
      try await base.write { try $0.moveDeal(deal, to: won, expecting: nil) }
      let fate = try await base.read { try $0.opportunity(id) }
      #expect(fate.state == .won && fate.dealID == deal)
      await #expect(throws: Refusal.conflict(currentVersion: fate.version)) {
        try await base.write { try $0.declineOpportunity(id, because: "late") }
      }
    }
  }

  /// Handed on from the page of today: whoever gets it answers it, and it can be taken back until then.
  @Test(arguments: Engine.all) func anOpportunityIsPassedOn(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.write { try $0.noticeOpportunity(OpportunityDraft(text: "A shop in Varna", to: base.owner.id), at: firm) }
      let key = ReasonKey(.opportunity, id.rawValue)
      let closed = base.maria
      try await base.write { _ = try $0.closeAccount(closed.id, version: 1) }
      await #expect(throws: InvalidForm.self) { _ = try await base.write { try $0.pass(key, .matter, to: closed.id, returnTo: "/") } }
      let seller = base.ivan.id
      try await base.write { try $0.connection.run("UPDATE account SET scope = 'all' WHERE id = \(seller)") }
      func bearers() async throws -> [AccountID] {
        try await base.read { try $0.connection.values("SELECT to_id FROM opportunity UNION ALL SELECT account_id FROM reason WHERE kind = 'opportunity'") }
      }
      let undo = try await base.write { try $0.pass(key, .matter, to: seller, returnTo: "/") }
      #expect(try await bearers() == [seller, seller])
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await bearers() == [base.owner.id, base.owner.id])
      let again = try await base.write { try $0.pass(key, .matter, to: seller, returnTo: "/") }
      try await base.write { try $0.declineOpportunity(id, because: "No") }
      await #expect(throws: Refusal.self) { _ = try await base.store.undo(again, as: base.owner, at: base.now) }
      #expect(try await base.read { try Consistency.check($0.connection).filter { $0.problem != nil }.map(\.name) } == [])
    }
  }

  /// What became of it meanwhile stands, and nobody who has left gets it back.
  @Test(arguments: Engine.all) func aPassedOpportunityStaysWithWhoeverCanAnswer(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(), (maria, ivan) = (base.maria.id, base.ivan.id)
      try await base.write { try $0.connection.run("UPDATE account SET scope = 'all' WHERE id IN (\(maria), \(ivan))") }
      let id = try await base.write { try $0.noticeOpportunity(OpportunityDraft(text: "A shop in Varna", to: maria), at: firm) }
      let undo = try await base.write { try $0.pass(ReasonKey(.opportunity, id.rawValue), .matter, to: ivan, returnTo: "/") }
      let passed = try await base.read { try $0.opportunity(id) }
      try await base.write { _ = try $0.closeAccount(maria, version: 1) }
      await #expect(throws: Refusal.conflict(currentVersion: passed.version)) {
        _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      }
      // As it was read before another answered.
      try await base.write { try $0.declineOpportunity(id, because: "No") }
      await #expect(throws: Refusal.conflict(currentVersion: passed.version + 1)) {
        try await base.write { try $0.give(passed, to: base.owner.id) }
      }
      #expect(try await base.read { try $0.opportunity(id).to } == ivan)
    }
  }
}
