import Database
import Domain
import Store
import TestSupport
import Testing

struct RecordingTests {
  @Test(arguments: Engine.all) func historyIsAppendOnly(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let id = try await base.log(firm, minutes: -5, .call, "as said")
      for statement: SQL in [
        "UPDATE history SET body = 'otherwise' WHERE id = \(id)", "UPDATE history SET client_id = client_id WHERE id = \(id)",
        "DELETE FROM history WHERE id = \(id)",
      ] {
        await #expect(throws: DatabaseError.appendOnly) { try await base.write { _ = try $0.connection.run(statement) } }
      }
      try await base.write { tx in
        try tx.connection.run("""
          UPDATE history SET subject = '', body = '', outcome = '', text_key = '', data = '', erased_at = \(tx.now) WHERE id = \(id)
          """)
      }
      let entry = try await base.read { try $0.entry(id) }
      #expect(entry.isErased && entry.body.isEmpty)
    }
  }

  @Test(arguments: Engine.all) func lastContactMovesForwardOnly(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      let anna = try await base.write { try $0.addPerson(ClientDraft(kind: .person, isClient: false, name: "Anna"), to: firm, TieDraft()) }
      #expect(try await base.last(firm)?.at == Instant(milliseconds: 0))
      let call = try await base.log(firm, minutes: -60, .call, person: anna)
      try await base.log(firm, minutes: -600, .letter)
      #expect(try await base.last(firm) == .init(at: base.at(minutes: -60), id: call, channel: "call", by: base.owner.id))
      #expect(try await base.last(anna)?.id == call)
      let mail = try await base.log(firm, minutes: -10, .email)
      #expect(try await base.last(firm)?.id == mail)
      #expect(try await base.last(anna)?.id == call)
      try await base.write { _ = try $0.addNote(Note(occurredAt: $0.now, body: "no contact"), client: firm) }
      #expect(try await base.last(firm)?.id == mail)
    }
  }

  @Test(arguments: Engine.all) func bulkEntriesReadLikeOthers(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      try await base.write { tx in
        try tx.insertHistory((0..<120).map { index in
          HistoryDraft(
            .contact(Contact(channel: .visit, direction: .incoming, occurredAt: base.at(minutes: Int64(-index)), body: "Ёлка \(index)")),
            client: firm, by: base.maria.id, recordedAt: base.now)
        })
        try tx.recomputeLastContact(of: firm)
      }
      let timeline = try await base.read { try $0.timeline(of: firm, TimelineFilter(kind: .contacts)) }
      #expect(timeline.entries.count == 50)
      #expect(timeline.entries.first?.occurredAt == base.now)
      #expect(timeline.accounts == [base.maria.id: "Maria Ivanova"])
      #expect(try await base.last(firm)?.at == base.now)
      let found = try await base.read { try $0.timeline(of: firm, TimelineFilter(find: "елка 119")) }
      #expect(found.entries.map(\.body) == ["Ёлка 119"])
    }
  }

  @Test(arguments: Engine.all) func onlyPeopleOfTheClientAreTaken(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(), other = try await base.firm("Beta")
      let before = try await base.counts()
      await #expect(throws: InvalidForm.self) { try await base.log(firm, minutes: 0, person: other) }
      #expect(try await base.counts() == before)
    }
  }
}
