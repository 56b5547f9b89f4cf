import Database
import Domain
import Store

/// Rows of many tales, gathered to be written one table after another.
struct TaleBatch {
  private var history: [[SQLValue]] = []
  private var marks: [[SQLValue]] = []
  private var facts: [[SQLValue]] = []
  private var ties: [[SQLValue]] = []
  private var attachments: [[SQLValue]] = []
  private var deals = DealBatch()
  private var promises: [NewPromise] = []
  private var moved: [PersonID] = []
  /// Those with a date that comes every year.
  private var dated: [PartyID] = []
  private var gainers: [ClientID] = []
  private var ends: [(ClientID, Tale.End)] = []

  mutating func add(_ told: NumberedTale, _ made: MadeClient, _ joined: [PersonID?], by: AccountID, into tx: Transaction) throws {
    let names = Names(told: told, made: made, joined: joined)
    for index in told.order { try add(told.tale.entries[index], index, names, tx) }
    for (index, fact) in told.tale.facts.enumerated() { add(fact, index, names) }
    promises += told.tale.promises.enumerated().compactMap { names.promise($1, $0) }
    for (join, person) in zip(told.tale.joined, joined) {
      guard let person else { continue }
      ties.append([
        made.id.sqlValue, person.sqlValue, join.tie.role.sqlValue, join.tie.isManager.sqlValue, join.tie.from.sqlValue,
        join.tie.until.sqlValue, join.at.sqlValue,
      ])
      moved.append(person)
      gainers.append(made.id)
    }
    for (index, deal) in told.tale.deals.enumerated() {
      guard let id = told.dealIDs[index] else { continue }
      deals.add(deal, id, client: made.id) { names.party($0) }
    }
    if let end = told.tale.end { ends.append((made.id, end)) }
  }

  private mutating func add(_ entry: Tale.Entry, _ index: Int, _ names: Names, _ tx: Transaction) throws {
    guard let id = names.told.entryIDs[index], let draft = names.draft(of: entry) else { return }
    history.append([id.sqlValue] + draft.values)
    if case .event(.deal(let deal, _)) = entry.what, let deal = names.told.dealIDs[deal] { deals.tell(deal, id) }
    let later = names.replacements[index]
    if later != nil || entry.pinnedAt != nil {
      let pin = entry.pinnedAt
      let pinner = pin == nil ? nil : Optional(entry.by)
      marks.append([id.sqlValue, names.made.id.sqlValue, later.sqlValue, pin.sqlValue, pinner.sqlValue])
    }
    for file in entry.files {
      attachments.append([
        id.sqlValue, names.made.id.sqlValue, try tx.store(file.bytes).sqlValue, file.name.sqlValue, file.mediaType.sqlValue,
        file.bytes.count.sqlValue, entry.recordedAt.sqlValue,
      ])
    }
  }

  private mutating func add(_ fact: Tale.ToldFact, _ index: Int, _ names: Names) {
    guard let id = names.told.factIDs[index], let party = names.party(fact.about) else { return }
    let source = fact.source.flatMap { names.told.entryIDs[$0] }
    if fact.draft.recurs { dated.append(party) }
    let ender = fact.endedAt == nil ? nil : Optional(fact.by)
    facts.append([
      id.sqlValue, party.sqlValue, fact.draft.kind.sqlValue, fact.draft.text.sqlValue, fact.draft.date.sqlValue,
      fact.draft.source.sqlValue, source.sqlValue, fact.by.sqlValue, fact.at.sqlValue, fact.draft.endsOn.sqlValue,
      fact.endedAt.sqlValue, ender.sqlValue,
    ])
  }

  func write(_ tx: Transaction) throws {
    let connection = tx.connection
    try connection.insert(into: "history", ["id"] + HistoryDraft.columns, rows: history)
    try connection.insert(
      into: "history_mark", ["history_id", "client_id", "superseded_by", "pinned_at", "pinned_by"], rows: marks)
    try connection.insert(
      into: "fact",
      ["id", "party_id", "kind", "text", "date", "source", "source_id", "author_id", "recorded_at", "ends_on", "ended_at", "ended_by"],
      rows: facts)
    try connection.insert(
      into: "tie", ["company_id", "person_id", "role", "is_manager", "from_date", "until_date", "created_at"], rows: ties)
    try connection.insert(
      into: "attachment", ["history_id", "client_id", "hash", "name", "media_type", "size", "created_at"], rows: attachments)
    try deals.write(connection)
    for person in moved { try tx.recomputeLastContact(of: person) }
    try tx.refreshSearch(of: gainers)
    for (client, end) in ends { try finish(client, end, connection) }
    try tx.insertPromises(promises)
    try tx.reasonsFollow(ends.map(\.0))
    try tx.datesFollow(Set(dated + moved).sorted())
    try connection.identityFollows("history")
    try connection.identityFollows("fact")
  }

