import Database
import Domain
import Foundation
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

struct SettingsTests {
  private func token(in answer: TestAnswer) throws -> String {
    let start = try #require(answer.text.range(of: "token="))
    return String(answer.text[start.upperBound...].prefix { $0 != "<" && $0 != "&" && $0 != "\"" })
  }
  private func profile(_ change: [String: String] = [:]) -> [(String, String)] {
    let usual = ["name": "Мария", "language": "ru", "zone": "Europe/Warsaw", "theme": "dark", "density": "compact", "letters": "1"]
    return usual.merging(change) { $1 }.map { ($0, $1) }
  }

  @Test(arguments: Engine.all) func ownPagesAsOneWantsThem(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      #expect(try await site.post("/settings", as: .maria, profile(["letters": "0"])).location == "/settings?said=said.saved")
      let page = try await site.get("/settings?said=said.saved", as: .maria).text
      for part in ["lang=\"ru\"", "data-theme=\"dark\"", "data-density=\"compact\"", "data-keys=\"off\"", "Сохранено."] { #expect(page.contains(part)) }
      for change in [["zone": "Mars/Base"], ["theme": "pink"], ["language": "xx"], ["name": ""], ["name": String(repeating: "x", count: 201)]] {
        #expect(try await site.post("/settings", as: .maria, profile(change)).status == 422, "\(change)")
      }
    }
  }

  /// Of a key that two places had, only the first would hear.
  @Test(arguments: [TestPerson.owner, .manager, .maria]) func everyPlaceStandsOnceInTheMenu(person: TestPerson) async throws {
    try await withTestSite(.sqlite) { site in
      let menu = try #require(try await site.get("/settings", as: person).text.firstMatch(of: /<nav class="nav"(?s).*?<\/nav>/)).output
      for mark in ["data-key=\"", "<li><a href=\""] {
        let values = menu.split(separator: mark).dropFirst().compactMap { $0.split(separator: "\"").first }
        #expect(values.count > 5 && Set(values).count == values.count, "\(values)")
      }
    }
  }

  @Test(arguments: Engine.all) func fromInvitationToClosing(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let made = try await site.post("/settings/users", as: .manager, [
        ("name", "Ewa"), ("email", "ewa@example.com"), ("role", "employee"), ("scope", "team"), ("team", "1"), ("language", "pl"), ("zone", "Europe/Warsaw"),
      ])
      #expect(made.status == 200)
      let token = try token(in: made)
      let page = try await site.get("/invitation?token=\(token)", as: nil)
      #expect(page.status == 200 && page.headers[.referrerPolicy] == "no-referrer")
      #expect(PageCheck.problems(in: page.text).isEmpty)
      let fields = [("token", token), ("name", "Ewa Nowak"), ("language", "pl"), ("zone", "Europe/Warsaw")]
      let short = try await site.post("/invitation", as: nil, fields + [("new_password", "abc"), ("repeated", "abc")])
      #expect(short.status == 422 && !short.text.contains("value=\"abc\""))
      let good = fields + [("new_password", LogInTests.password), ("repeated", LogInTests.password)]
      let accepted = try await site.post("/invitation", as: nil, good)
      #expect(accepted.status == 303 && accepted.headers[.setCookie] != nil)
      #expect(try await site.post("/invitation", as: nil, good).status == 410)
      #expect(try await site.get("/invitation?token=\(token)", as: nil).status == 410)

      let cookie = String(try #require(accepted.headers[.setCookie]).prefix { $0 != ";" })
      #expect(try await site.respond(.get, "/settings", [.cookie: cookie], []).status == 200)
      let id = TestPerson.allCases.count + 1
      #expect(try await site.post("/settings/users/\(id)/closing", as: .manager, [("version", "2")]).status == 303)
      #expect(try await site.respond(.get, "/settings", [.cookie: cookie], []).status == 303)
      #expect(try await site.post("/login", as: nil, [("email", "ewa@example.com"), ("password", LogInTests.password)]).status == 422)
    }
  }

