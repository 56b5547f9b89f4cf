import Database
import Domain
import Store
import TestSupport
import Testing

struct PromiseShareTests {
  /// One promise of each fate, counted by hand.
  @Test(arguments: Engine.all) func countsWhatTheDefinitionSays(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(of: base.maria)
      let start = base.now.adding(milliseconds: -20 * Instant.day)
      func at(_ days: Int64) -> Instant { start.adding(milliseconds: days * Instant.day) }
      // Made on 16 October; due on the 20th unless said otherwise.
      var ids: [String: PromiseID] = [:]
      for name in ["on time", "late", "broken", "open", "withdrawn", "cancelled", "moved in time", "moved too late", "future", "kept before"] {
        let due = name == "future" ? "2026-12-20" : name == "kept before" ? "2026-11-30" : "2026-10-20"
        ids[name] = try await base.promise(firm, name, due: due, at: start)
      }
      func act(_ name: String, _ days: Int64, _ body: @escaping @Sendable (Transaction, PromiseID) throws -> Void) async throws {
        let id = try #require(ids[name])
        try await base.write(at: at(days)) { try body($0, id) }
      }
      let moved = try base.due("2026-10-30")
      try await act("on time", 2) { try $0.keepPromise($1) }
      try await act("late", 9) { try $0.keepPromise($1) }
      try await act("broken", 9) { try $0.breakPromise($1) }
      try await act("withdrawn", 2) { try $0.withdrawPromise($1) }
      try await act("cancelled", 2) { try $0.cancelPromise($1) }
      try await act("moved in time", 2) { try $0.renegotiatePromise($1, to: moved, because: "agreed") }
      try await act("moved in time", 10) { try $0.keepPromise($1) }
      try await act("moved too late", 8) { try $0.renegotiatePromise($1, to: moved, because: "agreed") }
      try await act("moved too late", 10) { try $0.keepPromise($1) }
      try await act("kept before", 10) { try $0.keepPromise($1) }
      let all = (try #require(CalendarDate("2026-01-01")))...(try #require(CalendarDate("2026-12-31")))
      // Counted: on time, late, broken, open (overdue), moved in time, moved too late, kept before.
      #expect(try await base.read { try $0.promiseShare(PromiseScope(), all) } == PromiseShare(onTime: 3, counted: 7))
      let months = try await base.read { try $0.promiseShareByMonth(PromiseScope(), all).map { "\($0.month) \($0.share.onTime)/\($0.share.counted)" } }
      #expect(months == ["2026-10-01 2/6", "2026-11-01 1/1"])
      #expect(try await base.read { try $0.promiseShare(PromiseScope(client: firm), all).counted } == 7)
      #expect(try await base.read { try $0.promiseShare(PromiseScope(side: .client), all).counted } == 0)
      #expect(try await base.read { try $0.promiseShareByOwner(PromiseScope(), all).map(\.name) } == ["Maria Ivanova"])
      #expect(try await base.read { try $0.promiseShareByTeam(PromiseScope(), all).map(\.name) } == ["One"])
      #expect(try await base.read(as: base.ivan) { try $0.promiseShare(PromiseScope(), all).counted } == 0)
      #expect(try await base.read(as: base.maria) { try $0.promiseShare(PromiseScope(team: TeamID(1)), all).counted } == 7)
      // A client in the bin counts no more than the list shows it.
      try await base.write { try $0.take(.remove, [firm]) }
      for scope in [PromiseScope(), PromiseScope(client: firm), PromiseScope(owner: base.maria.id)] {
        for actor in [base.owner, base.maria] {
          #expect(try await base.read(as: actor) { try $0.promiseShare(scope, all).counted } == 0)
        }
      }
      #expect(PromiseShare().share == nil && PromiseShare(onTime: 1, counted: 2).share == 0.5)
    }
  }
}
