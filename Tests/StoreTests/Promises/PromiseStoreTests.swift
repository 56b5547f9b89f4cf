import Database
import Domain
import Store
import TestSupport
import Testing

struct PromiseStoreTests {
  @Test(arguments: Engine.all) func isMadeKeptAndTakenBack(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(of: base.maria), keeper = base.maria
      let id = try await base.promise(firm)
      let made = try await base.read { try $0.promise(id) }
      #expect(made.value.terms.what == "price" && made.value.state == .open && made.version == 1 && made.ownerName == "Maria Ivanova")
      #expect(try await base.reason(id) == keeper.id)
      let undo = try await base.write { tx in
        try tx.keepPromise(id, version: 1)
        return try tx.leaveUndo(ofSettling: id, as: .kept, version: 2, returnTo: "/")
      }
      #expect(try await base.read { try $0.promise(id).value.wasKeptOnTime })
      #expect(try await base.reason(id) == nil)
      await #expect(throws: PromiseRefusal.settled) { try await base.write { try $0.breakPromise(id) } }
      await #expect(throws: Refusal.conflict(currentVersion: 2)) { try await base.write { try $0.keepPromise(id, version: 1) } }
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await base.read { try $0.promise(id).value } == made.value)
      #expect(try await base.reason(id) == keeper.id)
      let kinds = try await base.read { try $0.timeline(of: firm, TimelineFilter(kind: .automatic)).entries.map(\.kind) }
      #expect(Array(kinds.prefix(3)) == [.promiseReopened, .promiseKept, .promiseMade])
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func getsAnotherDateAndTheOldOneBack(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.promise(firm), before = try await base.read { try $0.promise(id) }
      let later = try base.due("2026-11-20", "16:00")
      let undo = try await base.write { tx in
        try tx.renegotiatePromise(id, to: later, because: "the printer is ill", version: 1)
        return try tx.leaveUndo(ofMoving: before, returnTo: "/")
      }
      let moved = try await base.read { try $0.promise(id) }
      #expect(moved.value.due == later && moved.value.moves == 1 && !moved.value.wasLate)
      let history = try await base.read { try $0.promiseHistory(moved).entries.compactMap(\.event) }
      guard case .promise(.renegotiated, let note) = try #require(history.first) else { return #expect(Bool(false), "no renegotiation told") }
      #expect(note.oldDue == before.value.due && note.due == later && note.reason == "the printer is ill")
      #expect(try await base.faults() == [])
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await base.read { try $0.promise(id).value } == before.value)
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func mayBeWithdrawnBrokenCancelledAndReopened(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let steps: [(PromiseState, @Sendable (Transaction, PromiseID) throws -> Void)] = [
        (.withdrawn, { try $0.withdrawPromise($1, because: "bought elsewhere") }), (.broken, { try $0.breakPromise($1, because: "forgotten") }),
        (.cancelled, { try $0.cancelPromise($1) }),
      ]
      for (state, step) in steps {
        let id = try await base.promise(firm, "\(state)")
        try await base.write { try step($0, id) }
        #expect(try await base.read { try $0.promise(id).value.state } == state)
        #expect(try await base.reason(id) == nil)
        let before = try await base.read { try $0.promise(id) }
        let undo = try await base.write { tx in
          try tx.reopenPromise(id, version: 2)
          return try tx.leaveUndo(ofReopening: before, returnTo: "/")
        }
        #expect(try await base.reason(id) != nil)
        _ = try await base.store.undo(undo, as: base.owner, at: base.now)
        #expect(try await base.read { try $0.promise(id).value } == before.value)
      }
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func isSeenAndChangedOnlyWithinTheScope(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let mine = try await base.firm("Mine", of: base.maria), theirs = try await base.firm("Theirs", of: base.ivan)
      let own = try await base.promise(mine), other = try await base.promise(theirs)
      for (actor, seen) in [(base.maria, [own]), (base.piotr, [own]), (base.ivan, [other]), (base.reader, [own, other]), (base.owner, [own, other])] {
        let ids = try await base.read(as: actor) { try $0.promises(PromiseFilter()).lines.map(\.id) }
        #expect(Set(ids) == Set(seen), "\(actor.name)")
      }
      let counts = try await base.counts()
      await #expect(throws: Refusal.notFound) { try await base.write(as: base.ivan) { try $0.keepPromise(own) } }
      await #expect(throws: Refusal.notFound) { try await base.read(as: base.ivan) { try $0.promise(own) } }
      await #expect(throws: Refusal.forbidden(.editPromises)) { try await base.write(as: base.reader) { try $0.keepPromise(own) } }
      let terms = PromiseTerms(what: "x", ownerID: base.maria.id), due = try base.due("2026-11-06")
      await #expect(throws: Refusal.notFound) { try await base.write(as: base.ivan) { try $0.makePromise(terms, due: due, to: mine) } }
      let closed = PromiseTerms(what: "x", ownerID: base.reader.id)
      await #expect(throws: InvalidForm.self) { try await base.write { try $0.makePromise(closed, due: due, to: mine) } }
      #expect(try await base.counts() == counts)
    }
  }

