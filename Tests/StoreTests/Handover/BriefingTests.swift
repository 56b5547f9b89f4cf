import Database
import Domain
import Store
import TestSupport
import Testing

/// What is open with a client stands in its briefing: each side's promises apart, late ones marked, for whoever may see them.
struct BriefingTests {
  @Test(arguments: Engine.all) func showsWhatIsOpen(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(of: base.maria)
      let today = Zone.utc.date(base.now), soon = today.adding(days: 3)
      try await base.write { tx in
        func promise(_ what: String, _ side: PromiseSide, _ day: CalendarDate) throws -> PromiseID {
          try tx.makePromise(
            PromiseTerms(side: side, what: what, ownerID: base.maria.id), due: PromiseDue(date: day, zone: .utc), to: firm)
        }
        _ = try promise("Send the price", .us, soon)
        _ = try promise("Sign", .client, soon.adding(days: 7))
        try tx.keepPromise(try promise("Call back", .us, soon))
        _ = try tx.addTask(TaskDraft(title: "Print", clientID: firm, ownerID: base.ivan.id))
        _ = try tx.addTask(TaskDraft(title: "Elsewhere", ownerID: base.ivan.id))
      }
      let later = base.now.adding(milliseconds: 5 * Instant.day)
      let briefing = try await base.store.read(as: base.owner, at: later) { try $0.briefing(of: firm) }
      let parts = Dictionary(uniqueKeysWithValues: briefing.parts.map { ($0.key, $0.lines) })
      #expect(parts["our_promises"]?.map(\.text) == ["Send the price"])
      #expect(parts["our_promises"]?.map(\.isPressing) == [true])
      #expect(parts["our_promises"]?.map(\.when) == [.on(soon)])
      #expect(parts["their_promises"]?.map(\.text) == ["Sign"])
      #expect(parts["their_promises"]?.map(\.isPressing) == [false])
      #expect(parts["tasks"]?.map(\.text) == ["Print"])
      #expect(Set(parts.keys) == Set(BriefingSources.all.map(\.key)))
    }
  }
}
