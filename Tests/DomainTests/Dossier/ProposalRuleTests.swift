import Testing

@testable import Domain

struct ProposalRuleTests {
  private static let day = CalendarDate(daysSince1970: 20_000)
  private static func euros(_ minor: Int64) -> Money { Money(minor: minor, currency: .eur) }
  private static func deal(
    list: Int64? = nil, agreed: Int64? = nil, final: Int64? = nil, won: Bool = true, urgent: Bool = false
  ) -> DealStanding {
    DealStanding(
      id: DealID(7), name: "Census", list: list.map(euros), agreed: agreed.map(euros), final: final.map(euros), isWon: won, isUrgent: urgent)
  }
  private static let ended = EndedDeal(id: DealID(7), name: "Census", ended: day.adding(days: -60))

  private static func proposals(_ signal: DossierSignal) -> [Proposal] {
    ProposalRules.verdicts(on: signal, day).compactMap { if case .propose(let proposal) = $0 { proposal } else { nil } }
  }

  @Test(arguments: [
    (deal(list: 1000, agreed: 900), [(.discount, 100)]), (deal(list: 1000, agreed: 900, won: false), []),
    (deal(list: 1000, agreed: 1000), []), (deal(list: 900, agreed: 1000), []), (deal(agreed: 1000, final: 850), [(.lowerPrice, 150)]),
    (deal(list: 1000, agreed: 900, final: 850), [(.discount, 100), (.lowerPrice, 50)]), (deal(list: 1000), []),
    (deal(agreed: 5, urgent: true), [(.urgentStart, nil)]), (deal(agreed: 5, won: false, urgent: true), []),
  ] as [(DealStanding, [(ProposalRule, Int64?)])]) func pricesOfADeal(deal: DealStanding, expected: [(ProposalRule, Int64?)]) {
    let found = Self.proposals(.dealStands(deal))
    #expect(found.map(\.rule) == expected.map(\.0) && found.map(\.money?.minor) == expected.map(\.1))
  }

  @Test func whatNoLongerHoldsIsVoided() {
    let verdicts = ProposalRules.verdicts(on: .dealStands(Self.deal(list: 1000, agreed: 900, won: false)), Self.day)
    #expect(verdicts == [.void(.discount, subject: "7"), .void(.lowerPrice, subject: "7"), .void(.urgentStart, subject: "7")])
    #expect(ProposalRules.verdicts(on: .requirementRemoved(4), Self.day) == [.void(.requirement, subject: "4")])
    #expect(ProposalRules.verdicts(on: .promiseReopened(4), Self.day) == [.void(.urgentPromise, subject: "4")])
  }

  @Test(arguments: [
    (14, true, true, ProposalRule.postponed), (-3, true, true, .hastened), (14, false, true, nil), (14, true, false, nil), (0, true, true, nil),
  ] as [(Int, Bool, Bool, ProposalRule?)]) func periods(days: Int, stayed: Bool, won: Bool, rule: ProposalRule?) {
    let found = Self.proposals(.periodMoved(Self.deal(agreed: 100, won: won), days: days, to: Self.day, priceStayed: stayed))
    #expect(found.map(\.rule) == [rule].compactMap(\.self))
    if let rule { #expect(found.first?.subject == "7.\(Self.day)" && found.first?.rule == rule && found.first?.slots["days"] == "\(abs(days))") }
  }

  @Test func requirementsCountOnlyAtAnEqualPrice() {
    let absorbed = DossierSignal.requirementAdded(Self.deal(), requirement: 3, text: "maps", priceStayed: true)
    #expect(Self.proposals(absorbed).map(\.subject) == ["3"])
    #expect(Self.proposals(.requirementAdded(Self.deal(), requirement: 3, text: "maps", priceStayed: false)).isEmpty)
    #expect(Self.proposals(.requirementAdded(Self.deal(won: false), requirement: 3, text: "maps", priceStayed: true)).isEmpty)
  }

  @Test(arguments: [
    (90, 4500, 6750), (1, 4500, 75), (1, 30, 0), (1, 90, 2), (20, 100, 33), (50, 100, 83), (10_000, 4500, 750_000),
  ] as [(Int, Int64, Int64)]) func freeHelpIsWorthItsTime(minutes: Int, hour: Int64, worth: Int64) {
    let found = Self.proposals(.freeHelp(HistoryID(9), about: "sample size", minutes: minutes, hour: Self.euros(hour), after: nil))
    #expect(found.map(\.rule) == [.freeHelp] && found.first?.money == Self.euros(worth) && found.first?.basis == .estimated)
  }

  @Test func freeHelpAfterAProjectIsSupport() {
    let found = Self.proposals(.freeHelp(HistoryID(9), about: "x", minutes: nil, hour: Self.euros(1), after: Self.ended))
    #expect(found.map(\.rule) == [.support] && found.first?.deal == DealID(7) && found.first?.money == nil && found.first?.basis == nil)
  }

  @Test(arguments: [(13, false), (14, true), (730, true), (731, false)]) func supportComesAfterTheEnd(days: Int, isProposed: Bool) {
    let deal = EndedDeal(id: DealID(7), name: "Census", ended: Self.day.adding(days: -days))
    #expect(Self.proposals(.contactAfter(deal)).map(\.subject) == (isProposed ? ["7.\(Self.day.year)"] : []))
  }

  @Test(arguments: [(24, true, true), (48, true, true), (49, true, false), (24, false, false)])
  func promisesAtShortNotice(hours: Int, isOnTime: Bool, isProposed: Bool) {
    #expect(!Self.proposals(.promiseKept(2, what: "price list", hours: hours, isOnTime: isOnTime)).isEmpty == isProposed)
  }
}
