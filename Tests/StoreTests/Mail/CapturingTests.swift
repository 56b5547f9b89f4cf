import Database
import Domain
import Store
import TestSupport
import Testing

struct CapturingTests {
  @Test(arguments: Engine.all) func knownAddressesFileThemselves(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let (alfa, anna) = try await base.firmWithPerson("Alfa", "anna@alfa.example", owner: base.ivan)
      let sent = base.at(minutes: -90)
      let mail = base.mail("Anna <ANNA@alfa.example>", to: "user1@example.com", "Price?", sentAt: sent, files: ["a.pdf"])
      #expect(try await base.capture(mail, "k1") == .filed([alfa]))
      let entry = try #require(try await base.read { try $0.timeline(of: alfa, TimelineFilter()).entries.first { $0.kind == .contact } })
      #expect(entry.channel == .email && entry.direction == .incoming && entry.personID == anna && entry.occurredAt == sent)
      // Maria was written to, so that it is hers, also at a client that she does not see.
      #expect(entry.authorID == base.maria.id && entry.subject == "Price?" && entry.body == "Words" && entry.files.map(\.name) == ["a.pdf"])
      let last = try await base.read { try $0.connection.values("SELECT last_contact_at FROM party WHERE id IN \(list: [alfa, anna])", as: Instant.self) }
      #expect(last == [sent, sent])
      // Whichever mailbox it lies in besides.
      #expect(try await base.capture(mail, "k1", takes: .all) == .known)
      #expect(try await base.capture(base.mail("user1@example.com", to: "anna@alfa.example", "Re: Price?"), "k2") == .filed([alfa]))
      let directions = try await base.read { try $0.timeline(of: alfa, TimelineFilter()).entries.compactMap(\.direction) }
      #expect(directions == [.outgoing, .incoming])
      #expect(try await base.read { try $0.unfiledMail(everyone: true).lines } == [])
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func everyClientThatTookPartHasIt(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let (alfa, _) = try await base.firmWithPerson("Alfa", "anna@alfa.example"), (beta, _) = try await base.firmWithPerson("Beta", "boris@beta.example")
      let both = base.mail("user1@example.com", to: "anna@alfa.example, boris@beta.example, someone@else.example", "Fair")
      #expect(try await base.capture(both, "k1") == .filed([alfa, beta]))
      // Dated ahead, it was written now.
      let ahead = base.mail("anna@alfa.example", to: "user1@example.com", "Tomorrow", sentAt: base.at(minutes: 3000))
      #expect(try await base.capture(ahead, "k2") == .filed([alfa]))
      #expect(try await base.read { try $0.timeline(of: alfa, TimelineFilter()).entries.first?.occurredAt } == base.now)
    }
  }

