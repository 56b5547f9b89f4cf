import Database
import Domain
import Store
import TestSupport
import Testing

struct DossierTests {
  @Test(arguments: Engine.all) func isKeptChangedRemovedAndPutBack(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.founded()
      let firm = try await base.firm()
      let call = try await base.write {
        try $0.logContact(Contact(channel: .call, direction: .incoming, occurredAt: $0.now, subject: "Screening"), client: firm)
      }
      var draft = DossierEntryDraft(
        section: .special, date: try #require(CalendarDate("2026-03-12")), what: "140 interviews", why: "Their board met in a week",
        story: DossierStory(asked: "a rare group", did: "telephoned first", took: "two weeks"),
        amount: DossierAmount(euros(240_000), basis: .measured, workings: "80 h at 30"), proof: "invoice 204", audience: .client,
        note: "our loss", evidence: [call])
      let id = try await base.write { [draft] in try $0.addDossierEntry(draft, to: firm) }
      let kept = try await base.read { try $0.dossier(of: firm) }
      #expect(kept.entries.map(\.draft) == [draft] && kept.entries.first?.evidence.first?.subject == "Screening")
      #expect(kept.totals.of(.special).total == euros(240_000) && kept.headline.given.total == euros(240_000))
      draft.audience = .inner
      try await base.write { [draft] in try $0.changeDossierEntry(id, to: draft, version: 1) }
      #expect(try await base.read { try $0.clientDossier(of: firm).entries.isEmpty })
      await #expect(throws: Refusal.conflict(currentVersion: 2)) {
        try await base.write { [draft] in try $0.changeDossierEntry(id, to: draft, version: 1) }
      }
      try await base.write { try $0.removeDossierEntry(id, version: 2) }
      #expect(try await base.read { try $0.dossier(of: firm).entries.isEmpty && $0.dossierGlance(of: firm).entries == 0 })
      let undo = try await base.write { try $0.leaveUndo(ofRemovingEntry: id, version: 3, returnTo: "/") }
      _ = try await base.store.undo(undo, as: base.owner, at: base.now)
      #expect(try await base.read { try $0.dossier(of: firm).entries.map(\.draft) } == [draft])
      let kinds = try await base.read { try $0.timeline(of: firm, TimelineFilter(kind: .automatic)).entries.map(\.kind) }
      #expect(Array(kinds.prefix(4)) == [.dossierRestored, .dossierRemoved, .dossierChanged, .dossierAdded])
    }
  }

  /// Ours that came due, both faces alike; the client's own promises and other clients' are no part of it.
  @Test(arguments: Engine.all) func opensWithPromisesKeptOnTime(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.founded()
      let firm = try await base.firm(of: base.maria), other = try await base.firm("Other", of: base.maria)
      let start = base.now.adding(milliseconds: -20 * Instant.day)
      func headline(_ client: ClientID) async throws -> [DossierHeadline.Promises?] {
        try await base.read { [try $0.dossier(of: client).headline.promises, try $0.clientDossier(of: client).headline.promises] }
      }
      #expect(try await headline(firm) == [nil, nil])
      let kept = try await base.promise(firm, "kept", due: "2026-10-20", at: start)
      try await base.write(at: start.adding(milliseconds: Instant.day)) { try $0.keepPromise(kept) }
      _ = try await base.promise(firm, "overdue", due: "2026-10-20", at: start)
      _ = try await base.promise(firm, "ahead", due: "2026-12-20", at: start)
      _ = try await base.promise(firm, "theirs", due: "2026-10-20", by: .client, at: start)
      let withdrawn = try await base.promise(firm, "withdrawn", due: "2026-10-20", at: start)
      try await base.write(at: start) { try $0.withdrawPromise(withdrawn) }
      _ = try await base.promise(other, "other", due: "2026-10-20", at: start)
      #expect(try await headline(firm) == [DossierHeadline.Promises(kept: 1, due: 2), DossierHeadline.Promises(kept: 1, due: 2)])
      #expect(try await headline(other) == [DossierHeadline.Promises(kept: 0, due: 1), DossierHeadline.Promises(kept: 0, due: 1)])
    }
  }
}
