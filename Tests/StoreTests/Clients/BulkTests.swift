import Database
import Domain
import Store
import TestSupport
import Testing

@Suite struct BulkTests {
  @Test(arguments: Engine.all) func ownersChangeTogetherAndBack(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let ids = try await base.write { tx in
        try (1...30).map { index in try tx.createClient(company("C\(index)") { $0.ownerID = index % 2 == 0 ? base.maria.id : nil }) }
      }
      let (count, undo) = try await base.write { try $0.change(ids, .owner(base.ivan.id), returnTo: "/clients") }
      #expect(count == 30)
      let filter = ClientFilter(.clients, pairs: [("owner", base.ivan.id.description)])
      #expect(try await base.read { try $0.count(filter) } == 30)
      let back = try await base.store.undo(try #require(undo), as: base.owner, at: base.now)
      #expect(back == "/clients")
      #expect(try await base.read { try $0.count(filter) } == 0)
      #expect(try await base.read { try $0.storedClient(ids[1]).draft.ownerID } == base.maria.id)
      #expect(try await base.read { try $0.storedClient(ids[1]).teamID } == base.maria.teamID)
      await #expect(throws: Refusal.notFound) { _ = try await base.store.undo(try #require(undo), as: base.owner, at: base.now) }
    }
  }

  @Test(arguments: Engine.all) func tagsAreAddedAndTakenBack(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let ids = try await base.write { tx in
        try (1...5).map { index in try tx.createClient(company("C\(index)") { $0.tags = index == 1 ? ["VIP"] : [] }) }
      }
      let (count, undo) = try await base.write { try $0.change(ids, .addTags(["vip"]), returnTo: "/clients") }
      #expect(count == 4)
      _ = try await base.store.undo(try #require(undo), as: base.owner, at: base.now)
      let tags = try await base.read { reader in try ids.map { try reader.storedClient($0).draft.tags } }
      #expect(tags == [["VIP"], [], [], [], []])
    }
  }

  @Test(arguments: Engine.all) func archiveBinAndPurge(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let id = try await base.write { try $0.createClient(company("Alfa") { $0.note = "secret" }) }
      let undo = try await base.write { try $0.takeWithUndo(.remove, [id], summary: "clients.undo.removed", returnTo: "/clients") }
      #expect(try await base.read { try $0.count(ClientFilter()) } == 0)
      #expect(try await base.read { try $0.count(ClientFilter(.clients, pairs: [("state", "bin")])) } == 1)
      await #expect(throws: Refusal.notFound) { try await base.write { _ = try $0.updateClient(id, company("B"), expecting: 2) } }
      _ = try await base.store.undo(try #require(undo), as: base.owner, at: base.now)
      #expect(try await base.read { try $0.count(ClientFilter()) } == 1)

      try await base.write { _ = try $0.take(.remove, [id]) }
      let soon = base.now.adding(milliseconds: 29 * Instant.day), late = base.now.adding(milliseconds: 31 * Instant.day)
      #expect(try await base.store.purgeBin(at: soon) == 0)
      #expect(try await base.store.purgeBin(at: late) == 1)
      await #expect(throws: Refusal.notFound) { try await base.read { _ = try $0.storedClient(id) } }
      #expect(try await base.read { try $0.count(ClientFilter(.clients, pairs: [("state", "bin")])) } == 0)
      let left = try await base.read { reader in
        try reader.connection.values("SELECT name || note || name_sort FROM party", as: String.self)
          + reader.connection.values("SELECT data || text_key FROM history", as: String.self)
      }
      #expect(!left.joined().lowercased().contains("alfa") && !left.joined().contains("secret"))
    }
  }
}
