import Domain
import Store

/// When a project was asked for, offered, decided, begun and ended; a day that has not come yet has not happened.
struct DealDays: Sendable {
  let asked: CalendarDate
  var offered: CalendarDate?
  var decided: CalendarDate?
  var begun: CalendarDate?
  var ended: CalendarDate?
  var isLost = false

  init(asked: CalendarDate) { self.asked = asked }
}

/// A project as it stands today.
struct ToldDeal: Sendable {
  let draft: DealDraft
  let stage: DealPlace
  let since: Instant
  let reason: String?
  let words: String
  let wonAt: Instant?
  let finishedAt: Instant?
  let lostAt: Instant?
  let createdAt: Instant
  let lines: [DealLineDraft]
  let members: [(AccountID, String)]
  let contacts: [(Tale.Someone, TieDraft)]
  let requirements: [(text: String, absorbed: Bool, at: Instant, by: AccountID)]
}

/// The stages a new base is born with, in their order, which is also that of their numbers.
enum DealPlace: Int, Sendable {
  case lead = 1, talks, offer, negotiation, agreed, delivery, finished, lost

  var key: String { "\(self)" }
  var ref: StageRef { StageRef(id: StageID(Int64(rawValue)), key: key, name: nil) }
  var phase: DealPhase {
    switch self {
    case .lead, .talks, .offer, .negotiation: .open
    case .agreed: .won
    case .delivery: .delivery
    case .finished: .finished
    case .lost: .lost
    }
  }
}

extension Teller {
  /// The project that was just told in words, as an object: price, period, people, and what was given on the way.
  mutating func tellDeal(_ days: DealDays) {
    guard daysAgo(days.asked) >= 0 else { return }
    let story = DealStory(days, today: today)
    let words = DealWords.of(place.language)
    let index = tale.deals.count, name = project
    let terms = dealTerms(days, story.place)
    func at(_ day: CalendarDate, _ minute: Int) -> Instant {
      min(now, OfficeDays.moment(on: OfficeDays.weekday(day), in: zone, &dealDice).adding(milliseconds: Int64(minute) * Instant.minute))
    }
    var place = DealPlace.talks
    func move(_ to: DealPlace, on day: CalendarDate, reason: String? = nil, said: String = "") -> Instant {
      let moment = at(day, 0), from = place, price = terms.price.money(terms.price.agreed)
      event(.deal(index) { id in
        .stage(DealStageChange(
          deal: id, name: name, from: from.ref, to: to.ref, fromPhase: from.phase, toPhase: to.phase, reason: reason, words: said,
          price: to.phase.isWon ? price : nil))
      }, at: moment, by: keeper(on: day).id)
      place = to
      return moment
    }
    let createdAt = at(days.asked, 0)
    event(.deal(index) { .began(DealNote(deal: $0, name: name)) }, at: createdAt, by: keeper(on: days.asked).id)
    var since = createdAt, wonAt: Instant?, finishedAt: Instant?, lostAt: Instant?
    var requirements: [(text: String, absorbed: Bool, at: Instant, by: AccountID)] = []
    if let day = story.offered {
      let price = terms.price
      event(.deal(index) { .price(DealPriceChange(deal: $0, name: name, old: DealPrice(currency: .eur), new: price)) }, at: at(day, -5), by: keeper(on: day).id)
      since = move(dealDice.chance(40) && story.decided == nil ? .negotiation : .offer, on: day)
    }
    let reason = dealDice.pick(weighted: DealWords.reasons), said = dealDice.pick(words.lostBecause)
    if let day = story.decided {
      since = move(days.isLost ? .lost : .agreed, on: day, reason: days.isLost ? reason : nil, said: days.isLost ? said : "")
      if days.isLost { lostAt = since } else { wonAt = since }
    }
    if let day = story.begun { since = move(.delivery, on: day) }
    if let day = story.moved {
      let (old, new) = (terms.firstPeriod, terms.period), price = terms.price
      event(.deal(index) {
        .period(DealPeriodChange(deal: $0, name: name, old: old, new: new, price: price.money(price.agreed), priceStayed: true))
      }, at: at(day, 0), by: keeper(on: day).id)
    }
    if let day = story.added {
      let text = dealDice.pick(words.requirements), moment = at(day, 0), by = keeper(on: day).id, price = terms.price
      requirements.append((text, true, moment, by))
      event(.deal(index) {
        .requirement(DealRequirementNote(
          deal: $0, name: name, requirement: RequirementID($0.rawValue), change: .added, text: text, absorbed: true,
          price: price.money(price.agreed)))
      }, at: moment, by: by)
    }
    var price = terms.price
    if let day = story.ended {
      let before = price
      price.final = terms.final
      let after = price
      event(.deal(index) { .price(DealPriceChange(deal: $0, name: name, old: before, new: after)) }, at: at(day, -5), by: keeper(on: day).id)
      since = move(.finished, on: day)
      finishedAt = since
    }
    let shownPrice = story.offered == nil ? DealPrice(currency: .eur) : price
    let last = story.last
    tale.deals.append(ToldDeal(
      draft: DealDraft(
        name: name, number: nil, ownerID: keeper(on: last).id, price: shownPrice, period: story.decided == nil ? DealPeriod() : terms.period,
        expectedOn: place.phase == .open ? today.adding(days: dealDice.within(5...75)) : nil, isUrgent: terms.isUrgent),
      stage: place, since: since, reason: days.isLost && lostAt != nil ? reason : nil, words: lostAt == nil ? "" : said, wonAt: wonAt,
      finishedAt: finishedAt, lostAt: lostAt, createdAt: createdAt, lines: story.offered == nil ? [] : terms.lines,
      members: dealMembers(on: last, words), contacts: presences.filter { $0.holds(days.asked) }.prefix(2).map { ($0.who, $0.tie) },
      requirements: requirements))
  }

