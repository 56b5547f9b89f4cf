import Testing

@testable import Domain

struct HistoryEventTests {
  static let events: [HistoryEvent] = [
    .partyCreated, .partyArchived, .partyRemoved, .partyRestored, .imported(ImportNote()),
    .imported(ImportNote(lastContact: CalendarDate("2024-02-29"))),
    .partyChanged([FieldChange("name", old: "Анна", new: "Anna \"A\""), FieldChange("tags", old: nil, new: "vip")]),
    .ownerChanged(OwnerChange(from: nil, to: AccountID(7))), .managerChanged(ManagerChange(from: PartyID(3), to: nil)),
    .tieBegan(TieNote(company: PartyID(1), person: PartyID(2), role: "CEO", isManager: true, from: CalendarDate("2024-02-29"))),
    .tieChanged(TieNote(company: PartyID(1), person: PartyID(2))),
    .tieEnded(TieNote(company: PartyID(1), person: PartyID(2), until: CalendarDate("2025-01-01"))),
    .merged(MergeNote(other: PartyID(9), name: "Łódź")),
    .factAdded(FactNote(fact: FactID(1), kind: .avoid, text: "no calls")),
    .factChanged(FactNote(fact: FactID(1), kind: .date, text: "new", old: "old")),
    .factEnded(FactNote(fact: FactID(1), kind: .family, text: "x")), .factRestored(FactNote(fact: FactID(1), kind: .other, text: "y")),
    .snoozed(SnoozeNote(until: CalendarDate(daysSince1970: 20_000), untilAnswer: true, why: "on leave")),
    .reasonPassed(ReasonPassing(kind: .birthday, to: AccountID(2), text: "Anna")),
    .dossierAdded(DossierNote(entry: DossierEntryID(1), section: .cost, what: "a")),
    .dossierChanged(DossierNote(entry: DossierEntryID(1), section: .benefit, what: "b")),
    .dossierRemoved(DossierNote(entry: DossierEntryID(1), section: .loyalty, what: "c")),
    .dossierRestored(DossierNote(entry: DossierEntryID(1), section: .special, what: "d")),
    .dossierShared(ShareNote(share: ShareID(1), recipient: "Анна")), .dossierOpened(ShareNote(share: ShareID(1), recipient: "Anna")),
    .dossierUnshared(ShareNote(share: ShareID(1), recipient: "")),
    .taskDone(TaskNote(task: TaskID(1), title: "Send the list")), .taskReopened(TaskNote(task: TaskID(1), title: "Send")),
  ] + DealEvents.all.map(HistoryEvent.deal) + PromiseChange.allCases.map { .promise($0, promise) }

  private static let promise = PromiseNote(
    promise: PromiseID(1),
    Promise(
      terms: PromiseTerms(what: "price", ownerID: AccountID(1)),
      due: PromiseDue(date: CalendarDate(daysSince1970: 20_000), zone: .utc), madeAt: Instant(milliseconds: 1), datedAt: Instant(milliseconds: 1)),
    reason: "later")

  @Test(arguments: events) func isReadAsItWasWritten(event: HistoryEvent) {
    #expect(HistoryEvent(kind: event.kind, version: event.kind.version, payload: event.payload) == event)
  }

  @Test func everyAutomaticKindHasAnEvent() {
    #expect(Set(Self.events.map(\.kind)) == Set(HistoryKind.allCases.filter(\.isAutomatic)))
  }

  @Test func whatCannotBeReadIsNil() {
    #expect(HistoryEvent(kind: .merged, version: 1, payload: "") == nil)
    #expect(HistoryEvent(kind: .merged, version: 2, payload: HistoryEvent.merged(MergeNote(other: PartyID(1), name: "a")).payload) == nil)
    #expect(HistoryEvent(kind: .note, version: 1, payload: "{}") == nil)
  }
}

struct TimelinePlaceTests {
  @Test(arguments: [
    ("1762351620000-41", 1_762_351_620_000, 41), ("0-1", 0, 1), ("-86400000-7", -86_400_000, 7),
  ] as [(String, Int64, Int64)]) func reads(text: String, at: Int64, id: Int64) throws {
    let place = try #require(TimelinePlace(text))
    #expect(place == TimelinePlace(occurredAt: Instant(milliseconds: at), id: HistoryID(id)))
    #expect(place.description == text)
  }

  @Test(arguments: ["", "-", "1", "1-", "-1", "a-1", "1-0", "1-x", "99999999999999999999-1", "1--1"]) func refuses(text: String) {
    #expect(TimelinePlace(text) == nil)
  }
}

struct CorrectionTests {
  @Test(arguments: [
    (Role.owner, false, true), (.manager, false, true), (.employee, false, false), (.employee, true, true), (.marketing, true, true),
    (.marketing, false, false), (.readOnly, true, false),
  ]) func whoMayCorrect(role: Role, isOwn: Bool, may: Bool) {
    let actor = Actor(id: AccountID(1), name: "A", role: role, scope: .all, teamID: nil, language: .en, zone: "UTC")
    #expect(actor.mayCorrect(entryBy: AccountID(isOwn ? 1 : 2)) == may)
  }
}