  @Test(arguments: Engine.all) func aNewPasswordEndsTheOtherSessions(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      try await LogInTests.givePassword(to: .maria, in: site)
      let other = try await site.post("/login", as: nil, [("email", "maria@example.com"), ("password", LogInTests.password)])
      let cookie = String(try #require(other.headers[.setCookie]).prefix { $0 != ";" })
      #expect(try await site.respond(.get, "/settings", [.cookie: cookie], []).status == 200)
      let new = [("new_password", "another good one"), ("repeated", "another good one")]
      #expect(try await site.post("/settings/password", as: .maria, [("password", "wrong")] + new).status == 422)
      #expect(try await site.respond(.get, "/settings", [.cookie: cookie], []).status == 200)
      #expect(try await site.post("/settings/password", as: .maria, [("password", LogInTests.password)] + new).status == 303)
      #expect(try await site.respond(.get, "/settings", [.cookie: cookie], []).status == 303)
      #expect(try await site.get("/settings", as: .maria).status == 200)
      // The other way: a link made by a manager ends all.
      let link = try await site.post("/settings/users/\(TestPerson.maria.id)/link", as: .manager)
      let reset = [("token", try token(in: link)), ("new_password", "a third good one"), ("repeated", "a third good one")]
      #expect(try await site.post("/new-password", as: nil, reset).status == 303)
      #expect(try await site.get("/settings", as: .maria).status == 303)
      #expect(try await site.post("/new-password", as: nil, reset).status == 410)
    }
  }

  @Test func sessionsAreEndedOneByOneAndOnlyOnesOwn() async throws {
    try await withTestSite(.sqlite) { site in
      let foreign = try await site.post("/settings/sessions/ivan/end", as: .maria)
      #expect(foreign.status == 404)
      #expect(try await site.get("/settings", as: .ivan).status == 200)
      #expect(try await site.post("/settings/sessions/maria/end", as: .maria).location == "/login")
      #expect(try await site.get("/settings", as: .maria).status == 303)
    }
  }

  @Test func managersKeepOffOwnersAndThemselves() async throws {
    try await withTestSite(.sqlite) { site in
      func change(_ id: AccountID, _ role: String, as person: TestPerson) async throws -> Int {
        try await site.post("/settings/users/\(id)", as: person, [
          ("name", "N"), ("email", "n\(id)@example.com"), ("role", role), ("scope", "all"), ("language", "en"), ("zone", "Europe/Sofia"), ("version", "1"),
        ]).status
      }
      let before = try await DatabaseImage.of(site.store)
      #expect(try await change(TestPerson.owner.id, "employee", as: .manager) == 409)
      #expect(try await change(TestPerson.maria.id, "owner", as: .manager) == 409)
      #expect(try await change(TestPerson.manager.id, "employee", as: .manager) == 409)
      #expect(try await change(TestPerson.owner.id, "manager", as: .owner) == 409)
      #expect(try await site.post("/settings/users/\(TestPerson.owner.id)/closing", as: .manager, [("version", "1")]).status == 409)
      #expect(try await site.post("/settings/users/\(TestPerson.owner.id)/closing", as: .owner, [("version", "1")]).status == 409)
      #expect(try await site.post("/settings/users/\(TestPerson.owner.id)/link", as: .manager).status == 409)
      #expect(before == (try await DatabaseImage.of(site.store)))
      #expect(try await change(TestPerson.maria.id, "manager", as: .manager) == 303)
      let conflict = try await site.post("/settings/users/\(TestPerson.maria.id)", as: .manager, [
        ("name", "Other"), ("email", "m@example.com"), ("role", "employee"), ("scope", "own"), ("language", "en"), ("zone", "UTC"), ("version", "1"),
      ])
      #expect(conflict.status == 409 && conflict.text.contains("Other") && conflict.text.contains("versus"))
      #expect(PageCheck.problems(in: conflict.text).isEmpty, "\(PageCheck.problems(in: conflict.text))")
    }
  }

