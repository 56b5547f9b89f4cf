import Database
import Domain
import Store
import TestSupport
import Testing

@testable import Web

/// The settings of mailboxes: what is typed is kept, what is wrong is said by its field, the password is never shown.
@Suite struct MailboxPageTests {
  private static let good = [
    ("address", "Clients@agency.example"), ("account", "\(TestPerson.maria.id)"), ("takes", "known"), ("host", "imap.agency.example"),
    ("port", "993"), ("security", "tls"), ("username", "clients"), ("secret", "geheim-7"), ("folders", "inbox\r\n\r\n Sent \r\nSent"),
    ("since", "2026-10-01"),
  ]

  private static func good(_ changes: [String: String]) -> [(String, String)] {
    var form = Form(good)
    for (field, value) in changes { form.set(field, value) }
    return form.fields.map { ($0.key, $0.value.last ?? "") }
  }

  private func withMailboxes(_ engine: Engine, _ body: (TestSite, SealKey) async throws -> Void) async throws {
    let key = try #require(SealKey(Secret.random(SealKey.length)))
    try await withTestSite(engine, mail: MailSetup(key: key)) { try await body($0, key) }
  }

  private func one(_ site: TestSite) async throws -> Mailbox { try #require(try await site.read { try $0.mailboxes() }.first) }

  private func check(_ page: TestAnswer, _ status: Int = 200) {
    #expect(page.status == status)
    #expect(PageCheck.problems(in: page.text).isEmpty, "\(PageCheck.problems(in: page.text))")
    #expect(!page.text.contains("geheim"))
  }

  @Test(arguments: Engine.all) func theWayOfAMailbox(engine: Engine) async throws {
    try await withMailboxes(engine) { site, key in
      #expect(try await site.get(Routes.Mail.server()).text.contains(Routes.Mailboxes.list()))
      let empty = try await site.get(Routes.Mailboxes.list())
      check(empty)
      #expect(empty.text.contains("at the server nothing is marked as read"))
      let new = try await site.get(Routes.Mailboxes.new())
      check(new)
      for text in ["value=\"993\"", "value=\"2026-11-05\"", "INBOX</textarea>", "<option value=\"1\" selected>"] { #expect(new.text.contains(text), "\(text)") }
      #expect(!new.text.contains(">reader</option>"))

      let added = try await site.post(Routes.Mailboxes.add(), Self.good)
      #expect(added.status == 303 && added.location == "/settings/mailboxes?said=said.mailbox_added")
      let box = try await one(site)
      #expect(box.address == "Clients@agency.example" && box.accountID == TestPerson.maria.id && box.takes == .known)
      #expect(box.folders == ["INBOX", "Sent"] && box.since == CalendarDate("2026-10-01"))
      #expect(try await site.store.mailboxes.lease(at: site.now).flatMap { key.open($0.secret) } == "geheim-7")
      let list = try await site.get(Routes.Mailboxes.list())
      check(list)
      for text in ["Clients@agency.example", "Looked after by: maria", "Only mail with clients is kept", "Not looked into yet"] {
        #expect(list.text.contains(text), "\(text)")
      }

      check(try await site.get(Routes.Mailboxes.edit(box.id)))
      let changed = try await site.post(Routes.Mailboxes.change(box.id), Self.good(["secret": "", "version": "1", "takes": "all"]))
      #expect(changed.status == 303)
      #expect(try await one(site).takes == .all)
      #expect(try await site.post(Routes.Mailboxes.look(box.id)).location == "/settings/mailboxes?said=said.mailbox_look")
      #expect(try await site.post(Routes.Mailboxes.pause(box.id), [("version", "2")]).status == 303)
      let paused = try await site.get(Routes.Mailboxes.list()).text
      #expect(paused.contains(">Paused<") && paused.contains(Routes.Mailboxes.resume(box.id)) && !paused.contains(Routes.Mailboxes.look(box.id)))
      #expect(try await site.post(Routes.Mailboxes.resume(box.id), [("version", "3")]).status == 303)

      let removed = try await site.post(Routes.Mailboxes.remove(box.id), [("version", "4")])
      let undone = try await site.get(try #require(removed.location))
      #expect(undone.text.contains("Undo brings it back paused and without its password") && undone.text.contains("data-copy") == false)
      #expect(try await site.get(Routes.Mailboxes.edit(box.id)).status == 404)
      let undo: UndoID = try await site.read { try $0.connection.required("SELECT max(id) FROM undo") }
      #expect(try await site.post(Routes.undo(undo)).status == 303)
      let back = try await site.get(Routes.Mailboxes.list())
      #expect(back.text.contains(">Paused<") && back.text.contains("there is no password"))
      // What it lacks is asked for in its form.
      let asked = try await site.post(Routes.Mailboxes.resume(box.id), [("version", "6")])
      check(asked, 422)
      #expect(asked.text.contains("Type the password and save, then resume") && asked.text.contains("Clients@agency.example"))
    }
  }

  @Test(arguments: [
    ("address", ""), ("address", "nobody"), ("address", "a@b.example\r\nx"), ("account", ""), ("account", "x"), ("account", "99"),
    ("account", "\(TestPerson.reader.id)"), ("takes", "some"), ("host", ""), ("host", "a b"), ("host", "imap.example.com/x"), ("port", "0"),
    ("port", "65536"), ("port", "x"), ("security", "ssl"), ("username", ""), ("username", "a\r\nb LOGOUT"),
    ("username", String(repeating: "x", count: 201)), ("secret", ""), ("secret", "a\nb"), ("secret", String(repeating: "x", count: 1001)),
    ("folders", ""), ("folders", "IN\u{0}BOX"), ("folders", String(repeating: "x", count: 201)),
    ("folders", (1...21).map { "f\($0)" }.joined(separator: "\n")), ("since", ""), ("since", "yesterday"), ("since", "2026-02-30"),
  ])
  func whatIsWrongIsSaidByItsField(field: String, value: String) async throws {
    try await withMailboxes(.sqlite) { site, _ in
      let answer = try await site.post(Routes.Mailboxes.add(), Self.good([field: value]))
      check(answer, 422)
      #expect(answer.text.contains("id=\"\(field)-error\"") || ["takes", "security"].contains(field) && answer.text.contains("field bad"))
      #expect(answer.text.ranges(of: "class=\"error\"").count == 1, "one mistake, one message")
      #expect(try await site.read { try $0.mailboxes() } == [])
    }
  }

  @Test(arguments: Engine.all) func anAddressIsTakenOnce(engine: Engine) async throws {
    try await withMailboxes(engine) { site, _ in
      #expect(try await site.post(Routes.Mailboxes.add(), Self.good).status == 303)
      let again = try await site.post(Routes.Mailboxes.add(), Self.good(["address": "CLIENTS@agency.example"]))
      check(again, 422)
      #expect(again.text.contains("This mailbox is in the list already") && again.text.contains("value=\"CLIENTS@agency.example\""))
    }
  }

  @Test func withoutAKeyNoPasswordIsKept() async throws {
    try await withTestSite(.sqlite) { site in
      let answer = try await site.post(Routes.Mailboxes.add(), Self.good)
      check(answer, 422)
      #expect(answer.text.contains("DOSSIER_SEAL_KEY"))
    }
  }

  @Test(arguments: Engine.all) func anotherServerWantsThePassword(engine: Engine) async throws {
    try await withMailboxes(engine) { site, _ in
      _ = try await site.post(Routes.Mailboxes.add(), Self.good)
      let box = try await one(site)
      let answer = try await site.post(Routes.Mailboxes.change(box.id), Self.good(["secret": "", "host": "evil.example", "version": "1"]))
      check(answer, 422)
      #expect(answer.text.contains("it was given for another server"))
    }
  }

  @Test(arguments: Engine.all) func ofTwoChangesTheSecondChooses(engine: Engine) async throws {
    try await withMailboxes(engine) { site, _ in
      _ = try await site.post(Routes.Mailboxes.add(), Self.good)
      let box = try await one(site)
      let first = Self.good(["secret": "", "version": "1", "takes": "all", "account": "\(TestPerson.ivan.id)"])
      #expect(try await site.post(Routes.Mailboxes.change(box.id), first).status == 303)
      let second = Self.good(["secret": "geheim-8", "version": "1", "since": "2026-09-01"])
      let conflict = try await site.post(Routes.Mailboxes.change(box.id), second)
      check(conflict, 409)
      for text in ["versus", ">ivan<", ">maria<", "All mail", "1\u{A0}Sep", "name=\"version\" value=\"2\"", "type=\"password\""] {
        #expect(conflict.text.contains(text), "\(text)")
      }
      // The folders are the same, however their lines end.
      #expect(conflict.text.contains("name=\"folders\" value=\"INBOX\nSent\"") || !conflict.text.contains("<legend>Folders</legend>"))
    }
  }

  /// What servers said stands as it was said, and nothing of it is markup.
  @Test(arguments: Engine.all) func troubleIsSaidWithItsRemedy(engine: Engine) async throws {
    try await withMailboxes(engine) { site, _ in
      _ = try await site.post(Routes.Mailboxes.add(), Self.good)
      let leased = try #require(try await site.store.mailboxes.lease(at: site.now))
      try await site.store.mailboxes.finish(leased, trouble: "NO <b>wrong</b> password", at: site.now)
      for (minutes, text) in [(0, "less than a minute ago"), (1, "Last look: 1 minute ago"), (58, "Last look: 59 minutes ago"), (1, "Last look: 5\u{A0}Nov")] {
        site.time.goOn(milliseconds: Int64(minutes) * Instant.minute)
        let page = try await site.get(Routes.Mailboxes.list())
        check(page)
        for text in [text, "NO &lt;b&gt;wrong&lt;/b&gt; password", "Check server, encryption"] { #expect(page.text.contains(text), "\(text)") }
        #expect(page.text.contains("Next attempt: 5\u{A0}Nov") == (minutes < 2 && text != "Last look: 5\u{A0}Nov"))
      }
    }
  }

  @Test(arguments: Engine.all) func aCopySaysThatItReadsNothing(engine: Engine) async throws {
    try await withMailboxes(engine) { site, _ in
      _ = try await site.post(Routes.Mailboxes.add(), Self.good)
      _ = try await site.post(Routes.Mail.hold())
      #expect(try await site.get(Routes.Mailboxes.list()).text.contains("No mailbox is being read") == false)
      #expect(try await site.get(Routes.Mail.server()).text.contains("no mailbox is read") == false)
      try await site.store.holdRestoredMail(at: site.now)
      let page = try await site.get(Routes.Mailboxes.list())
      check(page)
      #expect(page.text.contains("No mailbox is being read"))
      #expect(try await site.get(Routes.Mail.server()).text.contains("Until then no mailbox is read either"))
      _ = try await site.post(Routes.Mail.release(), [("waiting", "drop")])
      #expect(try await site.get(Routes.Mailboxes.list()).text.contains("No mailbox is being read") == false)
    }
  }

  @Test(arguments: Engine.all) func aClosedKeeperIsSaid(engine: Engine) async throws {
    try await withMailboxes(engine) { site, _ in
      _ = try await site.post(Routes.Mailboxes.add(), Self.good)
      let box = try await one(site)
      _ = try await site.write { try $0.closeAccount(TestPerson.maria.id, version: 1) }
      #expect(try await site.get(Routes.Mailboxes.list()).text.contains("maria can log no contacts here any more"))
      let form = try await site.get(Routes.Mailboxes.edit(box.id))
      check(form)
      #expect(form.text.contains("<option value=\"\" selected>Choose a person</option>") || form.text.contains("<option value=\"\">Choose a person</option>"))
      #expect(!form.text.contains(">maria</option>"))
    }
  }
}
