import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// What every answer carries, errors too.
struct HeaderTests {
  @Test func everyAnswerIsGuarded() async throws {
    try await withTestSite(.sqlite) { site in
      let records = try await SampleRecords.make(for: .owner, in: site)
      var paths = site.routes.compactMap { route in route.path(records).map { (route.method, $0.0) } }
      paths += [(.get, "/nothing"), (.post, "/nothing"), (.delete, "/clients"), (.get, "/clients/0"), (.get, "/clients/%2e%2e"), (.get, "/assets/none.css")]
      for (method, path) in paths where path != "/logout" && !path.hasSuffix("/end") {
        for person in [TestPerson.owner, nil] {
          let answer = try await site.send(method, path, as: person, [.contentType: "application/x-www-form-urlencoded"])
          #expect(Self.problems(answer, path).isEmpty, "\(method) \(path) \(answer.status): \(Self.problems(answer, path))")
        }
      }
    }
  }

  private static func problems(_ answer: TestAnswer, _ path: String) -> [String] {
    let headers = answer.headers
    var out: [String] = []
    let policy = headers[.contentSecurityPolicy] ?? ""
    for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] where !policy.contains(part) && !policy.contains("sandbox") {
      out.append("CSP lacks \(part)")
    }
    if policy.contains("unsafe") { out.append("CSP: \(policy)") }
    if headers[.xContentTypeOptions] != "nosniff" { out.append("no nosniff") }
    if headers[.referrerPolicy] == nil { out.append("no Referrer-Policy") }
    if answer.status < 400, let cache = headers[.cacheControl], !path.hasPrefix("/assets/"), cache.contains("public") { out.append(cache) }
    if headers[.cacheControl] == nil { out.append("no Cache-Control") }
    // Of a file that somebody uploaded nobody knows the charset; browsers are told to save it, not to show it.
    if headers[.contentDisposition]?.hasPrefix("attachment") == true { return out }
    if !answer.bytes.isEmpty {
      let type = headers[.contentType] ?? ""
      if type.isEmpty || (type.hasPrefix("text/") && !type.contains("charset=")) { out.append("Content-Type \(type)") }
    }
    if headers[.accessControlAllowOrigin] != nil { out.append("CORS") }
    return out
  }

  @Test(arguments: [(false, "dossier="), (true, "__Host-dossier=")]) func theCookieIsHeldTight(isSecure: Bool, prefix: String) async throws {
    try await withTestSite(.sqlite) { site in
      try await LogInTests.givePassword(to: .maria, in: site)
      let base = isSecure ? "https://crm.example" : "http://localhost:8080"
      let secured = try await site.over(base)
      let answer = try await secured.respond(
        .post, "/login", [.contentType: "application/x-www-form-urlencoded", .origin: base],
        Array("email=maria@example.com&password=\(LogInTests.urlPassword)".utf8))
      let cookie = try #require(answer.headers[.setCookie])
      #expect(cookie.hasPrefix(prefix))
      for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] { #expect(cookie.contains(part)) }
      #expect(cookie.contains("Secure") == isSecure)
      #expect(!cookie.contains("Domain"))
      #expect((answer.headers[.strictTransportSecurity] != nil) == isSecure)
    }
  }
}
