/// The rules by which a dossier writes itself: from what happened to what might be told of it. Pure; the same signal gives the
/// same verdicts, and a verdict has a key (rule and subject), so that a dismissed proposal does not come again.

package enum ProposalRule: String, CaseIterable, Codable, Hashable, Sendable {
  /// Agreed for less than the list price.
  case discount
  /// Paid in the end: less than agreed.
  case lowerPrice = "lower_price"
  /// A later date at an equal price.
  case postponed
  /// An earlier date at an equal price.
  case hastened
  /// A requirement added at an equal price.
  case requirement
  case urgentStart = "urgent_start"
  /// A promise given at short notice and kept.
  case urgentPromise = "urgent_promise"
  /// A contact marked as free help, while no project was over.
  case freeHelp = "free_help"
  /// The same after a project's end, or the client's questions then.
  case support

  package var section: DossierSection {
    switch self {
    case .discount, .lowerPrice, .freeHelp: .cost
    case .postponed, .hastened, .requirement, .urgentStart, .urgentPromise: .loyalty
    case .support: .benefit
    }
  }
}

/// What might go into a dossier. Its words are made in the client's language when it is accepted.
package struct Proposal: Hashable, Sendable {
  package let rule: ProposalRule
  /// What the rule speaks of: with the rule, its key at the client.
  package let subject: String
  package var deal: DealID?
  package let date: CalendarDate
  package var money: Money?
  package var basis: AmountBasis?
  /// What its sentences are filled with: names as they are, dates and amounts as programs write them.
  package var slots: [String: String]

  package init(
    rule: ProposalRule, subject: String, deal: DealID? = nil, date: CalendarDate, money: Money? = nil, basis: AmountBasis? = nil,
    slots: [String: String] = [:]
  ) {
    self.rule = rule
    self.subject = subject
    self.deal = deal
    self.date = date
    self.money = money
    self.basis = money == nil ? nil : basis
    self.slots = slots
  }
}

package enum Verdict: Hashable, Sendable {
  case propose(Proposal)
  /// What was proposed no longer holds: it goes, unless someone decided already.
  case void(ProposalRule, subject: String)
}

