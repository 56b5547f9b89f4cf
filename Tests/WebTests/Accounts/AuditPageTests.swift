import Database
import Domain
import Foundation
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

struct AuditPageTests {
  @Test(arguments: Engine.all) func showsFiltersAndPages(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let records = try await SampleRecords.make(for: .maria, in: site)
      for index in 0..<120 { _ = try await site.write { try $0.createTeam("Team \(index)") } }
      let page = try await site.get("/audit")
      #expect(page.text.contains("The chain holds"))
      let next = try #require(page.text.range(of: "rel=\"next\""))
      #expect(page.text[..<next.lowerBound].contains("/audit?at="))
      let clients = try await site.get("/audit?on=party&what=created").text
      #expect(clients.contains("href=\"/clients/\(records.client)\"") && !clients.contains("Team 1<"))
      #expect(try await site.get("/audit?account=\(TestPerson.ivan.id)").text.contains("Nothing matches"))
      #expect(try await site.get("/audit?from=2026-11-06").text.contains("Nothing matches"))
      #expect(try await site.get("/audit?from=2026-11-05&to=2026-11-05&on=team").text.contains("Team 119"))
      for query in ["account=x", "what=hack", "id=99999999999999999999", "from=2026-13-45", "at=9223372036854775807&row=-9223372036854775808", "to=9999-12-31"] {
        #expect(try await site.get("/audit?\(query)").status == 200, "\(query)")
      }
    }
  }

  @Test func saysWhereTheChainBreaks() async throws {
    try await withTestSite(.sqlite) { site in
      for index in 0..<3 { _ = try await site.write { try $0.createTeam("Team \(index)") } }
      try await site.store.database.write { _ = try $0.run("UPDATE audit SET detail = 'x' WHERE id = 2") }
      #expect(try await site.get("/audit").text.contains("Row 2 was changed"))
      #expect(try await site.get("/audit/chain").text.contains("Row 2 was changed"))
      #expect(try await site.get("/audit", as: .maria).status == 403)
    }
  }

  /// A name is shown only to those who may see the client; the row is there for everyone who reads the trail.
  @Test func namesOfOthersClientsStayHidden() async throws {
    try await withTestSite(.sqlite) { site in
      _ = try await SampleRecords.make(for: .ivan, in: site, text: "Hidden")
      try await site.store.database.write { _ = try $0.run("UPDATE account SET scope = 'own' WHERE id = \(TestPerson.manager.id)") }
      let page = try await site.get("/audit?on=party", as: .manager)
      #expect(page.status == 200 && !page.text.contains("Hidden"))
      #expect(try await site.get("/audit?on=party", as: .owner).text.contains("Hidden"))
    }
  }
}
