import Domain
import Store

/// People at a company come and go: the one who decides changes, colleagues are added, someone turns up at another client.
extension Teller {
  /// - Parameter horizon: after it nothing is heard of people any more.
  mutating func gatherPeople(_ maker: PartyMaker, host: String, from first: CalendarDate, horizon: CalendarDate, _ leavers: inout [Leaver]) {
    tellManagers(maker, host, first, horizon, &leavers)
    let others = tale.client.draft.size == .micro ? dice.below(2) : dice.within(0...3)
    for _ in 0..<others {
      // Most are there from the start, some are met later.
      let from = dice.chance(55) ? first : OfficeDays.weekday(first.adding(days: dice.within(20...600)))
      guard from < min(horizon.adding(days: 1), today) else { continue }
      let until = dice.chance(25) ? OfficeDays.weekday(from.adding(days: dice.within(150...1400))) : nil
      let tie = TieDraft(
        role: dice.pick(Posts.others(place.language)), from: from == first ? first.adding(days: -dice.within(10...900)) : from,
        until: until.flatMap { $0 < horizon ? $0 : nil })
      let who = add(maker.person(at: host, town: town, &dice), tie, from)
      tellTie(who, tie, met: from > first ? from : nil)
    }
  }

  private mutating func tellManagers(
    _ maker: PartyMaker, _ host: String, _ first: CalendarDate, _ horizon: CalendarDate, _ leavers: inout [Leaver]
  ) {
    var from = first
    var before: Tale.Someone?
    while true {
      let leaves = OfficeDays.weekday(from.adding(days: dice.within(400...2600)))
      let until = leaves < horizon ? leaves : nil
      let tie = TieDraft(
        role: dice.pick(Posts.deciding(place.language)), isManager: true,
        from: before == nil ? first.adding(days: -dice.within(60...1500)) : from, until: until)
      let who: Tale.Someone
      if before != nil, let leaver = takeLeaver(before: from, &leavers) {
        who = join(leaver, tie, from)
      } else {
        who = add(maker.person(at: host, town: town, &dice), tie, from)
      }
      tellTie(who, tie, met: before == nil ? nil : from)
      if let before {
        event(.managerChanged(from: before, to: who), at: morning(from), by: keeper(on: from).id, person: who)
        log(.newManager, on: OfficeDays.settled(from.adding(days: dice.within(1...12)), &dice), with: who)
      }
      let next = (until ?? today).adding(days: dice.within(7...45))
      guard until != nil, next < today.adding(days: -20) else { return }
      (before, from) = (who, OfficeDays.weekday(next))
    }
  }

  /// Began and ended, as far as it was noticed.
  private mutating func tellTie(_ who: Tale.Someone, _ tie: TieDraft, met: CalendarDate?) {
    if let met {
      var open = tie
      open.until = nil
      event(.tieBegan(who, open), at: morning(met), by: keeper(on: met).id, person: who)
    }
    guard let until = tie.until else { return }
    let noticed = OfficeDays.weekday(until.adding(days: dice.within(0...6)))
    event(.tieEnded(who, tie), at: morning(noticed), by: keeper(on: noticed).id, person: who)
  }

  private mutating func morning(_ day: CalendarDate) -> Instant {
    zone.instant(day, LocalTime(hour: 9, minute: dice.within(5...55)) ?? .midnight)
  }

  mutating func add(_ draft: ClientDraft, _ tie: TieDraft, _ from: CalendarDate) -> Tale.Someone {
    let who = Tale.Someone.own(tale.client.people.count)
    var person = NewPerson(draft, tie: tie)
    person.createdAt = morning(from)
    tale.client.people.append(person)
    presences.append(Presence(who: who, name: draft.name, tie: tie, from: from, until: tie.until))
    return who
  }

  private mutating func join(_ leaver: Leaver, _ tie: TieDraft, _ from: CalendarDate) -> Tale.Someone {
    let who = Tale.Someone.joined(tale.joined.count)
    tale.joined.append(Tale.Joined(leaver: leaver, tie: tie, at: morning(from)))
    presences.append(Presence(who: who, name: leaver.name, tie: tie, from: from, until: tie.until))
    return who
  }

  /// Someone of the same language who has been free for a while.
  private mutating func takeLeaver(before day: CalendarDate, _ leavers: inout [Leaver]) -> Leaver? {
    let free = leavers.indices.filter { index in
      leavers[index].language == place.language && leavers[index].left < day && leavers[index].left.days(to: day) < 400
    }
    guard !free.isEmpty, dice.chance(60) else { return nil }
    return leavers.remove(at: dice.pick(free))
  }

  /// Those of this client who left it, for clients told later.
  func leavers(_ index: Int) -> [Leaver] {
    tale.client.people.enumerated().compactMap { number, person in
      person.tie.until.map {
        Leaver(clientIndex: index, personIndex: number, name: person.draft.name, language: place.language, left: $0)
      }
    }
  }
}
