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
      await #expect(throws: ProposalRefusal.decided) {
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

  @Test(arguments: Engine.all) func anUrgentPromiseKeptIsProposedWithTheKeeping(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.founded()
      let firm = try await base.firm(of: base.maria)
      let start = base.now.adding(milliseconds: -20 * Instant.day)
      let urgent = try await base.promise(firm, "figures", due: "2026-10-17", at: start)
      // Nothing is said of one in good time, of one moved to the day after tomorrow, of the client's own, of one kept late.
      let slow = try await base.promise(firm, "report", due: "2026-10-30", at: start)
      let moved = try await base.promise(firm, "table", due: "2026-10-30", at: start)
      let theirs = try await base.promise(firm, "logo", due: "2026-10-17", by: .client, at: start)
      let late = try await base.promise(firm, "letter", due: "2026-10-17", at: start)
      #expect(try await base.read { try $0.proposals(of: firm).isEmpty })
      let next = try base.due("2026-11-01")
      try await base.write(at: start.adding(milliseconds: Instant.hour)) { tx in
        for id in [urgent, slow, theirs] { try tx.keepPromise(id) }
      }
      try await base.write(at: start.adding(milliseconds: 14 * Instant.day)) { tx in
        try tx.renegotiatePromise(moved, to: next, because: "asked")
        try tx.keepPromise(moved)
        try tx.keepPromise(late)
      }
      let proposal = try #require(try await base.read { try $0.proposals(of: firm) }.first)
      #expect(try await base.read { try $0.proposals(of: firm).count } == 1)
      #expect(proposal.proposal.rule == .urgentPromise && proposal.proposal.subject == "\(urgent)" && proposal.section == .loyalty)
      #expect(proposal.proposal.slots["text"] == "figures" && proposal.proposal.date == CalendarDate("2026-10-16"))
      #expect(try await base.read { try $0.entry(try #require(proposal.historyID)).kind } == .promiseKept)
      // Other words bring it up to date; reopened, it goes; kept again too late, it stays away.
      try await base.write { tx in
        var terms = try tx.promise(urgent).value.terms
        terms.what = "all figures"
        try tx.changePromise(urgent, to: terms, version: try tx.promise(urgent).version)
      }
      #expect(try await base.read { try $0.proposals(of: firm).map { $0.proposal.slots["text"] } } == ["all figures"])
      try await base.write { try $0.reopenPromise(urgent) }
      #expect(try await base.read { try $0.proposals(of: firm).isEmpty })
      try await base.write { try $0.keepPromise(urgent) }
      #expect(try await base.read { try $0.proposals(of: firm).isEmpty })
    }
  }
}
