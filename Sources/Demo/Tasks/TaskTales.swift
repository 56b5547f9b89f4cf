import Database
import Domain
import Store

/// Tasks of everyone who works at the agency: some come round again, some are for clients, some are late, some are done.
extension Store {
  func tellTasks(_ order: DemoOrder, at now: Instant) async throws {
    for (index, one) in Agency.colleagues.enumerated() where one.left == nil && one.role.may(.editTasks) {
      let actor = Actor(id: one.id, name: one.name, role: one.role, scope: one.scope, teamID: one.team, language: one.language, zone: one.zone)
      let zone = Zone(one.zone) ?? .utc
      let dice = SplitMix64(seed: order.seed &+ 17, stream: index)
      // Written down on a morning three weeks ago, some of it done on one last week.
      func morning(_ daysAgo: Int) -> Instant { zone.instant(zone.date(now).adding(days: -daysAgo), LocalTime(hour: 10, minute: 5) ?? .midnight) }
      let writing = TaskTeller(language: one.language, zone: zone, now: now, dice: dice)
      let ids = try await write(as: actor, at: morning(21)) { tx in
        // PostgreSQL counts reasons that were raised over others; from here on both engines number alike.
        try tx.connection.identityFollows("reason")
        var teller = writing
        return try teller.write(tx)
      }
      try await write(as: actor, at: morning(4)) { tx in
        // A base to measure with has as many entries as were asked for.
        guard order.history == nil else { return }
        for id in ids.dropLast().enumerated().filter({ $0.offset % 4 == 1 }).map(\.element) { _ = try tx.finishTask(id, returnTo: "/tasks") }
      }
    }
  }
}

private struct TaskTeller: Sendable {
  let language: Language
  let zone: Zone
  let now: Instant
  var dice: SplitMix64

  private var today: CalendarDate { zone.date(now) }

  /// In the order of writing.
  mutating func write(_ tx: Transaction) throws -> [TaskID] {
    let bank = TaskBank.of(language)
    var ids: [TaskID] = []
    let clients = try tx.connection.values("""
      SELECT id FROM party WHERE owner_id = \(tx.actor.id) AND is_client AND archived_at IS NULL AND deleted_at IS NULL
        AND created_at < \(tx.now) ORDER BY id LIMIT 60
      """, as: ClientID.self)
    for line in bank.forClients where !clients.isEmpty && dice.chance(80) {
      var draft = TaskDraft(title: line.title, clientID: dice.pick(clients), ownerID: tx.actor.id, checklist: steps(line))
      draft.isImportant = dice.chance(15)
      if dice.chance(85) {
        let day = OfficeDays.weekday(today.adding(days: dice.within(-9...24)))
        draft.due = TaskDue(day, dice.chance(25) ? LocalTime(hour: dice.within(9...17), minute: dice.pick([0, 30])) : nil, zone: zone)
      }
      ids.append(try tx.addTask(draft))
    }
    // The first of these is everybody's, and comes last: its reason stays, so that no engine gives its number again.
    for (index, line) in bank.internalOnes.enumerated().reversed() where index == 0 || dice.chance(60) {
      var draft = TaskDraft(title: line.title, ownerID: tx.actor.id, checklist: steps(line))
      // The first falls near today, whatever the rule.
      draft.due = TaskDue(today.adding(days: -dice.within(0...9)), dice.chance(30) ? LocalTime(hour: dice.within(9...16), minute: 30) : nil, zone: zone)
      draft.recurrence = line.rule.map { Recurrence($0, .schedule) }
      ids.append(try tx.addTask(draft))
    }
    return ids
  }

  private mutating func steps(_ line: TaskBank.Line) -> [ChecklistStep] {
    line.steps.map { ChecklistStep($0, isDone: dice.chance(35)) }
  }
}
