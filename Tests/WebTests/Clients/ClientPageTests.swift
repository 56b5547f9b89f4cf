import Database
import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

@Suite struct ClientPageTests {
  private func alfa(_ site: TestSite, owner: TestPerson = .maria) async throws -> ClientID {
    try await site.write { tx in
      var draft = ClientDraft(kind: .company, name: "Алфа <ООД>")
      draft.ownerID = owner.id
      draft.tags = ["vip"]
      draft.contactPoints = [.email(try #require(EmailAddress("office@alfa.bg")), label: "work")]
      return try tx.createClient(draft)
    }
  }

  @Test(arguments: Engine.all) func everyPageIsWhole(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await alfa(site)
      let (person, tie, field) = try await site.write { tx in
        let person = try tx.addPerson(ClientDraft(kind: .person, name: "Anna"), to: firm, TieDraft(role: "CEO", isManager: true))
        let field = try tx.createField("Цвят", .choice, .both, options: ["a", "b"])
        return (person, try tx.connection.required("SELECT id FROM tie", as: TieID.self), field)
      }
      let paths = [
        "/clients", "/clients?q=alfa", "/clients?q=zzz", "/clients?sort=-contact&tag=1&owner=none&country=BG&contact=never",
        "/clients?after=rubbish&tag=x&state=bin", "/clients?state=archived", "/people", "/clients/new", "/clients/new?kind=person",
        Routes.Clients.page(firm), Routes.Clients.edit(firm), Routes.Clients.access(firm), Routes.Clients.owner(firm), Routes.Clients.tags(firm),
        Routes.People.page(person), Routes.Clients.edit(person), Routes.People.new(firm), Routes.People.tie(tie), Routes.Fields.list(),
        Routes.Fields.edit(field), Routes.Fields.tags(), Routes.Fields.relationships(), Routes.Fields.relationship(RelationshipID(1)),
        "/views/new?list=clients&query=q%3Da", "/search", "/search?q=%D0%B0%D0%BB%D1%84%D0%B0", "/palette", "/palette?q=an", "/pick/clients?q=al",
        "/pick/people?q=ann",
      ]
      for path in paths {
        for language in Language.allCases {
          try await site.write { try $0.connection.run("UPDATE account SET language = \(language) WHERE id = 1") }
          site.site.sessions.forgetAll()
          let answer = try await site.get(path)
          #expect(answer.status == 200, "\(path) \(answer.status)")
          #expect(!answer.text.contains("<ООД>"), "\(path)")
          let missing = missingKeys(answer.text)
          #expect(missing.isEmpty, "\(path) in \(language): \(missing)")
        }
      }
    }
  }

  /// Keys of the catalogues that stand in a page because no catalogue has them.
  private func missingKeys(_ page: String) -> [String] {
    page.matches(of: /[>" ]((?:clients|search|said|settings|history|facts|role|scope|field)\.[a-z_.]+)[<" ]/).map { String($0.1) }
      .filter { !$0.hasPrefix("field.") }
  }

  @Test(arguments: Engine.all) func aClientIsMadeAndChangedByForms(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let bad = try await site.post("/clients", [("kind", "company"), ("name", ""), ("email", "nonsense"), ("phone", "abc")])
      #expect(bad.status == 422)
      #expect(bad.text.contains("nonsense") && bad.text.contains("email-0-error") && bad.text.contains("phone-0-error"))

      let more = try await site.post("/clients", [("kind", "company"), ("name", "Beta"), ("phone", "0888 123 456"), ("more", "phone")])
      #expect(more.status == 200 && more.text.contains("id=\"phone-2\"") && more.text.contains("Beta"))

      let made = try await site.post("/clients", [
        ("kind", "company"), ("name", "Beta Ltd"), ("country", "BG"), ("phone", "0888 123 456"), ("phone_label", "work"), ("phone", ""),
        ("email", "a@beta.bg"), ("email", "b@beta.bg"), ("email_label", "work"), ("email_label", "home"), ("tags", "one, two"),
        ("owner", "1"), ("relationship", "2"), ("street", "ул. Шипка 1"), ("city", "София"),
      ])
      #expect(made.status == 303)
      let page = try await site.get("/clients/1")
      for text in ["Beta Ltd", "088 812 3456", "a@beta.bg", "b@beta.bg", "София", "two"] { #expect(page.text.contains(text), "\(text)") }

      let again = try await site.post("/clients", [("kind", "company"), ("name", "Beta"), ("email", "A@beta.bg")])
      #expect(again.status == 409 && again.text.contains("anyway"))
      let anyway = try await site.post("/clients", [("kind", "company"), ("name", "Beta"), ("email", "A@beta.bg"), ("anyway", "1")])
      #expect(anyway.status == 303)

      let saved = try await site.post("/clients/1", [("name", "Beta OOD"), ("version", "1"), ("phone", "+359 88 812 3456")])
      #expect(saved.location?.hasPrefix("/clients/1") == true)
      #expect(try await site.read { try $0.storedClient(ClientID(1)).draft.name } == "Beta OOD")
    }
  }

  @Test(arguments: Engine.all) func aConflictShowsBothValuesAndKeepsTheChoice(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let id = try await alfa(site)
      try await site.write(as: .manager) { tx in
        var draft = try tx.storedClient(id).draft
        draft.name = "Theirs"
        draft.note = "their note"
        _ = try tx.updateClient(id, draft, expecting: 1)
      }
      let mine: [(String, String)] = [("name", "Mine"), ("note", "my note"), ("version", "1"), ("tags", "vip")]
      let conflict = try await site.post(Routes.Clients.update(id), mine)
      #expect(conflict.status == 409)
      for text in ["Theirs", "Mine", "their note", "my note", "keep.name", "keep.note"] { #expect(conflict.text.contains(text), "\(text)") }
      let chosen = try await site.post(
        Routes.Clients.update(id), mine.filter { $0.0 != "version" } + [("version", "2"), ("keep.name", "theirs"), ("keep.note", "mine")])
      #expect(chosen.status == 303)
      let draft = try await site.read { try $0.storedClient(id).draft }
      #expect(draft.name == "Theirs" && draft.note == "my note")
    }
  }

  @Test(arguments: Engine.all) func bulkChangesCanBeTakenBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let id = try await alfa(site)
      let answer = try await site.post("/clients/bulk", [("id", "\(id)"), ("do", "owner"), ("owner", "5"), ("query", "sort=-name")])
      let location = try #require(answer.location)
      #expect(location.hasPrefix("/clients?sort=-name&undo="))
      #expect(try await site.get(location).text.contains("class=\"toast\""))
      let undo = try #require(location.split(separator: "undo=").last)
      #expect(try await site.post("/undo/\(undo)").status == 303)
      #expect(try await site.read { try $0.storedClient(id).draft.ownerID } == TestPerson.maria.id)
      let all = try await site.post("/clients/bulk", [("all", "1"), ("do", "tag"), ("tags", "new"), ("query", "q=nobody")])
      #expect(all.location?.contains("said.nothing_changed") == true)
    }
  }

  @Test(arguments: Engine.all) func archiveAndBin(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let id = try await alfa(site)
      #expect(try await site.post(Routes.Clients.archive(id)).status == 303)
      #expect(try await site.get("/clients?state=archived").text.contains("/clients/\(id)"))
      #expect(try await site.post(Routes.Clients.remove(id)).status == 303)
      #expect(try await site.get("/clients").text.contains("/clients/\(id)\"") == false)
      #expect(try await site.get(Routes.Clients.page(id)).status == 200)
      #expect(try await site.get(Routes.Clients.edit(id)).status == 404)
      #expect(try await site.post(Routes.Clients.restore(id)).status == 303)
    }
  }

  @Test(arguments: Engine.all) func strangersFindNothing(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let id = try await alfa(site, owner: .maria)
      for path in [Routes.Clients.page(id), Routes.Clients.edit(id), Routes.Clients.access(id), Routes.People.new(id)] {
        #expect(try await site.get(path, as: .ivan).status == 404, "\(path)")
        #expect(try await site.get(path, as: .maria).status == 200, "\(path)")
      }
      #expect(try await site.get("/palette?q=alfa", as: .ivan).text.contains("/clients/\(id)") == false)
      #expect(try await site.post(Routes.Clients.update(id), as: .ivan, [("name", "x"), ("version", "1")]).status == 404)
      #expect(try await site.post(Routes.Clients.update(id), as: .reader, [("name", "x"), ("version", "1")]).status == 403)
      #expect(try await site.post("/clients/bulk", as: .maria, [("id", "\(id)"), ("do", "owner"), ("owner", "1")]).status == 403)
    }
  }

  @Test(arguments: Engine.all) func ownerIsEditedInPlace(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let id = try await alfa(site)
      let form = try await site.send(.get, Routes.Clients.owner(id), [.xFragment: "inline"])
      #expect(form.text.hasPrefix("<form class=\"inline-form\""))
      let saved = try await site.send(
        .post, Routes.Clients.changeOwner(id), [.xFragment: "inline", .contentType: "application/x-www-form-urlencoded"],
        body: Array("owner=5&version=1".utf8))
      #expect(saved.status == 200 && saved.text.contains("data-inline") && saved.text.contains("ivan"))
      let late = try await site.send(
        .post, Routes.Clients.changeOwner(id), [.xFragment: "inline", .contentType: "application/x-www-form-urlencoded"],
        body: Array("owner=1&version=1".utf8))
      #expect(late.status == 409 && late.text.contains("inline-form"))
    }
  }
}
