package import FoundationEssentials

/// An event as the JSON it is stored as, and back. A payload that cannot be read (erased, or of a later version) is nil, so
/// that the entry still shows when and by whom it was made.
extension HistoryEvent {
  package var payload: String {
    switch self {
    case .partyCreated, .partyArchived, .partyRemoved, .partyRestored: "{}"
    case .partyChanged(let changes): Self.text(Changes(changes: changes))
    case .ownerChanged(let change): Self.text(change)
    case .tieBegan(let tie), .tieChanged(let tie), .tieEnded(let tie): Self.text(tie)
    case .managerChanged(let change): Self.text(change)
    case .merged(let note): Self.text(note)
    case .imported(let note): Self.text(note)
    case .factAdded(let fact), .factChanged(let fact), .factEnded(let fact), .factRestored(let fact): Self.text(fact)
    case .dossierAdded(let note), .dossierChanged(let note), .dossierRemoved(let note), .dossierRestored(let note): Self.text(note)
    case .deal(let event): event.payload
    case .dossierShared(let note), .dossierOpened(let note), .dossierUnshared(let note): Self.text(note)
    case .snoozed(let note): Self.text(note)
    case .reasonPassed(let note): Self.text(note)
    case .promise(_, let note): Self.text(note)
    case .taskDone(let task), .taskReopened(let task): Self.text(task)
    }
  }

  package init?(kind: HistoryKind, version: Int, payload: String) {
    guard version == kind.version else { return nil }
    switch kind {
    case .contact, .note, .withdrawal: return nil
    case .partyCreated: self = .partyCreated
    case .partyArchived: self = .partyArchived
    case .partyRemoved: self = .partyRemoved
    case .partyRestored: self = .partyRestored
    case .imported: self.init(payload) { .imported($0) }
    case .partyChanged: self.init(payload) { (value: Changes) in .partyChanged(value.changes) }
    case .ownerChanged: self.init(payload) { .ownerChanged($0) }
    case .tieBegan: self.init(payload) { .tieBegan($0) }
    case .tieChanged: self.init(payload) { .tieChanged($0) }
    case .tieEnded: self.init(payload) { .tieEnded($0) }
    case .managerChanged: self.init(payload) { .managerChanged($0) }
    case .merged: self.init(payload) { .merged($0) }
    case .factAdded: self.init(payload) { .factAdded($0) }
    case .factChanged: self.init(payload) { .factChanged($0) }
    case .factEnded: self.init(payload) { .factEnded($0) }
    case .factRestored: self.init(payload) { .factRestored($0) }
    case .dossierAdded: self.init(payload) { .dossierAdded($0) }
    case .dossierChanged: self.init(payload) { .dossierChanged($0) }
    case .dossierRemoved: self.init(payload) { .dossierRemoved($0) }
    case .dossierRestored: self.init(payload) { .dossierRestored($0) }
    case .dealBegan, .dealStage, .dealPrice, .dealPeriod, .dealRequirement, .dealChanged, .dealPerson, .dealDocument, .dealRemoved,
      .dealRestored, .opportunity, .purchase, .purchasesWithdrawn:
      guard let event = DealEvent(kind: kind, payload: payload) else { return nil }
      self = .deal(event)
    case .dossierShared: self.init(payload) { .dossierShared($0) }
    case .dossierOpened: self.init(payload) { .dossierOpened($0) }
    case .dossierUnshared: self.init(payload) { .dossierUnshared($0) }
    case .snoozed: self.init(payload) { .snoozed($0) }
    case .reasonPassed: self.init(payload) { .reasonPassed($0) }
    case .promiseMade, .promiseChanged, .promiseKept, .promiseBroken, .promiseRenegotiated, .promiseWithdrawn, .promiseCancelled,
      .promiseReopened:
      guard let change = PromiseChange(kind) else { return nil }
      self.init(payload) { .promise(change, $0) }
    case .taskDone: self.init(payload) { .taskDone($0) }
    case .taskReopened: self.init(payload) { .taskReopened($0) }
    }
  }

  private init?<Value: Decodable>(_ payload: String, _ make: (Value) -> HistoryEvent) {
    guard let value = Self.value(payload, as: Value.self) else { return nil }
    self = make(value)
  }

  private struct Changes: Codable { let changes: [FieldChange] }

  static func value<Value: Decodable>(_ payload: String, as type: Value.Type) -> Value? {
    try? JSONDecoder().decode(type, from: Data(payload.utf8))
  }

  static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Only floating-point values that are no numbers can fail to encode, and no payload has any.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension HistoryEvent {
  /// Words people may look for later.
  package var searchable: String {
    switch self {
    case .partyChanged(let changes): changes.map { "\($0.old) \($0.new)" }.joined(separator: " ")
    case .tieBegan(let tie), .tieChanged(let tie), .tieEnded(let tie): tie.role
    case .merged(let note): note.name
    case .factAdded(let fact), .factChanged(let fact), .factEnded(let fact), .factRestored(let fact): fact.text
    case .dossierAdded(let note), .dossierChanged(let note), .dossierRemoved(let note), .dossierRestored(let note): note.what
    case .deal(let event): event.searchable
    case .dossierShared(let note), .dossierOpened(let note), .dossierUnshared(let note): note.recipient
    case .snoozed(let note): note.why
    case .reasonPassed(let note): note.text
    case .promise(_, let note): note.what
    case .taskDone(let task), .taskReopened(let task): task.title
    default: ""
    }
  }

  /// Whom an entry of this event is about, besides the client.
  package var personID: PersonID? {
    switch self {
    case .tieBegan(let tie), .tieChanged(let tie), .tieEnded(let tie): tie.person
    case .managerChanged(let change): change.to ?? change.from
    case .deal(let event): event.personID
    case .promise(_, let note): note.person
    default: nil
    }
  }

  /// Parties and accounts whose names are needed to tell it.
  package var parties: [PartyID] {
    switch self {
    case .tieBegan(let tie), .tieChanged(let tie), .tieEnded(let tie): [tie.company, tie.person]
    case .managerChanged(let change): [change.from, change.to].compactMap(\.self)
    case .deal(let event): [event.personID].compactMap(\.self)
    default: []
    }
  }
  package var accounts: [AccountID] {
    switch self {
    case .ownerChanged(let change): [change.from, change.to].compactMap(\.self)
    case .deal(let event): event.accounts
    case .reasonPassed(let note): [note.to]
    default: []
    }
  }
}
