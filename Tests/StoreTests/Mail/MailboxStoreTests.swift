import Database
import Domain
import Store
import TestSupport
import Testing

/// Mailboxes set up, changed, stopped, removed and brought back.
@Suite struct MailboxStoreTests {
  @Test(arguments: Engine.all) func isKeptAsItWasTyped(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox("Clients@Example.com")
      try await base.addMailbox("anna@example.com", keeper: base.ivan)
      let all = try await base.read { try $0.mailboxes() }
      #expect(all.map(\.address) == ["anna@example.com", "Clients@example.com"])
      let one = try #require(all.last)
      #expect(one.id == id && one.accountID == base.maria.id && one.accountName == "Maria Ivanova" && one.hasKeeper)
      #expect(one.takes == .all && one.host == "imap.example.com" && one.port == 993 && one.security == .tls && one.hasSecret)
      #expect(one.folders == ["INBOX", "Sent"] && one.since == Zone.utc.date(base.now) && one.lookAt == base.now)
      #expect(one.lookedAt == nil && one.trouble.isEmpty && one.pausedAt == nil && one.version == 1)
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func onlyWhoRunsTheInstallationMay(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      let draft = try base.mailboxDraft("other@example.com")
      let deeds: [@Sendable (Transaction) throws -> Void] = [
        { _ = try $0.mailboxes() }, { _ = try $0.mailbox(id) }, { _ = try $0.mailboxKeepers() }, { _ = try $0.addMailbox(draft) },
        { try $0.changeMailbox(id, to: draft, version: 1) }, { try $0.pauseMailbox(id, version: 1) },
        { try $0.resumeMailbox(id, version: 1) }, { try $0.lookNow(id) }, { _ = try $0.removeMailbox(id, version: 1, returnTo: "/") },
      ]
      for deed in deeds {
        await #expect(throws: Refusal.forbidden(.manageInstallation)) { try await base.write(as: base.maria) { try deed($0) } }
      }
      #expect(try await base.mailbox(id).version == 1)
    }
  }

