import Domain
import Store

/// What stands in the client's own fields, and how its record ends for some.
extension Teller {
  private static let tags = ["key account", "tender", "reference", "newsletter", "export", "seasonal", "family business", "start-up"]

  mutating func describe(_ course: Course, _ index: Int, _ terms: ClientTales.Terms) {
    let last = tale.entries.last { $0.contact != nil }.map { daysAgo(zone.date($0.at)) } ?? 9999
    let kind: String? =
      switch course {
      case .regular: last < 200 ? dice.pick(["dedicated", "long_term", "long_term"]) : "long_term"
      case .once: dice.chance(80) ? "transactional" : "personal"
      case .lead: dice.chance(35) ? "community" : nil
      }
    tale.client.draft.relationshipID = kind.flatMap { terms.relationships[$0] }
    for _ in 0..<dice.within(0...2) where !Self.tags.isEmpty {
      let tag = dice.pick(Self.tags)
      if !tale.client.draft.tags.contains(tag) { tale.client.draft.tags.append(tag) }
    }
    if course != .lead || dice.chance(30) {
      let number = String(index + 1)
      let zeros = String(repeating: "0", count: max(0, 4 - number.utf8.count))
      tale.client.draft.ownNumber = "\(zone.date(tale.client.createdAt ?? now).year % 100)-\(zeros)\(number)"
    }
    fillFields(course, terms)
  }

  private mutating func fillFields(_ course: Course, _ terms: ClientTales.Terms) {
    func set(_ name: String, _ value: CustomValue) {
      if let field = terms.fields[name] { tale.client.draft.customValues[field] = value }
    }
    if dice.chance(60) { set(Terms.source, .choice(dice.pick(Terms.sources))) }
    guard tale.client.draft.kind == .company, course != .lead else { return }
    if dice.chance(55) { set(Terms.budget, .number(Double(dice.within(4...120) * 1000))) }
    if dice.chance(50) { set(Terms.secrecy, .bool(dice.chance(80))) }
    if course == .regular, dice.chance(40) { set(Terms.contract, .date(today.adding(days: dice.within(-200...700)))) }
  }

  /// The address changed once; the record was tidied.
  mutating func tellChange() {
    guard dice.chance(18), let created = tale.client.createdAt, let mail = tale.client.draft.contactPoints.first(where: { $0.kind == .email }),
      tale.client.draft.kind == .company, let host = mail.shown.split(separator: "@").last
    else { return }
    let span = created.milliseconds(to: now) / Instant.day
    guard span > 60 else { return }
    let day = OfficeDays.weekday(zone.date(created).adding(days: dice.within(30...Int(span) - 10)))
    let at = OfficeDays.moment(on: day, in: zone, &dice)
    event(.changed([FieldChange("email", old: "info@\(host)", new: mail.shown)]), at: at, by: keeper(on: day).id)
  }

  /// Long silent clients go to the archive; a mistaken lead goes to the bin.
  mutating func tellEnd(_ course: Course) {
    guard let last = tale.entries.map(\.recordedAt).max() else { return }
    let silent = last.milliseconds(to: now) / Instant.day
    let by = keepers.last?.who.id ?? Agency.owner.id
    if course != .regular, silent > 800, dice.chance(22) {
      let at = OfficeDays.moment(on: OfficeDays.weekday(today.adding(days: -dice.within(30...500))), in: zone, &dice)
      tale.end = .archived(at, by)
      event(.archived, at: at, by: by)
    } else if course == .lead, silent > 60, dice.chance(5) {
      let at = OfficeDays.moment(on: today.adding(days: -dice.within(2...24)), in: zone, &dice)
      tale.end = .removed(at, by)
      event(.removed, at: at, by: by)
    }
  }
}

/// What the settings call things.
enum Terms {
  static let source = "Came from"
  static let sources = ["recommendation", "conference", "website", "tender"]
  static let budget = "Research budget, EUR a year"
  static let secrecy = "NDA signed"
  static let contract = "Framework contract until"
}
