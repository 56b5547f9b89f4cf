import Domain
import Store

/// One client of a believable agency from first talk to today.
struct ClientTales {
  let seed: UInt64
  let now: Instant
  let terms: Terms
  private var names: Set<String> = []
  private(set) var leavers: [Leaver] = []

  /// What the settings call things, by the numbers they got.
  struct Terms: Sendable {
    let relationships: [String: RelationshipID]
    let fields: [String: FieldID]
  }

  init(seed: UInt64, now: Instant, terms: Terms) { (self.seed, self.now, self.terms) = (seed, now, terms) }

  static func place(of index: Int, _ dice: inout SplitMix64) -> Place {
    // A small demo shows every language too.
    index < Place.all.count ? Place.all[index] : dice.pick(weighted: Place.all.map { ($0, $0.share) })
  }

  mutating func tell(_ index: Int) -> Tale {
    var dice = SplitMix64(seed: seed, stream: index)
    let place = Self.place(of: index, &dice)
    let maker = PartyMaker(place: place)
    let isPerson = index >= Place.all.count && dice.chance(13)
    var made = maker.company(&dice) { names.contains($0) }
    if isPerson {
      let draft = maker.person(at: place.mailHost, town: made.town, &dice)
      made = PartyMaker.Made(draft: draft, host: place.mailHost, trade: made.trade, town: made.town)
    }
    names.insert(made.draft.name)
    var teller = Teller(made, place: place, now: now, dice: dice)
    let course: Teller.Course = teller.dice.pick(weighted: [(.lead, 34), (.once, 34), (.regular, 32)])
    let age = teller.dice.within(14...2540)
    let first = OfficeDays.settled(teller.today.adding(days: -age), &teller.dice)
    teller.beginKeeping(first)
    if !isPerson { teller.gatherPeople(maker, host: made.host, from: first, horizon: teller.horizon(course, first), &leavers) }
    teller.tellRelationship(course, from: first)
    teller.tellFacts()
    teller.tellSecondThoughts()
    teller.tellPromises()
    teller.begin(first)
    teller.tellChange()
    teller.tellEnd(course)
    teller.endPromises()
    teller.describe(course, index, terms)
    leavers += teller.leavers(index)
    return teller.tale
  }
}

extension Teller {
  /// Who looks after the client at first, and after whom when that colleague leaves.
  mutating func beginKeeping(_ first: CalendarDate) {
    let keeper = Agency.keeper(of: place.language, daysAgo: daysAgo(first), &dice)
    keepers = [(first, keeper)]
    guard let left = keeper.left, left < daysAgo(first) else { return }
    let day = OfficeDays.weekday(today.adding(days: -left))
    let next = Agency.keeper(of: place.language, daysAgo: left - 3, &dice)
    keepers.append((day, next))
    let at = zone.instant(day, LocalTime(hour: 17, minute: dice.below(50)) ?? .midnight)
    event(.ownerChanged(OwnerChange(from: keeper.id, to: next.id)), at: at, by: Agency.owner.id)
  }

  /// The record is made with the first contact.
  mutating func begin(_ first: CalendarDate) {
    let at = (tale.entries.map(\.recordedAt).min() ?? zone.instant(first, .midnight)).adding(milliseconds: -3 * Instant.minute)
    let by = keepers.first?.who.id ?? Agency.owner.id
    tale.client.createdAt = at
    tale.client.createdBy = by
    tale.client.draft.ownerID = keepers.last?.who.id
    event(.created, at: at, by: by)
    for presence in presences where presence.from == first {
      var tie = presence.tie
      tie.until = nil
      event(.tieBegan(presence.who, tie), at: at, by: by, person: presence.who)
    }
  }

  /// Until when one hears of changes at the client.
  func horizon(_ course: Course, _ first: CalendarDate) -> CalendarDate {
    switch course {
    case .lead: first
    case .once: min(first.adding(days: 420), today)
    case .regular: today
    }
  }
}
