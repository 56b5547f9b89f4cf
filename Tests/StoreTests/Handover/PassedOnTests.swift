import Database
import Domain
import Store
import TestSupport
import Testing

/// Nothing that an account answers for is forgotten when the account goes: every column of the schema that names an account either
/// passes on or says why not.
struct PassedOnTests {
  @Test func everyAccountColumnPassesOnOrSaysWhyNot() async throws {
    try await withTestBase(.sqlite) { base in
      let columns = try await base.read { reader in
        try reader.connection.values("""
          SELECT m.name || '.' || f."from" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
          WHERE m.type = 'table' AND f."table" = 'account' ORDER BY 1
          """, as: String.self)
      }
      #expect(columns.count > 20)
      let passing = Set(PassedOn.all.map(\.place))
      let known = passing.union(PassedOn.exceptions.keys)
      let forgotten = columns.filter { !known.contains($0) }
      #expect(forgotten.isEmpty, "add a line to PassedOn.all (rows that an account answers for), or to its exceptions with the reason")
      let gone = known.subtracting(columns)
      #expect(gone.isEmpty, "no such column refers to an account any more")
      #expect(passing.isDisjoint(with: PassedOn.exceptions.keys))
      #expect(Set(PassedOn.all.map(\.key)).count == PassedOn.all.count)
    }
  }

  /// Each line is a query that both engines understand.
  @Test(arguments: Engine.all) func everyLineCanBeRead(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let from = base.maria, to = base.ivan
      let firm = try await base.firm(of: from)
      let id = try await base.write { tx -> HandoverID in
        let id = try tx.beginHandover(from: from.id, reason: .leaves)
        try tx.changeHandover(id, plan: HandoverPlan(takers: [to.id]), expecting: 1)
        return id
      }
      let preview = try await base.read { try $0.preview($0.handover(id)) }
      #expect(preview.clients == 1)
      #expect(preview.shares.map(\.to) == [to.id])
      #expect(preview.shares.first?.examples.map(\.id) == [firm])
    }
  }
}
