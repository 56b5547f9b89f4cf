import Database
import Domain
import Store
import TestSupport
import Testing

/// Somebody else decides at a client: ties, history, Today and the way back.
struct ManagerChangeTests {
  private struct Setting {
    let firm: ClientID
    let boss: PersonID
    let tie: TieID
  }

  private func setting(_ base: TestBase) async throws -> Setting {
    let firm = try await base.firm(of: base.maria)
    return try await base.write { tx in
      let boss = try tx.addPerson(person("Anna"), to: firm, TieDraft(role: "Director", isManager: true))
      return Setting(firm: firm, boss: boss, tie: try tx.newestTie(of: boss, at: firm))
    }
  }

  private func person(_ name: String) -> ClientDraft {
    var draft = ClientDraft(kind: .person, isClient: false, name: name)
    draft.givenName = name
    return draft
  }

  private func today(_ base: TestBase) async throws -> [String] {
    try await base.read { try $0.connection.values("SELECT kind FROM reason WHERE account_id = \(base.maria.id) AND kind = 'manager_changed' ORDER BY kind") }
  }
  private func managers(_ base: TestBase, _ firm: ClientID) async throws -> [String] {
    try await base.read { try $0.clientView(firm).ties.filter { $0.tie.tie.isManager && $0.tie.isCurrent }.map(\.name) }
  }
  private let day = CalendarDate("2026-11-05")

  @Test(arguments: Engine.all) func oneEndsAnotherBegins(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let it = try await setting(base), day = try #require(day)
      #expect(try await today(base) == [])
      let change = ManagerSuccession(
        old: it.tie, lastDay: day, successor: .new(person("Boris")), destination: .new(name: "Beta", role: "Director"))
      let undo = try #require(try await base.write { try $0.changeManager(of: it.firm, change, returnTo: "/") })
      #expect(try await managers(base, it.firm) == ["Boris"])
      #expect(try await today(base) == ["manager_changed"])
      let kinds = try await base.read { try $0.timeline(of: it.firm, TimelineFilter(kind: .automatic)).entries.map(\.kind) }
      #expect(Array(kinds.prefix(3)) == [.managerChanged, .tieBegan, .tieEnded])
      let firms = try await base.read { try $0.clientView(it.boss).ties.filter(\.tie.isCurrent).map(\.name) }
      #expect(firms == ["Beta"])
      #expect(try await base.faults() == [])
      _ = try await base.store.undo(undo, as: base.owner, at: base.now.adding(milliseconds: Instant.day))
      #expect(try await managers(base, it.firm) == ["Anna"])
      #expect(try await today(base) == [])
      #expect(try await base.read { try $0.clientView(it.boss).ties.filter(\.tie.isCurrent).map(\.name) } == ["Alfa"])
      let live = try await base.read { reader in
        try reader.connection.values("SELECT name FROM party WHERE is_client AND deleted_at IS NULL", as: String.self)
      }
      #expect(live == ["Alfa"])
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func someoneWhoIsThereAlreadyIsRaised(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let it = try await setting(base), day = try #require(day)
      let deputy = try await base.write { try $0.addPerson(person("Boris"), to: it.firm, TieDraft(role: "Deputy")) }
      let change = ManagerSuccession(old: it.tie, lastDay: day, successor: .known(deputy), role: "Director")
      let undo = try #require(try await base.write { try $0.changeManager(of: it.firm, change, returnTo: "/") })
      #expect(try await managers(base, it.firm) == ["Boris"])
      // A talk with the new manager is the introduction.
      try await base.log(it.firm, minutes: 1, person: deputy)
      #expect(try await today(base) == [])
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await managers(base, it.firm) == ["Anna"])
      let roles = try await base.read { try $0.clientView(it.firm).ties.filter(\.tie.isCurrent).map(\.tie.tie.role) }
      #expect(roles == ["Director", "Deputy"])
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func nobodyKnownYetEndsTheTieAlone(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let it = try await setting(base), day = try #require(day)
      let change = ManagerSuccession(old: it.tie, lastDay: day, successor: .unknown)
      _ = try await base.write { try $0.changeManager(of: it.firm, change, returnTo: "/") }
      #expect(try await managers(base, it.firm) == [])
      #expect(try await today(base) == [])
      // The next one is a change, too, whoever enters it and however.
      _ = try await base.write { try $0.addPerson(person("Vera"), to: it.firm, TieDraft(isManager: true)) }
      #expect(try await today(base) == ["manager_changed"])
      await #expect(throws: Refusal.self) { try await base.write { _ = try $0.changeManager(of: it.firm, change, returnTo: "/") } }
    }
  }

