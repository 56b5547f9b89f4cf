import Database
import Domain
import Store
import TestSupport
import Testing

@Suite struct ClientListTests {
  /// 120 clients: a third of each of the three employees, contacts on different days.
  private func fill(_ base: TestBase) async throws {
    let owners = [base.maria.id, base.piotr.id, base.ivan.id]
    let names = ["Ягода", "Łódź Foto", "Alfa", "ёлка", "Żuk", "Beta"]
    try await base.write { tx in
      let clients = (0..<120).map { index -> NewClient in
        var row = NewClient(company("\(names[index % 6]) \(index)") { draft in
          draft.ownerID = owners[index % 3]
          draft.country = Country(index % 2 == 0 ? "BG" : "PL")
          draft.tags = index % 10 == 0 ? ["tenth"] : []
        })
        row.createdAt = base.now.adding(milliseconds: Int64(index) * -Instant.day)
        if index % 4 != 0 {
          row.lastContact = NewLastContact(
            at: base.now.adding(milliseconds: Int64(index) * -Instant.hour), channel: .call, direction: .outgoing, by: owners[0])
        }
        return row
      }
      _ = try tx.insertClients(clients)
    }
  }

  static let orders = ["name", "-name", "contact", "-contact", "created", "-created"]

  @Test(arguments: Engine.all, orders) func pagesHoldEachClientOnce(engine: Engine, order: String) async throws {
    try await withTestBase(engine) { base in
      try await fill(base)
      let sort = try #require(ClientSort(order))
      for actor in [base.owner, base.maria, base.piotr] {
        let expected = actor.id == base.owner.id ? 120 : actor.id == base.maria.id ? 40 : 80
        var seen: [PartyID] = []
        var cursor: ListCursor?
        repeat {
          let from = cursor
          let page = try await base.read(as: actor) { try $0.clients(ClientFilter(), sort, after: from, limit: 17) }
          seen += page.lines.map(\.id)
          cursor = page.next.flatMap { ListCursor($0.text) }
        } while cursor != nil
        #expect(seen.count == expected)
        #expect(Set(seen).count == expected)
        #expect(try await base.read(as: actor) { try $0.count(ClientFilter()) } == expected)
      }
    }
  }

