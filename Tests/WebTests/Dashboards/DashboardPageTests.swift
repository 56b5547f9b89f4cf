import Database
import Domain
import Store
import TestSupport
import Testing

@testable import Web

@Suite struct DashboardPageTests {
  @Test(arguments: Engine.all) func emptyAndFullPagesAreWhole(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      for person in TestPerson.allCases {
        let page = try await site.get(Routes.Dashboards.page(), as: person)
        #expect(page.status == 200 && page.text.contains("No contacts in this period"), "\(person)")
      }
      _ = try await SampleRecords.make(for: .maria, in: site)
      for path in ["", "?period=year", "?period=half&team=1", "?owner=3", "?period=x&team=x&owner=-1"] {
        #expect(try await site.get(Routes.Dashboards.page() + path).status == 200, "\(path)")
      }
      let page = try await site.get(Routes.Dashboards.page(), as: .maria).text
      #expect(page.contains("<svg") && page.contains("role=\"img\"") && page.contains("1 contact in the period"))
      // What lies with the owner leads to the lists; a promise kept shows in its month and leads there too.
      let whole = try await site.get(Routes.Dashboards.page(), as: .owner).text
      #expect(whole.contains(">Open promises</th>") && whole.contains("<a href=\"/promises\">1</a>"))
      #expect(page.contains("No promise has come due yet."))
      let moment = site.now
      try await site.store.database.write {
        try $0.run("UPDATE promise SET state = 'kept', on_time = \(true), settled_at = \(moment), due_date = '2026-11-01', side = 'us', remind_at = NULL")
      }
      let kept = try await site.get(Routes.Dashboards.page(), as: .maria).text
      #expect(kept.contains("state=kept") && kept.contains("from=2026-11-01&amp;until=2026-11-30&amp;in_time=yes") && kept.contains("100%"))
      #expect(try await site.get(Routes.Dashboards.page(), as: .ivan).text.contains("No contacts in this period"))
    }
  }

  @Test(arguments: Engine.all) func contactsAreListedBehindTheirNumber(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      _ = try await SampleRecords.make(for: .maria, in: site)
      let list = "\(Routes.Dashboards.contacts())?from=2026-11-02&until=2026-11-08"
      #expect(try await site.get(list).text.contains("Sample maria"))
      #expect(try await site.get("\(list)&channel=email").text.contains("No contacts in this period"))
      #expect(try await site.get(list, as: .ivan).text.contains("Sample maria") == false)
      for path in ["", "?from=x&until=y", "?from=2026-11-08&until=2026-11-02", "?from=2026-11-02&until=2026-11-08&at=9223372036854775807&id=1"] {
        #expect(try await site.get(Routes.Dashboards.contacts() + path).status == 200, "\(path)")
      }
    }
  }
}
