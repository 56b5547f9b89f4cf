import Database
import Domain
import Store
import TestSupport
import Testing

struct MailFilingTests {
  @Test(arguments: Engine.all) func filingTeachesTheAddress(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firmWithPerson("Alfa", "anna@alfa.example", owner: base.maria).0
      let mail = try #require(try await base.unfiled(base.mail("Carl Cole <carl@gamma.example>", to: "user1@example.com", "Hello", files: ["a.pdf"]), "k1"))
      let undo = try await base.write(as: base.maria) { try $0.file(mail, MailFiling(client: alfa, with: .newPerson), version: 1, returnTo: "/") }
      let entry = try #require(try await base.read { try $0.timeline(of: alfa, TimelineFilter()).entries.first { $0.kind == .contact } })
      let carl = try #require(entry.personID)
      #expect(entry.subject == "Hello" && entry.files.map(\.name) == ["a.pdf"] && entry.authorID == base.maria.id)
      #expect(try await base.read { try $0.storedClient(carl).draft.name } == "Carl Cole")
      #expect(try await base.read { try $0.connection.exists("SELECT 1 FROM reason") } == false)
      #expect(try await base.capture(base.mail("carl@gamma.example", to: "user1@example.com", "Again"), "k2") == .filed([alfa]))
      await #expect(throws: CaptureRefusal.ended) { try await base.write(as: base.maria) { _ = try $0.dismiss(mail, returnTo: "/") } }
      #expect(try await base.faults() == [])
      // He has been in touch since, so that he stays, without the address; the entry goes.
      _ = try await base.store.undo(undo, as: base.maria, at: base.now)
      #expect(try await base.read { try $0.storedClient(carl).draft.contactPoints } == [])
      #expect(try await base.read(as: base.maria) { try $0.unfiledMail().lines.map(\.id) } == [mail])
      #expect(try await base.read { try $0.storedClient(carl).deletedAt } == nil)
      #expect(try await base.contacts(at: alfa) == ["Again"])
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func undoForgetsWhatFilingMade(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let (alfa, anna) = try await base.firmWithPerson("Alfa", "anna@alfa.example", owner: base.owner)
      let mail = try #require(try await base.unfiled(base.mail("Carl Cole <carl@gamma.example>", to: "user0@example.com", "Hello"), "k1"))
      func addresses(_ party: PartyID) async throws -> [String] {
        try await base.read { try $0.storedClient(party).draft.contactPoints.map(\.value) }
      }
      for (with, learner) in [(MailFiling.With.nobody, alfa), (.person(anna), anna)] {
        let undo = try await base.write { try $0.file(mail, MailFiling(client: alfa, with: with), returnTo: "/") }
        #expect(try await addresses(learner).contains("carl@gamma.example"))
        _ = try await base.store.undo(undo, as: base.owner, at: base.now)
        #expect(try await addresses(learner).contains("carl@gamma.example") == false)
        #expect(try await base.contacts(at: alfa) == [])
      }
      let undo = try await base.write { try $0.file(mail, MailFiling(client: alfa, with: .newPerson), returnTo: "/") }
      let carl = try await base.read { try $0.connection.required("SELECT max(id) FROM party", as: PartyID.self) }
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await base.read { try $0.storedClient(carl).deletedAt } != nil)
      let quiet = try await base.write { try $0.file(mail, MailFiling(client: alfa, learns: false), returnTo: "/") }
      #expect(try await addresses(alfa) == [])
      _ = try await base.store.undo(quiet, as: base.owner, at: base.now)
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func onlyWhereOneMayWrite(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firmWithPerson("Alfa", "anna@alfa.example", owner: base.ivan).0
      let mail = try #require(try await base.unfiled(base.mail("carl@gamma.example", to: "user1@example.com", "Hello"), "k1"))
      await #expect(throws: InvalidForm.self) { try await base.write(as: base.maria) { _ = try $0.file(mail, MailFiling(client: alfa), returnTo: "/") } }
      await #expect(throws: Refusal.notFound) { try await base.write(as: base.ivan) { _ = try $0.file(mail, MailFiling(client: alfa), returnTo: "/") } }
      await #expect(throws: Refusal.conflict(currentVersion: 1)) { try await base.write { _ = try $0.dismiss(mail, version: 2, returnTo: "/") } }
      await #expect(throws: InvalidForm.self) { try await base.write { _ = try $0.file(mail, MailFiling(client: alfa, with: .person(PartyID(9999))), returnTo: "/") } }
      #expect(try await base.contacts(at: alfa) == [])
    }
  }

