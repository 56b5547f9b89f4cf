import Database
import Domain
import Store
import TestSupport
import Testing

struct CorrectingTests {
  @Test(arguments: Engine.all) func aCorrectionTakesTheOriginalsPlace(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.log(firm, minutes: -30, .call, "fisrt words")
      let new = try await base.write { tx in
        try tx.pin(id)
        return try tx.correct(
          id, with: .contact(Contact(channel: .meeting, direction: .incoming, occurredAt: base.at(minutes: -40), body: "first words")),
          because: "typing error")
      }
      let timeline = try await base.read { try $0.timeline(of: firm) }
      #expect(timeline.pinned.map(\.id) == [new])
      let entry = try #require(timeline.pinned.first)
      #expect(entry.body == "first words" && entry.reason == "typing error")
      #expect(entry.before.map(\.body) == ["fisrt words"])
      #expect(!timeline.entries.contains { $0.id == id })
      #expect(try await base.last(firm) == .init(at: base.at(minutes: -40), id: new, channel: "meeting", by: base.owner.id))
      // Correcting the corrected is refused: someone was faster.
      let before = try await base.counts()
      await #expect(throws: Refusal.self) { try await base.write { _ = try $0.withdraw(id) } }
      #expect(try await base.counts() == before)
    }
  }

  @Test(arguments: Engine.all) func versionsChain(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      var id = try await base.log(firm, minutes: -30, .call, "1")
      for text in ["2", "3"] {
        let old = id
        id = try await base.write {
          try $0.correct(old, with: .contact(Contact(channel: .call, direction: .outgoing, occurredAt: base.now, body: text)), because: "")
        }
      }
      let entries = try await base.read { try $0.timeline(of: firm, TimelineFilter(kind: .contacts)).entries }
      #expect(entries.map(\.body) == ["3"])
      #expect(entries.first?.before.map(\.body) == ["2", "1"])
    }
  }

  @Test(arguments: Engine.all) func withdrawingRecomputesAndCanBeTakenBack(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let old = try await base.log(firm, minutes: -300, .letter), call = try await base.log(firm, minutes: -3, .call, "words")
      let undo = try await base.write { tx in
        try tx.leaveUndo(ofWithdrawal: tx.withdraw(call, because: "wrong client"), returnTo: "/")
      }
      #expect(try await base.last(firm)?.id == old)
      #expect(try await base.contacts(firm) == [old])
      let entries = try await base.read { try $0.timeline(of: firm).entries }
      let withdrawal = try #require(entries.first { $0.kind == .withdrawal })
      #expect(withdrawal.before.map(\.body) == ["words"] && withdrawal.reason == "wrong client")
      #expect(try await base.store.undo(undo, as: base.owner, at: base.now) == "/")
      let again = try await base.read { try $0.timeline(of: firm, TimelineFilter(kind: .contacts)).entries }
      #expect(again.map(\.body) == ["words", ""])
      #expect(try await base.last(firm)?.id == again.first?.id)
    }
  }

  @Test(arguments: Engine.all) func undoOfLoggingWithdraws(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let undo = try await base.write { tx in
        let id = try tx.logContact(Contact(channel: .call, direction: .outgoing, occurredAt: tx.now), client: firm)
        return try tx.leaveUndo(ofLogging: id, summary: "history.undo.logged", returnTo: "/clients")
      }
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await base.contacts(firm) == [])
      #expect(try await base.last(firm)?.at == Instant(milliseconds: 0))
      await #expect(throws: Refusal.notFound) { try await base.store.undo(undo, as: base.owner, at: base.now) }
    }
  }

  @Test(arguments: Engine.all) func oneOfManyCorrectionsWins(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.log(firm, minutes: -1)
      let wins = await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<12 { group.addTask { (try? await base.write { try $0.withdraw(id) }) != nil } }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(wins == 1)
      let withdrawals = try await base.read { try $0.connection.required("SELECT count(*) FROM history WHERE kind = 'withdrawal'", as: Int64.self) }
      #expect(withdrawals == 1)
    }
  }

  @Test(arguments: Engine.all) func filesGoOverAndAreStoredOnce(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let bytes = Array("offer".utf8)
      let id = try await base.log(firm, minutes: -1)
      try await base.write { tx in
        try tx.attach([FileDraft(name: "a.pdf", mediaType: "application/pdf", bytes: bytes), FileDraft(name: "b.pdf", mediaType: "application/pdf", bytes: bytes)], to: id)
      }
      let files = try await base.read { try $0.timeline(of: firm, TimelineFilter(kind: .contacts)).entries.first?.files } ?? []
      #expect(files.map(\.name) == ["a.pdf", "b.pdf"])
      let kept = try #require(files.first)
      let new = try await base.write {
        try $0.correct(id, with: .contact(Contact(channel: .call, direction: .outgoing, occurredAt: base.now)), because: "", keeping: [kept.id])
      }
      let now = try await base.read { try $0.entryPage(new).entries.first?.files } ?? []
      #expect(now.map(\.name) == ["a.pdf"])
      let copy = try #require(now.first)
      #expect(try await base.read { try $0.attachment(copy.id).bytes } == bytes)
      #expect(try await base.read { try $0.connection.required("SELECT count(*) FROM stored_file", as: Int64.self) } == 1)
    }
  }
}
