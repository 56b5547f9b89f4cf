import Database
import Domain
import Store
import TestSupport
import Testing

/// What is counted, whose, and that the rows behind a number are as many as it says.
@Suite struct DashboardTests {
  @Test(arguments: Engine.all) func countsWhatEachMaySee(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.fill()
      let expected: [(Actor, people: Int, contacts: Int, clients: Int)] = [
        (base.owner, 4, 9, 6), (base.maria, 1, 4, 3), (base.piotr, 2, 6, 4), (base.ivan, 1, 2, 2),
      ]
      for (actor, people, contacts, clients) in expected {
        let board = try await base.read(as: actor) { try $0.dashboard(DashboardFilter()) }
        #expect(board.people.count == people, "\(actor.name)")
        #expect(board.contacts.map { $0.values.reduce(0, +) }.reduce(0, +) == contacts, "\(actor.name)")
        #expect(board.ages.values.flatMap(\.values).reduce(0, +) == clients, "\(actor.name)")
      }
    }
  }

  @Test(arguments: Engine.all) func everyNumberHasItsRows(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.fill()
      let filter = DashboardFilter(), weeks = filter.weeks(until: CalendarDate(daysSince1970: 20_762))
      for actor in [base.owner, base.maria, base.piotr] {
        let board = try await base.read(as: actor) { try $0.dashboard(filter) }
        for (week, counts) in zip(weeks, board.contacts) {
          for (channel, count) in counts {
            let list = ContactListFilter(from: week, until: week.adding(days: 6), channel: channel)
            #expect(try await base.read(as: actor) { try $0.contacts(list).lines.count } == count, "\(week) \(channel)")
          }
        }
        for (owner, ages) in board.ages {
          for (age, count) in ages {
            var list = ClientFilter(.clients)
            list.owner = owner.map(ClientFilter.Owner.account) ?? .nobody
            list.lastContact = age.range(until: weeks[12].adding(days: 3))
            let asked = list
            #expect(try await base.read(as: actor) { try $0.count(asked, cap: 100) } == count, "\(age)")
          }
        }
      }
    }
  }

  @Test(arguments: Engine.all) func correctedAndWithdrawnCountOnce(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let client = try await base.client(of: base.maria)
      let entry = try await base.contact(client, by: base.maria, daysAgo: 1)
      func counted() async throws -> Int {
        try await base.read { try $0.dashboard(DashboardFilter()).contacts.reduce(0) { $0 + $1.values.reduce(0, +) } }
      }
      #expect(try await counted() == 1)
      _ = try await base.write(as: base.maria) { tx in try tx.withdraw(entry, because: "mixed up") }
      #expect(try await counted() == 0)
      let list = ContactListFilter(from: CalendarDate(daysSince1970: 20_750), until: CalendarDate(daysSince1970: 20_770))
      #expect(try await base.read { try $0.contacts(list).lines.count } == 0)
    }
  }

  @Test(arguments: Engine.all) func aClientGivenAwayIsCountedAndNotNamed(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let client = try await base.client(of: base.maria)
      _ = try await base.contact(client, by: base.maria, daysAgo: 1)
      _ = try await base.write { try $0.connection.run("UPDATE party SET owner_id = \(base.ivan.id), team_id = 2 WHERE id = \(client)") }
      let list = ContactListFilter(from: CalendarDate(daysSince1970: 20_750), until: CalendarDate(daysSince1970: 20_770))
      let lines = try await base.read(as: base.maria) { try $0.contacts(list).lines }
      #expect(lines.count == 1 && lines.first?.client == nil && lines.first?.subject == "")
      #expect(try await base.read(as: base.owner) { try $0.contacts(list).lines.first?.client?.name } != nil)
      #expect(try await base.read(as: base.ivan) { try $0.contacts(list).lines.count } == 0)
    }
  }

  /// What a promise or a task adds to the figures, and that the lists behind them have as many rows.
  @Test(arguments: Engine.all) func promisesAndTasksAreCounted(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(of: base.maria)
      let start = base.now.adding(milliseconds: -20 * Instant.day)
      let kept = try await base.promise(firm, "kept", due: "2026-10-20", at: start)
      let late = try await base.promise(firm, "late", due: "2026-10-20", at: start)
      _ = try await base.promise(firm, "open", due: "2026-12-20", at: start)
      try await base.write(at: start.adding(milliseconds: Instant.day)) { try $0.keepPromise(kept) }
      try await base.write(at: start.adding(milliseconds: 10 * Instant.day)) { try $0.keepPromise(late) }
      try await base.write { tx in
        try tx.connection.run("""
          INSERT INTO task (title, owner_id, team_id, zone, due_at, created_at, changed_at)
          VALUES ('Count', \(base.maria.id), \(base.maria.teamID), 'Europe/Sofia', \(tx.now), \(tx.now), \(tx.now))
          """)
      }
      for (actor, months, load) in [(base.owner, ["2026-10-01 1/2"], 1), (base.maria, ["2026-10-01 1/2"], 1), (base.ivan, [], 0)] {
        let board = try await base.read(as: actor) { try $0.dashboard(DashboardFilter()) }
        #expect(board.kept.map { "\($0.month) \($0.share.onTime)/\($0.share.counted)" } == months, "\(actor.name)")
        #expect(board.keptBy.map(\.id) == (months.isEmpty ? [] : [base.maria.id]), "\(actor.name)")
        #expect(board.loads[base.maria.id]?.promises ?? 0 == load && board.loads[base.maria.id]?.tasks ?? 0 == load, "\(actor.name)")
      }
      var others = DashboardFilter()
      others.owner = base.ivan.id
      let asked = others
      #expect(try await base.read { try $0.dashboard(asked).kept.isEmpty })
      let behind = PromiseFilter(.kept, owner: base.maria.id, side: .us, from: CalendarDate("2026-10-01"), until: CalendarDate("2026-10-31"), inTime: true)
      #expect(try await base.read { try $0.promises(behind).lines.map(\.id) } == [kept])
      #expect(try await base.read { try $0.promises(PromiseFilter(owner: base.maria.id)).lines.count } == 1)
      #expect(try await base.read { try $0.tasks(TaskFilter(.all, owner: base.maria.id)).tasks.count } == 1)
    }
  }

  @Test(arguments: Engine.all) func pagesGoOnByKey(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let client = try await base.client(of: base.maria)
      for number in 0..<7 { _ = try await base.contact(client, by: base.maria, daysAgo: number / 3) }
      let list = ContactListFilter(from: CalendarDate(daysSince1970: 20_750), until: CalendarDate(daysSince1970: 20_770))
      var seen: [HistoryID] = [], cursor: ListCursor?
      repeat {
        let place = cursor
        let page = try await base.read { try $0.contacts(list, after: place, limit: 2) }
        seen += page.lines.map(\.id)
        cursor = page.next
      } while cursor != nil
      #expect(seen.count == 7 && Set(seen).count == 7)
    }
  }
}

