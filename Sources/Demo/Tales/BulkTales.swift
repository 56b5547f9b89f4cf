import Domain
import Store

/// Clients for measuring: as many as are wanted, with so many entries in all, and one client that is spoken with all the time.
/// Names, languages and texts are those of the told company; nobody changes jobs and nothing is corrected.
struct BulkTales {
  private let seed: UInt64
  private let now: Instant
  private let terms: ClientTales.Terms
  private let clients: Int
  private let big: Int
  /// Entries left for the clients that are still to come, and the weight of those.
  private var entriesLeft: Int
  private var weightLeft: Int

  init(_ order: DemoOrder, history: Int, now: Instant, terms: ClientTales.Terms) {
    (seed, self.now, self.terms, clients) = (order.seed, now, terms, order.clients)
    big = order.big ?? (history >= 100_000 ? 5000 : 0)
    entriesLeft = max(0, history - (big > 0 ? big + 2 : 0))
    weightLeft = 0
    for index in 0..<clients { weightLeft += weight(index) }
  }

  /// The first in the order of telling.
  var bigIndex: Int? { big > 0 && clients > 0 ? 0 : nil }

  /// Most clients are spoken with now and then, some often.
  private func weight(_ index: Int) -> Int {
    if index == bigIndex { return 0 }
    var dice = SplitMix64(seed: seed &+ 1, stream: index)
    return dice.pick(weighted: [(2, 40), (8, 42), (20, 15), (60, 3)])
  }

  mutating func tell(_ index: Int) -> Tale {
    var dice = SplitMix64(seed: seed, stream: index)
    let place = index == bigIndex ? Place.bulgaria : dice.pick(weighted: Place.all.map { ($0, $0.share) })
    let isPerson = index != bigIndex && dice.chance(30)
    let maker = PartyMaker(place: place)
    var made = maker.company(&dice, doubled: true)
    if isPerson {
      let draft = maker.person(at: place.mailHost, town: made.town, &dice)
      made = PartyMaker.Made(draft: draft, host: place.mailHost, trade: made.trade, town: made.town)
    }
    if index == bigIndex { made.draft.name = "Big client – \(made.draft.name)" }
    var teller = Teller(made, place: place, now: now, dice: dice)
    let first = OfficeDays.weekday(teller.today.adding(days: -teller.dice.within(index == bigIndex ? 2500...2540 : 40...2540)))
    teller.keepers = [(first, Agency.keeper(of: place.language, daysAgo: 0, &teller.dice))]
    if !isPerson { teller.addDecider(maker, host: made.host, from: first) }
    teller.tellSteadily(count(index, others: isPerson ? 1 : 2), from: first)
    teller.begin(first)
    teller.describe(isPerson ? .once : .regular, index, terms)
    return teller.tale
  }

  /// - Parameter others: entries that are no contacts.
  private mutating func count(_ index: Int, others: Int) -> Int {
    if index == bigIndex { return big }
    let weight = weight(index)
    let share = weightLeft > 0 ? entriesLeft * weight / weightLeft : 0
    weightLeft -= weight
    let contacts = max(0, share - others)
    entriesLeft = max(0, entriesLeft - contacts - others)
    return contacts
  }
}

extension Teller {
  mutating func addDecider(_ maker: PartyMaker, host: String, from first: CalendarDate) {
    let tie = TieDraft(role: dice.pick(Posts.deciding(place.language)), isManager: true, from: first.adding(days: -dice.within(60...1500)))
    _ = add(maker.person(at: host, town: town, &dice), tie, first)
  }

  /// One project after another, evenly from the first day to yesterday.
  mutating func tellSteadily(_ count: Int, from first: CalendarDate) {
    let round: [Situation] = [
      .request, .brief, .offer, .bargain, .agreed, .kickoff, .field, .trouble, .interim, .final, .invoice, .thanks, .checkIn, .question,
    ]
    // A weekend is at most two days, and a talk is written down within hours.
    let span = max(0, daysAgo(first) - 4)
    for number in 0..<count {
      if number % round.count == 0 { newProject(on: first) }
      log(round[number % round.count], on: first.adding(days: span * number / max(count, 1)))
    }
  }
}
