import Database
import Domain
import Store
import TestSupport
import Testing

struct RhythmTests {
  struct Clock: Equatable, Sendable {
    let days: Int?, due: Instant, reason: Instant?
  }
  private func clock(_ base: TestBase, _ id: PartyID) async throws -> Clock? {
    try await base.read { reader in
      try reader.connection.first("""
        SELECT p.contact_days, p.contact_due_at, (SELECT r.shows_at FROM reason r WHERE r.kind = 'too_rarely' AND r.subject_id = p.id)
        FROM party p WHERE p.id = \(id)
        """) { Clock(days: try $0.next(), due: try $0.next(), reason: try $0.next()) }
    }
  }
  private func expect(_ base: TestBase, _ id: PartyID, _ days: Int?, from start: Instant, _ location: SourceLocation = #_sourceLocation) async throws {
    let due = days.map { Rhythm.due(after: start, every: $0) }
    #expect(try await clock(base, id) == Clock(days: days, due: due ?? Reason.never, reason: due), sourceLocation: location)
  }
  private func consistent(_ base: TestBase, _ location: SourceLocation = #_sourceLocation) async throws {
    #expect(try await base.faults() == [], sourceLocation: location)
  }
  private func relationship(_ base: TestBase, _ key: String) async throws -> RelationshipLine {
    let all = try await base.read { try $0.relationships() }
    return try #require(all.first { $0.name.key == key })
  }

