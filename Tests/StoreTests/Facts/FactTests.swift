import Domain
import Store
import TestSupport
import Testing

struct FactTests {
  @Test(arguments: Engine.all) func isKeptChangedEndedAndPutBack(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let draft = FactDraft(kind: .date, text: "Name day", date: PartialDate(month: 2, day: 29), source: "call")
      let id = try await base.write { try $0.addFact(draft, to: firm) }
      #expect(try await base.read { try $0.knowledge(of: firm).facts.map(\.draft) } == [draft])
      var changed = draft
      changed.text = "Name day of the director"
      try await base.write { [changed] in try $0.changeFact(id, to: changed, version: 1) }
      await #expect(throws: Refusal.conflict(currentVersion: 2)) { try await base.write { try $0.changeFact(id, to: draft, version: 1) } }
      try await base.write { try $0.endFact(id, version: 2) }
      let ended = try await base.read { try $0.fact(id) }
      #expect(ended.endedAt == base.now && ended.version == 3)
      let undo = try await base.write { try $0.leaveUndo(ofEnding: id, version: 3, returnTo: "/") }
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await base.read { try $0.fact(id).endedAt } == nil)
      let kinds = try await base.read { try $0.timeline(of: firm, TimelineFilter(kind: .automatic)).entries.map(\.kind) }
      #expect(Array(kinds.prefix(4)) == [.factRestored, .factEnded, .factChanged, .factAdded])
    }
  }

  @Test func anEndDateThatPassedGoesWithTheEnd() async throws {
    try await withTestBase(.sqlite) { base in
      let firm = try await base.firm()
      let id = try await base.write { try $0.addFact(FactDraft(kind: .other, text: "on leave", endsOn: CalendarDate("2026-11-01")), to: firm) }
      let today = try #require(CalendarDate("2026-11-05"))
      #expect(try await base.read { try $0.fact(id).isEnded(on: today) })
      try await base.write { try $0.restoreFact(id, version: 1) }
      #expect(try await base.read { try !$0.fact(id).isEnded(on: today) })
    }
  }
}
