import Domain
import Foundation
import Jobs
import Logging
import Store
import TestSupport
import Testing

@testable import Web

/// The wizard through the front door, step by step, as a browser without scripts takes it.
struct HandoverPagesTests {
  private func runJobs(_ site: TestSite) async throws {
    let now = site.now
    let runner = JobRunner(store: site.store, kinds: JobCatalogue.all(site.store), clock: { now }, log: Logger(label: "test"))
    while try await runner.runNext() {}
  }

  private func firm(_ name: String, of person: TestPerson, _ language: Language? = nil, in site: TestSite) async throws -> ClientID {
    try await site.write { tx in
      var draft = ClientDraft(kind: .company, name: name)
      draft.ownerID = person.id
      draft.language = language
      return try tx.createClient(draft)
    }
  }

  private func owner(_ client: ClientID, in site: TestSite) async throws -> AccountID? {
    try await site.read { try $0.storedClient(client).draft.ownerID }
  }

  private func value(_ name: String, in page: String) -> String? {
    page.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst().first?.components(separatedBy: "\"").first
  }

  @Test(arguments: Engine.all) func fromWhoToUndo(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let bulgarian = try await firm("Българска", of: .maria, .bg, in: site)
      let polish = try await firm("Polska", of: .maria, .pl, in: site)
      let plain = try await firm("Plain", of: .maria, in: site)
      #expect(try await site.get("/handovers").text.contains("Nobody has handed clients over yet"))
      let start = try await site.get("/handovers/new?from=\(TestPerson.maria.id)")
      #expect(start.text.contains("maria, 3 clients") && PageCheck.problems(in: start.text).isEmpty)
      // Nothing chosen: said by the field.
      let empty = try await site.post("/handovers", [("reason", "leaves")])
      #expect(empty.status == 422 && empty.text.contains("from-error"))
      let begun = try await site.post("/handovers", [("from", "\(TestPerson.maria.id)"), ("reason", "leaves"), ("note", "Be kind")])
      let plan = try #require(begun.location)
      let base = String(plan.dropLast("/plan".count))
      // A draft waits in the list, and its page leads to the step that is missing.
      #expect(try await site.get("/handovers").text.contains("maria leaves the company"))
      #expect(try await site.get(base).location == plan)
      let one = try await site.post(plan, [("method", "one"), ("version", "1")])
      #expect(one.status == 422 && one.text.contains("id=\"one-error\""))
      let byRule = [("method", "rule"), ("trait", "language"), ("takers", "\(TestPerson.ivan.id)"), ("version", "1")]
      #expect(try await site.post(plan, byRule).location == base + "/rules")
      let rules = try await site.get(base + "/rules")
      #expect(rules.text.contains("to-bg") && rules.text.contains("1 client has no such value"))
      let ruled = try await site.post(base + "/rules", [("to-bg", "\(TestPerson.piotr.id)"), ("version", "2")])
      #expect(ruled.location == base)
      // One client to somebody else than the rule says.
      let list = try await site.get(base + "/clients")
      #expect(list.text.contains("client-\(polish)") && PageCheck.problems(in: list.text).isEmpty)
      let chosen = try await site.post(base + "/clients", [("client-\(polish)", "\(TestPerson.owner.id)"), ("client-\(bulgarian)", ""), ("version", "3")])
      #expect(chosen.location == base)
      let preview = try await site.get(base)
      #expect(preview.text.contains("Hand over 3 clients") && preview.text.contains("The account is closed: maria"))
      #expect(PageCheck.problems(in: preview.text).isEmpty)
      let seen = try #require(value("seen", in: preview.text)), version = try #require(value("version", in: preview.text))
      #expect(try await site.post(base + "/run", [("seen", seen), ("version", version)]).location == base)
      #expect(try await site.get(base).text.contains("data-progress-url"))
      #expect(try await site.get("/clients", as: .maria).status == 200)
      try await runJobs(site)

      let report = try await site.get(base)
      #expect(report.text.contains("3 clients handed over") && PageCheck.problems(in: report.text).isEmpty)
      #expect(try await owner(bulgarian, in: site) == TestPerson.piotr.id)
      #expect(try await owner(polish, in: site) == TestPerson.owner.id)
      #expect(try await owner(plain, in: site) == TestPerson.ivan.id)
      // The door is shut at once, whatever the server remembered.
      #expect(try await site.get("/clients", as: .maria).status == 303)
      #expect(try await site.get("/clients/\(plain)", as: .ivan).text.contains("Owner: ivan, before: maria"))
      let undo = try #require(value("version", in: report.text))
      #expect(try await site.post(base + "/undo", [("version", undo)]).location == base)
      try await runJobs(site)
      let undone = try await site.get(base)
      #expect(undone.text.contains("3 clients returned") && PageCheck.problems(in: undone.text).isEmpty)
      #expect(try await owner(plain, in: site) == TestPerson.maria.id)
    }
  }

  @Test func whatChangedMeanwhileIsShown() async throws {
    try await withTestSite(.sqlite) { site in
      _ = try await firm("One", of: .maria, in: site)
      let begun = try await site.post("/handovers", [("from", "\(TestPerson.maria.id)"), ("reason", "changes")])
      let base = String(try #require(begun.location).dropLast("/plan".count))
      _ = try await site.post(base + "/plan", [("method", "one"), ("one", "\(TestPerson.ivan.id)"), ("version", "1")])
      let preview = try await site.get(base).text
      _ = try await firm("Two", of: .maria, in: site)
      let answer = try await site.post(base + "/run", [
        ("seen", value("seen", in: preview) ?? ""), ("version", value("version", in: preview) ?? ""), ("clients", value("clients", in: preview) ?? ""),
      ])
      #expect(try await site.get(try #require(answer.location)).text.contains("Clients then: 1; now: 2"))
      // A form of another window: the draft as it is now.
      let old = try await site.post(base + "/plan", [("method", "one"), ("one", "\(TestPerson.ivan.id)"), ("version", "1")])
      #expect(old.location == base + "?said=said.handover_meanwhile")
      #expect(try await site.post(base + "/removal").location == "/handovers?said=said.handover_discarded")
      #expect(try await site.get(base).status == 404)
    }
  }

  @Test(arguments: Engine.all) func oneClientWithItsBriefing(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let client = try await firm("Alfa", of: .maria, in: site)
      try await site.write { try $0.addFact(FactDraft(kind: .avoid, text: "Never call at lunch"), to: client) }
      let day = Zone.utc.date(site.now).adding(days: -3)
      _ = try await site.write {
        try $0.makePromise(PromiseTerms(what: "Send the price", ownerID: TestPerson.maria.id), due: PromiseDue(date: day, zone: .utc), to: client)
      }
      #expect(try await site.get("/clients/\(client)/handover", as: .maria).status == 403)
      let form = try await site.get("/clients/\(client)/handover")
      #expect(form.status == 200 && !form.text.contains(">maria<"))
      let wrong = try await site.post("/clients/\(client)/handover", [("to", "\(TestPerson.reader.id)"), ("version", "1")])
      #expect(wrong.status == 422)
      let done = try await site.post("/clients/\(client)/handover", [("to", "\(TestPerson.ivan.id)"), ("note", "They wait for a price"), ("version", "1")])
      #expect(done.status == 303 && done.location?.hasPrefix("/clients/\(client)?undo=") == true)
      let inbox = try await site.get("/received", as: .ivan)
      #expect(inbox.text.contains("They wait for a price") && PageCheck.problems(in: inbox.text).isEmpty)
      let briefing = try await site.get("/clients/\(client)/briefing", as: .ivan)
      #expect(briefing.text.contains("Never call at lunch") && briefing.text.contains("They wait for a price"))
      #expect(briefing.text.contains("What we owe them") && briefing.text.contains("Send the price") && briefing.text.contains("Overdue"))
      #expect(PageCheck.problems(in: briefing.text).isEmpty)
      #expect(try await site.get("/clients/\(client)/briefing", as: .maria).status == 404)
      let tick = try #require(briefing.text.firstMatch(of: try Regex("action=\"(/received/[0-9]+/read)\"", as: (Substring, Substring).self))).1
      #expect(try await site.post(String(tick), as: .owner).status == 404)
      #expect(try await site.post(String(tick), as: .ivan).location == "/received?said=said.briefing_read")
      #expect(try await site.get("/received", as: .ivan).text.contains("All briefings are read"))
      #expect(try await site.get("/received?show=all", as: .ivan).text.contains("Alfa"))
    }
  }

  @Test(arguments: Engine.all) func theManagerChanged(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let client = try await firm("Alfa", of: .maria, in: site)
      let boss = try await site.write { tx in
        var draft = ClientDraft(kind: .person, isClient: false, name: "Anna")
        draft.givenName = "Anna"
        if let address = EmailAddress("anna@example.com") { draft.contactPoints = [.email(address)] }
        return try tx.addPerson(draft, to: client, TieDraft(role: "Director", isManager: true))
      }
      let bounced = try await site.post("/people/\(boss)/bounces", as: .maria, [("email", "anna@example.com")])
      #expect(bounced.location == "/people/\(boss)?said=said.bounced")
      #expect(try await site.get("/clients/\(client)", as: .maria).text.contains("Mail came back"))
      let form = try await site.get("/clients/\(client)/manager", as: .maria)
      #expect(form.text.contains("Until now: Anna") && PageCheck.problems(in: form.text).isEmpty)
      let empty = try await site.post("/clients/\(client)/manager", as: .maria, [("successor", "new"), ("last_day", "2026-11-05")])
      #expect(empty.status == 422 && empty.text.contains("given_name-error"))
      let done = try await site.post("/clients/\(client)/manager", as: .maria, [
        ("successor", "new"), ("given_name", "Boris"), ("family_name", "Petrov"), ("last_day", "2026-11-04"), ("company_name", "Beta"),
      ])
      #expect(done.location?.hasPrefix("/clients/\(client)?undo=") == true)
      let page = try await site.get(try #require(done.location), as: .maria)
      #expect(page.text.contains("Boris Petrov") && page.text.contains("The client’s manager changed: Alfa"))
      #expect(PageCheck.problems(in: page.text).isEmpty)
      #expect(try await site.get("/people/\(boss)", as: .maria).text.contains("Beta"))
    }
  }
}
