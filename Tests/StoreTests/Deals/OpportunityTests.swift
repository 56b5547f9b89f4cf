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
      await #expect(throws: OpportunityRefusal.answered) {
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
      await #expect(throws: OpportunityRefusal.answered) { _ = try await base.store.undo(again, as: base.owner, at: base.now) }
      #expect(try await base.faults() == [])
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

  /// Page by page, whoever asks: of what another has, no sign.
  @Test(arguments: Engine.all) func aListHasWhatOneSees(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(), hers = try await base.firm(of: base.maria)
      var ids: [OpportunityID] = []
      for number in 1...7 {
        let draft = OpportunityDraft(text: "Noticed \(number)", to: base.owner.id), client = number.isMultiple(of: 3) ? hers : firm
        ids.append(try await base.write { try $0.noticeOpportunity(draft, at: client) })
      }
      let (first, second) = (ids[0], ids[1])
      try await base.write { try $0.declineOpportunity(first, because: "No") }
      _ = try await base.write { try $0.takeOpportunity(second, as: .sample) }
      func list(_ filter: OpportunityFilter = OpportunityFilter(), as actor: Actor? = nil, limit: Int) async throws -> [OpportunityID] {
        var out: [OpportunityID] = [], place: OpportunityID?
        repeat {
          let before = place
          let page = try await base.read(as: actor ?? base.owner) { try $0.opportunities(filter, before: before, limit: limit) }
          #expect(page.opportunities.count <= limit && (page.next == nil || page.next == page.opportunities.last?.id))
          out += page.opportunities.map(\.id)
          place = page.next
        } while place != nil
        return out
      }
      for limit in [1, 3, 7, 8] { #expect(try await list(limit: limit) == ids.reversed()) }
      #expect(try await list(OpportunityFilter(state: .waiting), limit: 2) == ids.dropFirst(2).reversed())
      #expect(try await list(OpportunityFilter(state: .declined), limit: 2) == [first])
      #expect(try await list(OpportunityFilter(client: hers), limit: 1) == [ids[5], ids[2]])
      #expect(try await list(OpportunityFilter(to: base.maria.id), limit: 5) == [])
      #expect(try await list(OpportunityFilter(to: base.owner.id), limit: 4) == ids.reversed())
      #expect(try await list(as: base.maria, limit: 1) == [ids[5], ids[2]])
      #expect(try await list(as: base.ivan, limit: 5) == [])
    }
  }

  @Test func aListIsReadAlongAnIndex() async throws {
    try await withTestBase(.sqlite) { base in
      let cases: [(OpportunityFilter, String)] = [
        (OpportunityFilter(), "PRIMARY KEY"), (OpportunityFilter(state: .declined), "opportunity_state"),
        (OpportunityFilter(client: ClientID(1)), "opportunity_client"), (OpportunityFilter(to: AccountID(2)), "opportunity_to"),
      ]
      for (filter, index) in cases {
        let plan = try await base.read { reader in
          try reader.connection.rows("EXPLAIN QUERY PLAN \(reader.opportunityQuery(filter, before: OpportunityID(9), limit: 50))") { row in
            row.skip(3)
            return try row.next(String.self)
          }
        }
        #expect(plan.contains { $0.contains("x USING") && $0.contains(index) } && !plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
      }
    }
  }
}
