import Database
import Domain
import Store
import TestSupport
import Testing

@testable import Jobs

/// Known clients are changed by sets: all that saving them one by one leaves behind is there all the same.
@Suite struct ImportChangeTests {
  private func number(_ base: TestBase, _ sql: SQL) async throws -> Int { try await base.read { try $0.connection.required(sql) } }

  @Test(arguments: Engine.all) func everythingFollows(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let base = harness.base, count = 1100, others = count - count / 10
      func list(_ word: String, _ more: (Int) -> String) -> String {
        "Name;Code;E-mail;Note;Tags;Relationship;Owner;Birthday\n" + (1...count).map { "\(word) \($0);K\($0);\(more($0))\n" }.joined()
      }
      let first = try await harness.bring(list("Anna") { "a\($0)@example.com;was;Old;;;" }) { $0.mapping.match = .ownNumber }
      #expect(first.counts.four == [count, 0, 0, 0])
      let before = try await harness.clients()
      // Every tenth has another name and nothing else.
      let second = try await harness.bring(list("Maria") { number in
        number.isMultiple(of: 10) ? ";;;;;" : "m\(number)@example.com;is;New;long_term;\(base.maria.name);1986-11-06"
      }) { $0.mapping.match = .ownNumber }
      #expect(second.counts.four == [0, count, 0, 0])

      let clients = try await harness.clients()
      #expect(clients.count == count && clients.values.allSatisfy { $0.version == 2 && $0.changedBy == base.owner.id })
      let one = try #require(clients["Maria 7"]), tenth = try #require(clients["Maria 10"])
      #expect(one.draft.note == "is" && Set(one.draft.tags) == ["Old", "New"] && one.draft.contactPoints.map(\.value) == ["a7@example.com", "m7@example.com"])
      #expect(one.draft.ownerID == base.maria.id && one.teamID == base.maria.teamID)
      #expect(tenth.draft.note == "was" && tenth.draft.tags == ["Old"] && tenth.draft.ownerID == before["Anna 10"]?.draft.ownerID)
      #expect(try await number(base, "SELECT count(*) FROM history WHERE kind = 'party.changed' AND import_id = \(second.id)") == count)
      #expect(try await number(base, "SELECT count(*) FROM history WHERE kind = 'owner.changed' AND import_id = \(second.id)") == others)
      #expect(try await number(base, "SELECT count(*) FROM audit WHERE entity = 'party' AND action = 'changed'") == count)
      #expect(try await number(base, "SELECT count(*) FROM reason WHERE kind = 'too_rarely' AND account_id = \(base.maria.id)") == others)
      #expect(try await number(base, "SELECT count(*) FROM reason WHERE kind = 'birthday'") == others)
      #expect(try await number(base, "SELECT count(*) FROM party_search WHERE doc LIKE '%maria %'") == count)
      #expect(try await number(base, "SELECT count(*) FROM party_search WHERE doc LIKE '%m7@%'") == 1)
      #expect(try await base.faults() == [])

      let progress = try await harness.undo(second.id)
      #expect(progress.restored == count && progress.kept == 0)
      let back = try await harness.clients()
      #expect(back.mapValues(\.draft) == before.mapValues(\.draft))
      #expect(try await base.faults() == [])
    }
  }

  /// What each row says of someone who works at both stays.
  @Test(arguments: Engine.all) func someoneAtTwoCompaniesInTwoRows(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let base = harness.base
      try await harness.bring("Company;Code;First name;Last name\nAlfa;1;Anna;Petrova\nBeta;2;Boris;Dimov\n") { $0.mapping.match = .ownNumber }
      let clients = try await harness.clients()
      let alfa = try #require(clients["Alfa"]).id, beta = try #require(clients["Beta"]).id
      let anna = try #require(try await base.read { try $0.clientView(alfa).ties.first?.otherID })
      _ = try await base.write { try $0.addTie(company: beta, person: anna, TieDraft()) }
      let done = try await harness.bring("""
        Company;Code;First name;Last name;Person e-mail;Birthday;Education
        Alfa;1;Anna;Petrova;a@alfa.example;1986-11-06;
        Beta;2;Anna;Petrova;a@beta.example;;Law

        """) { $0.mapping.match = .ownNumber }
      #expect(done.state == .done && done.counts.four == [0, 2, 0, 0])
      let after = try await base.read { try $0.storedClient(anna) }
      #expect(after.draft.birthDate == PartialDate("1986-11-06") && after.draft.profile.education == "Law" && after.version == 2)
      #expect(after.draft.contactPoints.map(\.value) == ["a@beta.example", "a@alfa.example"])
      for client in [alfa, beta] {
        let told = try await base.read { try $0.timeline(of: client, TimelineFilter(kind: .automatic)).entries.filter { $0.kind == .partyChanged }.count }
        #expect(told == 1)
      }
      #expect(try await base.faults() == [])
    }
  }

  /// A number that one row gives to a known client is no other row's any more.
  @Test(arguments: Engine.all) func aNumberIsGivenOnce(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let heads = "Name;E-mail;Code\n"
      try await harness.bring(heads + "Anna;anna@example.com;\nIvan;ivan@example.com;\nRita;rita@example.com;9\n")
      let done = try await harness.bring(
        heads + "Anna;anna@example.com;5\nIvan;ivan@example.com;5\nNew;new@example.com;5\nAnna;anna@example.com;9\n") { $0.mapping.match = .email }
      #expect(done.state == .done && done.counts.four == [0, 1, 0, 3])
      let wrong = try await harness.base.read { try $0.wrongRows(done.id) }
      #expect(wrong.map(\.number) == [2, 3, 4] && wrong.flatMap(\.problems).allSatisfy { $0.messageKey == "import.problem.number_taken" })
      #expect(try await harness.clients()["Anna"]?.draft.ownNumber == "5")
      // By a second row of a client that is new, neither what the base has nor what the file has given.
      let joined = try await harness.bring(
        heads + "Petra;petra@example.com;\nPetra;petra@example.com;9\nPetra;petra@example.com;7\nAnna;anna@example.com;7\n") {
        $0.mapping.match = .email
      }
      #expect(joined.state == .done && joined.counts.four == [1, 1, 0, 2])
      #expect(try await harness.clients()["Petra"]?.draft.ownNumber == "7")
    }
  }

  /// Rows of one undertaking that stand far apart: another thousand between them is another step of the work and of its undo.
  @Test(arguments: Engine.all) func farRowsAreTakenBackInTurn(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let base = harness.base
      try await harness.bring("""
        Company;Code;E-mail
        Alfa;1;alfa@example.com
        Beta;2;beta@example.com

        """) { $0.mapping.match = .ownNumber }
      let before = try await harness.clients()
      let alfa = try #require(before["Alfa"]).id, beta = try #require(before["Beta"]).id
      let anna = try await base.write { tx in
        var draft = ClientDraft(kind: .person, name: "Anna Petrova")
        (draft.givenName, draft.familyName) = ("Anna", "Petrova")
        let anna = try tx.addPerson(draft, to: alfa, TieDraft())
        _ = try tx.addTie(company: beta, person: anna, TieDraft())
        return anna
      }
      let draft = try await base.read { try $0.storedClient(anna).draft }

      // Someone at both.
      let filler = (1...1000).map { "Firm \($0);F\($0);;;;\n" }.joined()
      let people = try await harness.bring(
        "Company;Code;First name;Last name;Birthday;Education\nAlfa;1;Anna;Petrova;;Law\n\(filler)Beta;2;Anna;Petrova;1986-11-06;\n") {
        $0.mapping.match = .ownNumber
      }
      #expect(people.counts.four == [1000, 2, 0, 0])
      let changed = try await base.read { try $0.storedClient(anna).draft }
      #expect(changed.birthDate == PartialDate("1986-11-06") && changed.profile.education == "Law")
      let progress = try await harness.undo(people.id)
      #expect(progress.restored == 2 && progress.kept == 0 && progress.removed == 1000)
      #expect(try await base.read { try $0.storedClient(anna).draft } == draft)

      // A number that goes from one to the other.
      let numbers = try await harness.bring(
        "Company;Code;E-mail\nAlfa;9;alfa@example.com\n\((1...1000).map { "Firm \($0);G\($0);\n" }.joined())Beta;1;beta@example.com\n") {
        $0.mapping.match = .email
      }
      #expect(numbers.counts.four == [1000, 2, 0, 0])
      let back = try await harness.undo(numbers.id)
      #expect(back.restored == 2 && back.kept == 0)
      #expect(try await harness.clients().mapValues(\.draft) == before.mapValues(\.draft))
      #expect(try await base.faults() == [])
    }
  }

  /// Where a list knows of a later contact, that is a change, and taken back with it.
  @Test(arguments: Engine.all) func aLaterContactIsAChange(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let base = harness.base, heads = "Name;Code;Last contact\n"
      try await harness.bring(heads + "Alfa;1;\nBeta;2;2026-10-01\n") { $0.mapping.match = .ownNumber }
      let alfa = try #require(try await harness.clients()["Alfa"]).id
      let call = Contact(channel: .call, direction: .outgoing, occurredAt: base.at(minutes: -5 * 24 * 60))
      try await base.write { try $0.logContact(call, client: alfa) }
      func contacts() async throws -> [String] {
        try await base.read { reader in
          try reader.connection.rows("SELECT last_contact_at, last_contact_channel, last_contact_id IS NULL FROM party WHERE is_client ORDER BY id") {
            "\(reader.zone.date(try $0.next(Instant.self))) \(try $0.next(String?.self) ?? "-") \(try $0.next(Bool.self))"
          }
        }
      }
      let before = try await contacts()
      #expect(before == ["2026-10-31 call false", "2026-10-01 - true"])
      let same = try await harness.bring(heads + "Alfa;1;2026-10-31\nBeta;2;2026-09-01\n") { $0.mapping.match = .ownNumber }
      #expect(same.counts.four == [0, 0, 2, 0])
      let later = try await harness.bring(heads + "Alfa;1;2026-11-03\nBeta;2;2026-11-04\n") { $0.mapping.match = .ownNumber }
      #expect(later.counts.four == [0, 2, 0, 0])
      #expect(try await contacts() == ["2026-11-03 - true", "2026-11-04 - true"])
      #expect(try await harness.undo(later.id).restored == 2)
      #expect(try await contacts() == before)
      #expect(try await base.faults() == [])
    }
  }
}
