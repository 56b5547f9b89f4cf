import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

struct TimelinePanelTests {
  @Test(arguments: Engine.all) func showsFiltersAndGoesBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm()
      let now = site.now
      try await site.write { tx in
        try tx.insertHistory((0..<70).map { index in
          let at = now.adding(milliseconds: Int64(-index) * Instant.hour)
          return HistoryDraft(
            .contact(Contact(channel: index % 7 == 0 ? .email : .call, direction: .incoming, occurredAt: at, subject: "Subject \(index)")),
            client: firm, by: tx.actor.id, recordedAt: at)
        })
      }
      let path = Routes.Clients.page(firm)
      let page = try await site.get(path).text
      #expect(page.contains(">Subject 0<") && !page.contains(">Subject 60<") && page.contains("data-more"))
      let older = try #require(page.firstMatch(of: #/href="([^"]*before=[^"]*)"/#)?.1)
      let next = try await site.get(String(older)).text
      #expect(next.contains(">Subject 69<") && !next.contains(">Subject 0<") && next.contains("after="))
      let mails = try await site.get(path + "?kind=email").text
      #expect(mails.contains(">Subject 63<") && !mails.contains(">Subject 1<"))
      let found = try await site.get(path + "?find=SUBJECT+13", as: .owner, [.xFragment: "1"]).text
      #expect(found.hasPrefix("<div id=\"timeline\">") && found.contains(">Subject 13<") && found.contains("data-found"))
      #expect(try await site.get(path + "?find=nowhere").text.contains("No entry matches"))
      // What cannot be read asks for nothing.
      #expect(try await site.get(path + "?kind=pigeon&who=x&by=-1&before=x").status == 200)
    }
  }

  @Test func automaticEventsFoldAndSpeakTheReadersLanguage() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm()
      try await site.write { tx in
        try tx.record(.ownerChanged(OwnerChange(from: TestPerson.maria.id, to: TestPerson.ivan.id)), client: firm)
        try tx.record(.partyChanged([FieldChange("name", old: "<A>", new: "B")]), client: firm)
      }
      let page = try await site.get(Routes.Clients.page(firm)).text
      #expect(page.contains("3 automatic events") && page.contains("Owner: ivan, before: maria"))
      #expect(page.contains("<del>&lt;A&gt;</del> <ins>B</ins>"))
    }
  }

  @Test func scriptsAreRefusedOthersClientsToo() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm(of: .maria)
      #expect(try await site.get(Routes.Clients.page(firm), as: .ivan, [.xFragment: "1"]).status == 404)
      #expect(try await site.get(Routes.Clients.page(firm), as: .maria, [.xFragment: "1"]).status == 200)
    }
  }

  @Test func aPersonsContactBelongsToTheCompany() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm()
      let anna = try await site.write { try $0.addPerson(ClientDraft(kind: .person, isClient: false, name: "Anna"), to: firm, TieDraft()) }
      let form = try await site.get(Routes.History.log(anna)).text
      #expect(form.contains("Log contact: Alfa") && form.contains("<option value=\"\(anna)\" selected>"))
      #expect(form.contains("action=\"\(Routes.History.log(firm))\""))
    }
  }
}