package enum ProposalRules {
  /// The client came back so soon after the end that it still belongs to the project.
  package static let closingDays = 14
  /// After that nobody speaks of the project's support.
  package static let supportDays = 730
  /// A promise due so soon is an urgent one.
  package static let urgentHours = 48

  /// - Parameter day: on which it happened.
  package static func verdicts(on signal: DossierSignal, _ day: CalendarDate) -> [Verdict] {
    switch signal {
    case .dealStands(let deal): [discount(deal, day), lowerPrice(deal, day), urgentStart(deal, day)]
    case .periodMoved(let deal, let days, let to, let stayed): moved(deal, days, to, stayed, day)
    case .requirementAdded(let deal, let id, let text, let stayed): requirement(deal, id, text, stayed, day)
    case .requirementRemoved(let id): [.void(.requirement, subject: "\(id)")]
    case .freeHelp(let entry, let about, let minutes, let hour, let after): freeHelp(entry, about, minutes, hour, after, day)
    case .contactAfter(let deal): support(deal, day)
    case .promiseKept(let id, let what, let hours, let isOnTime): promise(id, what, hours, isOnTime, day)
    case .promiseReopened(let id): [.void(.urgentPromise, subject: "\(id)")]
    }
  }

  private static func discount(_ deal: DealStanding, _ day: CalendarDate) -> Verdict {
    less(.discount, deal, deal.list, deal.agreed, day)
  }

  private static func lowerPrice(_ deal: DealStanding, _ day: CalendarDate) -> Verdict {
    less(.lowerPrice, deal, deal.agreed, deal.final, day)
  }

  /// A price gone down is a gift only where the client bought.
  private static func less(_ rule: ProposalRule, _ deal: DealStanding, _ high: Money?, _ low: Money?, _ day: CalendarDate) -> Verdict {
    guard deal.isWon, let high, let low, let given = try? high.subtracting(low), given.minor > 0 else {
      return .void(rule, subject: "\(deal.id)")
    }
    return .propose(Proposal(
      rule: rule, subject: "\(deal.id)", deal: deal.id, date: day, money: given, basis: .agreed,
      slots: ["project": deal.name, "high": high.plain, "low": low.plain]))
  }

  private static func urgentStart(_ deal: DealStanding, _ day: CalendarDate) -> Verdict {
    guard deal.isWon, deal.isUrgent else { return .void(.urgentStart, subject: "\(deal.id)") }
    return .propose(Proposal(rule: .urgentStart, subject: "\(deal.id)", deal: deal.id, date: day, slots: ["project": deal.name]))
  }

  /// Only of what was agreed: before that the date is still being talked about.
  private static func moved(_ deal: DealStanding, _ days: Int, _ to: CalendarDate, _ stayed: Bool, _ day: CalendarDate) -> [Verdict] {
    guard deal.isWon, stayed, deal.agreed != nil, days != 0 else { return [] }
    return [.propose(Proposal(
      rule: days > 0 ? .postponed : .hastened, subject: "\(deal.id).\(to)", deal: deal.id, date: day,
      slots: ["project": deal.name, "days": "\(abs(days))", "to": to.description]))]
  }

  private static func requirement(_ deal: DealStanding, _ id: Int64, _ text: String, _ stayed: Bool, _ day: CalendarDate) -> [Verdict] {
    guard deal.isWon, stayed else { return [] }
    return [.propose(Proposal(
      rule: .requirement, subject: "\(id)", deal: deal.id, date: day, slots: ["project": deal.name, "text": text]))]
  }

  private static func freeHelp(
    _ entry: HistoryID, _ about: String, _ minutes: Int?, _ hour: Money?, _ after: EndedDeal?, _ day: CalendarDate
  ) -> [Verdict] {
    var slots = ["text": about]
    if let minutes { slots["minutes"] = "\(minutes)" }
    if let after { slots["project"] = after.name }
    var value: Money?
    if let minutes, let hour { value = worth(of: minutes, at: hour) }
    if value != nil, let hour { slots["hour"] = hour.plain }
    let rule: ProposalRule = after == nil ? .freeHelp : .support
    return [.propose(Proposal(
      rule: rule, subject: "entry.\(entry)", deal: after?.id, date: day, money: value, basis: .estimated, slots: slots))]
  }

  /// Half to even, as every amount of a dossier.
  package static func worth(of minutes: Int, at hour: Money) -> Money? {
    let product = Int128(hour.minor) * Int128(minutes)
    let (quotient, rest) = product.quotientAndRemainder(dividingBy: 60)
    let up = rest > 30 || (rest == 30 && quotient % 2 != 0)
    guard let minor = Int64(exactly: quotient + (up ? 1 : 0)), 0...Money.largest ~= minor else { return nil }
    return Money(minor: minor, currency: hour.currency)
  }

  /// Once a year for each project: not every call is a line of the dossier.
  private static func support(_ deal: EndedDeal, _ day: CalendarDate) -> [Verdict] {
    guard closingDays...supportDays ~= deal.ended.days(to: day) else { return [] }
    return [.propose(Proposal(
      rule: .support, subject: "\(deal.id).\(day.year)", deal: deal.id, date: day,
      slots: ["project": deal.name, "ended": deal.ended.description]))]
  }

  private static func promise(_ id: Int64, _ what: String, _ hours: Int, _ isOnTime: Bool, _ day: CalendarDate) -> [Verdict] {
    guard isOnTime, hours <= urgentHours else { return [.void(.urgentPromise, subject: "\(id)")] }
    return [.propose(Proposal(rule: .urgentPromise, subject: "\(id)", date: day, slots: ["text": what, "hours": "\(max(1, hours))"]))]
  }
}