  @Test(arguments: Engine.all) func followsHandTagAndRelationship(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let type = try await relationship(base, "long_term")
      let firm = try await base.firm(of: base.maria)
      try await expect(base, firm, nil, from: base.now)
      try await change(base, firm) { $0.relationshipID = type.id }
      try await expect(base, firm, 60, from: base.now)
      try await change(base, firm) { $0.tags = ["Key", "Old"] }
      let tags = try await base.read { try $0.tags(limit: 10) }
      for (tag, days) in zip(tags, [14, 30]) { try await base.write { try $0.setTagInterval(tag.id, days) } }
      try await expect(base, firm, 14, from: base.now)
      let first = try #require(tags.first).id
      let undo = try await base.write { try $0.removeTag(first, returnTo: "/") }
      try await expect(base, firm, 30, from: base.now)
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      try await expect(base, firm, 14, from: base.now)
      try await change(base, firm) { $0.contactDays = 45 }
      try await expect(base, firm, 45, from: base.now)
      try await change(base, firm) { $0.contactDays = 0 }
      try await expect(base, firm, nil, from: base.now)
      try await change(base, firm) { ($0.contactDays, $0.tags) = (nil, []) }
      try await base.write {
        try $0.changeRelationship(type.id, name: nil, RelationshipDefaults(intervalDays: 21), expecting: type.version)
      }
      try await expect(base, firm, 21, from: base.now)
      try await consistent(base)
    }
  }

  @Test(arguments: Engine.all) func anyContactRestartsIt(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let firm = try await base.firm(of: base.maria)
      try await change(base, firm) { $0.contactDays = 10 }
      let first = try await base.log(firm, minutes: -60 * 24 * 12)
      try await expect(base, firm, 10, from: base.at(minutes: -60 * 24 * 12))
      #expect(try await done(base, base.maria) == 0)
      // Long ago, entered late: the clock stays.
      try await base.log(firm, minutes: -60 * 24 * 30)
      try await expect(base, firm, 10, from: base.at(minutes: -60 * 24 * 12))
      let second = try await base.log(firm, minutes: 0, .email, as: base.maria)
      try await expect(base, firm, 10, from: base.now)
      #expect(try await done(base, base.maria) == 1)
      try await base.write { try $0.withdraw(second, because: "another client") }
      try await expect(base, firm, 10, from: base.at(minutes: -60 * 24 * 12))
      #expect(try await done(base, base.maria) == 0)
      try await base.write { try $0.withdraw(first) }
      try await expect(base, firm, 10, from: base.at(minutes: -60 * 24 * 30))
      try await consistent(base)
    }
  }

  @Test(arguments: Engine.all) func bulkMakingSetsTheClock(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let type = try await relationship(base, "personal")
      let past = base.at(minutes: -60 * 24 * 40)
      let made = try await base.write { tx in
        var draft = ClientDraft(kind: .person, name: "Анна Петрова")
        (draft.relationshipID, draft.birthDate) = (type.id, PartialDate("1986-11-06"))
        var old = NewClient(draft)
        old.createdAt = past
        var contacted = NewClient(draft)
        contacted.lastContact = NewLastContact(at: base.at(minutes: -60), channel: .call, direction: .incoming, by: nil)
        return try tx.insertClients([old, contacted, NewClient(ClientDraft(kind: .company, name: "Without"))])
      }
      try await expect(base, made[0].id, 30, from: past)
      try await expect(base, made[1].id, 30, from: base.at(minutes: -60))
      try await expect(base, made[2].id, nil, from: base.now)
      #expect(try await base.read { try $0.connection.required("SELECT count(*) FROM reason WHERE kind = 'birthday'", as: Int.self) } == 2)
      // What has no contact yet is corrected with the check that history agrees.
      try await base.write { try $0.connection.run("UPDATE party SET last_contact_at = 0 WHERE id = \(made[1].id)") }
      try await base.write { try $0.rhythmFollows(where: "1 = 1") }
      try await consistent(base)
    }
  }

  /// All at once: those that lie snoozed wake, those given to a colleague stay there, what is in the archive waits.
  @Test(arguments: Engine.all) func aNewIntervalMovesEveryClock(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let type = try await relationship(base, "long_term")
      var firms: [ClientID] = []
      for name in ["Plain", "Snoozed", "Passed", "Archived", "By hand", "Tagged"] {
        let firm = try await base.firm(name, of: base.maria)
        try await change(base, firm) { $0.relationshipID = type.id }
        try await base.log(firm, minutes: -61 * 24 * 60)
        firms.append(firm)
      }
      let snoozed = ReasonKey(.tooRarely, firms[1].rawValue), week = try #require(CalendarDate("2026-11-12"))
      _ = try await base.write(as: base.maria) { try $0.snooze(snoozed, SnoozeDraft(.day(week)), returnTo: "/") }
      #expect(try await base.read(as: base.maria) { try $0.todayLines(.snoozed, of: base.maria.id).map(\.key) } == [snoozed])
      let passed = ReasonKey(.tooRarely, firms[2].rawValue), archived = firms[3]
      _ = try await base.write(as: base.piotr) { try $0.pass(passed, .matter, to: base.piotr.id, returnTo: "/") }
      _ = try await base.write { try $0.take(.archive, [archived]) }
      try await change(base, firms[4]) { $0.contactDays = 90 }
      try await change(base, firms[5]) { $0.tags = ["Key"] }
      let tag = try #require(try await base.read { try $0.tags(limit: 10) }.first).id
      try await base.write { try $0.setTagInterval(tag, 14) }

      let last = base.at(minutes: -61 * 24 * 60)
      for (step, days) in [21, 20, nil, 30].enumerated() {
        try await base.write {
          try $0.changeRelationship(type.id, name: nil, RelationshipDefaults(intervalDays: days), expecting: type.version + step)
        }
        for firm in firms[...2] { try await expect(base, firm, days, from: last) }
        let due = days.map { Rhythm.due(after: last, every: $0) }
        #expect(try await clock(base, archived) == Clock(days: days, due: due ?? Reason.never, reason: days.map { _ in Reason.never }))
        try await expect(base, firms[4], 90, from: last)
        try await expect(base, firms[5], 14, from: last)
        try await consistent(base)
        guard step < 2 else { continue }
        let accounts = try await base.read {
          try $0.connection.values("SELECT account_id FROM reason WHERE kind = 'too_rarely' AND snooze_id IS NULL ORDER BY subject_id", as: AccountID.self)
        }
        #expect(accounts == firms.map { $0 == firms[2] ? base.piotr.id : base.maria.id })
      }
    }
  }

  @Test(arguments: Engine.all) func theListFiltersAndSortsByIt(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      for (name, gone) in [("Late", 40), ("Soon", 27), ("Fine", 5)] {
        let firm = try await base.firm(name, of: base.maria)
        try await change(base, firm) { $0.contactDays = 30 }
        try await base.log(firm, minutes: -Int64(gone) * 24 * 60)
      }
      _ = try await base.firm("Unset", of: base.maria)
      func names(_ clock: ClientFilter.Clock?, _ sort: ClientSort = ClientSort(.name)) async throws -> [String] {
        var filter = ClientFilter()
        filter.rhythm = clock
        return try await base.read(as: base.maria) { [filter] in try $0.clients(filter, sort, after: nil).lines.map(\.name) }
      }
      #expect(try await names(.late) == ["Late"])
      #expect(try await names(.soon) == ["Soon"])
      #expect(try await names(.unset) == ["Unset"])
      #expect(try await names(nil, ClientSort(.due)) == ["Late", "Soon", "Fine", "Unset"])
    }
  }

  private func change(_ base: TestBase, _ id: ClientID, _ body: @escaping @Sendable (inout ClientDraft) -> Void) async throws {
    try await base.write { tx in
      let stored = try tx.storedClient(id)
      var draft = stored.draft
      body(&draft)
      try tx.updateClient(id, draft, expecting: stored.version)
    }
  }
  private func done(_ base: TestBase, _ actor: Actor) async throws -> Int {
    try await base.read { try $0.connection.required("SELECT count(*) FROM reason_done WHERE done_by = \(actor.id)") }
  }
}
