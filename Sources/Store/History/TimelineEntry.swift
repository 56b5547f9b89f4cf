import Database
package import Domain

/// One entry as it is shown. Names are looked up once for a whole timeline, by id.
package struct TimelineEntry: Sendable {
  package let id: HistoryID
  package let clientID: ClientID
  package let personID: PersonID?
  package let kind: HistoryKind
  package let version: Int
  package let channel: Channel?
  package let direction: Direction?
  package let occurredAt: Instant
  package let recordedAt: Instant
  package let authorID: AccountID?
  package let subject: String
  package let body: String
  package let outcome: String
  let data: String
  package let correctsID: HistoryID?
  package let isErased: Bool
  package let isPinned: Bool
  package let supersededBy: HistoryID?
  package internal(set) var files: [Attachment] = []
  /// What was promised in it.
  package internal(set) var promises: [EntryPromise] = []
  /// What this entry takes the place of, newest first.
  package internal(set) var before: [TimelineEntry] = []
  /// What happened, of an automatic entry that can be read.
  package internal(set) var event: HistoryEvent?

  static let columns: SQL = """
    h.id, h.client_id, h.person_id, h.kind, h.version, h.channel, h.direction, h.occurred_at, h.recorded_at, h.author_id,
    h.subject, h.body, h.outcome, h.data, h.corrects_id, h.erased_at, m.pinned_at, m.superseded_by
    """

  init(row: inout Row) throws {
    id = try row.next()
    clientID = try row.next()
    personID = try row.next()
    kind = try row.next()
    version = try row.next()
    channel = try row.next()
    direction = try row.next()
    occurredAt = try row.next()
    recordedAt = try row.next()
    authorID = try row.next()
    subject = try row.next()
    body = try row.next()
    outcome = try row.next()
    data = try row.next()
    correctsID = try row.next()
    isErased = try row.next(Int64?.self) != nil
    isPinned = try row.next(Int64?.self) != nil
    supersededBy = try row.next()
    event = kind.isAutomatic ? HistoryEvent(kind: kind, version: version, payload: data) : nil
  }

  package var place: TimelinePlace { TimelinePlace(occurredAt: occurredAt, id: id) }

  /// The words themselves again, to be corrected or put back; nil for what the program or a withdrawal wrote.
  package var written: Written? {
    switch kind {
    case .contact:
      guard let channel, let direction else { return nil }
      return .contact(Contact(
        channel: channel, direction: direction, occurredAt: occurredAt, personID: personID, subject: subject, body: body,
        outcome: outcome))
    case .note: return .note(Note(occurredAt: occurredAt, personID: personID, subject: subject, body: body))
    default: return nil
    }
  }

  /// Why it takes another's place.
  package var reason: String? {
    guard correctsID != nil else { return nil }
    if kind == .withdrawal { return body.isEmpty ? nil : body }
    let note: CorrectionNote? = try? JSON.value(data)
    return note.flatMap { $0.reason.isEmpty ? nil : $0.reason }
  }
}

/// A file on a history entry, without its content.
package struct Attachment: Sendable, Hashable {
  package let id: AttachmentID
  package let name: String
  package let mediaType: String
  package let size: Int
}

/// A part of a client's timeline with all that is needed to show it.
package struct Timeline: Sendable {
  /// On top of the newest page while nothing is filtered; such entries are left out of the flow then.
  package internal(set) var pinned: [TimelineEntry] = []
  /// Newest first.
  package internal(set) var entries: [TimelineEntry] = []
  package internal(set) var older: TimelinePlace?
  package internal(set) var newer: TimelinePlace?
  package internal(set) var people: [PartyID: String] = [:]
  package internal(set) var accounts: [AccountID: String] = [:]

  package static let pageSize = 50
}
