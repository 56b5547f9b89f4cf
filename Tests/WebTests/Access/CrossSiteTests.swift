import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// Every unsafe route of the pages against writes that no page of ours sent.
struct CrossSiteTests {
  private static let forged: [(String, HTTPFields, Bool)] = [
    ("cross-site", [.secFetchSite: "cross-site"], true),
    ("same-site", [.secFetchSite: "same-site"], true),
    ("cross-site with our Origin", [.secFetchSite: "cross-site", .origin: "http://localhost:8080"], true),
    ("no header", [:], true),
    ("another Origin", [.origin: "https://evil.example"], true),
    ("no Origin to speak of", [.origin: "null"], true),
    ("a longer host", [.origin: "http://localhost:8080.evil.example"], true),
    ("another port", [.origin: "http://localhost:9090"], true),
    ("log-in by another site", [.origin: "https://evil.example"], false),
    ("log-in by another site, told by the browser", [.secFetchSite: "cross-site"], false),
  ]

  @Test(arguments: Engine.all) func noneGetsThrough(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let records = try await SampleRecords.make(for: .owner, in: site)
      let before = try await DatabaseImage.of(site.store)
      for route in site.routes where route.isWrite && !route.isAPI {
        guard let (path, _) = route.path(records) else { continue }
        for (name, headers, hasCookie) in Self.forged {
          var fields = headers
          fields[.contentType] = "application/x-www-form-urlencoded"
          if hasCookie { fields[.cookie] = "dossier=\(TestPerson.owner.sessionToken)" }
          let answer = try await site.respond(route.method, path, fields, Array("name=x".utf8))
          #expect(answer.status == 403, "\(route.label), \(name): \(answer.status)")
        }
        let after = try await DatabaseImage.of(site.store)
        #expect(before == after, "\(route.label) changed \(before.difference(to: after))")
      }
    }
  }

  @Test func aCookieDoesNotOpenTheAPIToOthers() async throws {
    try await withTestSite(.sqlite) { site in
      let records = try await SampleRecords.make(for: .owner, in: site)
      for route in site.routes where route.isWrite && route.isAPI {
        guard let (path, _) = route.path(records) else { continue }
        let answer = try await site.respond(
          route.method, path, [.cookie: "dossier=\(TestPerson.owner.sessionToken)", .secFetchSite: "cross-site", .contentType: "text/plain"], [])
        #expect(answer.status == 403, "\(route.label): \(answer.status)")
      }
    }
  }
}