  /// What is being talked of or worked on just now, at some clients: the pipeline of today.
  mutating func tellCurrent(after first: CalendarDate) {
    guard dealDice.chance(26) else { return }
    let asked = OfficeDays.settled(today.adding(days: -dealDice.within(3...42)), &dealDice)
    guard asked > first else { return }
    let before = (product, project, price, sample)
    defer { (product, project, price, sample) = before }
    product = dealDice.pick(trade.products)
    project = "\(dealDice.pick(Studies.all(place.language))): \(product)"
    price = dealDice.within(24...380) * 100
    sample = dealDice.pick([200, 300, 400, 500, 600])
    var days = DealDays(asked: asked)
    let pace = dealDice.within(1...5)
    if pace > 1 { days.offered = asked.adding(days: dealDice.within(2...6)) }
    if pace > 3 { days.decided = asked.adding(days: dealDice.within(7...12)) }
    if pace > 4 { days.begun = asked.adding(days: dealDice.within(13...18)) }
    tellDeal(days)
  }

  private mutating func dealMembers(on day: CalendarDate, _ words: DealWords) -> [(AccountID, String)] {
    let keeper = keeper(on: day)
    var out = [(keeper.id, words.roles[0])]
    let others = Agency.colleagues.filter { $0.id != keeper.id && $0.team == keeper.team && $0.worked(daysAgo(day)) && !$0.clients.isEmpty }
    if !others.isEmpty, dealDice.chance(45) { out.append((dealDice.pick(others).id, words.roles[1])) }
    return out
  }
}

/// What of the days has come.
private struct DealStory {
  private(set) var offered: CalendarDate?
  private(set) var decided: CalendarDate?
  private(set) var begun: CalendarDate?
  private(set) var ended: CalendarDate?
  private(set) var moved: CalendarDate?
  private(set) var added: CalendarDate?
  private let asked: CalendarDate