  @Test(arguments: Engine.all) func filtersNarrow(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await fill(base)
      let tag = try await base.read { try $0.connection.required("SELECT id FROM tag WHERE name_key = 'tenth'", as: TagID.self) }
      let cases: [([(String, String)], Int)] = [
        ([("q", "lodz")], 20), ([("q", "ЁЛКА")], 20), ([("q", "zu")], 20), ([("owner", base.ivan.id.description)], 40),
        ([("owner", "none")], 0), ([("team", "1")], 80), ([("tag", tag.description)], 12), ([("country", "pl")], 60),
        ([("contact", "never")], 30), ([("kind", "person")], 0), ([("after", "2026-11-05")], 12), ([("state", "archived")], 0),
        ([("tag", tag.description), ("country", "BG")], 12),
      ]
      for (pairs, expected) in cases {
        let filter = ClientFilter(.clients, pairs: pairs)
        let page = try await base.read { try $0.clients(filter, ClientSort(.name), after: nil, limit: 200) }
        #expect(page.lines.count == expected, "\(pairs)")
        #expect(try await base.read { try $0.count(filter) } == expected, "\(pairs)")
        #expect(ClientFilter(.clients, pairs: filter.pairs) == filter)
      }
    }
  }

  @Test func listsAreReadByTheirIndexes() async throws {
    try await withTestBase(.sqlite) { base in
      try await fill(base)
      let cases: [(Actor, ClientSort, String)] = [
        (base.owner, ClientSort(.name), "party_by_name"), (base.owner, ClientSort(.contact, descending: true), "party_by_contact"),
        (base.owner, ClientSort(.created), "party_by_created"), (base.maria, ClientSort(.name), "party_own_by_name"),
        (base.maria, ClientSort(.contact), "party_own_by_contact"), (base.piotr, ClientSort(.name, descending: true), "party_team_by_name"),
        (base.piotr, ClientSort(.contact), "party_team_by_contact"),
      ]
      for (actor, sort, index) in cases {
        let first = try await base.read(as: actor) { try $0.clients(ClientFilter(), sort, after: nil, limit: 5).next }
        for cursor in [nil, first] {
          let plan = try await base.read(as: actor) { reader in
            try reader.connection.rows("EXPLAIN QUERY PLAN \(try reader.listQuery(ClientFilter(), sort, after: cursor, limit: 50))") { row in
              row.skip(3)
              return try row.next(String.self)
            }
          }
          #expect(plan.contains { $0.contains("USING INDEX \(index) ") || $0.hasSuffix("USING INDEX \(index)") }, "\(plan)")
          #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        }
      }
    }
  }

  /// 700 are read and sorted, 8,400 walked; either way each page continues where the one before ended.
  @Test(arguments: Engine.all, [700, 8400]) func findsWhatThousandsHave(engine: Engine, size: Int) async throws {
    try await withTestBase(engine) { base in
      try await fill(base)
      try await base.write { tx in
        try tx.connection.run("""
          INSERT INTO party (kind, is_client, name, name_sort, created_at, changed_at, owner_id)
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(size))
          SELECT 'company', p.is_client, 'Петрови ' || n.i, 'петрови ' || n.i, p.created_at, p.changed_at,
            CASE WHEN n.i % 7 = 0 THEN \(base.maria.id) END
          FROM n CROSS JOIN (SELECT is_client, created_at, changed_at FROM party ORDER BY id LIMIT 1) AS p
          """)
        try tx.connection.run("""
          INSERT INTO party_search (party_id, doc) SELECT id, name_sort FROM party WHERE name_sort LIKE 'петрови%'
          """)
      }
      let filter = ClientFilter(.clients, pairs: [("q", "тров")])
      for (actor, expected) in [(base.owner, size), (base.maria, size / 7)] {
        #expect(try await base.read(as: actor) { try $0.count(filter, cap: nil) } == expected)
        let first = try await base.read(as: actor) { try $0.clients(filter, ClientSort(.name), after: nil, limit: 60) }
        let second = try await base.read(as: actor) { try $0.clients(filter, ClientSort(.name), after: first.next, limit: 60) }
        let names = (first.lines + second.lines).map(\.name)
        #expect(names.count == min(120, expected))
        #expect(names == names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) })
        #expect(Set(names).count == names.count)
      }
    }
  }

  @Test(arguments: Engine.all, orders) func neighboursAreThoseOfTheList(engine: Engine, order: String) async throws {
    try await withTestBase(engine) { base in
      try await fill(base)
      let sort = try #require(ClientSort(order))
      for filter in [ClientFilter(), ClientFilter(.clients, pairs: [("q", "lodz")])] {
        let lines = try await base.read(as: base.piotr) { try $0.clients(filter, sort, after: nil, limit: 200) }.lines
        for (index, line) in lines.enumerated() where index % 9 == 0 || index >= lines.count - 2 {
          let found = try await base.read(as: base.piotr) { try $0.neighbours(of: line.id, number: line.number, filter, sort) }
          #expect(found.previous?.id == (index == 0 ? nil : lines[index - 1].id))
          #expect(found.next?.id == (index == lines.count - 1 ? nil : lines[index + 1].id))
          #expect(found.next?.number == (index == lines.count - 1 ? nil : lines[index + 1].number))
        }
      }
    }
  }

  @Test(arguments: Engine.all) func theNextOneStaysNextAfterAContact(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await fill(base)
      let sort = ClientSort(.contact)
      let lines = try await base.read { try $0.clients(ClientFilter(), sort, after: nil, limit: 50) }.lines
      try await base.write { tx in
        try tx.connection.run("UPDATE party SET last_contact_at = \(base.now) WHERE id = \(lines[40].id)")
      }
      let found = try await base.read { try $0.neighbours(of: lines[40].id, number: lines[40].number, ClientFilter(), sort) }
      #expect(found.previous?.id == lines[39].id && found.next?.id == lines[41].id)
      let gone = try await base.read { try $0.neighbours(of: PartyID(999_999), number: nil, ClientFilter(), sort) }
      #expect(gone.previous == nil && gone.next == nil)
    }
  }
}
