import Domain
import Store

/// What was promised in talks, and what became of it: most kept, some late or moved, a few broken, and those of the last weeks open.
extension Teller {
  mutating func tellPromises() {
    let bank = PromiseBank.of(place.language)
    let replaced = Set(tale.entries.compactMap(\.corrects))
    for index in tale.entries.indices {
      guard tale.entries[index].contact != nil, tale.entries[index].corrects == nil, !replaced.contains(index) else { continue }
      let isLately = daysAgo(zone.date(tale.entries[index].at)) <= 25
      guard dice.chance(isLately ? 60 : 16) else { continue }
      tellPromise(in: index, bank)
    }
    tellStanding(bank, but: replaced)
  }

  /// With clients one is in touch with something is mostly under way, agreed in the last talk.
  private mutating func tellStanding(_ bank: PromiseBank, but replaced: Set<Int>) {
    guard !tale.promises.contains(where: { $0.value.state == .open }), dice.chance(45) else { return }
    let talks = tale.entries.indices.filter { index in
      tale.entries[index].contact != nil && tale.entries[index].corrects == nil && !replaced.contains(index)
        && daysAgo(zone.date(tale.entries[index].at)) <= 240
    }
    guard let last = talks.max(by: { tale.entries[$0].at < tale.entries[$1].at }) else { return }
    let due = dice.pick(weighted: [(today, 25), (OfficeDays.weekday(today.adding(days: dice.within(1...16))), 55), (today.adding(days: -dice.within(1...6)), 20)])
    guard due > zone.date(tale.entries[last].at) else { return }
    tellPromise(in: last, bank, standing: due)
  }

  private mutating func tellPromise(in index: Int, _ bank: PromiseBank, standing: CalendarDate? = nil) {
    let entry = tale.entries[index]
    let day = zone.date(entry.at)
    let side: PromiseSide = dice.chance(78) ? .us : .client
    let what = dice.pick(side == .us ? bank.ours : bank.theirs)
    var date = OfficeDays.weekday(day.adding(days: dice.within(2...21)))
    // The days around today are what a demonstration is about.
    if abs(date.days(to: today)) <= 2, dice.chance(50) { date = today }
    if let standing { date = standing }
    let time = dice.chance(15) ? LocalTime(hour: dice.pick([10, 12, 15, 17]), minute: 0) : nil
    let due = PromiseDue(date: date, time: time, zone: zone)
    let isOver = due.isPast(at: now)
    let keeper = isOver && standing == nil ? keeper(on: date) : keepers.last?.who ?? keeper(on: day)
    let terms = PromiseTerms(side: side, what: what, ownerID: keeper.id)
    guard let made = try? Promise.make(terms, due: due, madeAt: entry.at, at: entry.recordedAt) else { return }
    var told = Tale.ToldPromise(entry: index, person: entry.person, by: entry.by, keeper: keeper, value: made)
    step(&told, .made, made, at: entry.recordedAt, by: entry.by)
    write(what, by: due, into: index, bank)
    if standing == nil { tellFate(&told, isOver: isOver, bank) }
    tale.promises.append(told)
  }

  /// The words stand in the note, where the program finds them again.
  private mutating func write(_ what: String, by due: PromiseDue, into index: Int, _ bank: PromiseBank) {
    guard case .written(.contact(var contact)) = tale.entries[index].what, dice.chance(60) else { return }
    let line = Slots(values: ["what": what, "date": date(due.date)]).fill(bank.line)
    contact.body += (contact.body.isEmpty ? "" : "\n") + line
    tale.entries[index].what = .written(.contact(contact))
  }

  private mutating func tellFate(_ told: inout Tale.ToldPromise, isOver: Bool, _ bank: PromiseBank) {
    let due = told.value.due
    guard isOver else {
      if dice.chance(12), let at = moment(from: told.value.madeAt, upTo: now) { keep(&told, at) }
      return
    }
    let isLately = daysAgo(due.date) <= 20
    let fate = dice.below(100)
    switch fate {
    case 0..<(isLately ? 22 : 1) where isLately || daysAgo(due.date) < 120: return
    case 0..<74: keep(&told, moment(from: told.value.madeAt, upTo: due.deadline) ?? told.value.madeAt)
    case 74..<82:
      if let at = moment(from: due.deadline, upTo: min(now, due.deadline.adding(milliseconds: 6 * Instant.day))) { keep(&told, at) }
    case 82..<90: move(&told, bank)
    case 90..<96:
      if let at = moment(from: due.deadline, upTo: min(now, due.deadline.adding(milliseconds: 9 * Instant.day))), let after = try? told.value.broken(at: at) {
        step(&told, .broken, after, at: at, by: told.keeper.id, reason: dice.pick(bank.excuses))
      }
    default:
      if let at = moment(from: told.value.madeAt, upTo: due.deadline), let after = try? told.value.withdrawn(at: at) {
        step(&told, .withdrawn, after, at: at, by: told.keeper.id)
      }
    }
  }

  private mutating func keep(_ told: inout Tale.ToldPromise, _ at: Instant) {
    guard let after = try? told.value.kept(at: at, now: at) else { return }
    step(&told, .kept, after, at: at, by: told.keeper.id)
  }

  /// Another date in time, and kept by it if it has come.
  private mutating func move(_ told: inout Tale.ToldPromise, _ bank: PromiseBank) {
    let old = told.value.due
    let new = PromiseDue(date: OfficeDays.weekday(old.date.adding(days: dice.within(3...14))), time: old.time, zone: old.zone)
    guard let at = moment(from: told.value.madeAt, upTo: old.deadline), let after = try? told.value.renegotiated(to: new, at: at) else { return }
    step(&told, .renegotiated, after, at: at, by: told.keeper.id, oldDue: old, reason: dice.pick(bank.reasons))
    if new.isPast(at: now) {
      keep(&told, moment(from: at, upTo: new.deadline) ?? new.deadline)
    } else {
      told.keeper = keepers.last?.who ?? told.keeper
      told.value.terms.ownerID = told.keeper.id
    }
  }

  private mutating func step(
    _ told: inout Tale.ToldPromise, _ change: PromiseChange, _ after: Promise, at: Instant, by: AccountID, oldDue: PromiseDue? = nil, reason: String = ""
  ) {
    told.value = after
    let promise = tale.promises.count
    event(.promise(promise, change, told.steps.count), at: at, by: by, person: told.person)
    told.steps.append(Tale.PromiseStep(value: after, oldDue: oldDue, reason: reason))
  }

  /// Somewhere between, not in the last minutes of either.
  private mutating func moment(from start: Instant, upTo end: Instant) -> Instant? {
    let minutes = start.milliseconds(to: min(end, now)) / Instant.minute
    guard minutes > 30 else { return nil }
    return start.adding(milliseconds: Int64(dice.within(20...Int(minutes - 5))) * Instant.minute)
  }

  /// Nobody waits for what was promised to a client who was put away.
  mutating func endPromises() {
    guard let end = tale.end else { return }
    let (at, by) =
      switch end {
      case .archived(let at, let by), .removed(let at, let by): (at, by)
      }
    for index in tale.promises.indices where tale.promises[index].value.state == .open {
      guard let after = try? tale.promises[index].value.withdrawn(at: max(at, tale.promises[index].value.madeAt)) else { continue }
      tale.promises[index].value = after
      event(.promise(index, .withdrawn, tale.promises[index].steps.count), at: max(at, after.madeAt), by: by, person: tale.promises[index].person)
      tale.promises[index].steps.append(Tale.PromiseStep(value: after, oldDue: nil, reason: ""))
    }
  }
}