  @Test(arguments: Engine.all) func whatIsPutAsideIsForgotten(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let mail = try #require(try await base.unfiled(base.mail("carl@gamma.example", to: "user1@example.com", "Hello", files: ["a.pdf"]), "k1"))
      let undo = try await base.write(as: base.maria) { try $0.dismiss(mail, version: 1, returnTo: "/") }
      #expect(try await base.read { try $0.connection.exists("SELECT 1 FROM reason") } == false)
      _ = try await base.store.undo(undo, as: base.maria, at: base.now)
      #expect(try await base.read { try $0.files(of: mail).map(\.name) } == ["a.pdf"])
      _ = try await base.write(as: base.maria) { try $0.dismiss(mail, returnTo: "/") }
      let end = base.now.adding(milliseconds: CaptureRules.memory)
      try await base.store.forgetMail(at: end)
      #expect(try await base.read { try $0.capturedMail(mail).subject } == "Hello")
      try await base.store.forgetMail(at: end.adding(milliseconds: 1))
      #expect(try await base.read { try $0.capturedMail(mail).subject } == "")
      #expect(try await base.read { try $0.connection.exists("SELECT 1 FROM stored_file") } == false)
      // Known it stays.
      #expect(try await base.capture(base.mail("carl@gamma.example", to: "user1@example.com", "Hello"), "k1") == .known)
    }
  }

  @Test(arguments: Engine.all) func aColleagueMayKnow(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let mail = try #require(try await base.unfiled(base.mail("carl@gamma.example", to: "user2@example.com", "Hello"), "k1"))
      func whose() async throws -> [AccountID] {
        let mails = try await base.read { try $0.unfiledMail(everyone: true).lines.map(\.accountID) }
        return try await mails + base.read { try $0.connection.values("SELECT account_id FROM reason", as: AccountID.self) }
      }
      #expect(try await whose() == [base.piotr.id, base.piotr.id])
      let undo = try await base.write(as: base.piotr) { try $0.pass(ReasonKey(.unfiledMail, mail.rawValue), .matter, to: base.maria.id, returnTo: "/") }
      #expect(try await whose() == [base.maria.id, base.maria.id])
      _ = try await base.store.undo(undo, as: base.piotr, at: base.now)
      #expect(try await whose() == [base.piotr.id, base.piotr.id])
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func listsGoOnWhereTheyEnded(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      for number in 1...5 { _ = try await base.unfiled(base.mail("c\(number)@gamma.example", to: "user1@example.com", "\(number)"), "k\(number)") }
      var all: [String] = [], place: CapturedMailID?
      repeat {
        let after = place
        let page = try await base.read(as: base.maria) { try $0.unfiledMail(after: after, limit: 2) }
        all += page.lines.map(\.subject)
        place = page.next
      } while place != nil
      #expect(all == ["1", "2", "3", "4", "5"])
    }
  }

  @Test(arguments: Engine.all) func undoAfterAWithdrawalLetsItBeFiledAnew(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firmWithPerson("Alfa", "anna@alfa.example", owner: base.maria).0
      let beta = try await base.firmWithPerson("Beta", "boris@beta.example", owner: base.maria).0
      let mail = try #require(try await base.unfiled(base.mail("carl@gamma.example", to: "user1@example.com", "Hello"), "k1"))
      func filed(at client: ClientID) async throws -> (UndoID, HistoryID) {
        let undo = try await base.write(as: base.maria) { try $0.file(mail, MailFiling(client: client), returnTo: "/") }
        return (undo, try await base.read { try $0.connection.required("SELECT max(history_id) FROM captured_entry") })
      }
      let (undo, entry) = try await filed(at: alfa)
      _ = try await base.write(as: base.maria) { try $0.withdraw(entry, because: "another client") }
      _ = try await base.store.undo(undo, as: base.maria, at: base.now)
      let (second, right) = try await filed(at: beta)
      #expect(try await base.contacts(at: beta) == ["Hello"])
      // What somebody corrected, somebody means.
      _ = try await base.write(as: base.maria) { tx in
        try tx.correct(right, with: .contact(Contact(channel: .email, direction: .incoming, occurredAt: tx.now, subject: "Hello Beta")), because: "name")
      }
      await #expect(throws: Refusal.self) { try await base.store.undo(second, as: base.maria, at: base.now) }
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func undoComesToWhoeverIsStillThere(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let mail = try #require(try await base.unfiled(base.mail("carl@gamma.example", to: "user1@example.com", "Hello"), "k1"))
      let undo = try await base.write { try $0.dismiss(mail, returnTo: "/") }
      _ = try await base.write { try $0.closeAccount(base.maria.id, version: 1) }
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await base.read { try $0.unfiledMail().lines.map(\.id) } == [mail])
    }
  }

  /// An address that stands for two clients would stand for three.
  @Test(arguments: Engine.all) func whatIsKnownIsNotLearned(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firmWithPerson("Alfa", "both@x.example", owner: base.maria).0
      _ = try await base.firmWithPerson("Beta", "both@x.example", owner: base.maria)
      let gamma = try await base.firmWithPerson("Gamma", "g@gamma.example", owner: base.maria).0
      let mail = try #require(try await base.unfiled(base.mail("both@x.example", to: "user1@example.com", "Hello"), "k1"))
      _ = try await base.write(as: base.maria) { try $0.file(mail, MailFiling(client: gamma, with: .newPerson), returnTo: "/") }
      #expect(try await base.read { try $0.connection.required("SELECT count(*) FROM contact_point WHERE value_key = 'both@x.example'", as: Int.self) } == 2)
      #expect(try await base.contacts(at: gamma) == ["Hello"])
      #expect(try await base.contacts(at: alfa) == [])
    }
  }
}
