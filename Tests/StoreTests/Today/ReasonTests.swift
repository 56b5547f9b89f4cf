import Database
import Domain
import Store
import TestSupport
import Testing

struct ReasonTests {
  struct Kept: Equatable, Sendable {
    let account: AccountID?
    let shows: Instant
    let text: String
  }

  private func kept(_ base: TestBase, _ subject: Int64 = 1) async throws -> Kept? {
    try await base.read { reader in
      try reader.connection.first("SELECT account_id, shows_at, text FROM reason WHERE kind = 'task' AND subject_id = \(subject)") {
        Kept(account: try $0.next(), shows: try $0.next(), text: try $0.next())
      }
    }
  }
  private func done(_ base: TestBase) async throws -> Int64 {
    try await base.read { try $0.connection.required("SELECT count(*) FROM reason_done") }
  }
  private func consistent(_ base: TestBase) async throws -> [String] {
    // Made up, these reasons come from no feature's rows.
    let results = try await base.read { try Consistency.check($0.connection) }
    return results.filter { !$0.name.hasPrefix("reasons of the kind") }.compactMap(\.problem)
  }

  @Test(arguments: Engine.all) func areRaisedOverAndSettled(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let worker = base.maria, firm = try await base.firm(of: worker)
      let reason = Reason(.task, subject: 1, client: firm, from: base.now, due: .at(base.now), text: "Send the list")
      try await base.write { try $0.raise(reason) }
      #expect(try await kept(base) == Kept(account: worker.id, shows: base.now, text: "Send the list"))
      var later = reason
      (later.from, later.due, later.text) = (base.at(minutes: 2000), .at(base.at(minutes: 2060)), "Send it")
      try await base.write { [later] in try $0.raise(later) }
      #expect(try await kept(base) == Kept(account: worker.id, shows: base.at(minutes: 2000), text: "Send it"))
      // It had not been shown yet: nobody did anything.
      try await base.write { try $0.settle(.task, 1) }
      #expect(try await kept(base) == nil)
      #expect(try await done(base) == 0)
      try await base.write { try $0.raise(reason) }
      try await base.write { try $0.settle(.task, 1) }
      #expect(try await done(base) == 1)
      // Taken back: it was not done after all.
      try await base.write { try $0.raise(reason) }
      #expect(try await done(base) == 0)
    }
  }

  @Test(arguments: Engine.all) func goWithTheirClients(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let first = base.maria, second = base.ivan
      let firm = try await base.firm(of: first)
      try await base.write {
        try $0.raise(Reason(.task, subject: 1, client: firm, from: base.now, due: .at(base.now)))
        try $0.raise(Reason(.task, subject: 2, client: firm, for: first.id, from: base.now, due: .at(base.now)))
        try $0.raise(Reason(.task, subject: 3, client: nil, for: first.id, from: base.now, due: .at(base.now)))
      }
      let (_, undo) = try await base.write { try $0.change([firm], .owner(second.id), returnTo: "/") }
      #expect(try await kept(base)?.account == second.id)
      #expect(try await kept(base, 2)?.account == first.id)
      _ = try await base.store.undo(try #require(undo), as: base.owner, at: base.now)
      #expect(try await kept(base)?.account == first.id)
      try await base.write { tx in
        var draft = try tx.storedClient(firm).draft
        draft.ownerID = nil
        try tx.updateClient(firm, draft, expecting: try tx.storedClient(firm).version)
      }
      #expect(try await kept(base)?.account == nil)
      #expect(try await consistent(base) == [])
    }
  }

  @Test(arguments: Engine.all) func areSilentWhileTheClientIsAway(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm()
      try await base.write {
        try $0.raise(Reason(.task, subject: 1, client: firm, from: base.now, due: .at(base.now)))
        try $0.take(.archive, [firm])
      }
      #expect(try await kept(base)?.shows == Reason.never)
      try await base.write { try $0.raise(Reason(.task, subject: 2, client: firm, from: base.now, due: .at(base.now))) }
      #expect(try await kept(base, 2)?.shows == Reason.never)
      try await base.write { try $0.take(.unarchive, [firm]) }
      #expect(try await kept(base)?.shows == base.now)
      #expect(try await kept(base, 2)?.shows == base.now)
      #expect(try await consistent(base) == [])
      try await base.write { try $0.take(.remove, [firm]) }
      try await base.store.purgeBin(at: base.now.adding(milliseconds: Bin.lifetime + Instant.day))
      #expect(try await kept(base) == nil)
    }
  }
}