  @Test(arguments: Engine.all) func theFirstOwner(engine: Engine) async throws {
    try await withTestDatabase(engine, migrations: Schema.migrations) { database in
      let site = try await TestSite(database, people: false)
      #expect(try await site.get("/welcome?token=x", as: nil).status == 410)
      #expect(try await site.store.firstOwnerLink(tokenHash: Secret.hash(of: "first"), at: site.now))
      let page = try await site.get("/welcome?token=first", as: nil, [.acceptLanguage: "bg"])
      #expect(page.status == 200 && page.text.contains("value=\"BG\" selected"))
      #expect(PageCheck.problems(in: page.text).isEmpty, "\(PageCheck.problems(in: page.text))")
      let fields = [
        ("token", "first"), ("company", "Ателие"), ("country", "BG"), ("zone", ""), ("currency", ""), ("language", "bg"), ("name", "Олга"),
        ("email", "olga@example.com"), ("new_password", LogInTests.password), ("repeated", LogInTests.password),
      ]
      #expect(try await site.post("/welcome", as: nil, fields.map { $0.0 == "token" ? ("token", "x") : $0 }).status == 410)
      let begun = try await site.post("/welcome", as: nil, fields)
      #expect(begun.status == 303 && begun.headers[.setCookie] != nil)
      #expect(try await site.store.installation()?.zone.name == "Europe/Sofia")
      #expect(try await site.post("/welcome", as: nil, fields).status == 410)
    }
  }

  @Test func tokensAreShownOnceAndRevoked() async throws {
    try await withTestSite(.sqlite) { site in
      #expect(try await site.post("/settings/tokens", as: .maria, [("name", "till")]).status == 422)
      let made = try await site.post("/settings/tokens", as: .maria, [("name", "till"), ("scope", "clients:read"), ("scope", "all")])
      let start = try #require(made.text.range(of: "dsr_"))
      let token = String(made.text[start.lowerBound...].prefix { $0 != "<" })
      #expect(token.utf8.count == 47)
      #expect(try await !site.get("/settings/tokens", as: .maria).text.contains(token))
      let actor = try #require(try await site.store.tokens.actor(tokenHash: Secret.hash(of: token), at: site.now))
      #expect(actor.limit == [.viewClients])
      #expect(try await site.post("/settings/tokens/1/revocation", as: .ivan).status == 404)
      #expect(try await site.post("/settings/tokens/1/revocation", as: .maria).status == 303)
      #expect(try await site.store.tokens.actor(tokenHash: Secret.hash(of: token), at: site.now) == nil)
    }
  }

  @Test(arguments: Engine.all) func staleCompanySettingsShowBothValues(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let path = Routes.Settings.installation()
      try await site.write {
        try $0.connection.run("""
          INSERT INTO installation (id, company, country, zone, currency, language, created_at)
          VALUES (1, 'First', 'BG', 'Europe/Sofia', 'EUR', 'bg', \($0.now))
          """)
      }
      let found = try #require(try await site.read { try $0.installation() })
      let fields = Dictionary(InstallationFields.form(found.value), uniquingKeysWith: { $1 })
      let first = fields.merging(["company": "Alpha", "version": "\(found.version)"]) { $1 }
      #expect(try await site.post(path, as: .owner, first.map { ($0.key, $0.value) }).status == 303)
      let second = fields.merging(["company": "Beta", "country": "PL", "version": "\(found.version)"]) { $1 }
      let conflict = try await site.post(path, as: .owner, second.map { ($0.key, $0.value) })
      #expect(conflict.status == 409)
      for text in ["Alpha", "Beta", "Poland", "versus"] { #expect(conflict.text.contains(text), "\(text)") }
      #expect(PageCheck.problems(in: conflict.text).isEmpty, "\(PageCheck.problems(in: conflict.text))")
      let chosen = second.merging(["version": "\(found.version + 1)"]) { $1 }
      #expect(try await site.post(path, as: .owner, chosen.map { ($0.key, $0.value) }).status == 303)
      #expect(try await site.get(path, as: .owner).text.contains("Beta"))
    }
  }
}
