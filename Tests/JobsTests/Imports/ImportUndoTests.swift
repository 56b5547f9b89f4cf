import Database
import Domain
import Store
import TestSupport
import Testing

@testable import Jobs

@Suite struct ImportUndoTests {
  @Test(arguments: Engine.all) func takesBack(engine: Engine) async throws {
    try await withImports(engine) { harness in
      try await harness.bring("Name;E-mail;Note\nAnna;anna@example.com;as she was\nIvan;ivan@example.com;\n")
      let second = try await harness.bring("""
        Name;E-mail;Note
        Anna;anna@example.com;changed
        Ivan;ivan@example.com;changed
        Maria;maria@example.com;
        Piotr;piotr@example.com;
        Rita;rita@example.com;

        """)
      #expect(second.counts.four == [3, 2, 0, 0])
      let clients = try await harness.clients()
      let piotr = try #require(clients["Piotr"]), rita = try #require(clients["Rita"]), ivan = try #require(clients["Ivan"])
      try await harness.base.write { tx in
        let call = Contact(channel: .call, direction: .outgoing, occurredAt: tx.now)
        _ = try tx.logContact(call, client: piotr.id)
        var draft = rita.draft
        draft.note = "known better since"
        _ = try tx.updateClient(rita.id, draft, expecting: rita.version)
        draft = ivan.draft
        draft.note = "known better since"
        _ = try tx.updateClient(ivan.id, draft, expecting: ivan.version)
      }
      let progress = try await harness.undo(second.id)
      #expect(progress.removed == 1)
      #expect(progress.restored == 1)
      #expect(Set(progress.examples.map { "\($0.name) \($0.reason.rawValue)" }) == ["Piotr contacted", "Rita changed", "Ivan changed"])
      let after = try await harness.clients()
      #expect(after["Anna"]?.draft.note == "as she was")
      #expect(after["Maria"] == nil)
      #expect(after["Piotr"] != nil)
      #expect(after["Ivan"]?.draft.note == "known better since")
      #expect(try await harness.record(second.id).state == .undone)
    }
  }

  /// A client that several rows changed gets back what it was before the first.
  @Test(arguments: Engine.all) func severalRows(engine: Engine) async throws {
    var list = "Name;E-mail;Note\nAnna;anna@example.com;one\n"
    for index in 1...1100 { list += "Client \(index);c\(index)@example.com;\n" }
    list += "Anna;anna@example.com;two\n"
    try await withImports(engine) { [list] harness in
      try await harness.bring("Name;E-mail;Note\nAnna;anna@example.com;zero\n")
      let second = try await harness.bring(list)
      #expect(second.counts.four == [1100, 2, 0, 0])
      let progress = try await harness.undo(second.id)
      #expect(progress.kept == 0)
      let after = try await harness.clients()
      #expect(after.count == 1)
      #expect(after["Anna"]?.draft.note == "zero")
    }
  }

  @Test(arguments: Engine.all) func notAfterThirtyDays(engine: Engine) async throws {
    try await withImports(engine) { harness in
      let done = try await harness.bring("Name\nAnna\n")
      #expect(done.mayUndo(at: harness.base.now))
      #expect(!done.mayUndo(at: harness.base.now.adding(milliseconds: 31 * Instant.day)))
    }
  }
}
