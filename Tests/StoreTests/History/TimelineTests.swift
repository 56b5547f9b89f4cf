import Database
import Domain
import Store
import TestSupport
import Testing

struct TimelineTests {
  @Test(arguments: Engine.all) func equalTimesKeepTheOrderOfRecording(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      var ids: [HistoryID] = []
      for _ in 0..<4 { ids.append(try await base.log(firm, minutes: -1)) }
      #expect(try await base.contacts(firm) == ids.reversed())
    }
  }

  /// Pages are walked while entries are added before, after and between: each old entry comes once, in order.
  @Test(arguments: Engine.all) func pagesAreCompleteWithoutRepeats(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      try await base.write { tx in
        try tx.insertHistory((0..<137).map { index in
          HistoryDraft(.note(Note(occurredAt: base.at(minutes: Int64(-(index / 3))), body: "\(index)")), client: firm, by: nil, recordedAt: tx.now)
        })
      }
      let filter = TimelineFilter(kind: .notes)
      let all = try await base.read { try $0.timeline(of: firm, filter, limit: 1000).entries.map(\.id) }
      #expect(all.count == 137)
      var seen: [HistoryID] = []
      var page = TimelinePage.newest
      var places: [TimelinePlace] = []
      while true {
        let asked = page
        let timeline = try await base.read { try $0.timeline(of: firm, filter, page: asked, limit: 10) }
        seen += timeline.entries.map(\.id)
        guard let older = timeline.older else { break }
        places.append(older)
        page = .before(older)
        try await base.write { tx in
          for minutes in [5, -20] as [Int64] { try tx.addNote(Note(occurredAt: base.at(minutes: minutes), body: "late"), client: firm) }
        }
      }
      let known = Set(all)
      #expect(seen.filter(known.contains) == all)
      #expect(Set(seen).count == seen.count)
      let last = try #require(places.last)
      let back = try await base.read { try $0.timeline(of: firm, filter, page: .after(last), limit: 5) }
      #expect(back.entries.count == 5 && back.entries.allSatisfy { $0.place > last })
      #expect(back.entries.map(\.place) == back.entries.map(\.place).sorted(by: >))
    }
  }

  @Test(arguments: Engine.all) func filtersNarrow(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let anna = try await base.write { try $0.addPerson(ClientDraft(kind: .person, isClient: false, name: "Анна"), to: firm, TieDraft()) }
      let call = try await base.log(firm, minutes: -3, .call, "100% сезон_а", person: anna)
      let mail = try await base.log(firm, minutes: -2, .email, "Łódź", as: base.owner)
      let note = try await base.write { try $0.addNote(Note(occurredAt: base.now, body: "1000 сезонка"), client: firm) }
      func ids(_ filter: TimelineFilter) async throws -> [HistoryID] {
        try await base.read { try $0.timeline(of: firm, filter).entries.map(\.id) }
      }
      #expect(try await ids(TimelineFilter(kind: .contacts)) == [mail, call])
      #expect(try await ids(TimelineFilter(kind: .notes)) == [note])
      #expect(try await ids(TimelineFilter(channel: .email)) == [mail])
      #expect(try await ids(TimelineFilter(kind: .contacts, person: anna)) == [call])
      #expect(try await ids(TimelineFilter(kind: .contacts, author: base.maria.id)) == [])
      #expect(try await ids(TimelineFilter(find: "LODZ")) == [mail])
      #expect(try await ids(TimelineFilter(find: "100%")) == [call])
      #expect(try await ids(TimelineFilter(find: "сезон_а 100")) == [call])
      let automatic = try await base.read { try $0.timeline(of: firm, TimelineFilter(kind: .automatic)).entries }
      #expect(automatic.map(\.kind).contains(.partyCreated) && automatic.allSatisfy { $0.event != nil })
    }
  }

  @Test(arguments: Engine.all) func aPersonSeesWhatWasSaidElsewhere(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm("Alfa", of: base.maria), other = try await base.firm("Beta", of: base.ivan)
      let anna = try await base.write { tx in
        let anna = try tx.addPerson(ClientDraft(kind: .person, isClient: false, name: "Anna"), to: firm, TieDraft())
        _ = try tx.addTie(company: other, person: anna, TieDraft())
        return anna
      }
      let here = try await base.log(firm, minutes: -2, person: anna), there = try await base.log(other, minutes: -1, person: anna)
      #expect(try await base.contacts(anna) == [there, here])
      // Maria is not shown what was said at a client out of her scope.
      #expect(try await base.contacts(anna, as: base.maria) == [here])
    }
  }

  @Test func readsAlongItsIndex() async throws {
    try await withTestBase(.sqlite) { base in
      let plans = try await base.read { reader in
        try [("", "history_client "), (" AND NOT h.automatic AND h.kind = 'contact'", "history_client_contacts ")].map { condition, index in
          let plan = try reader.connection.rows("""
            EXPLAIN QUERY PLAN SELECT h.id FROM history h LEFT JOIN history_mark m ON m.history_id = h.id
            WHERE h.client_id = 1 AND m.superseded_by IS NULL\(SQL(unsafe: condition)) AND (h.occurred_at, h.id) < (5, 5)
            ORDER BY h.occurred_at DESC, h.id DESC LIMIT 51
            """) { row -> String in
              row.skip(3)
              return try row.next()
            }.joined(separator: "\n")
          return (plan, index)
        }
      }
      for (plan, index) in plans {
        #expect(plan.contains("USING INDEX \(index)") || plan.contains("USING COVERING INDEX \(index)"), "\(plan)")
        #expect(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "\(plan)")
      }
    }
  }
}
