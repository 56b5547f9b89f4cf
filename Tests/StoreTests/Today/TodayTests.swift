import Database
import Domain
import Store
import TestSupport
import Testing

struct TodayTests {
  private func task(_ id: Int64, _ client: ClientID?, for account: AccountID? = nil, minutes: Int64 = 0, _ base: TestBase) -> Reason {
    let at = base.at(minutes: minutes)
    guard let account else { return Reason(.task, subject: id, client: client ?? PartyID(0), from: at, due: .at(at), text: "Task \(id)") }
    return Reason(.task, subject: id, client: client, for: account, from: at, due: .at(at), text: "Task \(id)")
  }
  private func rows(_ base: TestBase, _ actor: Actor, _ view: TodayView = .mine, at moment: Instant? = nil) async throws -> [[String]] {
    try await base.store.read(as: actor, at: moment ?? base.now) { reader in
      try reader.today(view).sections.flatMap(\.rows).map { [$0.client?.name ?? "–"] + $0.matters.map { $0.key.description } }
    }
  }
  private static let day: Int64 = 24 * 60

  @Test(arguments: Engine.all) func aClientStandsOnceUnderItsMostPressingReason(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firm("Alfa", of: base.maria), beta = try await base.firm("Beta", of: base.maria)
      let other = try await base.firm("Other", of: base.ivan)
      try await base.write { tx in
        try tx.raise([
          task(1, alfa, minutes: -Self.day, base), task(2, beta, minutes: 60, base), task(3, nil, for: base.maria.id, minutes: -2 * Self.day, base),
          Reason(.promise, subject: 9, client: beta, from: base.now, due: .at(base.now)),
          task(4, other, base), task(5, alfa, minutes: 3 * Self.day, base),
          // Someone else's client, but the matter is Maria's.
          task(6, other, for: base.maria.id, minutes: 30, base),
        ])
      }
      #expect(try await rows(base, base.maria) == [["Beta", "promise-9", "task-2"], ["–", "task-3"], ["Alfa", "task-1"], ["–", "task-6"]])
      #expect(try await rows(base, base.ivan) == [["Other", "task-4"]])
      // Piotr sees his team's.
      #expect(try await rows(base, base.piotr, .team(TeamID(1))).first == ["Beta", "promise-9", "task-2"])
      #expect(try await rows(base, base.piotr, .account(base.maria.id)).count == 4)
      await #expect(throws: Refusal.notFound) { try await rows(base, base.piotr, .account(base.ivan.id)) }
      await #expect(throws: Refusal.notFound) { try await rows(base, base.maria, .account(base.piotr.id)) }
      await #expect(throws: Refusal.notFound) { try await rows(base, base.piotr, .nobody) }
      #expect(try await base.read(as: base.maria) { try $0.needCount() } == 4)
      let part = try await base.read(as: base.maria) { try $0.today(.mine, only: .tasks, limit: 2) }
      #expect(part.rows.count == 2)
      let rest = try await base.read(as: base.maria) { try $0.today(.mine, only: .tasks, after: part.next, limit: 2) }
      #expect(rest.rows.map { $0.matters.map(\.key.subject) } == [[6]] && rest.next == nil)
    }
  }

  @Test(arguments: Engine.all) func snoozesUntilADayOrAnAnswer(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firm("Alfa", of: base.maria)
      try await base.write { try $0.raise([task(1, alfa, base), task(2, alfa, minutes: -60, base)]) }
      let monday = try #require(CalendarDate("2026-11-09"))
      let undo = try await base.write(as: base.maria) { try $0.snooze(ReasonKey(.task, 1), SnoozeDraft(.day(monday), why: "on leave"), returnTo: "/") }
      #expect(try await rows(base, base.maria) == [])
      // A new reason shows at once.
      try await base.write { try $0.raise(task(3, alfa, base)) }
      #expect(try await rows(base, base.maria) == [["Alfa", "task-3"]])
      #expect(try await rows(base, base.maria, at: base.at(minutes: 4 * Self.day)) == [["Alfa", "task-2", "task-1", "task-3"]])
      _ = try await base.store.undo(undo, as: base.maria, at: base.now)
      #expect(try await rows(base, base.maria).first?.count == 4)
      _ = try await base.write(as: base.maria) { try $0.snooze(ReasonKey(.task, 2), SnoozeDraft(.answer), returnTo: "/") }
      try await base.log(alfa, minutes: 1, .email)
      #expect(try await rows(base, base.maria) == [])
      let answer = Contact(channel: .email, direction: .incoming, occurredAt: base.at(minutes: 2))
      try await base.write { try $0.logContact(answer, client: alfa) }
      #expect(try await rows(base, base.maria).first?.count == 4)
      // Another time wakes what lies.
      _ = try await base.write(as: base.maria) { try $0.snooze(ReasonKey(.task, 1), SnoozeDraft(.day(monday)), returnTo: "/") }
      try await base.write { try $0.raise(task(1, alfa, base)) }
      #expect(try await rows(base, base.maria) == [])
      try await base.write { try $0.raise(task(1, alfa, minutes: -5, base)) }
      #expect(try await rows(base, base.maria) == [["Alfa", "task-1"]])
      let kinds = try await base.read { try $0.timeline(of: alfa, TimelineFilter(kind: .automatic)).entries.map(\.kind) }
      #expect(kinds.filter { $0 == .snoozed }.count == 3)
      #expect(try await base.read(as: base.maria) { try $0.todayLines(.snoozed, of: base.maria.id).count } == 2)
      await #expect(throws: Refusal.notFound) {
        try await base.write(as: base.ivan) { _ = try $0.snooze(ReasonKey(.task, 1), SnoozeDraft(.answer), returnTo: "/") }
      }
      await #expect(throws: Refusal.forbidden(.logContacts)) {
        try await base.write(as: base.reader) { _ = try $0.snooze(ReasonKey(.task, 1), SnoozeDraft(.answer), returnTo: "/") }
      }
    }
  }

  /// The client itself says so to whoever laid it aside and to those from whose page it is hidden, until it shows again.
  @Test(arguments: Engine.all) func aClientSaysThatItIsSnoozed(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firm("Alfa", of: base.maria)
      try await base.write { try $0.raise([task(1, alfa, base), task(2, alfa, minutes: 3 * Self.day, base)]) }
      func told(_ actor: Actor, at moment: Instant? = nil) async throws -> String? {
        try await base.store.read(as: actor, at: moment ?? base.now) { reader in
          try reader.clientView(alfa).snooze.map { "\($0.key) \($0.snooze.untilAnswer) \($0.snooze.why) \($0.snooze.by ?? "–")" }
        }
      }
      #expect(try await told(base.maria) == nil)
      let week = try #require(CalendarDate("2026-11-12"))
      _ = try await base.write(as: base.piotr) { try $0.snooze(ReasonKey(.task, 1), SnoozeDraft(.day(week), why: "on leave"), returnTo: "/") }
      #expect(try await told(base.maria) == "task-1 false on leave \(base.piotr.name)")
      #expect(try await told(base.piotr)?.hasPrefix("task-1") == true)
      var deputy = base.piotr
      deputy.standsInFor = [base.maria.id]
      #expect(try await told(deputy)?.hasPrefix("task-1") == true)
      #expect(try await told(base.owner) == nil)
      #expect(try await told(base.maria, at: base.at(minutes: 8 * Self.day)) == nil)
      // A later one takes over what still lies.
      let later = base.at(minutes: 3 * Self.day)
      _ = try await base.store.write(as: base.maria, at: later) { try $0.snooze(ReasonKey(.task, 2), SnoozeDraft(.answer), returnTo: "/") }
      #expect(try await told(base.maria, at: later) == "task-1 true  \(base.maria.name)")
      #expect(try await told(base.piotr, at: later) == nil)
      try await base.write(as: base.maria) { try $0.wake(ReasonKey(.task, 1)) }
      #expect(try await told(base.maria, at: later) == nil)
    }
  }

  /// A hundred reasons of a heading are counted, and it is said when there are more; nobody whose most pressing reason is one of
  /// those stands further down for a lesser one, in the place of someone who has no other.
  @Test(arguments: Engine.all, [TodayList.cap, TodayList.cap + 15]) func aLongHeadingIsCapped(engine: Engine, promises: Int) async throws {
    try await withTestBase(engine) { base in
      let alone = try await base.firm("Alone", of: base.maria)
      try await base.write { tx in
        let clients = try (0..<promises).map { number in
          var draft = ClientDraft(kind: .company, name: "Firm \(number)")
          draft.ownerID = base.maria.id
          return try tx.createClient(draft)
        }
        try tx.raise(clients.enumerated().map { number, client in
          Reason(.promise, subject: Int64(number + 1), client: client, from: base.at(minutes: -Self.day), due: .at(base.at(minutes: Int64(number) - 500)))
        })
        try tx.raise(clients.suffix(12).enumerated().map { number, client in task(Int64(number + 1), client, minutes: -10, base) })
        try tx.raise(task(13, alone, minutes: -5, base))
      }
      let list = try await base.read(as: base.maria) { try $0.today(.mine) }
      let isCapped = promises > TodayList.cap
      #expect(list.sections.map(\.group) == [.promises, .tasks])
      #expect(list.isCapped == isCapped)
      #expect(list.sections.map(\.count) == [TodayList.cap, 1] && list.sections.first?.rows.count == TodayList.sectionLimit)
      #expect(list.sections.last?.rows.map { $0.client?.name } == ["Alone"])
      #expect(list.sections.first?.rows.first?.client?.name == "Firm 0")
      let whole = try await base.read(as: base.maria) { try $0.today(.mine, only: .promises, limit: promises) }
      #expect(whole.rows.count == promises && whole.rows.last?.matters.count == 2)
      #expect(try await base.read(as: base.maria) { try $0.today(.mine, only: .tasks) }.rows.count == 1)
    }
  }

  @Test(arguments: Engine.all) func passesAMatterOrTheClient(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firm("Alfa", of: base.maria)
      try await base.write { try $0.raise([task(1, alfa, base), task(2, alfa, base)]) }
      let undo = try await base.write(as: base.piotr) { try $0.pass(ReasonKey(.task, 1), .matter, to: base.piotr.id, returnTo: "/") }
      #expect(try await rows(base, base.piotr) == [["Alfa", "task-1"]])
      #expect(try await rows(base, base.maria) == [["Alfa", "task-2"]])
      // It stays passed when it is raised again, and when the client goes elsewhere.
      try await base.write { try $0.raise(task(1, alfa, base)) }
      #expect(try await rows(base, base.piotr) == [["Alfa", "task-1"]])
      _ = try await base.store.undo(undo, as: base.piotr, at: base.now)
      #expect(try await rows(base, base.piotr) == [])
      let client = try await base.write(as: base.piotr) { try $0.pass(ReasonKey(.task, 1), .client, to: base.piotr.id, returnTo: "/") }
      #expect(try await rows(base, base.piotr) == [["Alfa", "task-1", "task-2"]])
      _ = try await base.store.undo(client, as: base.piotr, at: base.now)
      #expect(try await rows(base, base.maria) == [["Alfa", "task-1", "task-2"]])
      await #expect(throws: InvalidForm.self) {
        try await base.write(as: base.maria) { _ = try $0.pass(ReasonKey(.task, 1), .client, to: base.ivan.id, returnTo: "/") }
      }
    }
  }

  @Test(arguments: Engine.all) func daysOffDrawDeadlinesForwardAndDeputiesStandIn(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      // Friday the 6th; the promise begins on Saturday, the care too.
      let friday = base.at(minutes: Self.day), alfa = try await base.firm("Alfa", of: base.maria), beta = try await base.firm("Beta", of: base.maria)
      try await base.write {
        try $0.raise(task(1, alfa, minutes: 2 * Self.day, base))
        try $0.raise(Reason(.handedOver, subject: 2, client: beta, from: base.at(minutes: 2 * Self.day), due: .at(base.at(minutes: 2 * Self.day))))
      }
      #expect(try await rows(base, base.maria) == [])
      #expect(try await rows(base, base.maria, at: friday) == [["Alfa", "task-1"]])
      let first = try #require(CalendarDate("2026-11-05")), last = try #require(CalendarDate("2026-11-20"))
      let away = try #require(WorkCalendar.Absence(first: first, last: last, deputy: base.ivan.id))
      let absence = try await base.write(as: base.maria) { try $0.addAbsence(AbsenceDraft(away, note: "sea"), of: base.maria.id) }
      try await base.write { try $0.raise(task(3, alfa, base)) }
      var ivan = base.ivan
      ivan.standsInFor = [base.maria.id]
      #expect(try await rows(base, ivan) == [["Alfa", "task-3"]])
      #expect(try await base.read(as: ivan) { try $0.storedClient(alfa).draft.name } == "Alfa")
      await #expect(throws: Refusal.notFound) { try await base.read(as: base.ivan) { _ = try $0.storedClient(alfa) } }
      await #expect(throws: Refusal.forbidden(.manageAccounts)) {
        try await base.write(as: base.ivan) { _ = try $0.removeAbsence(absence, returnTo: "/") }
      }
      let undo = try await base.write(as: base.maria) { try $0.removeAbsence(absence, returnTo: "/") }
      _ = try await base.store.undo(undo, as: base.maria, at: base.now)
      #expect(try await base.read { try $0.absences(of: base.maria.id, from: first).map(\.note) } == ["sea"])
    }
  }

  @Test(arguments: Engine.all) func datesComeAndGo(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firm("Alfa", of: base.maria)
      var draft = ClientDraft(kind: .person, name: "Anna Petrova")
      draft.birthDate = PartialDate("1986-11-06")
      let anna = try await base.write { [draft] in try $0.addPerson(draft, to: alfa, TieDraft(role: "director")) }
      let fact = try await base.write { try $0.addFact(FactDraft(kind: .date, text: "Founded", date: PartialDate("2016-11-05")), to: alfa) }
      let both = ["Alfa", "yearly-\(fact)", "birthday-\(anna)"]
      #expect(try await rows(base, base.maria) == [both])
      let matters = try await base.read(as: base.maria) { try $0.today(.mine).sections.flatMap(\.rows).flatMap(\.matters) }
      #expect(matters.map(\.number) == [10, 40] && matters.map(\.text) == ["Founded", "Anna Petrova"])
      let undo = try await base.write(as: base.maria) { try $0.finish(ReasonKey(.birthday, anna.rawValue), returnTo: "/") }
      #expect(try await rows(base, base.maria) == [["Alfa", "yearly-\(fact)"]])
      // Another change does not bring this year's back.
      try await base.write { try $0.datesFollow([anna]) }
      #expect(try await rows(base, base.maria) == [["Alfa", "yearly-\(fact)"]])
      #expect(try await base.read(as: base.maria) { try $0.todayFigures(of: base.maria.id, isEmpty: false).doneToday } == 1)
      _ = try await base.store.undo(try #require(undo), as: base.maria, at: base.now)
      #expect(try await rows(base, base.maria) == [both])
      func isFound() async throws -> Bool {
        try await base.read { try $0.connection.exists("SELECT 1 FROM party_search WHERE party_id = \(alfa) AND doc LIKE '%petrova%'") }
      }
      for (step, shown) in [(ClientStep.remove, ["Alfa", "yearly-\(fact)"]), (.restore, both)] {
        try await base.write { _ = try $0.take(step, [anna]) }
        #expect(try await rows(base, base.maria) == [shown])
        #expect(try await isFound() == (step == .restore))
        #expect(try await base.faults() == [])
      }
      try await base.write { try $0.endFact(fact, version: 1) }
      #expect(try await rows(base, base.maria) == [["Alfa", "birthday-\(anna)"]])
      let later = base.at(minutes: 5 * Self.day)
      try await base.store.rollDates(at: later)
      #expect(try await rows(base, base.maria, at: later) == [])
      let due = try await base.read { try $0.connection.value("SELECT due_on FROM reason WHERE kind = 'birthday'", as: String.self) }
      #expect(due == "2027-11-06")
      #expect(try await base.faults() == [])
    }
  }

  /// The plan, not the clock: one search of the covering index, whatever the base holds.
  @Test func thePageIsOneIndexedRead() async throws {
    try await withTestBase(.sqlite) { base in
      let plan = try await base.read { reader in
        try reader.connection.rows("""
          EXPLAIN QUERY PLAN SELECT press, client_id, id FROM reason WHERE account_id = 2 AND shows_at < 5 AND (has_deadline OR shows_at < 4)
          """) { row in
          _ = try (row.next(Int.self), row.next(Int.self), row.next(Int.self))
          return try row.next(String.self)
        }
      }
      #expect(plan.count == 1 && plan.first?.contains("COVERING INDEX reason_showing (account_id=? AND shows_at<?)") == true, "\(plan)")
    }
  }
}
