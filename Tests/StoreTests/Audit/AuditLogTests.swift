import Database
import Domain
import Store
import TestSupport
import Testing

struct AuditLogTests {
  @Test(arguments: Engine.all) func pagesByKeyAndFilters(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let ids = try await base.write { tx in try (1...7).map { try tx.createTeam("Team \($0)") } }
      let first = try #require(ids.first)
      try await base.write(at: base.now.adding(milliseconds: Instant.day)) { try $0.renameTeam(first, to: "New", version: 1) }
      let pages = try await base.read { reader -> [[Int64]] in
        var out: [[Int64]] = []
        var place: AuditPlace?
        repeat {
          let page = try reader.auditLog(AuditFilter(), before: place, limit: 3)
          out.append(page.lines.map(\.id))
          place = page.next
        } while place != nil
        return out
      }
      #expect(pages == [[8, 7, 6], [5, 4, 3], [2, 1]])
      let filter = AuditFilter(entity: .team, entityID: first.rawValue)
      #expect(try await base.read { try $0.auditLog(filter).lines.map(\.action) } == [.changed, .created])
      let later = AuditFilter(entity: .team, entityID: first.rawValue, from: base.now.adding(milliseconds: 1))
      #expect(try await base.read { try $0.auditLog(later).lines.map(\.name) } == ["New"])
      let nobody = AuditFilter(account: base.maria.id)
      #expect(try await base.read { try $0.auditLog(nobody).lines.isEmpty })
      await #expect(throws: Refusal.forbidden(.viewAudit)) { _ = try await base.read(as: base.maria) { try $0.auditLog(AuditFilter()) } }
    }
  }

  @Test(arguments: Engine.all) func findsATamperedAndAMissingRow(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      for name in ["A", "B", "C", "D"] { _ = try await base.write { try $0.createTeam(name) } }
      #expect(try await base.read { try $0.auditChain(newest: nil) } == ChainState(rows: 4, checked: 4, fault: nil))
      #expect(try await base.read { try $0.auditChain(newest: 2) } == ChainState(rows: 4, checked: 2, fault: nil))
      try await base.store.database.write { _ = try $0.run("UPDATE audit SET entity_id = 99 WHERE id = 2") }
      #expect(try await base.read { try $0.auditChain(newest: nil).fault } == .changed(2))
      #expect(try await base.read { try $0.auditChain(newest: 2).fault } == nil)
      try await base.store.database.write { _ = try $0.run("DELETE FROM audit WHERE id = 4") }
      #expect(try await base.read { try $0.auditChain(newest: 1).fault } == .missing(4))
    }
  }

  @Test(arguments: Engine.all) func wordsThisVersionDoesNotKnowAreShown(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      _ = try await base.write { try $0.createTeam("A") }
      try await base.store.database.write { _ = try $0.run("UPDATE audit SET action = 'hacked' WHERE id = 1") }
      #expect(try await base.read { try $0.auditLog(AuditFilter()).lines.map(\.action) } == [nil])
      #expect(try await base.read { try $0.auditChain(newest: nil).fault } == .changed(1))
    }
  }
}
