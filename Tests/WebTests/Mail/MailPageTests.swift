import Database
import Domain
import Store
import TestSupport
import Testing

@testable import Web

/// The settings of outgoing mail: what is typed is kept, the secret is never shown.
@Suite struct MailPageTests {
  private static let good = [
    ("host", "smtp.example.com"), ("port", "587"), ("security", "starttls"), ("username", "me"), ("secret", "geheim-7"), ("sender_name", "Agency"),
    ("sender_address", "mail@agency.example"), ("per_minute", "60"), ("version", "1"),
  ]

  @Test(arguments: Engine.all) func withoutAKeyNoSecretIsKept(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let answer = try await site.post(Routes.Mail.changeServer(), Self.good)
      #expect(answer.status == 422 && !answer.text.contains("geheim-7"))
      let without = Self.good.filter { $0.0 != "secret" }
      #expect(try await site.post(Routes.Mail.changeServer(), without).status == 303)
      let page = try await site.get(Routes.Mail.server())
      #expect(page.text.contains("smtp.example.com") && page.text.contains("mail@agency.example"))
    }
  }

  @Test(arguments: Engine.all) func ofTwoChangesTheSecondChooses(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let first = Self.good.filter { $0.0 != "secret" }
      #expect(try await site.post(Routes.Mail.changeServer(), first).status == 303)
      var second = Form(first)
      second.set("host", "mx.example.org")
      second.set("security", "tls")
      let mine = second.fields.map { ($0.key, $0.value.last ?? "") }
      let conflict = try await site.post(Routes.Mail.changeServer(), mine)
      #expect(conflict.status == 409)
      for text in ["smtp.example.com", "mx.example.org", "versus", "name=\"version\" value=\"2\""] {
        #expect(conflict.text.contains(text), "\(text)")
      }
      #expect(!conflict.text.contains("type=\"password\""))
      #expect(PageCheck.problems(in: conflict.text).isEmpty, "\(PageCheck.problems(in: conflict.text))")
      second.set("version", "2")
      #expect(try await site.post(Routes.Mail.changeServer(), second.fields.map { ($0.key, $0.value.last ?? "") }).status == 303)
      #expect(try await site.get(Routes.Mail.server()).text.contains("mx.example.org"))
    }
  }

  @Test(arguments: Engine.all) func aTypedSecretIsAskedForAgainAndNotShown(engine: Engine) async throws {
    let key = try #require(SealKey(Secret.random(SealKey.length)))
    try await withTestSite(engine, mail: MailSetup(key: key)) { site in
      #expect(try await site.post(Routes.Mail.changeServer(), Self.good).status == 303)
      let conflict = try await site.post(Routes.Mail.changeServer(), Self.good)
      #expect(conflict.status == 409 && conflict.text.contains("type=\"password\"") && !conflict.text.contains("geheim-7"))
    }
  }

  @Test func theSecretIsSealedAndNeverShown() async throws {
    let key = try #require(SealKey(Secret.random(SealKey.length)))
    var form = Form(Self.good)
    let draft = try MailServerForm.parse(form, key: key)
    #expect(draft.secret.flatMap(key.open) == "geheim-7")
    form.set("secret", "")
    #expect(try MailServerForm.parse(form, key: key).secret == nil)
  }

  @Test(arguments: [
    ("host", ""), ("host", "a b"), ("host", "mail.example.com/x"), ("host", "user@mail"), ("port", "0"), ("port", "65536"), ("port", "x"),
    ("security", "ssl"), ("sender_address", "nobody"), ("sender_address", "a@b.example\r\nBcc: x@y.example"), ("per_minute", "0"),
  ])
  func whatIsWrongIsSaidByItsField(field: String, value: String) async throws {
    var form = Form(Self.good)
    form.set(field, value)
    do {
      _ = try MailServerForm.parse(form, key: SealKey(Secret.random(SealKey.length)))
      Issue.record("\(field) = \(value) was taken")
    } catch let invalid as InvalidForm {
      #expect(invalid.messages.map(\.field) == [field])
    }
  }

  @Test(arguments: Engine.all) func theOutboxShowsAndActs(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      #expect(try await site.get(Routes.Mail.outbox()).text.contains("No mail has been sent yet"))
      #expect(try await site.post(Routes.Mail.test()).status == 303)
      let id: MailID = try await site.read { try $0.connection.required("SELECT id FROM mail") }
      for view in OutboxView.allCases { #expect(try await site.get("\(Routes.Mail.outbox())?view=\(view.rawValue)").status == 200) }
      #expect(try await site.post(Routes.Mail.drop(id)).status == 303)
      #expect(try await site.get(Routes.Mail.outbox()).text.contains("Dropped by hand"))
      #expect(try await site.post(Routes.Mail.drop(id)).status == 404)
      #expect(try await site.post(Routes.Mail.retry(id)).status == 303)
      #expect(try await site.post(Routes.Mail.test(), as: .manager).status == 403)
    }
  }

  @Test(arguments: Engine.all) func aHeldCopySaysSoUntilReleased(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      _ = try await site.post(Routes.Mail.test())
      try await site.store.holdRestoredMail(at: site.now)
      let page = try await site.get(Routes.Mail.server()).text
      #expect(page.contains("No mail is being sent") && page.contains("restored from a backup") && page.contains("1 mail is waiting"))
      #expect(!page.contains(Routes.Mail.test()))
      #expect(try await site.post(Routes.Mail.release(), [("waiting", "drop")]).status == 303)
      #expect(try await site.get(Routes.Mail.server()).text.contains("No mail is being sent") == false)
      #expect(try await site.get(Routes.Mail.outbox()).text.contains("Dropped by hand"))
    }
  }
}
