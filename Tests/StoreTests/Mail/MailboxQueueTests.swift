import Database
import Domain
import Store
import TestSupport
import Testing

/// Mailboxes as those who read them see them: one reader each, and none who was thought dead.
@Suite struct MailboxQueueTests {
  @Test(arguments: Engine.all) func oneReaderHasAMailbox(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let first = try await base.addMailbox("a@example.com"), second = try await base.addMailbox("b@example.com", keeper: base.ivan)
      let leased = try #require(try await base.leasedMailbox())
      #expect(leased.id == first && leased.addressKey == "a@example.com" && leased.accountID == base.maria.id && leased.takes == .all)
      #expect(leased.host == "imap.example.com" && leased.port == 993 && leased.security == .tls && leased.username == "a@example.com")
      #expect(leased.secret == [1, 2, 3] && leased.since == Zone.utc.date(base.now) && leased.fence == 1)
      #expect(leased.folders.map(\.name) == ["INBOX", "Sent"] && leased.folders.allSatisfy { $0.uidValidity == 0 && $0.lastUID == 0 })
      #expect(try await base.leasedMailbox()?.id == second)
      #expect(try await base.leasedMailbox() == nil)
    }
  }

  @Test(arguments: Engine.all) func itIsLookedIntoEveryTwoMinutes(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      try await base.store.mailboxes.finish(try #require(try await base.leasedMailbox()), at: base.now)
      #expect(try await base.mailbox(id).lookedAt == base.now)
      let next = base.now.adding(milliseconds: MailboxClock.interval)
      #expect(try await base.leasedMailbox(at: next.adding(milliseconds: -1)) == nil)
      #expect(try await base.leasedMailbox(at: next)?.fence == 2)
    }
  }

  @Test(arguments: Engine.all) func somebodyCannotWait(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      try await base.store.mailboxes.finish(try #require(try await base.leasedMailbox()), trouble: "no", at: base.now)
      #expect(try await base.leasedMailbox(at: base.now.adding(milliseconds: 1000)) == nil)
      try await base.write { try $0.lookNow(id) }
      #expect(try await base.leasedMailbox(at: base.now.adding(milliseconds: 1000)) != nil)
    }
  }

  @Test(arguments: Engine.all) func troubleIsSaidAndMakesPausesLonger(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      var now = base.now
      for minutes in [2, 4, 8, 16, 32, 60, 60] as [Int64] {
        let leased = try #require(try await base.leasedMailbox(at: now))
        try await base.store.mailboxes.finish(leased, trouble: "NO [AUTHENTICATIONFAILED]\r\nwrong\u{0}password", at: now)
        let box = try await base.mailbox(id)
        #expect(box.trouble == "NO [AUTHENTICATIONFAILED]  wrong password" && box.lookedAt == now)
        #expect(box.lookAt == now.adding(milliseconds: minutes * Instant.minute))
        now = box.lookAt
      }
      try await base.store.mailboxes.finish(try #require(try await base.leasedMailbox(at: now)), at: now)
      let well = try await base.mailbox(id)
      #expect(well.trouble.isEmpty && well.lookAt == now.adding(milliseconds: MailboxClock.interval))
      let long = try #require(try await base.leasedMailbox(at: well.lookAt))
      try await base.store.mailboxes.finish(long, trouble: String(repeating: "é", count: 4000), at: now)
      #expect(try await base.mailbox(id).trouble == String(repeating: "é", count: 300))
      // The first after a success is a first again.
      #expect(try await base.mailbox(id).lookAt == now.adding(milliseconds: 2 * Instant.minute))
    }
  }

  @Test(arguments: Engine.all) func aDeadReadersMailboxGoesToAnother(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      let dead = try #require(try await base.leasedMailbox())
      try await base.advance(dead, to: 5)
      let later = base.now.adding(milliseconds: MailboxClock.lease)
      #expect(try await base.leasedMailbox(at: later) == nil)
      let over = later.adding(milliseconds: 1)
      let living = try #require(try await base.leasedMailbox(at: over))
      #expect(living.id == id && living.fence == dead.fence + 1 && living.folders.first?.lastUID == 5)
      // The first wakes: nothing that it keeps stays.
      await #expect(throws: LeaseLost.self) { try await base.advance(dead, to: 9) }
      #expect(try await base.store.mailboxes.renew(dead, at: over) == false)
      try await base.store.mailboxes.finish(dead, trouble: "late", at: over)
      #expect(try await base.mailbox(id).trouble.isEmpty)
      try await base.advance(living, to: 6)
      #expect(try await base.progress(id)["INBOX"] == [7, 6])
      #expect(try await base.store.mailboxes.renew(living, at: over))
      #expect(try await base.leasedMailbox(at: over.adding(milliseconds: MailboxClock.lease)) == nil)
    }
  }

  @Test(arguments: Engine.all) func aFolderIsReadOnward(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      let leased = try #require(try await base.leasedMailbox())
      // (validity, uid) → what is kept: never back, but from the start where the numbers are others.
      for (validity, uid, kept) in [(7, 5, 5), (7, 9, 9), (7, 8, 9), (8, 2, 2), (8, 0, 2)] as [(Int64, Int64, Int64)] {
        try await base.advance(leased, validity: validity, to: uid)
        #expect(try await base.progress(id) == ["INBOX": [validity, kept], "Sent": [0, 0]])
      }
      await #expect(throws: LeaseLost.self) { try await base.advance(leased, "Trash", to: 1) }
    }
  }

  /// What was set before is not what is read by.
  @Test(arguments: Engine.all) func whoeverChangesItTakesItFromItsReader(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      let deeds: [@Sendable (Transaction) throws -> Void] = [
        { try $0.pauseMailbox(id, version: 1) }, { try $0.resumeMailbox(id, version: 2) },
        { tx in try tx.changeMailbox(id, to: try base.mailboxDraft(), version: 3) },
      ]
      var leased: LeasedMailbox?
      for deed in deeds {
        leased = try await base.leasedMailbox() ?? leased
        let before = try #require(leased)
        try await base.write { try deed($0) }
        await #expect(throws: LeaseLost.self) { try await base.advance(before, to: 1) }
        #expect(try await base.store.mailboxes.renew(before, at: base.now) == false)
      }
      // It is free at once.
      let last = try #require(try await base.leasedMailbox())
      _ = try await base.write { try $0.removeMailbox(id, version: 4, returnTo: "/") }
      await #expect(throws: LeaseLost.self) { try await base.advance(last, to: 1) }
      #expect(try await base.leasedMailbox() == nil)
    }
  }

  @Test(arguments: Engine.all) func aCopyReadsNothing(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      _ = try await base.store.settleMail(at: "here", now: base.now)
      try await base.addMailbox()
      // Who stops sending does not stop reading.
      try await base.write { try $0.holdMail() }
      #expect(try await base.store.settleMail(at: "here", now: base.now) == .person)
      #expect(try await base.read { try $0.connection.exists("SELECT 1 FROM mail_server WHERE held_because = 'person'") })
      try await base.store.mailboxes.finish(try #require(try await base.leasedMailbox()), at: base.now)
      let later = base.now.adding(milliseconds: Instant.hour)
      // That of one where sending was stopped is a copy all the same.
      #expect(try await base.store.settleMail(at: "there", now: later) == .moved)
      #expect(try await base.leasedMailbox(at: later) == nil)
      try await base.write { try $0.releaseMail(at: "there", dropsWaiting: true) }
      try await base.store.mailboxes.finish(try #require(try await base.leasedMailbox(at: later)), at: base.now)
      try await base.write { try $0.holdMail() }
      try await base.store.holdRestoredMail(at: later)
      #expect(try await base.leasedMailbox(at: later) == nil)
      #expect(try await base.store.settleMail(at: "there", now: later) == .restored)
    }
  }

  @Test func atItsStartAProgramHasTheFileAlone() async throws {
    try await withTestBase(.sqlite) { base in
      try await base.addMailbox()
      let dead = try #require(try await base.leasedMailbox())
      #expect(try await base.leasedMailbox() == nil)
      try await base.store.mailboxes.recover()
      #expect(try await base.leasedMailbox()?.fence == dead.fence + 1)
    }
  }

  /// Eight readers at once: no mailbox is with two of them.
  @Test(arguments: Engine.all) func eightReaders(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      for number in 1...12 { try await base.addMailbox("box\(number)@example.com") }
      let taken = try await withThrowingTaskGroup(of: [MailboxID].self) { group in
        for _ in 0..<8 {
          group.addTask {
            var mine: [MailboxID] = []
            // Nothing that is locked by another is waited for, so a look may find nothing while there is something.
            for _ in 0..<40 { if let leased = try await base.leasedMailbox() { mine.append(leased.id) } }
            return mine
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(taken.count == 12 && Set(taken).count == 12)
    }
  }
}
