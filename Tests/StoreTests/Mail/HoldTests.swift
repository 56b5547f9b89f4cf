import Database
import Domain
import Store
import TestSupport
import Testing

/// A copy of a base writes to nobody until a person says so.
@Suite struct HoldTests {
  @Test(arguments: Engine.all) func theFirstPlaceIsHome(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer()
      #expect(try await base.store.settleMail(at: "here", now: base.now) == nil)
      #expect(try await base.store.settleMail(at: "here", now: base.now) == nil)
      try await base.enqueue("a")
      #expect(try await base.lease(at: base.now) != nil)
    }
  }

  @Test(arguments: Engine.all, [false, true]) func elsewhereItWaits(engine: Engine, dropsWaiting: Bool) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer()
      _ = try await base.store.settleMail(at: "here", now: base.now)
      try await base.enqueue("before")
      #expect(try await base.store.settleMail(at: "there", now: base.now) == .moved)
      let later = base.now.adding(milliseconds: 1000)
      try await base.enqueue("after", at: later)
      #expect(try await base.lease(at: later) == nil)
      // A restart changes nothing, not even back at home.
      #expect(try await base.store.settleMail(at: "there", now: later) == .moved)
      #expect(try await base.store.settleMail(at: "here", now: later) == .moved)
      await #expect(throws: Refusal.forbidden(.manageInstallation)) {
        try await base.write(as: base.maria) { try $0.releaseMail(at: "there", dropsWaiting: true) }
      }
      try await base.write { try $0.releaseMail(at: "there", dropsWaiting: dropsWaiting) }
      #expect(try await base.mails() == ["before": dropsWaiting ? .cancelled : .queued, "after": .queued])
      #expect(try await base.lease(at: later) != nil)
      #expect(try await base.store.settleMail(at: "there", now: later) == nil)
    }
  }

  @Test(arguments: Engine.all) func restoredItWaitsAtHomeToo(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.setMailServer()
      _ = try await base.store.settleMail(at: "here", now: base.now)
      try await base.enqueue("a")
      try await base.store.holdRestoredMail(at: base.now)
      #expect(try await base.store.settleMail(at: "here", now: base.now) == .restored)
      #expect(try await base.lease(at: base.now) == nil)
      #expect(try await base.store.mailHold()?.because == .restored)
    }
  }

  @Test func aSealIsOpenedByItsKeyAlone() throws {
    let key = try #require(SealKey(Secret.random(SealKey.length))), other = try #require(SealKey(Secret.random(SealKey.length)))
    for text in ["", "geheim", "пароль ✓"] {
      let sealed = key.seal(text)
      #expect(key.open(sealed) == text)
      #expect(other.open(sealed) == nil)
      #expect(key.seal(text) != sealed)
      var changed = sealed
      changed[changed.count - 1] ^= 1
      #expect(key.open(changed) == nil)
    }
    #expect(SealKey(hex: "zz") == nil && SealKey([1, 2]) == nil)
    #expect(SealKey(hex: Secret.hex(Secret.random(32))) != nil)
  }
}
