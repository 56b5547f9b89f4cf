import Database
import Domain
import Store
import TestSupport
import Testing

@Suite struct TieTests {
  @Test(arguments: Engine.all) func theManagerChanges(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let (firm, anna, boris) = try await base.write { tx in
        let firm = try tx.createClient(company("Alfa"))
        let anna = try tx.addPerson(person("Anna", "Petrova"), to: firm, TieDraft(role: "CEO", isManager: true))
        let boris = try tx.addPerson(person("Boris", "Ivanov"), to: firm, TieDraft(role: "CEO", isManager: true))
        return (firm, anna, boris)
      }
      let (managers, events) = try await base.read { reader in
        (try reader.connection.values("SELECT person_id FROM tie WHERE company_id = \(firm) AND is_manager", as: PersonID.self),
         try reader.connection.rows("SELECT kind, person_id FROM history WHERE client_id = \(firm) ORDER BY id") {
           (try $0.next(String.self), try $0.next(PersonID?.self))
         })
      }
      #expect(managers == [boris])
      #expect(events.map(\.0) == ["party.created", "tie.began", "tie.began", "manager.changed"])
      #expect(events.last?.1 == boris)
      #expect(anna != boris)
    }
  }

  @Test(arguments: Engine.all) func endingATieKeepsItAndTellsIt(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let (firm, tie) = try await base.write { tx in
        let firm = try tx.createClient(company("Alfa"))
        let anna = try tx.addPerson(person("Анна", "Петрова"), to: firm, TieDraft(role: "CEO"))
        return (firm, try tx.connection.required("SELECT id FROM tie WHERE person_id = \(anna)", as: TieID.self))
      }
      #expect(try await base.read { try $0.search("петров") }.map(\.id).contains(firm))
      try await base.write { tx in
        let old = try tx.tie(tie)
        var draft = old.tie
        draft.until = CalendarDate("2026-11-05")
        try tx.updateTie(tie, draft, expecting: old.version)
      }
      #expect(try await base.read { try !$0.tie(tie).isCurrent })
      // The firm is found by those who are there today.
      #expect(try await base.read { try $0.search("петров") }.map(\.id).contains(firm) == false)
      await #expect(throws: Refusal.conflict(currentVersion: 2)) {
        try await base.write { try $0.updateTie(tie, TieDraft(role: "x"), expecting: 1) }
      }
    }
  }

  @Test(arguments: Engine.all) func aPersonIsSeenThroughTheClient(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let anna = try await base.write { tx in
        let firm = try tx.createClient(company("Alfa") { $0.ownerID = base.maria.id })
        return try tx.addPerson(person("Anna", "Petrova"), to: firm, TieDraft())
      }
      _ = try await base.read(as: base.maria) { try $0.storedClient(anna) }
      _ = try await base.read(as: base.piotr) { try $0.storedClient(anna) }
      await #expect(throws: Refusal.notFound) { try await base.read(as: base.ivan) { _ = try $0.storedClient(anna) } }
    }
  }
}
