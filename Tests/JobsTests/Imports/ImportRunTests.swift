import Database
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Jobs

@Suite struct ImportRunTests {
  static let list = """
    Name;E-mail;Phone;Code;City
    Anna Petrova;anna@example.com;0888 123 456;A1;Sofia
    Ivan Ivanov;ivan@example.com;0888 123 457;A2;Varna
    ;nobody@example.com;;A3;Ruse
    Maria Dimova;maria@example.com;;A4;Plovdiv

    """

  @Test(arguments: Engine.all) func checksThenRuns(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let id = try await harness.begin(Self.list)
      let checked = try await harness.check(id)
      #expect(checked.state == .checked)
      #expect(checked.counts.four == [3, 0, 0, 1])
      #expect(try await harness.clients().isEmpty)
      let done = try await harness.run(id)
      #expect(done.state == .done)
      #expect(done.counts.four == [3, 0, 0, 1])
      let anna = try await harness.clients()["Anna Petrova"]
      #expect(anna?.draft.ownNumber == "A1")
      #expect(anna?.draft.contactPoints.map(\.kind).contains(.address) == true)
      let history = try await harness.base.read {
        try $0.connection.value("SELECT count(*) FROM history WHERE kind = 'imported' AND import_id = \(id)", as: Int.self)
      }
      #expect(history == 3)
      let wrong = try await harness.base.read { try $0.wrongRows(id) }
      #expect(wrong.map(\.number) == [3])
      #expect(wrong.first?.problems.map(\.messageKey) == ["import.problem.no_name"])
    }
  }

  /// The same list again changes nothing, whatever the rows are recognised by.
  @Test(arguments: Engine.all, [MatchKey.email, .phone, .ownNumber]) func again(engine: Engine, key: MatchKey) async throws {
    let list = "Name;E-mail;Phone;Code\nAnna;anna@example.com;0888123456;A1\nIvan;ivan@example.com;0888123457;A2\n"
    try await withImports(engine) { harness in
      try await harness.bring(list) { $0.mapping.match = key }
      let again = try await harness.bring(list) { $0.mapping.match = key }
      #expect(again.counts.four == [0, 0, 2, 0])
      let changed = try await harness.bring(list.replacing("Ivan;", with: "Ivan Petrov;")) { $0.mapping.match = key }
      #expect(changed.counts.four == [0, 1, 1, 0])
      #expect(try await harness.clients()["Ivan Petrov"] != nil)
      let skipped = try await harness.bring(list) {
        $0.mapping.match = key
        $0.existing = .skip
      }
      #expect(skipped.counts.four == [0, 0, 2, 0])
    }
  }

  /// Without a key a known own number is still nobody else's.
  @Test(arguments: Engine.all) func numbersAreUnique(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let list = "Name;Code\nAnna;A1\nIvan;A1\nMaria;A2\n"
      let done = try await harness.bring(list) { $0.mapping.match = .none }
      #expect(done.counts.four == [2, 0, 0, 1])
      let again = try await harness.bring("Name;Code\nPiotr;A2\n") { $0.mapping.match = .none }
      #expect(again.counts.four == [0, 0, 0, 1])
    }
  }

  /// Two rows of one file are one client, in one chunk or far apart, and the dry run counts alike.
  @Test(arguments: Engine.all, [2, 1200]) func repeats(engine: Engine, apart: Int) async throws {
    var list = "Name;E-mail;Note\nAnna;anna@example.com;first\n"
    for index in 2..<apart { list += "Client \(index);c\(index)@example.com;\n" }
    list += "Anna;anna@example.com;second\n"
    try await withImports(engine) { [list] harness in
      let id = try await harness.begin(list)
      let checked = try await harness.check(id)
      let done = try await harness.run(id)
      #expect(checked.counts == done.counts)
      #expect(done.counts.changed == 1)
      let anna = try await harness.clients()["Anna"]
      #expect(anna?.draft.note == "second")
    }
  }

  @Test(arguments: Engine.all) func othersClientsStayUnnamed(engine: Engine) async throws {
    try await withImports(engine) { harness in
      try await harness.bring("Name;E-mail\nAnna;anna@example.com\n")
      let nina = try await harness.narrowManager()
      let done = try await harness.bring("Name;E-mail\nSomeone;anna@example.com\nNew;new@example.com\n", as: nina)
      #expect(done.counts.four == [1, 0, 0, 1])
      let wrong = try await harness.base.read(as: nina) { try $0.wrongRows(done.id) }
      #expect(wrong.flatMap(\.problems).map(\.messageKey) == ["import.problem.elsewhere"])
      #expect(try await harness.clients()["New"]?.draft.ownerID == nina.id)
    }
  }

  @Test(arguments: Engine.all) func onlySomeMay(engine: Engine) async throws {
    try await withImports(engine) { harness in
      await #expect(throws: Refusal.forbidden(.importClients)) {
        _ = try await harness.begin("Name\nAnna\n", as: harness.base.maria)
      }
    }
  }

  /// Two windows: the second finds that the first has moved on.
  @Test(arguments: Engine.all) func startsOnce(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let id = try await harness.begin("Name\nAnna\n")
      let checked = try await harness.check(id)
      _ = try await harness.base.write { try $0.runImport(id, expecting: checked.version) }
      await #expect(throws: Refusal.self) { _ = try await harness.base.write { try $0.runImport(id, expecting: checked.version) } }
    }
  }

  static let fixtures = "../shared/data/csv/contacts_bg"
  static let files = ["utf8_comma_lf", "utf16le_bom_tab", "utf8_pipe_cr", "utf8_quoted_all_sep_line", "utf8bom_semicolon_crlf", "windows-1251_semicolon"]

  /// One list in every encoding and delimiter makes the same clients.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: fixtures), "no shared data"), arguments: Engine.all)
  func encodings(engine: Engine) async throws {
    var seen: Set<[ClientDraft]> = []
    for file in Self.files {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(Self.fixtures)/\(file).csv")))
      try await withImports(engine) { harness in
        let id = try await harness.begin(bytes)
        try await harness.check(id)
        let done = try await harness.run(id)
        #expect(done.counts.wrong == 0, "\(file)")
        seen.insert(try await harness.clients().values.map(\.draft).sorted { $0.name < $1.name })
      }
    }
    #expect(seen.count == 1)
    #expect(seen.first?.isEmpty == false)
  }
}
