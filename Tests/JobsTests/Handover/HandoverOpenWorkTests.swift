import Database
import Domain
import Store
import TestSupport
import Testing

@testable import Jobs

/// Open promises and tasks go to whoever gets their client, with what "today" says of them, and come back.
@Suite struct HandoverOpenWorkTests {
  @Test(arguments: Engine.all) func goesWithItsClientsAndComesBack(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base, leaver = base.maria, first = base.piotr, second = base.ivan
      let firms = try await harness.firms(2, of: leaver)
      let day = Zone.utc.date(base.now).adding(days: 3)
      let (promises, tasks) = try await base.write { tx in
        let promises = try [firms[0], firms[1], firms[1], firms[1]].map { firm in
          try tx.makePromise(PromiseTerms(what: "Send the price", ownerID: leaver.id), due: PromiseDue(date: day, zone: .utc), to: firm)
        }
        try tx.keepPromise(promises[3])
        let tasks = try [firms[0], firms[1], nil, nil].map { firm in
          try tx.addTask(TaskDraft(title: "Print", clientID: firm, ownerID: leaver.id, due: TaskDue(day, zone: .utc)))
        }
        _ = try tx.finishTask(tasks[3], returnTo: "/")
        // The reason of one is with a colleague already.
        try tx.connection.run("""
          UPDATE reason SET account_id = \(tx.actor.id), passed_to = \(tx.actor.id) WHERE kind = 'promise' AND subject_id = \(promises[2])
          """)
        return (promises, tasks)
      }
      let id = try await harness.draft(from: leaver, HandoverPlan(method: .evenly, takers: [first.id, second.id]))
      let preview = try await base.read { try $0.preview($0.handover(id)) }
      #expect(preview.things.map(\.key) == ["promises", "tasks"] && preview.things.map(\.count) == [3, 3])
      #expect(preview.things.map(\.examples.first) == ["Send the price", "Print"])
      try await harness.start(id)
      try await harness.runJobs()
      #expect(try await harness.record(id).report.things == ["promises": 3, "tasks": 3])
      #expect(try await owners("promise", harness) == [first.id, second.id, second.id, leaver.id])
      #expect(try await owners("task", harness) == [first.id, second.id, first.id, leaver.id])
      #expect(try await bearers(.promise, harness) == [first.id, second.id, base.owner.id])
      #expect(try await bearers(.task, harness) == [first.id, second.id, first.id])
      #expect(try await strayTeams(harness) == 0)

      // What the successor has done stays done, and the successor's.
      try await base.write { tx in
        try tx.keepPromise(promises[0])
        _ = try tx.finishTask(tasks[1], returnTo: "/")
      }
      let undone = try await harness.undo(id).report
      #expect(undone.restoredThings == ["promises": 2, "tasks": 2] && undone.leftThings == ["promises": 1, "tasks": 1])
      #expect(try await owners("promise", harness) == [first.id, leaver.id, leaver.id, leaver.id])
      #expect(try await owners("task", harness) == [leaver.id, second.id, leaver.id, leaver.id])
      #expect(try await bearers(.promise, harness) == [leaver.id, base.owner.id])
      #expect(try await bearers(.task, harness) == [leaver.id, leaver.id])
      #expect(try await strayTeams(harness) == 0)
      #expect(try await harness.faults() == [])
    }
  }

  /// What waits for the leaver's answer waits for the successor's; what was answered since stays so. What became of things that the
  /// leaver noticed is the successor's to read.
  @Test(arguments: Engine.all) func opportunitiesGoToWhoeverSellsNow(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base, leaver = base.maria, taker = base.ivan
      let firms = try await harness.firms(2, of: leaver)
      let ids = try await base.write { tx in
        try (firms + [firms[0]]).map { try tx.noticeOpportunity(OpportunityDraft(text: "A shop in Varna", to: leaver.id), at: $0) }
      }
      try await base.write(as: leaver) { try $0.declineOpportunity(ids[2], because: "No") }
      let noticed = try await base.write(as: leaver) { try $0.noticeOpportunity(OpportunityDraft(text: "A fair", to: base.owner.id), at: firms[1]) }
      try await base.write { try $0.declineOpportunity(noticed, because: "Too far") }
      let id = try await harness.handOver(from: leaver, HandoverPlan(takers: [taker.id]))
      #expect(try await harness.record(id).report.things["opportunities"] == 2)
      #expect(try await base.read(as: taker) { try $0.opportunitiesWaiting().map(\.id) } == [ids[0], ids[1]])
      #expect(try await bearers(.opportunity, harness) == [taker.id, taker.id])
      #expect(try await bearers(.opportunityAnswered, harness) == [base.owner.id, taker.id])
      _ = try await base.write(as: taker) { try $0.finish(ReasonKey(.opportunityAnswered, noticed.rawValue), returnTo: "/") }
      try await base.write(as: taker) { try $0.declineOpportunity(ids[0], because: "Not now") }
      #expect(try await harness.faults() == [])
      #expect(try await harness.undo(id).report.restoredThings["opportunities"] == 1)
      #expect(try await base.read(as: leaver) { try $0.opportunitiesWaiting().map(\.id) } == [ids[1]])
      #expect(try await bearers(.opportunity, harness) == [leaver.id])
      #expect(try await harness.faults() == [])
    }
  }

  /// Whoever stays keeps what belongs to no client that goes.
  @Test(arguments: Engine.all) func staysWithWhatStays(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let firms = try await harness.firms(2, of: base.maria)
      try await base.write { tx in
        for firm in firms + [nil] { _ = try tx.addTask(TaskDraft(title: "Print", clientID: firm, ownerID: base.maria.id)) }
      }
      let undo = try await base.write { try $0.handOver(firms[0], to: base.ivan.id, note: "", expecting: 1, returnTo: "/") }
      #expect(try await owners("task", harness) == [base.ivan.id, base.maria.id, base.maria.id])
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await owners("task", harness) == [base.maria.id, base.maria.id, base.maria.id])
    }
  }

  /// Eight in the morning of whoever is reminded.
  @Test(arguments: Engine.all) func remindsByTheSuccessorsClock(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base
      let firm = try #require(try await harness.firms(1, of: base.maria).first)
      let there = try #require(Zone("America/New_York")), day = Zone.utc.date(base.now).adding(days: 5)
      let here = try #require(Zone(base.maria.zone)), eight = try #require(LocalTime(hour: 8, minute: 0))
      try await base.write { tx in
        try tx.connection.run("UPDATE account SET zone = \(there.name) WHERE id = \(base.ivan.id)")
        let due = PromiseDue(date: day, zone: here)
        for what in ["Send the price", "Call"] { try tx.makePromise(PromiseTerms(what: what, ownerID: base.maria.id), due: due, to: firm) }
        try tx.connection.run("UPDATE promise SET remind_at = NULL WHERE what = 'Call'")
      }
      func moments() async throws -> [Instant?] {
        while try await base.store.remindOfPromises(at: base.now) > 0 {}
        return try await base.read { try $0.connection.rows("SELECT remind_at FROM promise ORDER BY id") { try $0.next(Instant?.self) } }
      }
      #expect(try await moments() == [here.instant(day.adding(days: -1), eight), nil])
      let id = try await harness.handOver(from: base.maria, HandoverPlan(takers: [base.ivan.id]), reason: .changes)
      #expect(try await moments() == [there.instant(day.adding(days: -1), eight), nil])
      try await harness.undo(id)
      #expect(try await moments() == [here.instant(day.adding(days: -1), eight), nil])
      #expect(try await harness.number("SELECT count(*) FROM promise_reminder") == 0)
      #expect(try await harness.faults() == [])
    }
  }

  /// Whoever leaves leaves the mailboxes, too: read on by the successor's name, whoever reads them just now.
  @Test(arguments: Engine.all) func mailboxesGoToTheRestsTaker(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base, leaver = base.maria, taker = base.ivan
      _ = try await harness.firms(1, of: leaver)
      let ids = try await base.write { tx in
        try ["clients", "old", "orders"].map { name in
          try tx.addMailbox(MailboxDraft(
            address: try #require(EmailAddress("\(name)@example.com")), account: leaver.id, takes: .all, host: "imap.example.com", port: 993,
            security: .tls, username: name, secret: [1], folders: ["INBOX"], since: Zone.utc.date(base.now)))
        }
      }
      _ = try await base.write { try $0.removeMailbox(ids[1], version: 1, returnTo: "/") }
      let leased = try #require(try await base.store.mailboxes.lease(at: base.now))
      let id = try await harness.draft(from: leaver, HandoverPlan(takers: [taker.id]))
      let preview = try await base.read { try $0.preview($0.handover(id)) }
      #expect(preview.things.map(\.key) == ["mailboxes"] && preview.things.map(\.count) == [2])
      #expect(preview.things.first?.examples == ["clients@example.com", "orders@example.com"])
      try await harness.start(id)
      try await harness.runJobs()
      #expect(try await harness.record(id).report.things == ["mailboxes": 2])
      #expect(try await base.read { try $0.mailboxes().map(\.accountID) } == [taker.id, taker.id])
      #expect(try await base.store.mailboxes.renew(leased, at: base.now) == false)
      #expect(try await base.store.mailboxes.lease(at: base.now)?.accountID == taker.id)

      // One that was given on since stays there.
      try await base.write { try $0.connection.run("UPDATE mailbox SET account_id = \(base.piotr.id) WHERE id = \(ids[2])") }
      let undone = try await harness.undo(id).report
      #expect(undone.restoredThings == ["mailboxes": 1] && undone.leftThings == ["mailboxes": 1])
      #expect(try await base.read { try $0.mailboxes().map(\.accountID) } == [leaver.id, base.piotr.id])
      #expect(try await harness.faults() == [])
    }
  }

  /// Mail that the leaver had not filed waits for the successor, and comes back with the undo unless it is filed by then.
  @Test(arguments: Engine.all) func mailToFileGoesToTheRestsTaker(engine: Engine) async throws {
    try await withHandovers(engine) { harness in
      let base = harness.base, leaver = base.maria, taker = base.ivan
      let firm = try await harness.firms(1, of: leaver)[0]
      var mails: [CapturedMailID] = []
      for number in 1...3 {
        let mail = ReceivedMail(
          from: ForwardedHeader.mailboxes("c\(number)@gamma.example"), to: ForwardedHeader.mailboxes("user1@example.com"), subject: "Mail \(number)")
        let incoming = IncomingMail(mail, key: "\(number)", mailbox: nil, keeper: leaver.id, takes: .all)
        guard case .unfiled(let id) = try await base.store.capture(incoming, at: base.now) else { continue }
        mails.append(id)
      }
      let done = try #require(mails.first), filedLater = try #require(mails.last)
      _ = try await base.write(as: leaver) { try $0.dismiss(done, returnTo: "/") }
      let id = try await harness.handOver(from: leaver, HandoverPlan(takers: [taker.id]))
      #expect(try await harness.record(id).report.things == ["unfiled_mail": 2])
      func whose() async throws -> [AccountID] { try await base.read { try $0.unfiledMail(everyone: true).lines.map(\.accountID) } }
      #expect(try await whose() == [taker.id, taker.id])
      #expect(try await bearers(.unfiledMail, harness) == [taker.id, taker.id])
      _ = try await base.write(as: taker) { try $0.file(filedLater, MailFiling(client: firm), returnTo: "/") }
      let undone = try await harness.undo(id).report
      #expect(undone.restoredThings == ["unfiled_mail": 1])
      #expect(try await whose() == [leaver.id])
      #expect(try await bearers(.unfiledMail, harness) == [leaver.id])
      #expect(try await harness.faults() == [])
    }
  }

  private func owners(_ table: StaticString, _ harness: HandoverHarness) async throws -> [AccountID] {
    try await harness.base.read { try $0.connection.values("SELECT owner_id FROM \(raw: table) ORDER BY id") }
  }

  private func bearers(_ kind: ReasonKind, _ harness: HandoverHarness) async throws -> [AccountID] {
    try await harness.base.read { try $0.connection.values("SELECT account_id FROM reason WHERE kind = \(kind) ORDER BY subject_id") }
  }

  private func strayTeams(_ harness: HandoverHarness) async throws -> Int64 {
    try await harness.number("""
      SELECT count(*) FROM task t JOIN account a ON a.id = t.owner_id WHERE t.team_id IS DISTINCT FROM a.team_id AND t.done_at IS NULL
      """)
  }
}