  private func finish(_ client: ClientID, _ end: Tale.End, _ connection: any Connection) throws {
    switch end {
    case .archived(let at, let by):
      try connection.run(
        "UPDATE party SET archived_at = \(at), changed_at = \(at), changed_by = \(by), version = version + 1 WHERE id = \(client)")
    case .removed(let at, let by):
      try connection.run(
        "UPDATE party SET deleted_at = \(at), changed_at = \(at), changed_by = \(by), version = version + 1 WHERE id = \(client)")
    }
  }
}

/// Who is who in one tale, now that all have numbers.
private struct Names {
  let told: NumberedTale
  let made: MadeClient
  let joined: [PersonID?]
  /// By the entry that was wrong.
  let replacements: [Int: HistoryID]

  init(told: NumberedTale, made: MadeClient, joined: [PersonID?]) {
    (self.told, self.made, self.joined) = (told, made, joined)
    var replacements: [Int: HistoryID] = [:]
    for (index, entry) in told.tale.entries.enumerated() {
      if let wrong = entry.corrects { replacements[wrong] = told.entryIDs[index] }
    }
    self.replacements = replacements
  }

  func party(_ someone: Tale.Someone?) -> PartyID? {
    switch someone {
    case nil: made.id
    case .own(let index): made.people[index]
    case .joined(let index): joined[index]
    }
  }

  func draft(of entry: Tale.Entry) -> HistoryDraft? {
    let person = entry.person.flatMap { party($0) }
    switch entry.what {
    case .written(.contact(var contact)):
      contact.personID = person
      return written(.contact(contact), entry)
    case .written(.note(var note)):
      note.personID = person
      return written(.note(note), entry)
    case .event(let event):
      guard let told = self.event(event) else { return nil }
      return HistoryDraft(told, client: home(of: event), person: person, by: entry.by, at: entry.at, recordedAt: entry.recordedAt)
    }
  }

  private func written(_ written: Written, _ entry: Tale.Entry) -> HistoryDraft {
    var draft = HistoryDraft(written, client: made.id, by: entry.by, recordedAt: entry.recordedAt)
    if let corrects = entry.corrects {
      draft.correctsID = told.entryIDs[corrects]
      draft.data = (try? JSON.text(CorrectionNote(reason: entry.reason))) ?? "{}"
    }
    return draft
  }

  /// A fact about a person is told in that person's own history.
  private func home(of event: Tale.Event) -> PartyID {
    switch event {
    case .factAdded(let index), .factEnded(let index): party(told.tale.facts[index].about) ?? made.id
    default: made.id
    }
  }

  private func event(_ event: Tale.Event) -> HistoryEvent? {
    switch event {
    case .created: return .partyCreated
    case .archived: return .partyArchived
    case .removed: return .partyRemoved
    case .changed(let changes): return .partyChanged(changes)
    case .ownerChanged(let change): return .ownerChanged(change)
    case .tieBegan(let who, let tie): return note(who, tie).map { .tieBegan($0) }
    case .tieEnded(let who, let tie): return note(who, tie).map { .tieEnded($0) }
    case .managerChanged(let from, let to):
      return .managerChanged(ManagerChange(from: from.flatMap { party($0) }, to: to.flatMap { party($0) }))
    case .promise(let index, let change, let step): return note(index, step).map { .promise(change, $0) }
    case .factAdded(let index): return note(index).map { .factAdded($0) }
    case .factEnded(let index): return note(index).map { .factEnded($0) }
    case .deal(let index, let happening): return told.dealIDs[index].map { .deal(happening($0)) }
    }
  }

  private func note(_ who: Tale.Someone, _ tie: TieDraft) -> TieNote? {
    party(who).map {
      TieNote(company: made.id, person: $0, role: tie.role, isManager: tie.isManager, from: tie.from, until: tie.until)
    }
  }

  /// The promise with the numbers of those it is between.
  private func valued(_ promise: Promise, _ told: Tale.ToldPromise) -> Promise {
    var value = promise
    if let person = told.person { value.terms.personID = party(person) }
    return value
  }

  func promise(_ promise: Tale.ToldPromise, _ index: Int) -> NewPromise? {
    told.promiseIDs[index].map {
      NewPromise(
        id: $0, client: made.id, valued(promise.value, promise), entry: told.entryIDs[promise.entry], author: promise.by,
        zone: Zone(promise.keeper.zone) ?? .utc)
    }
  }

  private func note(_ index: Int, _ step: Int) -> PromiseNote? {
    guard let id = told.promiseIDs[index], told.tale.promises.indices.contains(index), told.tale.promises[index].steps.indices.contains(step)
    else { return nil }
    let promise = told.tale.promises[index], at = promise.steps[step]
    var note = PromiseNote(promise: id, valued(at.value, promise), reason: at.reason)
    note.oldDue = at.oldDue
    return note
  }

  private func note(_ fact: Int) -> FactNote? {
    told.factIDs[fact].map { FactNote(fact: $0, kind: told.tale.facts[fact].draft.kind, text: told.tale.facts[fact].draft.text) }
  }
}