  @Test(arguments: Engine.all) func whatIsNoBusinessOfOursIsLeft(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let stranger = base.mail("new@else.example", to: "user1@example.com", "Hello")
      #expect(try await base.capture(stranger, "k1", takes: .known) == .passedOver)
      #expect(try await base.capture(base.mail("user1@example.com", to: "user2@example.com", "Lunch"), "k2") == .passedOver)
      var newsletter = stranger
      newsletter.isAutomatic = true
      #expect(try await base.capture(newsletter, "k3") == .automatic)
      var clients: [String] = []
      for number in 0...CaptureRules.clientLimit {
        _ = try await base.firmWithPerson("Firm \(number)", "p@f\(number).example")
        clients.append("p@f\(number).example")
      }
      #expect(try await base.capture(base.mail("user1@example.com", to: clients.joined(separator: ","), "News"), "k4") == .passedOver)
      #expect(try await base.read { try $0.connection.exists("SELECT 1 FROM captured_mail") } == false)
      // What was left there may be taken from an address where everything is kept.
      #expect(try await base.capture(stranger, "k1") == .unfiled(CapturedMailID(1)))
    }
  }

  @Test(arguments: Engine.all) func aQuestionWaitsForWhoeverTookPart(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let (alfa, anna) = try await base.firmWithPerson("Alfa", "anna@alfa.example"), beta = try await base.firmWithPerson("Beta", "boris@beta.example").0
      try await base.write { _ = try $0.addTie(company: beta, person: anna, TieDraft()) }
      // Anna works at two clients, in a mailbox of which only known addresses are taken.
      let asked = try #require(try await base.unfiled(base.mail("anna@alfa.example", to: "user1@example.com", "Which?"), "k1", takes: .known))
      let unknown = try #require(try await base.unfiled(base.mail("carl@gamma.example", to: "sales@agency.example", "New here"), "k2"))
      let mine = try await base.read(as: base.maria) { try $0.unfiledMail() }, keepers = try await base.read(as: base.piotr) { try $0.unfiledMail() }
      #expect(mine.lines.map(\.id) == [asked] && !mine.others && keepers.lines.map(\.id) == [unknown] && keepers.others)
      #expect(try await base.read { Set(try $0.likelyClients(for: try $0.capturedMail(asked)).map(\.id)) } == [alfa, beta])
      let shown = try await base.read(as: base.maria) { try $0.today(.account(base.maria.id)).sections.flatMap(\.rows).flatMap(\.matters).map(\.text) }
      #expect(shown == ["anna@alfa.example: Which?"])
      // By the domain, and by the name.
      try await base.write { tx in
        var draft = ClientDraft(kind: .company, name: "Gamma")
        draft.contactPoints = [try #require(EmailAddress("office@gamma.example").map { .email($0) })]
        try tx.createClient(draft)
      }
      #expect(try await base.read { try $0.likelyClients(for: try $0.capturedMail(unknown)).map(\.name) } == ["Gamma"])
      await #expect(throws: Refusal.notFound) { try await base.read(as: base.ivan) { try $0.capturedMail(asked) } }
      await #expect(throws: Refusal.forbidden(.logContacts)) { try await base.read(as: base.reader) { try $0.capturedMail(asked) } }
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func thoseInTheBinAreNobody(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let (alfa, _) = try await base.firmWithPerson("Alfa", "anna@alfa.example")
      _ = try await base.write { try $0.take(.remove, [alfa]) }
      #expect(try await base.unfiled(base.mail("anna@alfa.example", to: "user1@example.com", "Gone"), "k1") != nil)
    }
  }

  @Test(arguments: Engine.all) func whatCameBackMarksTheAddress(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      _ = try await base.firmWithPerson("Alfa", "anna@alfa.example")
      var report = base.mail("mailer-daemon@mx.example", to: "user1@example.com", "Returned mail")
      report.isAutomatic = true
      report.bounces = try ["anna@alfa.example", "nobody@else.example"].map {
        ReceivedMail.Bounce(address: try #require(EmailAddress($0)), detail: "550 5.1.1 unknown")
      }
      #expect(try await base.capture(report, "k1") == .automatic)
      let found = try await base.read { try $0.bounces(of: ["anna@alfa.example", "nobody@else.example"]) }
      #expect(found.mapValues(\.detail) == ["anna@alfa.example": "550 5.1.1 unknown"])
    }
  }

  @Test(arguments: Engine.all) func aReportIsHeardOnce(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let (alfa, anna) = try await base.firmWithPerson("Alfa", "anna@alfa.example"), (_, boris) = try await base.firmWithPerson("Beta", "anna@alfa.example")
      // Someone in the bin is nobody to note it with, and holds nobody up.
      _ = try await base.write { try $0.take(.remove, [boris]) }
      var report = base.mail("mailer-daemon@mx.example", to: "user1@example.com", "Returned mail")
      report.isAutomatic = true
      report.bounces = [ReceivedMail.Bounce(address: try #require(EmailAddress("anna@alfa.example")), detail: "550")]
      #expect(try await base.capture(report, "k1") == .automatic)
      let address = try #require(EmailAddress("anna@alfa.example"))
      try await base.write { try $0.liftBounce(address, of: anna) }
      #expect(try await base.capture(report, "k1") == .automatic)
      #expect(try await base.read { try $0.bounces(of: ["anna@alfa.example"]) } == [:])
      _ = try await base.write { try $0.take(.remove, [alfa, anna]) }
      #expect(try await base.capture(report, "k2") == .automatic)
      #expect(try await base.faults() == [])
    }
  }

  @Test(arguments: Engine.all) func listsAreHeardWhereSomebodyKnownWrites(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firmWithPerson("Alfa", "anna@alfa.example").0
      for (number, (from, expected)) in [("anna@alfa.example", Capture.filed([alfa])), ("news@shop.example", .automatic)].enumerated() {
        var mail = base.mail(from, to: "sales@lists.example, user1@example.com", "To the list")
        mail.isByList = true
        #expect(try await base.capture(mail, "k\(number)") == expected)
      }
    }
  }

  @Test(arguments: Engine.all) func theSameMailByAnotherRoadIsKnown(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firmWithPerson("Alfa", "anna@alfa.example").0
      var mail = base.mail("anna@alfa.example", to: "user1@example.com", "Once")
      mail.messageID = "once@alfa.example"
      #expect(try await base.capture(mail, "k1", takes: .known) == .filed([alfa]))
      var forward = base.mail("user1@example.com", to: "user2@example.com", "Fwd: Once")
      (forward.messageID, forward.attached) = ("other@example.com", [mail])
      #expect(try await base.capture(forward, "k2") == .known)
      #expect(try await base.contacts(at: alfa) == ["Once"])
    }
  }

  @Test(arguments: Engine.all) func datesThatSayNothingGiveWayToTheServers(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let alfa = try await base.firmWithPerson("Alfa", "anna@alfa.example").0
      let arrived = base.at(minutes: -600)
      for (number, said) in [nil, Instant(milliseconds: 86_400_000)].enumerated() {
        var incoming = IncomingMail(
          base.mail("anna@alfa.example", to: "user1@example.com", "Mail \(number)", sentAt: said), key: "\(number)", mailbox: nil,
          keeper: base.maria.id, takes: .all)
        incoming.arrivedAt = arrived
        #expect(try await base.store.capture(incoming, at: base.now) == .filed([alfa]))
      }
      #expect(try await base.read { try Set($0.timeline(of: alfa, TimelineFilter()).entries.filter { $0.kind == .contact }.map(\.occurredAt)) } == [arrived])
    }
  }

  @Test(arguments: Engine.all) func moreAddressesAreOurs(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      var incoming = IncomingMail(
        base.mail("robot@send.example", to: "user1+crm@example.com", "Lunch"), key: "k", mailbox: nil, keeper: base.maria.id, takes: .all)
      incoming.ours = [try #require(EmailAddress("robot@send.example"))]
      #expect(try await base.store.capture(incoming, at: base.now) == .passedOver)
    }
  }
}