  @Test(arguments: Engine.all) func anAddressIsThereOnce(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let first = try await base.addMailbox("clients@example.com")
      let other = try await base.addMailbox("other@example.com")
      await #expect(throws: wrong("address", "mailbox.address_taken")) { try await base.addMailbox("CLIENTS@example.com") }
      let address = try #require(EmailAddress("Clients@example.com"))
      await #expect(throws: wrong("address", "mailbox.address_taken")) { try await base.change(other) { $0.address = address } }
      // One that was removed is out of the way, and cannot come back then.
      let undo = try await base.write { try $0.removeMailbox(first, version: 1, returnTo: "/") }
      try await base.change(other) { $0.address = address }
      await #expect(throws: Refusal.duplicate(field: "address", of: nil)) {
        _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      }
    }
  }

  @Test(arguments: Engine.all) func itsKeeperWorksHereAndLogsContacts(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      #expect(try await base.read { try $0.mailboxKeepers().map(\.id) } == [base.ivan.id, base.maria.id, base.owner.id, base.piotr.id])
      await #expect(throws: wrong("account", "mailbox.keeper_wrong")) { try await base.addMailbox(keeper: base.reader) }
      let id = try await base.addMailbox(keeper: base.ivan)
      _ = try await base.write { tx in try tx.closeAccount(base.ivan.id, version: tx.account(base.ivan.id).version) }
      #expect(try await base.mailbox(id).hasKeeper == false)
      // Nobody would file its mail: it stays where it is.
      #expect(try await base.leasedMailbox() == nil)
      await #expect(throws: wrong("account", "mailbox.keeper_wrong")) { try await base.change(id) { $0.port = 994; $0.secret = [4] } }
      try await base.change(id) { $0.account = base.piotr.id }
      #expect(try await base.leasedMailbox()?.accountID == base.piotr.id)
    }
  }

  @Test(arguments: Engine.all) func ofTwoChangesTheSecondIsRefused(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      try await base.change(id) { $0.takes = .known }
      let draft = try base.mailboxDraft()
      let late: [@Sendable (Transaction) throws -> Void] = [
        { try $0.changeMailbox(id, to: draft, version: 1) }, { try $0.pauseMailbox(id, version: 1) },
        { try $0.resumeMailbox(id, version: 1) }, { _ = try $0.removeMailbox(id, version: 1, returnTo: "/") },
      ]
      for deed in late { await #expect(throws: Refusal.conflict(currentVersion: 2)) { try await base.write { try deed($0) } } }
      #expect(try await base.mailbox(id).takes == .known)
    }
  }

  /// A password goes to no other server than the one it was typed for.
  @Test(arguments: Engine.all) func anotherLogInWantsItsPassword(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      let changes: [@Sendable (inout MailboxDraft) -> Void] = [
        { $0.host = "imap.example.org" }, { $0.port = 143 }, { $0.security = .none }, { $0.username = "other" },
      ]
      for change in changes {
        await #expect(throws: wrong("secret", "mailbox.secret_moved")) { try await base.change(id, change) }
        try await base.change(id) { draft in
          change(&draft)
          draft.secret = [9]
        }
      }
      try await base.change(id) { $0.takes = .known }
      #expect(try await base.leasedMailbox()?.secret == [9])
      await #expect(throws: wrong("secret", "field.required")) {
        var draft = try base.mailboxDraft("other@example.com")
        draft.secret = nil
        let new = draft
        _ = try await base.write { try $0.addMailbox(new) }
      }
    }
  }

  @Test(arguments: Engine.all) func whatWasReadStaysKnown(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      func read() async throws {
        let leased = try #require(try await base.leasedMailbox())
        for folder in leased.folders { try await base.advance(leased, folder.name, to: 40) }
        try await base.store.mailboxes.finish(leased, at: base.now.adding(milliseconds: -MailboxClock.interval))
      }
      try await read()
      try await base.change(id) { $0.folders = ["Archive", "INBOX"] }
      #expect(try await base.progress(id) == ["Archive": [0, 0], "INBOX": [7, 40]])
      #expect(try await base.mailbox(id).folders == ["Archive", "INBOX"])
      try await base.change(id) { $0.since = $0.since.adding(days: 1) }
      #expect(try await base.progress(id)["INBOX"] == [7, 40])
      let anew: [@Sendable (inout MailboxDraft) -> Void] = [
        { $0.since = $0.since.adding(days: -30) }, { ($0.host, $0.secret) = ("imap.example.org", [4]) }, { ($0.username, $0.secret) = ("other", [4]) },
      ]
      for change in anew {
        try await read()
        try await base.change(id, change)
        #expect(try await base.progress(id) == ["Archive": [0, 0], "INBOX": [0, 0]])
      }
    }
  }

  @Test(arguments: Engine.all) func pausedItWaits(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      try await base.write { try $0.pauseMailbox(id, version: 1) }
      #expect(try await base.mailbox(id).pausedAt == base.now)
      #expect(try await base.leasedMailbox() == nil)
      await #expect(throws: Refusal.conflict(currentVersion: 2)) { try await base.write { try $0.lookNow(id) } }
      try await base.write { try $0.resumeMailbox(id, version: 2) }
      #expect(try await base.leasedMailbox()?.id == id)
    }
  }

  @Test(arguments: Engine.all) func removedItComesBackPausedAndWithoutItsPassword(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      let undo = try await base.write { try $0.removeMailbox(id, version: 1, returnTo: "/settings/mailboxes") }
      #expect(try await base.read { try $0.mailboxes() } == [])
      #expect(try await base.read { try $0.connection.exists("SELECT 1 FROM mailbox WHERE secret IS NOT NULL") } == false)
      await #expect(throws: Refusal.notFound) { _ = try await base.mailbox(id) }
      let tomorrow = base.now.adding(milliseconds: Instant.day)
      await #expect(throws: Refusal.notFound) { _ = try await base.store.undo(undo, as: base.owner, at: tomorrow) }
      #expect(try await base.store.undo(undo, as: base.owner, at: base.now) == "/settings/mailboxes")
      let back = try await base.mailbox(id)
      #expect(back.pausedAt == base.now && !back.hasSecret && back.folders == ["INBOX", "Sent"] && back.version == 3)
      await #expect(throws: wrong("secret", "mailbox.secret_first")) { try await base.write { try $0.resumeMailbox(id, version: 3) } }
      // As it was given for nothing now, a server can be set with or without it.
      try await base.change(id) { $0.host = "imap.example.org" }
      try await base.change(id) { $0.secret = [5] }
      try await base.write { try $0.resumeMailbox(id, version: 5) }
      #expect(try await base.leasedMailbox()?.secret == [5])
    }
  }

  @Test(arguments: Engine.all) func everyChangeIsAudited(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.addMailbox()
      try await base.change(id) { $0.takes = .known }
      try await base.write { try $0.pauseMailbox(id, version: 2) }
      try await base.write { try $0.resumeMailbox(id, version: 3) }
      try await base.write { try $0.lookNow(id) }
      let undo = try await base.write { try $0.removeMailbox(id, version: 4, returnTo: "/") }
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      let details = try await base.read { try $0.connection.values("SELECT detail FROM audit WHERE detail LIKE 'mailbox%' ORDER BY id", as: String.self) }
      #expect(details == [" added", "", " paused", " resumed", " looked into", " removed", " removed"].map { "mailbox \(id)\($0)" })
    }
  }

  @Test(arguments: Engine.all) func ownAddressesAreKnown(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let removed = try await base.addMailbox("Old@example.com")
      _ = try await base.write { try $0.removeMailbox(removed, version: 1, returnTo: "/") }
      try await base.addMailbox("clients@example.com")
      _ = try await base.write { try $0.connection.run("UPDATE account SET closed_at = 1 WHERE id = \(base.maria.id)") }
      try await base.setMailServer()
      let keys = ["user1@example.com", "user2@example.com", "old@example.com", "clients@example.com", "dossier@example.com", "anna@example.com"]
      #expect(try await base.read { try $0.connection.ownAddresses(among: keys) } == Set(keys.dropLast()))
      #expect(try await base.read { try $0.connection.ownAddresses(among: ["anna@example.com"]) } == [])
      #expect(try await base.read { try $0.connection.ownAddresses(among: []) } == [])
    }
  }
}
