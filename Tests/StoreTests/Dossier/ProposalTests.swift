import Database
import Domain
import Store
import TestSupport
import Testing

struct ProposalTests {
  private static func draft(_ proposal: StoredProposal) -> DossierEntryDraft {
    DossierEntryDraft(
      section: proposal.section, project: proposal.proposal.deal, date: proposal.proposal.date, what: proposal.proposal.rule.rawValue,
      amount: proposal.proposal.money.map { DossierAmount($0, basis: .agreed) })
  }

  private func won(_ base: TestBase, _ firm: ClientID, list: Int64, agreed: Int64) async throws -> DealID {
    try await base.write { tx in
      let price = DealPrice(currency: .eur, list: list, agreed: agreed, agreedIsTyped: true)
      let deal = try tx.createDeal(DealDraft(name: "Census", price: price), client: firm)
      let stage = try #require(try tx.stages().first { $0.phase == .won })
      try tx.moveDeal(deal, to: stage.id, expecting: nil)
      return deal
    }
  }

  @Test(arguments: Engine.all) func aDiscountOnAWonDealIsProposedOnce(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.founded()
      let firm = try await base.firm()
      let deal = try await won(base, firm, list: 100_000, agreed: 90_000)
      let first = try #require(try await base.read { try $0.proposals(of: firm) }.first)
      #expect(first.proposal.rule == .discount && first.proposal.money == euros(10_000) && first.proposal.deal == deal)
      // A better price brings what waits up to date; dismissed, it does not come again.
      try await base.write { tx in
        var draft = try tx.deal(deal).draft
        draft.price.agreed = 80_000
        try tx.updateDeal(deal, draft, expecting: try tx.deal(deal).version)
      }
      let second = try #require(try await base.read { try $0.proposals(of: firm) }.first)
      #expect(second.id == first.id && second.proposal.money == euros(20_000))
      try await base.write { try $0.dismissProposal(second.id, version: second.version) }
      try await base.write { tx in
        var draft = try tx.deal(deal).draft
        draft.price.agreed = 70_000
        try tx.updateDeal(deal, draft, expecting: try tx.deal(deal).version)
      }
      #expect(try await base.read { try $0.proposals(of: firm).isEmpty })
      let undo = try await base.write { try $0.leaveUndo(ofDismissing: second.id, returnTo: "/") }
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await base.read { try $0.proposals(of: firm).count } == 1)
    }
  }

  @Test(arguments: Engine.all) func acceptedItIsAnEntryAndUndoneItWaitsAgain(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.founded()
      let firm = try await base.firm()
      _ = try await won(base, firm, list: 100_000, agreed: 90_000)
      let proposal = try #require(try await base.read { try $0.proposals(of: firm) }.first)
      let entry = try await base.write { try $0.acceptProposal(proposal.id, as: Self.draft(proposal), version: proposal.version) }
      let kept = try await base.read { try $0.dossierEntry(entry).entry }
      #expect(kept.draft.amount?.money == euros(10_000) && kept.draft.evidence == [proposal.historyID].compactMap(\.self))
      await #expect(throws: Refusal.self) {
        try await base.write { _ = try $0.acceptProposal(proposal.id, as: Self.draft(proposal), version: proposal.version) }
      }
      let undo = try await base.write { try $0.leaveUndo(ofAccepting: proposal.id, returnTo: "/") }
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await base.read { try $0.proposals(of: firm).map(\.id) == [proposal.id] && $0.dossier(of: firm).entries.isEmpty })
    }
  }

  @Test(arguments: Engine.all) func freeHelpGoesWithItsContact(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.founded()
      let firm = try await base.firm()
      try await base.write { try $0.changeDossierSettings(hour: euros(4500), oldMonths: 12, version: 1) }
      let call = Contact(channel: .call, direction: .outgoing, occurredAt: base.now, subject: "Sample size")
      let entry = try await base.write { tx in
        let entry = try tx.logContact(call, client: firm)
        try tx.markFreeHelp(entry, minutes: 90)
        return entry
      }
      let proposal = try #require(try await base.read { try $0.proposals(of: firm) }.first)
      #expect(proposal.proposal.rule == .freeHelp && proposal.proposal.money == euros(6750))
      var other = call
      other.subject = "Sample and quotas"
      let corrected = try await base.write { [other] in try $0.correct(entry, with: .contact(other), because: "") }
      let moved = try await base.read { try $0.proposals(of: firm) }
      #expect(moved.map(\.id) == [proposal.id] && moved.first?.historyID == corrected && moved.first?.proposal.slots["text"] == "Sample and quotas")
      let withdrawal = try await base.write { try $0.withdraw(corrected) }
      #expect(try await base.read { try $0.proposals(of: firm).isEmpty })
      try await base.write { _ = try $0.restore(withdrawal) }
      #expect(try await base.read { try $0.proposals(of: firm).map(\.id) } == [proposal.id])
    }
  }
}