  init(_ days: DealDays, today: CalendarDate) {
    func come(_ day: CalendarDate?) -> CalendarDate? { day.flatMap { $0 < today ? $0 : nil } }
    asked = days.asked
    offered = come(days.offered)
    decided = offered == nil ? nil : come(days.decided)
    begun = decided == nil || days.isLost ? nil : come(days.begun)
    ended = begun == nil ? nil : come(days.ended)
    // Every third project is moved, every third takes on something more.
    let lot = days.asked.daysSince1970 % 6
    if let begun, let end = ended {
      let length = begun.days(to: end)
      if lot < 2 { moved = begun.adding(days: length / 3) }
      if lot == 1 || lot == 4 { added = begun.adding(days: length / 2) }
    }
  }

  var place: DealPlace {
    ended != nil ? .finished : begun != nil ? .delivery : decided != nil ? .agreed : offered != nil ? .offer : .talks
  }
  var last: CalendarDate { ended ?? begun ?? decided ?? offered ?? asked }
}

/// What was agreed.
private struct DealTerms {
  let price: DealPrice
  let final: Int64
  let firstPeriod: DealPeriod
  let period: DealPeriod
  let lines: [DealLineDraft]
  let isUrgent: Bool
}

extension Teller {
  private mutating func dealTerms(_ days: DealDays, _ place: DealPlace) -> DealTerms {
    let agreed = Int64(price) * 100
    var deal = DealPrice(currency: .eur, list: agreed, agreed: agreed)
    let lot = dealDice.below(100)
    if lot < 14 {
      // A fifth off: the list price is five quarters of what was agreed.
      deal.list = agreed / 4 * 5
      deal.discount = BasisPoints(2000) ?? .none
    } else if lot < 36 {
      deal.list = agreed + Int64(dealDice.within(1...6)) * 10_000
      deal.agreedIsTyped = true
    }
    let cut = dealDice.chance(16) ? Int64(dealDice.within(2...6)) * 5000 : 0
    let begin = days.begun ?? days.asked.adding(days: 20), end = days.ended ?? begin.adding(days: 45)
    let first = DealPeriod(plannedFrom: begin, plannedUntil: end.adding(days: -dealDice.within(7...24)), actualFrom: begin)
    let wasMoved = days.asked.daysSince1970 % 6 < 2 && place == .finished
    let planned = wasMoved ? end : max(begin, end.adding(days: dealDice.within(0...4)))
    let period = DealPeriod(
      plannedFrom: begin, plannedUntil: planned, actualFrom: place == .delivery || place == .finished ? begin : nil,
      actualUntil: place == .finished ? end : nil)
    return DealTerms(
      price: deal, final: agreed - min(cut, agreed / 10 / 100 * 100), firstPeriod: DealPeriod(
        plannedFrom: begin, plannedUntil: max(begin, first.plannedUntil ?? begin), actualFrom: begin),
      period: period, lines: dealLines(deal.list ?? agreed), isUrgent: days.begun.map { days.asked.days(to: $0) < 14 } ?? false)
  }

  /// Interviews at so much each, and what is left of the price for analysis and report.
  private mutating func dealLines(_ list: Int64) -> [DealLineDraft] {
    let words = DealWords.of(place.language)
    let count = Int64(max(sample, 100)), each = max(1, list * 6 / 10 / count)
    guard let quantity = Quantity(milli: count * 1000) else { return [] }
    let rest = list - each * count
    // One project in four has lines in words alone.
    let isListed = list / 10_000 % 4 != 0
    return [
      DealLineDraft(
        offeringID: isListed ? PriceList.interview(place.language) : nil, text: words.lines[0], quantity: quantity, unit: words.unit, unitPrice: each,
        unitCost: each * Int64(dealDice.within(45...70)) / 100),
      DealLineDraft(
        offeringID: isListed ? PriceList.analysis(place.language) : nil, text: words.lines[1], unitPrice: rest,
        unitCost: rest * Int64(dealDice.within(35...55)) / 100),
    ]
  }
}
