import Database
import Domain
import Store
import Synchronization
import TestSupport
import Testing

/// Mail that is asked for in a transaction, taken by senders, and what its end is.
@Suite struct OutboxTests {
  @Test(arguments: Engine.all) func oneOccasionIsOneMail(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer()
      let first = try await base.write { try $0.enqueueMail(base.draft("promise:1")) }
      let second = try await base.write { try $0.enqueueMail(base.draft("promise:1")) }
      #expect(first != nil && second == nil)
      #expect(try await base.mails() == ["promise:1": .queued])
    }
  }

  @Test(arguments: Engine.all) func nothingIsAskedForWhenTheChangeFails(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      struct Failed: Error {}
      _ = try? await base.write { tx in
        try tx.enqueueMail(base.draft("a"))
        throw Failed()
      }
      let mails = try await base.mails()
      #expect(mails.isEmpty)
    }
  }

  @Test(arguments: Engine.all) func isSentAndLeavesTheQueue(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer()
      try await base.enqueue("a")
      let mail = try await base.leased()
      #expect(mail.address == "user1@example.com" && mail.language == .en && mail.letter.subject == .words("mail.test_subject"))
      #expect(try await base.lease(at: base.now) == nil)
      #expect(try await base.store.outbox.begin(mail, at: base.now))
      try await base.store.outbox.finish(mail, .accepted(reply: "250 ok"), at: base.now)
      #expect(try await base.mails() == ["a": .sent])
      #expect(try await base.lease(at: base.now.adding(milliseconds: Instant.day)) == nil)
    }
  }

  @Test(arguments: Engine.all) func deferredIsTriedAgainUntilItIsTooOld(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer()
      try await base.enqueue("a")
      var now = base.now, attempts = 0
      while let mail = try await base.lease(at: now) {
        attempts += 1
        #expect(mail.attempts == attempts)
        #expect(try await base.store.outbox.begin(mail, at: now))
        try await base.store.outbox.finish(mail, .deferred(code: 451, "later"), at: now)
        #expect(try await base.lease(at: now.adding(milliseconds: 1000)) == nil)
        now = now.adding(milliseconds: MailBackoff.wait(afterAttempt: attempts))
      }
      // 1, 5, 15, 60, 180, then 360 minutes within two days.
      #expect(attempts == 13)
      #expect(try await base.mails() == ["a": .failed])
    }
  }

  @Test(arguments: Engine.all) func aServerInTroubleRestsAndCostsNoAttempt(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer()
      try await base.enqueue("a")
      try await base.enqueue("b")
      let mail = try await base.leased()
      try await base.store.outbox.finish(mail, .trouble("connection refused"), at: base.now)
      #expect(try await base.lease(at: base.now.adding(milliseconds: 14_000)) == nil)
      let again = try #require(try await base.lease(at: base.now.adding(milliseconds: 15_000)))
      #expect(again.attempts == 1)
      #expect(try await base.read { try $0.mailServer() }.trouble == "connection refused")
    }
  }

  @Test(arguments: Engine.all) func whoDiesBeforeTheTextLeavesItToAnother(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer()
      try await base.enqueue("a")
      let dead = try await base.leased()
      let later = base.now.adding(milliseconds: OutboxStore.lease + 1000)
      let mail = try #require(try await base.lease(at: later))
      #expect(mail.id == dead.id && mail.messageID == dead.messageID)
      // The first wakes: it may not begin.
      #expect(try await base.store.outbox.begin(dead, at: later) == false)
      #expect(try await base.store.outbox.begin(mail, at: later))
    }
  }

  @Test(arguments: Engine.all) func whoDiesWhileTheTextLeavesMakesItUnknown(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer()
      try await base.enqueue("a")
      let dead = try await base.leased()
      #expect(try await base.store.outbox.begin(dead, at: base.now))
      let later = base.now.adding(milliseconds: OutboxStore.lease + 1000)
      #expect(try await base.lease(at: later) == nil)
      #expect(try await base.mails() == ["a": .unknown])
      // It was only slow, and the server took it after all.
      try await base.store.outbox.finish(dead, .accepted(reply: "250 ok"), at: later)
      #expect(try await base.mails() == ["a": .sent])
    }
  }

  @Test(arguments: Engine.all) func rateHolds(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer(perMinute: 6)
      for key in ["a", "b", "c"] { try await base.enqueue(key) }
      var sent: [Int64] = []
      for second in 0...60 {
        let moment = base.now.adding(milliseconds: Int64(second) * 1000)
        guard let mail = try await base.lease(at: moment) else { continue }
        sent.append(base.now.milliseconds(to: moment) / 1000)
        try await base.store.outbox.finish(mail, .accepted(reply: ""), at: moment)
      }
      #expect(sent == [0, 10, 20])
    }
  }

  @Test(arguments: Engine.all) func aClosedAccountGetsNothing(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer()
      try await base.enqueue("a")
      _ = try await base.write { try $0.connection.run("UPDATE account SET closed_at = 1 WHERE id = \(base.maria.id)") }
      #expect(try await base.lease(at: base.now) == nil)
      #expect(try await base.mails() == ["a": .cancelled])
    }
  }

  @Test(arguments: Engine.all) func takenBackBeforeItLeft(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer()
      try await base.enqueue("a")
      let mail = try await base.leased()
      #expect(try await base.write { try $0.cancelMail(key: "a") })
      #expect(try await base.store.outbox.begin(mail, at: base.now) == false)
      #expect(try await base.write { try $0.cancelMail(key: "a") } == false)
    }
  }

  /// Eight senders, each of which dies at random before, within or after the handing over: no mail is handed over twice, and
  /// none is lost without its being said.
  @Test(arguments: Engine.all, [UInt64(1), 2]) func eightDyingSenders(engine: Engine, seed: UInt64) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer(perMinute: 6000)
      let count = 120
      try await base.write { tx in for number in 0..<count { try tx.enqueueMail(base.draft("m\(number)")) } }
      let world = World(base.now)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<8 { group.addTask { try await world.work(base, seed: seed &* 100 &+ UInt64(worker)) } }
        try await group.waitForAll()
      }
      let states = try await base.mails()
      let copies = world.copies
      #expect(copies.values.allSatisfy { $0 == 1 })
      let sent = states.values.filter { $0 == .sent }.count, unknown = states.values.filter { $0 == .unknown }.count
      #expect(sent + unknown == count, "\(states.values)")
      #expect(sent > count / 2 && copies.count >= sent && copies.count <= sent + unknown)
    }
  }
}

/// A clock that goes on at each step, so that leases run out, and the server that counts what it gets.
private final class World: Sendable {
  private let clock: Mutex<Instant>
  private let handedOver = Mutex<[MailID: Int]>([:])
  init(_ start: Instant) { clock = Mutex(start) }

  var copies: [MailID: Int] { handedOver.withLock { $0 } }

  func work(_ base: TestBase, seed: UInt64) async throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<400 {
      let now = clock.withLock { value in
        value = value.adding(milliseconds: 1500)
        return value
      }
      guard let mail = try await base.lease(at: now) else { continue }
      let fate = random.next() % 8
      if fate == 0 { continue }
      guard try await base.store.outbox.begin(mail, at: now) else { continue }
      if fate == 1 { continue }
      handedOver.withLock { $0[mail.id, default: 0] += 1 }
      if fate == 2 { continue }
      try await base.store.outbox.finish(mail, .accepted(reply: ""), at: now)
    }
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
