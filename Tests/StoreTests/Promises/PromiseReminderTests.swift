import Database
import Domain
import Store
import TestSupport
import Testing

struct PromiseReminderTests {
  private struct Killed: Error {}

  private func mails(_ base: TestBase) async throws -> [String] {
    try await base.read { try $0.connection.values("SELECT idempotency_key FROM mail WHERE state = 'queued' ORDER BY id", as: String.self) }
  }

  @Test(arguments: Engine.all) func comesBeforeOnTheDayAfterAndToTheManager(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.store.database.write { connection in
        _ = try connection.run("""
          INSERT INTO account (name, email, email_key, role, scope, team_id, language, zone, created_at)
          VALUES ('Mona Manager', 'mona@example.com', 'mona@example.com', 'manager', 'all', 1, 'en', 'Europe/Sofia', 0)
          """)
      }
      let firm = try await base.firm(of: base.maria)
      let id = try await base.promise(firm, due: "2026-11-10")
      let manager = AccountID(6)
      func run(_ moment: String) async throws -> Int {
        let at = try #require(Instant(iso: moment))
        return try await base.store.remindOfPromises(at: at)
      }
      func steps() async throws -> [String] {
        try await base.read { try $0.connection.values("SELECT step FROM promise_reminder ORDER BY said_at, step", as: String.self) }
      }
      #expect(try await run("2026-11-08T12:00:00Z") == 0)
      #expect(try await run("2026-11-09T06:00:00Z") == 1)
      #expect(try await run("2026-11-09T06:00:01Z") == 0)
      #expect(try await run("2026-11-10T06:00:00Z") == 1)
      #expect(try await run("2026-11-11T06:00:00Z") == 1)
      #expect(try await steps() == ["before", "day", "overdue"])
      #expect(try await base.reason(id, "promise_escalated") == nil)
      #expect(try await run("2026-11-13T06:00:00Z") == 1)
      #expect(try await steps() == ["before", "day", "overdue", "escalation"])
      #expect(try await base.reason(id, "promise_escalated") == manager)
      #expect(try await mails(base).map { $0.split(separator: ":").suffix(2).joined(separator: " ") } == [
        "before 2", "day 2", "overdue 2", "escalation 6",
      ])
      #expect(try await base.faults() == [])
      // Kept: nobody is reminded any more, and what has not left stays here.
      try await base.write { try $0.keepPromise(id) }
      #expect(try await mails(base) == [])
      #expect(try await base.reason(id, "promise_escalated") == nil)
      #expect(try await run("2027-11-13T06:00:00Z") == 0)
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func staysSilentForClientsPutAway(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(), later = base.now.adding(milliseconds: 30 * Instant.day)
      _ = try await base.promise(firm, due: "2026-11-10")
      try await base.write { try $0.take(.archive, [firm]) }
      while try await base.store.remindOfPromises(at: later) > 0 {}
      #expect(try await mails(base) == [])
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func followsAChangedSchedule(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      _ = try await base.promise(firm, due: "2026-11-20")
      let soon = base.now.adding(milliseconds: Instant.day)
      #expect(try await base.store.remindOfPromises(at: soon) == 0)
      try await base.write { try $0.changePromiseSchedule(to: ReminderSchedule(daysBefore: 14), version: 1) }
      await #expect(throws: Refusal.conflict(currentVersion: 2)) {
        try await base.write { try $0.changePromiseSchedule(to: ReminderSchedule(), version: 1) }
      }
      await #expect(throws: Refusal.forbidden(.manageFields)) {
        try await base.write(as: base.maria) { try $0.changePromiseSchedule(to: ReminderSchedule(), version: 2) }
      }
      _ = try await base.store.remindOfPromises(at: soon)
      #expect(try await mails(base).count == 1)
      #expect(try await base.store.remindOfPromises(at: soon) == 0)
    }
  }

  /// 10,000 reminders, eight workers that die at random in the middle of their work: each is said once. Whole servers are killed in
  /// `Tests/Reliability/test_reminders.py`.
  @Test(arguments: Engine.all) func isSaidOnceHoweverWorkersDie(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(), count = 10_000, now = base.now, due = try base.due("2026-11-05")
      try await base.write { tx in
        try tx.connection.insert(
          into: "promise",
          ["client_id", "side", "what", "owner_id", "due_date", "due_zone", "due_from", "due_at", "state", "made_at", "dated_at", "remind_at", "created_at"],
          rows: (0..<count).map { number in
            [
              firm.sqlValue, "us".sqlValue, "p\(number)".sqlValue, base.maria.id.sqlValue, due.date.sqlValue, due.zone.name.sqlValue,
              due.zone.instant(due.date).sqlValue, due.deadline.sqlValue, "open".sqlValue, Int64(0).sqlValue, Int64(0).sqlValue,
              now.sqlValue, now.sqlValue,
            ]
          })
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<8 {
          group.addTask {
            var dice = Dice(seed: UInt64(worker + 1))
            while true {
              // A third of the time the worker dies when everything is written and nothing is committed.
              let isKilled = dice.next() % 3 == 0
              do {
                if try await base.store.remindOfPromises(at: now, limit: Int(dice.next() % 90) + 10, dying: isKilled ? Killed() : nil) == 0 { return }
              } catch is Killed { continue } catch DatabaseError.busy { continue }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await base.number("SELECT count(*) FROM promise WHERE remind_at <= \(now)") == 0)
      #expect(try await base.number("SELECT count(*) FROM promise_reminder") == count)
      #expect(try await base.number("SELECT count(DISTINCT promise_id) FROM promise_reminder") == count)
      #expect(try await base.number("SELECT count(*) FROM mail") == count)
      #expect(try await base.number("SELECT count(DISTINCT idempotency_key) FROM mail") == count)
      #expect(try await base.number("SELECT count(*) FROM reason WHERE kind = 'promise'") == count)
      #expect(try await base.faults() == [])
    }
  }

  private struct Dice {
    var seed: UInt64
    mutating func next() -> UInt64 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return seed >> 33
    }
  }
}
