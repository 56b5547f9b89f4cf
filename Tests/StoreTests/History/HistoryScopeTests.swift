import Database
import Domain
import Store
import TestSupport
import Testing

/// Someone who sees his own clients alone neither reads nor writes others' history; a refusal leaves nothing behind.
struct HistoryScopeTests {
  @Test(arguments: Engine.all) func othersClientsAreOutOfReach(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm("Alfa", of: base.maria)
      let id = try await base.log(firm, minutes: -5, as: base.maria)
      try await base.write(as: base.maria) { try $0.attach([FileDraft(name: "a", mediaType: "text/plain", bytes: [1])], to: id) }
      let fact = try await base.write(as: base.maria) { try $0.addFact(FactDraft(kind: .family, text: "two children"), to: firm) }
      let file = try #require(try await base.read { try $0.entryPage(id).entries.first?.files.first?.id })
      let before = try await base.counts()
      let contact = Contact(channel: .call, direction: .outgoing, occurredAt: base.now)
      let reads: [@Sendable (Reader) throws -> Void] = [
        { _ = try $0.timeline(of: firm) }, { _ = try $0.entry(id) }, { _ = try $0.entryPage(id) }, { _ = try $0.attachment(file) },
        { _ = try $0.knowledge(of: firm) }, { _ = try $0.fact(fact) }, { _ = try $0.loggingSubject(firm) }, { _ = try $0.partyName(firm) },
      ]
      for read in reads { await #expect(throws: Refusal.notFound) { try await base.read(as: base.ivan, read) } }
      let writes: [@Sendable (Transaction) throws -> Void] = [
        { try $0.logContact(contact, client: firm) }, { try $0.addNote(Note(occurredAt: base.now, body: "x"), client: firm) },
        { try $0.correct(id, with: .contact(contact), because: "") }, { try $0.withdraw(id) }, { try $0.pin(id) },
        { try $0.attach([FileDraft(name: "b", mediaType: "text/plain", bytes: [2])], to: id) },
        { try $0.addFact(FactDraft(kind: .family, text: "x"), to: firm) }, { try $0.endFact(fact, version: 1) },
        { try $0.changeFact(fact, to: FactDraft(kind: .family, text: "x"), version: 1) }, { try $0.restoreFact(fact, version: 1) },
      ]
      for write in writes { await #expect(throws: Refusal.notFound) { try await base.write(as: base.ivan, write) } }
      for write in writes { await #expect(throws: Refusal.self) { try await base.write(as: base.reader, write) } }
      #expect(try await base.counts() == before)
      #expect(try await base.read(as: base.ivan) { try $0.clientsNamed("alfa", limit: 5).map(\.id) } == [])
    }
  }

  @Test(arguments: Engine.all) func colleaguesReadButDoNotRewrite(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm("Alfa", of: base.maria)
      let id = try await base.log(firm, minutes: -5, as: base.maria)
      #expect(try await base.contacts(firm, as: base.piotr) == [id])
      await #expect(throws: Refusal.forbidden(.logContacts)) { try await base.write(as: base.piotr) { _ = try $0.withdraw(id) } }
      try await base.write(as: base.piotr) { try $0.pin(id) }
      try await base.write { _ = try $0.withdraw(id) }
    }
  }
}
