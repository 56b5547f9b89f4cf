import Domain
import Store

/// Tells one client's story day by day: who there was at the time, who looked after them, what was said.
struct Teller {
  let place: Place
  let bank: PhraseBank
  let zone: Zone
  let now: Instant
  let today: CalendarDate
  let trade: Trade
  let town: Place.Town
  var dice: SplitMix64
  /// For deals alone, so that they change nothing in the rest of the story.
  var dealDice: SplitMix64
  var tale: Tale
  var presences: [Presence] = []
  /// Who looked after the client from which day on.
  var keepers: [(from: CalendarDate, who: Colleague)] = []
  var project = ""
  var product = ""
  var price = 0
  var number = 0
  var sample = 0
  /// Bodies used lately, so that a page does not repeat itself.
  var said: [String] = []

  /// When someone can be spoken with.
  struct Presence {
    let who: Tale.Someone
    let name: String
    var tie: TieDraft
    var from: CalendarDate
    var until: CalendarDate?

    func holds(_ day: CalendarDate) -> Bool { day >= from && (until.map { day <= $0 } ?? true) }
  }

  init(_ made: PartyMaker.Made, place: Place, now: Instant, dice: SplitMix64) {
    self.place = place
    self.now = now
    self.dice = dice
    dealDice = dice
    bank = PhraseBank.of(place.language)
    zone = Zone(made.town.zone) ?? .utc
    today = zone.date(now)
    trade = made.trade
    town = made.town
    tale = Tale(client: NewClient(made.draft))
    tale.client.tellsCreation = false
  }

  func daysAgo(_ day: CalendarDate) -> Int { day.days(to: today) }

  func keeper(on day: CalendarDate) -> Colleague { (keepers.last { $0.from <= day } ?? keepers.first)?.who ?? Agency.owner }

  /// Mostly the one who looks after the client; sometimes someone of the same team who took the call.
  mutating func author(on day: CalendarDate) -> Colleague {
    let keeper = keeper(on: day)
    guard dice.chance(12) else { return keeper }
    let others = Agency.colleagues.filter { $0.team == keeper.team && $0.worked(daysAgo(day)) && !$0.clients.isEmpty }
    return others.isEmpty ? keeper : dice.pick(others)
  }

  mutating func companion(on day: CalendarDate, deciding: Bool = false) -> Presence? {
    let there = presences.filter { $0.holds(day) }
    guard !there.isEmpty else { return nil }
    if let manager = there.first(where: \.tie.isManager), deciding || dice.chance(65) { return manager }
    return dice.pick(there)
  }

  /// Writes a contact of that kind; nil when the day has not come yet.
  @discardableResult
  mutating func log(_ situation: Situation, on day: CalendarDate, with: Tale.Someone? = nil, stage: Stage? = nil) -> Int? {
    let at = OfficeDays.moment(on: OfficeDays.weekday(day), in: zone, &dice)
    let recordedAt = at.adding(milliseconds: Int64(dice.within(2...70)) * Instant.minute)
    guard recordedAt <= now else { return nil }
    let day = zone.date(at)
    let author = author(on: day)
    let person = with.flatMap { who in presences.first { $0.who == who } } ?? companion(on: day, deciding: situation == .agreed)
    let slots = slots(on: day, person: person, author: author)
    tale.entries.append(Tale.Entry(
      what: .written(written(situation, stage, at: at, slots)), person: person?.who, by: author.id, at: at, recordedAt: recordedAt))
    return tale.entries.count - 1
  }

  private mutating func written(_ situation: Situation, _ stage: Stage?, at: Instant, _ slots: Slots) -> Written {
    let phrases = bank[situation]
    let subject = phrases.subjects.isEmpty ? "" : slots.fill(dice.pick(phrases.subjects))
    var body = slots.fill(sentence(phrases.bodies, stage))
    if !phrases.more.isEmpty, dice.chance(55) { body += " " + slots.fill(sentence(phrases.more, nil)) }
    if situation.channels.isEmpty { return .note(Note(occurredAt: at, subject: subject, body: body)) }
    let outcome = !phrases.outcomes.isEmpty && dice.chance(70) ? slots.fill(dice.pick(phrases.outcomes)) : ""
    return .contact(Contact(
      channel: dice.pick(weighted: situation.channels), direction: situation.direction, occurredAt: at, subject: subject, body: body,
      outcome: outcome))
  }

  /// How far something is that goes through its sentences in their order.
  struct Stage { let number: Int, of: Int }

  private mutating func sentence(_ sentences: [String], _ stage: Stage?) -> String {
    guard !sentences.isEmpty else { return "" }
    var chosen = dice.pick(sentences)
    if let stage {
      let part = sentences.count * stage.number / stage.of
      let next = max(part + 1, sentences.count * (stage.number + 1) / stage.of)
      chosen = sentences[min(dice.within(part...(next - 1)), sentences.count - 1)]
    } else {
      for _ in 0..<3 where said.contains(chosen) { chosen = dice.pick(sentences) }
    }
    said.append(chosen)
    if said.count > 24 { said.removeFirst() }
    return chosen
  }

  private mutating func slots(on day: CalendarDate, person: Presence?, author: Colleague) -> Slots {
    let later = OfficeDays.weekday(day.adding(days: dice.within(4...24)))
    return Slots(values: [
      "project": project, "product": product, "client": tale.client.draft.name,
      "person": person?.name ?? tale.client.draft.name, "city": town.name, "us": author.name,
      "n": String(sample), "percent": String(dice.within(6...48)),
      "days": String(dice.within(5...10)), "price": "\(Self.grouped(price)) EUR", "no": "\(day.year)-\(100 + number)",
      "date": date(later), "year": String(day.year),
    ])
  }

  func date(_ day: CalendarDate) -> String { "\(day.day) \(place.months[day.month - 1])" }

  /// A space that does not break, as prices are written.
  static func grouped(_ amount: Int) -> String {
    amount >= 1000 ? "\(amount / 1000)\u{A0}\(String(String(amount % 1000 + 1000).dropFirst()))" : String(amount)
  }

  mutating func event(_ event: Tale.Event, at: Instant, by: AccountID, person: Tale.Someone? = nil) {
    guard at <= now else { return }
    tale.entries.append(Tale.Entry(what: .event(event), person: person, by: by, at: at, recordedAt: at))
  }
}
