import Database
import Domain
import Store
import TestSupport
import Testing

func company(_ name: String, _ change: (inout ClientDraft) -> Void = { _ in }) -> ClientDraft {
  var draft = ClientDraft(kind: .company, name: name)
  change(&draft)
  return draft
}

func person(_ given: String, _ family: String, _ change: (inout ClientDraft) -> Void = { _ in }) -> ClientDraft {
  var draft = ClientDraft(kind: .person, name: "\(given) \(family)")
  (draft.givenName, draft.familyName) = (given, family)
  change(&draft)
  return draft
}

func email(_ text: String) throws -> ContactPoint { .email(try #require(EmailAddress(text)), label: "work") }
func phone(_ text: String, _ country: String) throws -> ContactPoint {
  .phone(try PhoneNumber(text, in: Country(country)), in: Country(country))
}

@Suite struct ClientWritingTests {
  @Test(arguments: Engine.all) func keepsEverythingOfADraft(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let field = try await base.write { tx in
        try tx.connection.required("""
          INSERT INTO custom_field (name, name_key, type, applies_to, position) VALUES ('Seats', 'seats', 'number', 'both', 1) RETURNING id
          """, as: FieldID.self)
      }
      var draft = person("Łucja", "Żółć")
      draft.ownNumber = "K-17"
      draft.language = .pl
      draft.zone = Zone("Europe/Warsaw")
      draft.country = Country("PL")
      draft.birthDate = PartialDate(month: 2, day: 29)
      draft.profile.children = 2
      draft.profile.gender = .female
      draft.note = "Prefers tea"
      draft.ownerID = base.maria.id
      draft.contactPoints = [
        try email("Lucja@Example.pl"), try phone("512 345 678", "PL"), .messenger(.viber, "@lucja"),
        .address(PostalAddress(street: "Długa 1", city: "Łódź", postcode: "90-001", country: Country("PL"))),
      ]
      draft.tags = ["Key", "zielona herbata"]
      draft.customValues = [field: .number(12)]
      let wanted = draft
      let id = try await base.write { try $0.createClient(wanted) }
      let stored = try await base.read { try $0.storedClient(id) }
      #expect(stored.draft == wanted)
      #expect(stored.version == 1)
      #expect(stored.teamID == base.maria.teamID)
    }
  }

  @Test(arguments: Engine.all) func changesAreToldAndCounted(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.write { try $0.createClient(company("Alfa")) }
      let version = try await base.write { tx in
        try tx.updateClient(id, company("Alfa OOD") { $0.tags = ["vip"]; $0.ownerID = base.ivan.id }, expecting: 1)
      }
      #expect(version == 2)
      let (kinds, team) = try await base.read { reader in
        (try reader.connection.values("SELECT kind FROM history WHERE client_id = \(id) ORDER BY id", as: String.self),
         try reader.storedClient(id).teamID)
      }
      #expect(kinds == ["party.created", "party.changed", "owner.changed"])
      #expect(team == base.ivan.teamID)
      // The same again changes nothing.
      let again = try await base.write { tx in
        try tx.updateClient(id, company("Alfa OOD") { $0.tags = ["vip"]; $0.ownerID = base.ivan.id }, expecting: 2)
      }
      #expect(again == 2)
    }
  }

  @Test(arguments: Engine.all) func anOldVersionIsRefused(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.write { try $0.createClient(company("Alfa")) }
      try await base.write { _ = try $0.updateClient(id, company("Beta"), expecting: 1) }
      await #expect(throws: Refusal.conflict(currentVersion: 2)) {
        try await base.write { _ = try $0.updateClient(id, company("Gamma"), expecting: 1) }
      }
      #expect(try await base.read { try $0.storedClient(id).draft.name } == "Beta")
    }
  }

  @Test(arguments: Engine.all) func ofAHundredParallelEditsOneWins(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.write { try $0.createClient(company("Alfa")) }
      let won = await withTaskGroup(of: Bool.self) { group in
        for number in 1...100 {
          group.addTask {
            (try? await base.write { try $0.updateClient(id, company("Alfa \(number)"), expecting: 1) }) == 2
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(won == 1)
      #expect(try await base.read { try $0.storedClient(id).version } == 2)
    }
  }

  @Test(arguments: Engine.all) func whatIsNotYoursIsNotThere(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.write { try $0.createClient(company("Alfa") { $0.ownerID = base.ivan.id }) }
      for stranger in [base.maria, base.piotr] {
        await #expect(throws: Refusal.notFound) {
          try await base.write(as: stranger) { _ = try $0.updateClient(id, company("Mine"), expecting: 1) }
        }
        await #expect(throws: Refusal.notFound) { try await base.write(as: stranger) { _ = try $0.take(.remove, [id]) } }
      }
      await #expect(throws: Refusal.forbidden(.editClients)) {
        try await base.write(as: base.reader) { _ = try $0.updateClient(id, company("Mine"), expecting: 1) }
      }
      #expect(try await base.read { try $0.storedClient(id).version } == 1)
    }
  }

  @Test(arguments: Engine.all) func nobodyGivesAClientOutOfTheOwnSight(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let mine = try await base.write(as: base.maria) { try $0.createClient(company("Alfa")) }
      #expect(try await base.read { try $0.storedClient(mine).draft.ownerID } == base.maria.id)
      await #expect(throws: InvalidForm.self) {
        try await base.write(as: base.maria) { tx in
          _ = try tx.updateClient(mine, company("Alfa") { $0.ownerID = base.ivan.id }, expecting: 1)
        }
      }
      // Within the team it is allowed to whoever sees the team.
      try await base.write(as: base.piotr) { tx in
        _ = try tx.updateClient(mine, company("Alfa") { $0.ownerID = base.piotr.id }, expecting: 1)
      }
    }
  }

  @Test(arguments: Engine.all) func anOwnNumberBelongsToOne(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let first = try await base.write { try $0.createClient(company("Alfa") { $0.ownNumber = "7" }) }
      await #expect(throws: Refusal.duplicate(field: "own_number", of: first.rawValue)) {
        try await base.write { _ = try $0.createClient(company("Beta") { $0.ownNumber = "7" }) }
      }
    }
  }
}