extension TestBase {
  fileprivate func client(of actor: Actor) async throws -> ClientID {
    try await write { tx in
      let id = try tx.createClient(ClientDraft(kind: .company, name: "Client of \(actor.name)"))
      try tx.connection.run("UPDATE party SET owner_id = \(actor.id), team_id = \(actor.teamID) WHERE id = \(id)")
      return id
    }
  }

  fileprivate func contact(_ client: ClientID, by actor: Actor, daysAgo: Int, _ channel: Channel = .call) async throws -> HistoryID {
    let moment = now.adding(milliseconds: -Int64(daysAgo) * Instant.day - Instant.minute)
    return try await write(as: actor) { tx in
      try tx.logContact(Contact(channel: channel, direction: .outgoing, occurredAt: moment, subject: "Price"), client: client)
    }
  }

  /// Maria three clients and four contacts, Piotr one and two, Ivan two and two, the owner none and one (with Maria's).
  fileprivate func fill() async throws {
    let first = try await client(of: maria), second = try await client(of: maria)
    _ = try await client(of: maria)
    let piotrs = try await client(of: piotr), ivans = try await client(of: ivan)
    _ = try await client(of: ivan)
    for (days, channel) in [(0, Channel.call), (3, .email), (40, .call)] { _ = try await contact(first, by: maria, daysAgo: days, channel) }
    _ = try await contact(second, by: maria, daysAgo: 70, .meeting)
    _ = try await contact(second, by: owner, daysAgo: 65, .meeting)
    for days in [1, 8] { _ = try await contact(piotrs, by: piotr, daysAgo: days, .messenger) }
    for days in [2, 80] { _ = try await contact(ivans, by: ivan, daysAgo: days) }
    // Too long ago for the period.
    _ = try await contact(ivans, by: ivan, daysAgo: 300)
  }
}
