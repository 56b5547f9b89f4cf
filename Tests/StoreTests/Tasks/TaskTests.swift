import Database
import Domain
import Store
import TestSupport
import Testing

extension TestBase {
  /// Its id, title and due day, as the list shows them.
  func taskLines(_ filter: TaskFilter = TaskFilter(), as actor: Actor? = nil) async throws -> [String] {
    try await read(as: actor) { try $0.tasks(filter).tasks.map { "\($0.title) \($0.due?.date.description ?? "-")" } }
  }
  func reasonAccount(_ task: TaskID) async throws -> AccountID? {
    try await read { try $0.connection.value("SELECT account_id FROM reason WHERE kind = 'task' AND subject_id = \(task.rawValue)") }
  }
  func kinds(_ client: ClientID) async throws -> [HistoryKind] {
    try await read { try $0.timeline(of: client, TimelineFilter(kind: .automatic)).entries.map(\.kind) }
  }
}

struct TaskTests {
  private static let zone = Zone("Europe/Sofia") ?? .utc
  private static func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? CalendarDate(daysSince1970: 0) }
  private static func due(_ text: String, _ time: String? = nil) -> TaskDue { TaskDue(day(text), time.flatMap { LocalTime($0) }, zone: zone) }
  private static func weekly(_ days: String = "MO") -> Recurrence? { RecurrenceRule("FREQ=WEEKLY;BYDAY=\(days)").map { Recurrence($0, .schedule) } }

  @Test(arguments: Engine.all) func isKeptAndChanged(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(of: base.maria), maria = base.maria
      let draft = TaskDraft(
        title: "Send the list", note: "the new one", clientID: firm, ownerID: maria.id, due: Self.due("2026-11-06", "16:30"), isImportant: true,
        checklist: [ChecklistStep("print"), ChecklistStep("sign", isDone: true)])
      let id = try await base.write(as: maria) { try $0.addTask(draft) }
      let task = try await base.read(as: maria) { try $0.task(id) }
      #expect(task.draft == draft)
      #expect(task.client == "Alfa" && task.owner == maria.name && task.stepCount == 2 && task.stepsDone == 1)
      #expect(try await base.reasonAccount(id) == maria.id)
      var other = draft
      (other.title, other.clientID, other.due) = ("Send it", nil, nil)
      other.checklist = draft.checklist.replaced(by: ["sign", "post"])
      try await base.write(as: maria) { [other] in try $0.changeTask(id, to: other, version: 1) }
      #expect(try await base.read(as: maria) { try $0.task(id) }.draft == other)
      #expect(try await base.reasonAccount(id) == nil)
      await #expect(throws: Refusal.conflict(currentVersion: 2)) { try await base.write(as: maria) { try $0.changeTask(id, to: draft, version: 1) } }
      // Nothing changed: nothing is written.
      try await base.write(as: maria) { [other] in try $0.changeTask(id, to: other, version: 2) }
      #expect(try await base.read(as: maria) { try $0.task(id) }.version == 2)
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func doneIsToldAndMakesTheNext(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(of: base.maria), maria = base.maria
      let draft = TaskDraft(
        title: "Report", clientID: firm, ownerID: maria.id, due: Self.due("2026-11-03", "09:00"), recurrence: Self.weekly(),
        checklist: [ChecklistStep("count", isDone: true)])
      let id = try await base.write(as: maria) { try $0.addTask(draft) }
      // The rule names Mondays: the first is the one after the day that was typed.
      #expect(try await base.taskLines(as: maria) == ["Report 2026-11-09"])
      let undo = try #require(try await base.write(as: maria) { try $0.finishTask(id, returnTo: "/") })
      #expect(try await base.taskLines(as: maria) == ["Report 2026-11-16"])
      #expect(try await base.taskLines(TaskFilter(.mine, .done), as: maria) == ["Report 2026-11-09"])
      let next = try #require(try await base.read(as: maria) { try $0.tasks(TaskFilter()).tasks.first })
      #expect(next.seriesID == id && next.stepCount == 1 && next.stepsDone == 0 && next.due?.time?.description == "09:00")
      #expect(try await base.read(as: maria) { try $0.doneBefore(next, limit: 5).map(\.id) } == [id])
      #expect(try await base.kinds(firm).first == .taskDone)
      #expect(try await base.faults() == [])
      // Twice is once.
      #expect(try await base.write(as: maria) { try $0.finishTask(id, returnTo: "/") } == nil)
      _ = try await base.store.undo(undo, as: maria, at: base.now)
      #expect(try await base.taskLines(as: maria) == ["Report 2026-11-09"])
      #expect(try await base.kinds(firm).first == .taskReopened)
      #expect(try await base.reasonAccount(next.id) == nil)
      #expect(try await base.reasonAccount(id) == maria.id)
      #expect(try await base.faults() == [])
    }
  }

  @Test func anUndoDoesNotTakeAwayWhatOthersWentOnFrom() async throws {
    try await withTestBase(.sqlite) { base in
      let maria = base.maria
      let draft = TaskDraft(title: "Report", ownerID: maria.id, due: Self.due("2026-11-09"), recurrence: Self.weekly())
      let id = try await base.write(as: maria) { try $0.addTask(draft) }
      let undo = try #require(try await base.write(as: maria) { try $0.finishTask(id, returnTo: "/") })
      let next = try #require(try await base.read(as: maria) { try $0.tasks(TaskFilter()).tasks.first?.id })
      _ = try await base.write(as: maria) { try $0.postponeTask(next, to: Self.day("2026-11-20"), returnTo: "/") }
      await #expect(throws: Refusal.self) { _ = try await base.store.undo(undo, as: maria, at: base.now) }
      #expect(try await base.taskLines(as: maria) == ["Report 2026-11-20"])
      // Open again, the first no longer makes others: the series goes on with the second.
      _ = try await base.write(as: maria) { try $0.reopenTask(id, returnTo: "/") }
      _ = try await base.write(as: maria) { try $0.finishTask(id, returnTo: "/") }
      #expect(try await base.taskLines(as: maria) == ["Report 2026-11-20"])
      // Put off, the second still makes the third where the rule puts it.
      _ = try await base.write(as: maria) { try $0.finishTask(next, returnTo: "/") }
      #expect(try await base.taskLines(as: maria) == ["Report 2026-11-23"])
    }
  }

  @Test(arguments: Engine.all) func isPutOffHandedOverAndDeleted(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let maria = base.maria, ivan = base.ivan
      let id = try await base.write(as: base.owner) { try $0.addTask(TaskDraft(title: "Call", ownerID: maria.id, due: Self.due("2026-11-05"))) }
      let later = try #require(try await base.write(as: maria) { try $0.postponeTask(id, to: Self.day("2026-12-01"), returnTo: "/") })
      #expect(try await base.taskLines(as: maria) == ["Call 2026-12-01"])
      _ = try await base.store.undo(later, as: maria, at: base.now)
      #expect(try await base.taskLines(as: maria) == ["Call 2026-11-05"])
      let given = try #require(try await base.write(as: maria) { try $0.handTask(id, to: ivan.id, version: 3, returnTo: "/") })
      #expect(try await base.taskLines(as: ivan) == ["Call 2026-11-05"])
      #expect(try await base.reasonAccount(id) == ivan.id)
      await #expect(throws: Refusal.notFound) { _ = try await base.read(as: maria) { try $0.task(id) } }
      _ = try await base.store.undo(given, as: maria, at: base.now)
      #expect(try await base.taskLines(as: ivan) == [])
      await #expect(throws: InvalidForm.self) {
        _ = try await base.write(as: maria) { try $0.handTask(id, to: base.reader.id, version: 5, returnTo: "/") }
      }
      let gone = try await base.write(as: maria) { try $0.deleteTask(id, returnTo: "/") }
      #expect(try await base.taskLines(as: maria) == [])
      #expect(try await base.reasonAccount(id) == nil)
      _ = try await base.store.undo(gone, as: maria, at: base.now)
      #expect(try await base.taskLines(as: maria) == ["Call 2026-11-05"])
      _ = try await base.write(as: maria) { try $0.deleteTask(id, returnTo: "/") }
      try await base.store.purgeTasks(at: base.now.adding(milliseconds: 31 * Instant.day))
      #expect(try await base.read { try $0.connection.required("SELECT count(*) FROM task") } == 0)
    }
  }

  /// Own tasks, those of the team, and those of clients one sees; nobody else's.
  @Test(arguments: Engine.all) func areSeenWithinScope(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let marias = try await base.firm("Maria's", of: base.maria), ivans = try await base.firm("Ivan's", of: base.ivan)
      let (maria, ivan, owner) = (base.maria.id, base.ivan.id, base.owner.id)
      try await base.write { tx in
        for (title, client, who) in [("a", nil, maria), ("b", marias, owner), ("c", nil, ivan), ("d", ivans, maria), ("e", nil, owner)] {
          try tx.addTask(TaskDraft(title: title, clientID: client, ownerID: who))
        }
      }
      func all(_ actor: Actor) async throws -> [String] { try await base.taskLines(TaskFilter(.all), as: actor).map { String($0.prefix(1)) } }
      #expect(try await all(base.owner) == ["a", "b", "c", "d", "e"])
      #expect(try await all(base.piotr) == ["a", "d"])
      #expect(try await all(base.maria) == ["a", "d"])
      #expect(try await base.taskLines(TaskFilter(.all, client: marias), as: base.maria) == ["b -"])
      #expect(try await base.taskLines(TaskFilter(.all, client: ivans), as: base.maria) == [])
      #expect(try await base.read(as: base.maria) { try $0.taskCount(TaskFilter(.all, client: ivans)) } == 0)
      // A client one may not see is not named by a task one has for it, and is not lost when one changes that.
      let task = try #require(try await base.read(as: base.maria) { try $0.tasks(TaskFilter()).tasks.last })
      #expect(task.title == "d" && task.clientID == nil && task.client == nil)
      var draft = task.draft
      draft.title = "d2"
      try await base.write(as: base.maria) { [draft] in try $0.changeTask(task.id, to: draft, version: 1) }
      #expect(try await base.read { try $0.task(task.id).clientID } == ivans)
      await #expect(throws: Refusal.forbidden(.editTasks)) { try await base.write(as: base.reader) { _ = try $0.addTask(TaskDraft(title: "x", ownerID: maria)) } }
    }
  }

  /// One indexed read a page, whoever asks; pages meet without a gap.
  @Test func listsAreIndexedAndPaged() async throws {
    try await withTestBase(.sqlite) { base in
      let owner = base.owner
      try await base.write { tx in
        for number in 0..<7 { try tx.addTask(TaskDraft(title: "t\(number)", ownerID: owner.id, due: number < 4 ? Self.due("2026-11-0\(number + 3)") : nil)) }
      }
      let first = try await base.read { try $0.tasks(TaskFilter(), limit: 5) }
      let second = try await base.read { try $0.tasks(TaskFilter(), after: first.next, limit: 5) }
      #expect((first.tasks + second.tasks).map(\.title) == ["t0", "t1", "t2", "t3", "t4", "t5", "t6"] && second.next == nil)
      #expect(try await base.taskLines(TaskFilter(.mine, .overdue)) == ["t0 2026-11-03", "t1 2026-11-04"])
      #expect(try await base.read { try $0.taskCount(TaskFilter(), cap: 3) } == 4)
      let plans: [(Actor, TaskFilter, String)] = [
        (owner, TaskFilter(), "task_open_own"), (owner, TaskFilter(.all), "task_open"), (base.piotr, TaskFilter(.all), "task_open_team"),
        (owner, TaskFilter(.mine, .done), "task_done_own"), (owner, TaskFilter(.all, .done), "task_done"),
        (base.piotr, TaskFilter(.all, .done), "task_done_team"), (owner, TaskFilter(.all, owner: base.maria.id), "task_open_own"),
      ]
      for (actor, filter, index) in plans {
        for cursor in [nil, first.next] {
          let plan = try await base.read(as: actor) { reader in
            try reader.connection.rows("EXPLAIN QUERY PLAN \(reader.taskQuery(filter, after: cursor, limit: 50))") { row in
              row.skip(3)
              return try row.next(String.self)
            }
          }
          #expect(plan.contains { $0.contains("USING INDEX \(index) ") || $0.hasSuffix("USING INDEX \(index)") }, "\(filter) \(plan)")
          #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        }
      }
    }
  }

  @Test(arguments: Engine.all) func goesWithTheClientThatIsErased(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(of: base.maria), maria = base.maria
      try await base.write(as: maria) { _ = try $0.addTask(TaskDraft(title: "x", clientID: firm, ownerID: maria.id, due: Self.due("2026-11-05"), checklist: [ChecklistStep("y")])) }
      _ = try await base.write { try $0.take(.remove, [firm]) }
      try await base.store.purgeBin(at: base.now.adding(milliseconds: 31 * Instant.day))
      for table in ["task", "task_step", "reason"] as [SQL] {
        #expect(try await base.read { try $0.connection.required("SELECT count(*) FROM \(table)") } == 0)
      }
    }
  }

  @Test(arguments: Engine.all) func stepsAreTicked(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let maria = base.maria
      let id = try await base.write(as: maria) { try $0.addTask(TaskDraft(title: "x", ownerID: maria.id)) }
      let step = try await base.write(as: maria) { try $0.addStep("first", to: id) }
      try await base.write(as: maria) { _ = try $0.tickStep(step, done: true) }
      let task = try await base.read(as: maria) { try $0.task(id) }
      #expect(task.steps.map(\.text) == ["first"] && task.stepsDone == 1 && task.version == 1)
      await #expect(throws: Refusal.notFound) { try await base.write(as: base.ivan) { _ = try $0.tickStep(step, done: false) } }
    }
  }
}
