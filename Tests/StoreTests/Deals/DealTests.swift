import Database
import Domain
import Store
import TestSupport
import Testing

struct DealTests {
  @Test(arguments: Engine.all) func isMadeChangedMovedAndTakenBack(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.write { try $0.createDeal(.sample, client: firm) }
      let made = try await base.read { try $0.deal(id) }
      #expect(made.draft.price.agreed == 90_000 && made.stage.phase == .open && made.version == 1)
      var changed = made.draft
      changed.price.final = 85_000
      changed.period.plannedUntil = CalendarDate("2026-12-31")
      changed.isUrgent = true
      let version = try await base.write { [changed] in try $0.updateDeal(id, changed, expecting: 1) }
      #expect(version == 2)
      await #expect(throws: Refusal.conflict(currentVersion: 2)) {
        try await base.write { [changed] in try $0.updateDeal(id, changed, expecting: 1) }
      }
      let delivery = try await base.stage(.delivery)
      let undo = try #require(try await base.write {
        try $0.moveDealWithUndo(id, to: delivery, expecting: 2, returnTo: "/")
      })
      let moved = try await base.read { try $0.deal(id) }
      #expect(moved.wonAt == base.now && moved.draft.period.actualFrom == base.today)
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      let back = try await base.read { try $0.deal(id) }
      #expect(back.stage == made.stage && back.wonAt == nil && back.draft == changed && back.stageSince == made.stageSince)
      let events = try await base.dealEvents(of: firm)
      #expect(events.map(\.kind) == [
        .dealPeriod, .dealStage, .dealPeriod, .dealStage, .dealChanged, .dealPeriod, .dealPrice, .dealPrice, .dealBegan,
      ])
      guard case .period(let period)? = events.first(where: { if case .period(let p) = $0 { p.movedDays != nil } else { false } })
      else { throw Missing() }
      #expect(period.movedDays == 31 && period.priceStayed && period.price?.minor == 90_000)
    }
  }

  @Test(arguments: Engine.all) func thePriceFollowsTheLines(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.write { try $0.createDeal(.sample, client: firm) }
      let survey = DealLineDraft(text: "Interview", quantity: try #require(Quantity("140")), unitPrice: 4500, unitCost: 2000)
      let report = DealLineDraft(text: "Report", unitPrice: 250_000, discount: try #require(BasisPoints(2000)))
      let first = try await base.write { try $0.addLine(survey, to: id, expecting: 1) }
      _ = try await base.write { try $0.addLine(report, to: id, expecting: nil) }
      var deal = try await base.read { try $0.deal(id) }
      #expect(deal.draft.price.list == 880_000)
      #expect(deal.draft.price.agreed == 747_000)  // (630,000 + 200,000) less 10 %
      let lines = try await base.read { try $0.lines(of: id) }
      let margin = try await base.read { [deal] in $0.margin(of: deal, lines) }
      #expect(margin?.cost.minor == 280_000 && margin?.left?.minor == 467_000 && margin?.isPartial == true)
      let undo = try await base.write { try $0.removeLine(first, of: id, expecting: nil, returnTo: "/") }
      deal = try await base.read { try $0.deal(id) }
      #expect(deal.draft.price.list == 250_000 && deal.draft.price.agreed == 180_000)
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await base.read { try $0.deal(id).draft.price.agreed } == 747_000)
      let huge = DealLineDraft(text: "Too much", quantity: try #require(Quantity("1000000000")), unitPrice: .max)
      await #expect(throws: InvalidForm.self) { try await base.write { try $0.addLine(huge, to: id, expecting: nil) } }
    }
  }

  /// What a line's offering costs us is taken from the price list where nobody says otherwise; who does not see it leaves it.
  @Test(arguments: Engine.all) func aChangedLineCostsWhatIsListed(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.write { try $0.createDeal(.sample, client: firm) }
      func offering(_ name: String, cost: Int64) async throws -> OfferingID {
        try await base.write {
          try $0.createOffering(OfferingDraft(name: name, prices: [OfferingPrice(currency: .eur, price: 9 * cost, cost: cost)]))
        }
      }
      let interview = try await offering("Interview", cost: 2000), report = try await offering("Report", cost: 90_000)
      let line = try await base.write {
        try $0.addLine(DealLineDraft(offeringID: interview, text: "Interview", unitPrice: 1, unitCost: 1800), to: id, expecting: nil)
      }
      let maria = base.maria
      let seller = Actor(
        id: maria.id, name: maria.name, role: maria.role, scope: .all, teamID: maria.teamID, language: maria.language, zone: maria.zone)
      #expect(!seller.may(.viewMargins))
      let changes: [(actor: Actor, offering: OfferingID?, cost: Int64?, kept: Int64?)] = [
        (seller, interview, nil, 1800), (seller, interview, 7, 1800), (seller, report, 7, 90_000), (base.owner, interview, nil, 2000),
        (base.owner, interview, 1500, 1500), (base.owner, nil, nil, nil), (base.owner, nil, 40, 40), (seller, interview, nil, 2000),
      ]
      for (index, (actor, offering, cost, kept)) in changes.enumerated() {
        let draft = DealLineDraft(offeringID: offering, text: "Line \(index)", unitPrice: 1, unitCost: cost)
        try await base.write(as: actor) { try $0.changeLine(line, of: id, to: draft, expecting: nil) }
        let found = try await base.read { try $0.lines(of: id).first?.draft }
        #expect(found?.text == draft.text && found?.unitCost == kept, "\(index)")
      }
    }
  }

  @Test(arguments: Engine.all) func isLostWithAReasonAndReopened(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.write { try $0.createDeal(.sample, client: firm) }
      let lost = try await base.stage(.lost), open = try await base.stage(.open)
      await #expect(throws: InvalidForm.self) { try await base.write { try $0.moveDeal(id, to: lost, expecting: nil) } }
      let reason = try #require(try await base.read { try $0.lossReasons().first })
      try await base.write { try $0.moveDeal(id, to: lost, expecting: nil, reason: reason.id, words: "too dear") }
      let deal = try await base.read { try $0.deal(id) }
      #expect(deal.reason?.id == reason.id && deal.lostNote == "too dear" && deal.lostAt == base.now)
      try await base.write { try $0.moveDeal(id, to: open, expecting: nil) }
      let again = try await base.read { try $0.deal(id) }
      #expect(again.reason == nil && again.lostAt == nil && again.lostNote.isEmpty)
      guard case .stage(let change)? = try await base.dealEvents(of: firm).first else { throw Missing() }
      #expect(change.isReopened)
    }
  }

  @Test(arguments: Engine.all) func aStageIsRemovedWhenItsDealsHaveAPlace(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.write { try $0.createDeal(.sample, client: firm) }
      let from = try await base.read { try $0.deal(id).stage.id }
      await #expect(throws: InvalidForm.self) { try await base.write { try $0.removeStage(from, movingTo: nil) } }
      let own = try await base.write { try $0.createStage(StageDraft(name: "Pilot", phase: .open, probability: 60)) }
      #expect(try await base.write { try $0.removeStage(from, movingTo: own) } == 1)
      #expect(try await base.read { try $0.deal(id).stage.name } == "Pilot")
      let stages = try await base.read { try $0.stages() }
      #expect(!stages.contains { $0.id == from })
      #expect(stages.map(\.position) == stages.map(\.position).sorted())
      await #expect(throws: InvalidForm.self) {
        try await base.write { tx in
          for stage in try tx.stages() where stage.phase == .lost { try tx.removeStage(stage.id, movingTo: own) }
        }
      }
    }
  }

  /// A number that is nobody's is the mistake of whoever sent it, and says of what.
  @Test(arguments: Engine.all) func whatADealNamesMustExist(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.write { try $0.createDeal(.sample, client: firm) }
      let line = try await base.write { try $0.addLine(DealLineDraft(text: "Interview", unitPrice: 1), to: id, expecting: nil) }
      let lost = try await base.stage(.lost)
      let deal = try await base.read { try $0.deal(id) }
      var owned = deal.draft
      owned.ownerID = AccountID(999)
      let nobodys = owned, unlisted = DealLineDraft(offeringID: OfferingID(999), text: "Interview", unitPrice: 1)
      let cases: [(field: String, change: @Sendable (Transaction) throws -> Void)] = [
        ("owner", { _ = try $0.createDeal(nobodys, client: firm) }), ("owner", { try $0.updateDeal(id, nobodys, expecting: deal.version) }),
        ("stage", { _ = try $0.createDeal(.sample, client: firm, stage: StageID(999)) }),
        ("stage", { _ = try $0.createDeal(.sample, client: firm, stage: lost) }),
        ("stage", { try $0.moveDeal(id, to: StageID(999), expecting: nil) }),
        ("reason_id", { try $0.moveDeal(id, to: lost, expecting: nil, reason: ReasonID(999)) }),
        ("offering", { _ = try $0.createDeal(.sample, client: firm, lines: [unlisted]) }),
        ("offering", { try $0.replaceLines([unlisted], of: id, expecting: nil) }),
        ("offering", { _ = try $0.addLine(unlisted, to: id, expecting: nil) }),
        ("offering", { try $0.changeLine(line, of: id, to: unlisted, expecting: nil) }),
        ("account", { try $0.addMember(AccountID(999), role: "", to: id) }),
        ("person", { try $0.addContact(PersonID(999), role: nil, to: id) }),
      ]
      for (field, change) in cases {
        let refused = await #expect(throws: InvalidForm.self) { try await base.write { try change($0) } }
        #expect(refused?.messages.map(\.field) == [field])
      }
      #expect(try await base.read { try $0.deals(of: firm).count } == 1)
    }
  }
}

struct Missing: Error {}

extension DealDraft {
  static var sample: DealDraft {
    DealDraft(
      name: "Survey of buyers", price: DealPrice(currency: .eur, list: 100_000, discount: BasisPoints(1000) ?? .none),
      period: DealPeriod(plannedFrom: CalendarDate("2026-11-01"), plannedUntil: CalendarDate("2026-11-30")))
  }
}

extension TestBase {
  func stage(_ phase: DealPhase) async throws -> StageID {
    guard let stage = try await read({ try $0.stages().first { $0.phase == phase } }) else { throw Missing() }
    return stage.id
  }

  func dealEvents(of client: ClientID) async throws -> [DealEvent] {
    try await read { try $0.timeline(of: client, TimelineFilter(kind: .automatic)).entries }.compactMap {
      if case .deal(let event) = $0.event { event } else { nil }
    }
  }

  var today: CalendarDate { (Zone(owner.zone) ?? .utc).date(now) }
}