  @Test(arguments: Engine.all) func todaysStepsAreDoneAndTakenBack(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let it = try await setting(base)
      let second = try await base.write { try $0.addPerson(person("Boris"), to: it.firm, TieDraft(isManager: true)) }
      let tie = try await base.read { try $0.clientView(it.firm).ties.first { $0.otherID == second }?.tie }
      let finish = try #require(ReasonSources.byKind[.managerChanged]?.finish), id = try #require(tie?.id)
      let undo = try #require(try await base.write { try finish($0, id.rawValue, "/") })
      #expect(try await today(base) == [])
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await today(base) == ["manager_changed"])
      // Who decides no more needs no introduction.
      let current = try #require(tie)
      try await base.write { try $0.updateTie(current.id, TieDraft(isManager: false), expecting: current.version) }
      #expect(try await today(base) == [])
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func addressesThatCameBackAreMarked(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let it = try await setting(base)
      let address = try #require(EmailAddress("Anna@Example.com"))
      await #expect(throws: InvalidForm.self) { try await base.write { try $0.markBounced(address, of: it.boss) } }
      try await base.write { tx in
        let stored = try tx.storedClient(it.boss)
        var draft = stored.draft
        draft.contactPoints = [.email(address)]
        try tx.updateClient(it.boss, draft, expecting: stored.version)
        try tx.markBounced(address, of: it.boss, detail: "550 no such user")
      }
      #expect(try await base.read { try $0.clientView(it.firm).bounced } == ["anna@example.com"])
      try await base.write { try $0.liftBounce(address, of: it.boss) }
      #expect(try await base.read { try $0.clientView(it.firm).bounced } == [])
      await #expect(throws: Refusal.notFound) { try await base.write(as: base.ivan) { try $0.markBounced(address, of: it.boss) } }
    }
  }

  @Test(arguments: Engine.all) func theBriefingTellsWhatMatters(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let it = try await setting(base)
      try await base.write { tx in
        try tx.addFact(FactDraft(kind: .avoid, text: "Never on Mondays"), to: it.firm)
        try tx.addFact(FactDraft(kind: .preference, text: "Green tea", source: "Said on the phone"), to: it.boss)
        try tx.addFact(FactDraft(kind: .other, text: "Old", endsOn: CalendarDate("2026-11-01")), to: it.firm)
      }
      try await base.log(it.firm, minutes: -5, .call, "Asked about delivery")
      let briefing = try await base.read { try $0.briefing(of: it.firm) }
      let texts = Dictionary(uniqueKeysWithValues: briefing.parts.map { ($0.key, $0.lines.map(\.text)) })
      #expect(texts["avoid"] == ["Never on Mondays"])
      #expect(texts["likes"] == ["Green tea"])
      #expect(texts["contacts"] == ["Asked about delivery"])
      let likes = try #require(briefing.parts.first { $0.key == "likes" }?.lines.first)
      #expect(likes.who == "Anna" && likes.note == "Said on the phone" && likes.detail.isEmpty)
      #expect(briefing.view.ties.map(\.name) == ["Anna"])
      await #expect(throws: Refusal.notFound) { _ = try await base.read(as: base.ivan) { try $0.briefing(of: it.firm) } }
      // A token that may not read facts gets none by this road.
      let narrow = Actor(
        id: base.owner.id, name: "", role: .owner, scope: .all, teamID: nil, language: .en, zone: "Europe/Sofia", limit: [.viewClients])
      #expect(try await base.read(as: narrow) { try $0.briefing(of: it.firm).parts.map(\.key) } == [])
    }
  }
}
