import Database
import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// Mail that nobody has filed, through the front door.
struct FilingPagesTests {
  private func waiting(_ site: TestSite, _ from: String = "Carl Cole <carl@gamma.example>", _ key: String = "k1", subject: String = "New <here>") async throws -> CapturedMailID {
    let mail = ReceivedMail(
      from: ForwardedHeader.mailboxes(from), to: ForwardedHeader.mailboxes("sales@agency.example"), subject: subject, sentAt: site.now,
      text: "Hello & <b>welcome</b>\n\nOn Monday Maria wrote:\n> Quoted", files: [ReceivedMail.File(name: "a.html", mediaType: "text/html", bytes: [65])])
    let result = try await site.store.capture(
      IncomingMail(mail, key: key, mailbox: nil, keeper: TestPerson.owner.id, takes: .all), at: site.now)
    guard case .unfiled(let id) = result else { throw Refusal.notFound }
    return id
  }

  private func check(_ page: TestAnswer, _ status: Int = 200) {
    #expect(page.status == status)
    #expect(PageCheck.problems(in: page.text).isEmpty, "\(PageCheck.problems(in: page.text))")
  }

  @Test(arguments: Engine.all) func theWayOfAMail(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let empty = try await site.get(Routes.Filing.list())
      check(empty)
      #expect(empty.text.contains("Every mail has its client"))
      let mail = try await waiting(site)
      let alfa = try await site.write { tx in
        let alfa = try tx.createClient(ClientDraft(kind: .company, name: "Gamma"))
        _ = try tx.addPerson(ClientDraft(kind: .person, isClient: false, name: "carl cole"), to: alfa, TieDraft())
        return alfa
      }
      #expect(try await site.get(Routes.Today.page()).text.contains("Which client is it about? Carl Cole: New &lt;here&gt;"))
      let list = try await site.get(Routes.Filing.list())
      check(list)
      #expect(list.text.contains("From Carl Cole") && list.text.contains("New &lt;here&gt;"))
      let page = try await site.get(Routes.Filing.mail(mail))
      check(page)
      #expect(page.text.contains("Hello &amp; &lt;b&gt;welcome&lt;/b&gt;") && page.text.contains("<details><summary>Quoted text</summary>"))
      #expect(page.text.contains(">Gamma</a>") || page.text.contains("Gamma</a>"), "offered by the name of who works there")
      let nobody = try await site.get(Routes.Filing.mail(mail) + "?client_name=Nobody")
      check(nobody)
      #expect(nobody.text.contains("client_name-error"))
      let chosen = try await site.get(Routes.Filing.mail(mail) + "?client_name=gam")
      check(chosen)
      let carl = try await site.read { try $0.people(of: alfa).first?.id }
      let person = try #require(carl)
      #expect(chosen.text.contains("File with Gamma") && chosen.text.contains("<option value=\"\(person)\" selected>"))

      let file = try await site.read { try $0.files(of: mail).first }
      let download = try await site.get(Routes.Filing.attachment(try #require(file).id))
      #expect(download.headers[.contentDisposition]?.hasPrefix("attachment") == true && download.text == "A")

      let wrong = try await site.post(Routes.Filing.file(mail), [("client", "\(alfa)"), ("with", "99999"), ("version", "1")])
      check(wrong, 422)
      #expect(wrong.text.contains("with-error"))
      #expect(try await site.post(Routes.Filing.file(mail), [("client", "\(alfa)"), ("version", "7")]).status == 412)
      let filed = try await site.post(Routes.Filing.file(mail), [("client", "\(alfa)"), ("with", "\(person)"), ("learn", "1"), ("version", "1")])
      #expect(filed.status == 303 && filed.location?.hasPrefix(Routes.Filing.list()) == true)
      let said = try await site.get(try #require(filed.location))
      check(said)
      #expect(said.text.contains("Mail filed with Gamma") && said.text.contains("Every mail has its client"))
      let client = try await site.get(Routes.Clients.page(alfa))
      check(client)
      #expect(client.text.contains("Quoted text"))
      #expect(try await site.get(Routes.People.page(person)).text.contains("carl@gamma.example"))
      let after = try await site.get(Routes.Filing.mail(mail))
      check(after)
      #expect(after.text.contains("This mail is filed") && !after.text.contains("name=\"client_name\""))
      #expect(try await site.post(Routes.Filing.file(mail), [("client", "\(alfa)")]).status == 409)
      let undo: UndoID = try await site.read { try $0.connection.required("SELECT max(id) FROM undo") }
      #expect(try await site.post(Routes.undo(undo)).location?.hasPrefix(Routes.Filing.mail(mail)) == true)
      let dismissed = try await site.post(Routes.Filing.dismiss(mail), [("version", "3")])
      #expect(dismissed.location?.hasPrefix(Routes.Filing.list()) == true)
      #expect(try await site.get(Routes.Filing.mail(mail)).text.contains("not for the record"))
    }
  }

  /// Whoever makes a client for a mail comes back to the mail.
  @Test(arguments: Engine.all) func aNewClientGoesOnWithTheMail(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let mail = try await waiting(site, "Carl Cole <carl@gmail.com>")
      let page = try await site.get(Routes.Filing.mail(mail))
      #expect(page.text.contains("/clients/new?kind=person&amp;name=Carl%20Cole&amp;mail=\(mail)"))
      let form = try await site.get("/clients/new?kind=person&name=Carl%20Cole&mail=\(mail)")
      check(form)
      #expect(form.text.contains("<input type=\"hidden\" name=\"mail\" value=\"\(mail)\">"))
      let made = try await site.post(Routes.Clients.create(), [("kind", "person"), ("family_name", "Cole"), ("mail", "\(mail)")])
      let carl: PartyID = try await site.read { try $0.connection.required("SELECT max(id) FROM party") }
      #expect(made.status == 303 && made.location?.hasPrefix(Routes.Filing.mail(mail) + "?client_id=\(carl)") == true)
      check(try await site.get(try #require(made.location)))
    }
  }

  @Test(arguments: Engine.all) func otherProgramsMayFile(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let first = try await waiting(site, "a@a.example", "k1"), second = try await waiting(site, "b@b.example", "k2")
      let alfa = try await site.write { try $0.createClient(ClientDraft(kind: .company, name: "Alfa")) }
      let api = try await APICaller(site)
      let page = try await api.get("/mails?limit=1")
      #expect(page.json["mails"]?.array?.map { $0["id"]?.integer } == [first.rawValue])
      let next = try #require(page.json["next"]?.text)
      let rest = try await api.get("/mails?cursor=\(next)").json["mails"]?.array ?? []
      #expect(rest.map { $0["outsiders"]?.array?.first?["address"]?.text } == ["b@b.example"])
      let etag = try await api.get("/mails/\(first)").etag
      let wrong = try await api.send(.post, "/mails/\(first)/filing", ["clientId": 99999], [.ifMatch: etag])
      #expect(wrong.status == 422 && wrong.wrongFields == ["clientId"])
      #expect(try await api.send(.post, "/mails/\(first)/filing", ["clientId": .integer(alfa.rawValue)]).status == 428)
      let filed = try await api.send(.post, "/mails/\(first)/filing", ["clientId": .integer(alfa.rawValue), "newPerson": true], [.ifMatch: etag])
      #expect(filed.status == 200 && filed.json["state"] == "filed")
      #expect(try await site.read { try $0.people(of: alfa).map(\.name) } == ["a@a.example"])
      #expect(try await api.send(.post, "/mails/\(first)/dismissal", [:], [.ifMatch: filed.etag]).status == 409)
      let other = try await api.get("/mails/\(second)").etag
      #expect(try await api.send(.post, "/mails/\(second)/dismissal", [:], [.ifMatch: other]).json["state"] == "dismissed")
      #expect(try await api.get("/mails").json["mails"]?.array == [])
    }
  }
}
