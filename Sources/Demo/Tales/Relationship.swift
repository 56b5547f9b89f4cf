import Domain
import Store

/// How a relationship goes: a first talk, projects with their weeks, quiet months between, and an end for some.
extension Teller {
  enum Course: Sendable { case lead, once, regular }

  mutating func tellRelationship(_ course: Course, from first: CalendarDate) {
    var day = first
    newProject(on: day)
    log(dice.chance(60) ? .request : .approach, on: day)
    switch course {
    case .lead: tellLead(&day)
    case .once, .regular: tellProjects(&day, course)
    }
    tellCurrent(after: first)
    tellYearly(from: first, to: min(day.adding(days: 60), today), hadProjects: course != .lead)
  }

  private mutating func tellProjects(_ day: inout CalendarDate, _ course: Course) {
    let projects = course == .once ? 1 : dice.within(2...5)
    for round in 0..<projects where daysAgo(day) > 0 {
      tellProject(&day, first: round == 0)
      tellQuiet(&day, days: round + 1 == projects ? dice.within(20...300) : dice.within(60...260))
    }
    // Some stay in touch to this day, others fall silent.
    let stays = course == .regular && dice.chance(62)
    if stays { tellQuiet(&day, days: max(0, daysAgo(day))) }
  }

  private mutating func tellLead(_ day: inout CalendarDate) {
    for _ in 0..<dice.within(0...4) {
      day = OfficeDays.settled(day.adding(days: dice.within(15...120)), &dice)
      log(dice.pick(weighted: [(.checkIn, 4), (.silence, 3), (.approach, 2), (.question, 1)]), on: day)
    }
    guard dice.chance(45) else { return }
    step(&day, 3...15, .brief)
    var days = DealDays(asked: day)
    step(&day, 3...9, .offer)
    days.offered = day
    if dice.chance(60) { step(&day, 3...9, .bargain) }
    step(&day, 6...25, .lost)
    (days.decided, days.isLost) = (day, true)
    tellDeal(days)
  }

  mutating func newProject(on day: CalendarDate) {
    product = dice.pick(trade.products)
    project = "\(dice.pick(Studies.all(place.language))): \(product)"
    price = dice.within(24...380) * 100
    number = dice.within(1...380)
    sample = dice.pick([200, 300, 400, 500, 600, 800, 1000, 1200])
  }

  private mutating func step(_ day: inout CalendarDate, _ wait: ClosedRange<Int>, _ situation: Situation, stage: Stage? = nil) {
    day = OfficeDays.settled(day.adding(days: dice.within(wait)), &dice)
    if let entry = log(situation, on: day, stage: stage) { decorate(entry, situation) }
  }

  /// Brief, offer, bargaining, agreement, then the weeks of work; some are lost on the way.
  private mutating func tellProject(_ day: inout CalendarDate, first: Bool) {
    if !first {
      newProject(on: day)
      step(&day, 1...10, .request)
    }
    step(&day, 2...8, .brief)
    var days = DealDays(asked: day)
    defer { tellDeal(days) }
    if dice.chance(35) { step(&day, 1...4, .question) }
    step(&day, 2...7, .offer)
    days.offered = day
    for _ in 0..<dice.within(0...2) { step(&day, 1...6, .bargain) }
    if dice.chance(first ? 12 : 18) {
      step(&day, 3...12, .lost)
      (days.decided, days.isLost) = (day, true)
      return
    }
    step(&day, 2...9, .agreed)
    days.decided = day
    step(&day, 3...10, .kickoff)
    days.begun = day
    let reports = dice.within(2...4)
    for number in 0..<(reports - 1) { step(&day, 4...9, .field, stage: Stage(number: number, of: reports)) }
    if dice.chance(30) { step(&day, 1...4, .trouble) }
    if dice.chance(75) { step(&day, 4...10, .interim) }
    step(&day, 4...12, .field, stage: Stage(number: reports - 1, of: reports))
    step(&day, 6...16, .final)
    days.ended = day
    step(&day, 1...6, .invoice)
    if dice.chance(80) { step(&day, 4...18, .thanks) }
  }

  /// Months without a project: a call now and then.
  private mutating func tellQuiet(_ day: inout CalendarDate, days: Int) {
    let end = day.adding(days: days)
    while true {
      let next = OfficeDays.settled(day.adding(days: dice.within(35...130)), &dice)
      guard next < end else { break }
      day = next
      log(dice.pick(weighted: [(.checkIn, 6), (.question, 3), (.silence, 1)]), on: day)
    }
    day = end
  }

  /// What comes round every year while the relationship lasts.
  private mutating func tellYearly(from first: CalendarDate, to last: CalendarDate, hadProjects: Bool) {
    guard first.year <= last.year else { return }
    for year in first.year...last.year {
      let days: [(Situation, CalendarDate?, Int)] = [
        (.greeting, CalendarDate(year: year, month: 12, day: dice.within(12...21)), hadProjects ? 60 : 15),
        (.invitation, CalendarDate(year: year, month: dice.chance(50) ? 5 : 10, day: dice.within(3...24)), 25),
        (.note, CalendarDate(year: year, month: dice.within(2...11), day: dice.within(1...28)), 12),
      ]
      for (situation, day, share) in days {
        guard let day, day > first, day <= last, dice.chance(share) else { continue }
        log(situation, on: day)
      }
      tellBirthday(in: year, after: first, upTo: last)
    }
  }

  private mutating func tellBirthday(in year: Int, after first: CalendarDate, upTo last: CalendarDate) {
    for (index, person) in tale.client.people.enumerated() {
      guard let day = person.draft.birthDate?.occurrence(in: year), day > first, day <= last,
        presences.contains(where: { $0.who == .own(index) && $0.holds(OfficeDays.weekday(day)) }), dice.chance(40)
      else { continue }
      log(.birthday, on: day, with: .own(index))
    }
  }
}
