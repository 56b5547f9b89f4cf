import Database
import Domain
import Store
import TestSupport
import Testing

/// Accounts, links and tokens on both engines.
struct AccountStoreTests {
  private func draft(_ name: String, _ email: String, _ role: Role = .employee, _ scope: Scope = .own, team: Int64? = nil) throws -> AccountDraft {
    AccountDraft(
      name: name, email: try #require(EmailAddress(email)), rights: AccountRights(role: role, scope: scope, teamID: team.map { TeamID($0) }),
      language: .pl, zone: .utc)
  }
  private func hash(_ token: String) -> [UInt8] { Secret.hash(of: token) }

  @Test(arguments: Engine.all) func anInvitationIsAcceptedOnce(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let new = try draft("Ewa", "Ewa@Example.com")
      let id = try await base.write { try $0.invite(new, tokenHash: hash("t")) }
      #expect(try await base.read { try $0.account(id).state } == .invited)
      #expect(try await base.store.linkHolder(.invitation, tokenHash: hash("t"), at: base.now).email == "Ewa@example.com")
      await #expect(throws: AccountRefusal.linkGone) {
        _ = try await base.store.linkHolder(.password, tokenHash: hash("t"), at: base.now)
      }
      await #expect(throws: AccountRefusal.linkGone) {
        _ = try await base.store.linkHolder(.invitation, tokenHash: hash("t"), at: base.now.adding(milliseconds: 8 * Instant.day))
      }
      let actor = try await base.store.acceptInvitation(
        name: "Ewa N", language: .ru, zone: .utc, passwordHash: "h", tokenHash: hash("t"), at: base.now)
      #expect(actor.id == id && actor.name == "Ewa N" && actor.language == .ru)
      #expect(try await base.read { try $0.account(id).state } == .active)
      await #expect(throws: AccountRefusal.linkGone) {
        _ = try await base.store.acceptInvitation(
          name: "X", language: .ru, zone: .utc, passwordHash: "h2", tokenHash: hash("t"), at: base.now)
      }
      #expect(try await base.store.credentials(emailKey: "ewa@example.com")?.passwordHash == "h")
    }
  }

  @Test(arguments: Engine.all) func addressesAreUniqueWhateverTheirCapitals(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let new = try draft("Ewa", "USER1@example.com")
      await #expect(throws: Refusal.duplicate(field: "email", of: base.maria.id.rawValue)) {
        _ = try await base.write { try $0.invite(new, tokenHash: hash("t")) }
      }
    }
  }

  @Test(arguments: Engine.all) func onlyThoseWhoMayManageDo(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let new = try draft("Ewa", "ewa@example.com")
      for actor in [base.maria, base.piotr, base.reader] {
        await #expect(throws: Refusal.forbidden(.manageAccounts)) {
          _ = try await base.write(as: actor) { try $0.invite(new, tokenHash: hash("t")) }
        }
        await #expect(throws: Refusal.forbidden(.manageAccounts)) {
          _ = try await base.write(as: actor) { try $0.closeAccount(base.ivan.id, version: 1) }
        }
        await #expect(throws: Refusal.forbidden(.manageAccounts)) { _ = try await base.read(as: actor) { try $0.account(base.owner.id) } }
        await #expect(throws: Refusal.forbidden(.manageAccounts)) { _ = try await base.read(as: actor) { try $0.accounts(closed: false) } }
      }
      #expect(try await base.read { try $0.accounts(closed: false).rows.count } == 5)
    }
  }

  @Test(arguments: Engine.all) func aChangeMovesClientsToTheNewTeamAndMeetsConflicts(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let client = try await base.write { try $0.createClient(company("Alfa") { $0.ownerID = base.maria.id }) }
      let new = try draft("Maria", "maria@example.com", .employee, .team, team: 2)
      try await base.write { try $0.changeAccount(base.maria.id, to: new, version: 1) }
      #expect(try await base.read { try $0.storedClient(client).teamID } == TeamID(2))
      #expect(try await base.read { try $0.account(base.maria.id).rights } == new.rights)
      await #expect(throws: Refusal.conflict(currentVersion: 2)) {
        try await base.write { try $0.changeAccount(base.maria.id, to: new, version: 1) }
      }
    }
  }

  @Test(arguments: Engine.all) func closingEndsSessionsTokensAndLinks(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let store = base.store
      _ = try await base.write { try $0.createClient(company("Alfa") { $0.ownerID = base.maria.id }) }
      try await store.sessions.start(base.maria.id, tokenHash: hash("s"), id: "s", agent: "", address: "", at: base.now)
      _ = try await base.write(as: base.maria) { try $0.createToken("t", scopes: [.readClients], tokenHash: hash("api")) }
      _ = try await base.write { try $0.renewLink(for: base.maria.id, tokenHash: hash("l")) }
      #expect(try await store.sessions.signedIn(tokenHash: hash("s"), at: base.now) != nil)
      #expect(try await store.tokens.actor(tokenHash: hash("api"), at: base.now)?.limit == [.viewClients])
      #expect(try await base.write { try $0.closeAccount(base.maria.id, version: 1) } == 1)
      #expect(try await store.sessions.signedIn(tokenHash: hash("s"), at: base.now) == nil)
      #expect(try await store.tokens.actor(tokenHash: hash("api"), at: base.now) == nil)
      await #expect(throws: AccountRefusal.linkGone) { _ = try await store.linkHolder(.invitation, tokenHash: hash("l"), at: base.now) }
      try await base.write { try $0.reopenAccount(base.maria.id, version: 2) }
      #expect(try await store.tokens.actor(tokenHash: hash("api"), at: base.now) == nil)
      #expect(try await base.read { try $0.account(base.maria.id).closedAt } == nil)
    }
  }

  @Test(arguments: Engine.all) func sessionsEndByThemselves(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let sessions = base.store.sessions
      try await sessions.start(base.maria.id, tokenHash: hash("s"), id: "s", agent: "", address: "", at: base.now)
      #expect(try await sessions.signedIn(tokenHash: hash("s"), at: base.now.adding(milliseconds: 13 * Instant.day)) != nil)
      #expect(try await sessions.signedIn(tokenHash: hash("s"), at: base.now.adding(milliseconds: 15 * Instant.day)) == nil)
      var moment = base.now
      for _ in 0..<10 {
        moment = moment.adding(milliseconds: 9 * Instant.day)
        if let found = try await sessions.signedIn(tokenHash: hash("s"), at: moment) { try await sessions.touch(found, at: moment) }
      }
      #expect(try await sessions.signedIn(tokenHash: hash("s"), at: moment) == nil)
    }
  }

  @Test(arguments: Engine.all) func aNewPasswordEndsOtherSessions(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      for id in ["a", "b"] {
        try await base.store.sessions.start(base.maria.id, tokenHash: hash(id), id: id, agent: "", address: "", at: base.now)
      }
      try await base.write(as: base.maria) { try $0.changePassword("new", except: "a") }
      #expect(try await base.store.sessions.sessions(of: base.maria).map(\.id) == ["a"])
      _ = try await base.write { try $0.renewLink(for: base.maria.id, tokenHash: hash("l")) }
      _ = try await base.store.resetPassword("newer", tokenHash: hash("l"), at: base.now)
      #expect(try await base.store.sessions.sessions(of: base.maria).isEmpty)
      await #expect(throws: AccountRefusal.wrongPassword) {
        try await base.store.sessions.start(
          base.maria.id, tokenHash: hash("c"), id: "c", agent: "", address: "", passwordHash: "new", at: base.now)
      }
    }
  }

  @Test(arguments: Engine.all) func theFirstOwnerComesInOnce(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: Schema.migrations) { database in
      let store = Store(database: database)
      let now = Instant(milliseconds: 1_793_887_620_000)
      #expect(try await store.firstOwnerLink(tokenHash: hash("old"), at: now))
      #expect(try await store.firstOwnerLink(tokenHash: hash("t"), at: now))
      await #expect(throws: AccountRefusal.linkGone) { _ = try await store.linkHolder(.owner, tokenHash: hash("old"), at: now) }
      let country = try #require(Country("BG"))
      let installation = Installation(company: "Ателие", country: country, zone: .utc, currency: .eur, language: .bg)
      let owner = try draft("Олга", "olga@example.com", .readOnly)
      let actor = try await store.createOwner(owner, passwordHash: "h", installation: installation, tokenHash: hash("t"), at: now)
      #expect(actor.role == .owner && actor.scope == .all)
      #expect(try await store.installation() == installation)
      #expect(try await !store.firstOwnerLink(tokenHash: hash("u"), at: now))
      await #expect(throws: AccountRefusal.linkGone) {
        _ = try await store.createOwner(owner, passwordHash: "h", installation: installation, tokenHash: hash("t"), at: now)
      }
    }
  }

  @Test(arguments: Engine.all) func teamsAreRemovedOnlyEmpty(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.write { try $0.createTeam("Three") }
      await #expect(throws: Refusal.duplicate(field: "name", of: 1)) { try await base.write { try $0.renameTeam(id, to: "One", version: 1) } }
      try await base.write { try $0.renameTeam(id, to: "Drei", version: 1) }
      await #expect(throws: Refusal.conflict(currentVersion: 2)) { try await base.write { try $0.renameTeam(id, to: "Trois", version: 1) } }
      await #expect(throws: AccountRefusal.teamInUse) { try await base.write { try $0.removeTeam(TeamID(1)) } }
      try await base.write { try $0.removeTeam(id) }
      #expect(try await base.read { try $0.teams().map(\.name) } == ["One", "Two"])
    }
  }
}