  @Test(arguments: Engine.all) func listsByStateOwnerTeamSideAndPage(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      var ids: [PromiseID] = []
      for day in 1...9 { ids.append(try await base.promise(firm, "p\(day)", due: "2026-11-0\(day)", by: day == 9 ? .client : .us, of: day == 8 ? base.ivan : nil)) }
      let kept = ids[0]
      try await base.write { try $0.keepPromise(kept) }
      func list(_ filter: PromiseFilter) async throws -> [PromiseID] { try await base.read { try $0.promises(filter).lines.map(\.id) } }
      #expect(try await list(PromiseFilter(.open)) == Array(ids[1...]))
      #expect(try await list(PromiseFilter(.overdue)) == Array(ids[1...3]))
      #expect(try await list(PromiseFilter(.today)) == [ids[4]])
      #expect(try await list(PromiseFilter(.kept)) == [kept])
      #expect(try await list(PromiseFilter(.kept, inTime: true)) == [])
      #expect(try await list(PromiseFilter(.open, owner: base.ivan.id)) == [ids[7]])
      #expect(try await list(PromiseFilter(.open, team: TeamID(2))) == [ids[7]])
      #expect(try await list(PromiseFilter(.open, side: .client)) == [ids[8]])
      #expect(try await list(PromiseFilter(.open, from: CalendarDate("2026-11-03"), until: CalendarDate("2026-11-04"))) == Array(ids[2...3]))
      var found: [PromiseID] = [], cursor: ListCursor?
      repeat {
        let place = cursor
        let page = try await base.read { try $0.promises(PromiseFilter(.open), after: place, limit: 3) }
        found += page.lines.map(\.id)
        cursor = page.next
      } while cursor != nil
      #expect(found == Array(ids[1...]))
      #expect(try await base.read { try $0.clients(ClientFilter(.clients, pairs: [("promise", "overdue")]), ClientSort(.name), after: nil).lines.count } == 1)
    }
  }

  /// No list walks a table: every state and scope is served by an index in its order.
  @Test func readsListsByAnIndex() async throws {
    try await withTestBase(.sqlite) { base in
      let filters = [
        PromiseFilter(.open, owner: base.maria.id), PromiseFilter(.overdue, owner: base.maria.id), PromiseFilter(.open),
        PromiseFilter(.kept, owner: base.maria.id), PromiseFilter(.kept), PromiseFilter(.open, client: ClientID(1)),
      ]
      for filter in filters {
        let plan = try await base.read { reader in
          try reader.connection.rows("EXPLAIN QUERY PLAN \(reader.promiseQuery(filter, after: nil, limit: 50))") { row in
            row.skip(3)
            return try row.next(String.self)
          }
        }
        #expect(!plan.contains { $0.hasPrefix("SCAN pr") && !$0.contains("USING INDEX") }, "\(filter): \(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") } || filter.client != nil, "\(filter): \(plan)")
      }
    }
  }

  @Test(arguments: Engine.all) func isOfferedFromAnEntryUntilItIsMade(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(), other = try await base.firm("Beta")
      let entry = try await base.log(firm, minutes: -10, .call, "Long talk.\n→ price by Friday\n→ samples by 12 Nov")
      let offers = try await base.read { try $0.promisesOffered(in: entry, of: firm) }
      #expect(offers.map(\.what) == ["price", "samples"])
      #expect(try await base.read { try $0.promisesOffered(in: entry, of: other) } == [])
      let terms = PromiseTerms(what: "price", ownerID: base.maria.id), due = try base.due("2026-11-06")
      let made = try await base.write { try $0.makePromise(terms, due: due, to: firm, saidAt: base.at(minutes: -10), in: entry) }
      #expect(try await base.read { try $0.promisesOffered(in: entry, of: firm).map(\.what) } == ["samples"])
      #expect(try await base.read { try $0.timeline(of: firm, TimelineFilter(kind: .contacts)).entries.first?.promises.map(\.id) } == [made])
      await #expect(throws: Refusal.notFound) { try await base.write { try $0.makePromise(terms, due: due, to: other, in: entry) } }
    }
  }

  @Test(arguments: Engine.all) func keepsEvidenceOfTheSameClient(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(), other = try await base.firm("Beta")
      let id = try await base.promise(firm)
      let entry = try await base.log(firm, minutes: -10), foreign = try await base.log(other, minutes: -5)
      try await base.write { tx in
        try tx.addEvidence(.entry(entry), to: id)
        try tx.addEvidence(.link("https://example.com/price"), to: id)
      }
      await #expect(throws: InvalidForm.self) { try await base.write { try $0.addEvidence(.entry(foreign), to: id) } }
      let lines = try await base.read { try $0.evidence(of: id) }
      #expect(lines.map(\.evidence) == [.entry(entry), .link("https://example.com/price")])
      let first = try #require(lines.first).id
      _ = try await base.write { try $0.removeEvidence(first) }
      #expect(try await base.read { try $0.evidence(of: id).count } == 1)
    }
  }

  @Test(arguments: Engine.all) func losesItsWordsWithItsClient(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(), id = try await base.promise(firm)
      try await base.write { try $0.addEvidence(.link("https://example.com"), to: id) }
      try await base.write { try $0.take(.remove, [firm]) }
      _ = try await base.store.purgeBin(at: base.now.adding(milliseconds: 31 * Instant.day))
      #expect(try await base.read { try $0.connection.value("SELECT what FROM promise WHERE id = \(id)", as: String.self) } == "–")
      #expect(try await base.number("SELECT count(*) FROM promise_evidence") == 0)
      #expect(try await base.faults() == [])
    }
  }
}
