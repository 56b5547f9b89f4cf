import Database
import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

struct LogInTests {
  static let password = "correct horse battery"
  static let urlPassword = "correct+horse+battery"
  private static let hash = Password.hash(password) ?? ""

  static func givePassword(to person: TestPerson, in site: TestSite) async throws {
    let hash = hash
    try await site.store.database.write { _ = try $0.run("UPDATE account SET password_hash = \(hash) WHERE id = \(person.id)") }
  }

  private func logIn(_ site: TestSite, _ email: String = "maria@example.com", _ password: String = LogInTests.password, next: String = "") async throws -> TestAnswer {
    try await site.post("/login", as: nil, [("email", email), ("password", password), ("next", next)])
  }
  private func token(_ answer: TestAnswer) -> String {
    String((answer.headers[.setCookie] ?? "").split(separator: ";").first?.split(separator: "=", maxSplits: 1).last ?? "")
  }
  private func status(_ site: TestSite, _ token: String, _ path: String = "/settings") async throws -> Int {
    try await site.respond(.get, path, [.cookie: "dossier=\(token)"], []).status
  }

  @Test(arguments: Engine.all) func inAndOut(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      try await Self.givePassword(to: .maria, in: site)
      let answer = try await logIn(site, "MARIA@Example.com", next: "/clients?q=a")
      #expect(answer.status == 303 && answer.location == "/clients?q=a")
      let token = token(answer)
      #expect(try await status(site, token) == 200)
      let out = try await site.respond(.post, "/logout", [.cookie: "dossier=\(token)", .origin: "http://localhost:8080"], [])
      #expect(out.status == 303 && out.location == "/login")
      #expect(out.headers[.setCookie]?.contains("Max-Age=0") == true)
      #expect(out.headers[.clearSiteData] == "\"cache\", \"storage\"")
      #expect(try await status(site, token) == 303)
    }
  }

  /// A cookie planted before log-in is worth nothing, and the session it stood for ends.
  @Test func eachLogInIsANewSession() async throws {
    try await withTestSite(.sqlite) { site in
      try await Self.givePassword(to: .maria, in: site)
      let first = token(try await logIn(site))
      let again = try await site.respond(
        .post, "/login", [.cookie: "dossier=\(first)", .origin: "http://localhost:8080", .contentType: "application/x-www-form-urlencoded"],
        Array("email=maria@example.com&password=\(Self.urlPassword)".utf8))
      #expect(token(again) != first && !token(again).isEmpty)
      #expect(try await status(site, first) == 303)
      #expect(try await status(site, token(again)) == 200)
      let planted = try await site.respond(
        .post, "/login", [.cookie: "dossier=planted", .origin: "http://localhost:8080", .contentType: "application/x-www-form-urlencoded"],
        Array("email=maria@example.com&password=\(Self.urlPassword)".utf8))
      #expect(token(planted) != "planted")
      #expect(try await status(site, "planted") == 303)
    }
  }

  @Test func whateverIsWrongLooksTheSame() async throws {
    try await withTestSite(.sqlite) { site in
      try await Self.givePassword(to: .maria, in: site)
      try await site.store.database.write { _ = try $0.run("UPDATE account SET closed_at = 1 WHERE id = \(TestPerson.ivan.id)") }
      try await Self.givePassword(to: .ivan, in: site)
      var pages: Set<String> = []
      for (email, password) in [("maria@example.com", "not-it-1"), ("nobody@example.com", Self.password), ("ivan@example.com", Self.password), ("piotr@example.com", "no-hash-1")] {
        let answer = try await logIn(site, email, password)
        #expect(answer.status == 422 && answer.headers[.setCookie] == nil)
        #expect(!answer.text.contains(password))
        pages.insert(answer.text.replacing(email, with: "EMAIL"))
      }
      #expect(pages.count == 1)
      #expect(PageCheck.problems(in: try #require(pages.first)).isEmpty)
    }
  }

  @Test(arguments: Engine.all) func guessingIsSlowedAndSaysHowLong(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      try await Self.givePassword(to: .maria, in: site)
      for _ in 0..<5 { #expect(try await logIn(site, "maria@example.com", "wrong").status == 422) }
      let limited = try await logIn(site)
      #expect(limited.status == 429 && limited.headers[.retryAfter] == "1")
      #expect(limited.text.contains("Try again in one second."))
      site.time.goOn(milliseconds: 1000)
      #expect(try await logIn(site).status == 303)
      for _ in 0..<20 {
        _ = try await logIn(site, "maria@example.com", "wrong")
        site.time.goOn(milliseconds: 20_000)
      }
      let locked = try await logIn(site)
      #expect(locked.status == 429)
      #expect(locked.text.contains("minutes."))
      site.time.goOn(milliseconds: LoginThrottle.window)
      #expect(try await logIn(site).status == 303)
    }
  }

  @Test(arguments: [
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "http:evil.example", "javascript:alert(1)", "///evil.example",
    "/\t/evil.example", " /clients", "/\n/evil", "%2F%2Fevil.example", "data:text/html,x", "/%09/evil.example\u{0}", ".", "clients", "@evil.example",
  ]) func noRedirectLeavesTheSite(next: String) async throws {
    try await withTestSite(.sqlite) { site in
      try await Self.givePassword(to: .maria, in: site)
      for path in [next, "https://evil.example"] {
        let location = try #require(try await logIn(site, next: path).location)
        #expect(location.hasPrefix("/") && !location.hasPrefix("//") && !location.hasPrefix("/\\") && !location.contains("\n"), "\(location)")
      }
      let signedIn = try await site.get("/login?next=" + URLText.encode(next), as: .maria)
      #expect(signedIn.location?.hasPrefix("//") == false && signedIn.location?.hasPrefix("/") == true)
    }
  }

  @Test func languageByBrowserOrByChoice() async throws {
    try await withTestSite(.sqlite) { site in
      let polish = try await site.get("/login", as: nil, [.acceptLanguage: "pl-PL,en;q=0.5"])
      #expect(polish.text.contains("<html lang=\"pl\"") && polish.text.contains("Zaloguj się"))
      let russian = try await site.get("/login?lang=ru&next=%2Fclients", as: nil, [.acceptLanguage: "pl"])
      #expect(russian.text.contains("<html lang=\"ru\"") && russian.text.contains("action=\"/login?lang=ru\""))
      #expect(russian.text.contains("name=\"next\" value=\"/clients\""))
      for hint in ["autocomplete=\"username\"", "autocomplete=\"current-password\""] { #expect(russian.text.contains(hint)) }
      #expect(!russian.text.contains("onpaste"))
    }
  }
}
