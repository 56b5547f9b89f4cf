package import Database
package import Domain

/// A history row about to be written. One by one it goes through `Transaction.record` and `logContact`; in bulk (import,
/// demonstration data) through `Transaction.insertHistory`.
package struct HistoryDraft: Sendable {
  let clientID: ClientID
  let personID: PersonID?
  let kind: HistoryKind
  var channel: Channel?
  var direction: Direction?
  let occurredAt: Instant
  let recordedAt: Instant
  let authorID: AccountID?
  var subject = ""
  var body = ""
  var outcome = ""
  let textKey: String
  package var data = "{}"
  package var correctsID: HistoryID?
  let importID: ImportID?

  package init(
    _ event: HistoryEvent, client: ClientID, person: PersonID? = nil, by author: AccountID?, at instant: Instant,
    recordedAt: Instant? = nil, importID: ImportID? = nil
  ) {
    clientID = client
    personID = person ?? event.personID
    kind = event.kind
    occurredAt = instant
    self.recordedAt = recordedAt ?? instant
    authorID = author
    textKey = Fold.search(event.searchable)
    data = event.payload
    self.importID = importID
  }

  package init(
    _ written: Written, client: ClientID, by author: AccountID?, recordedAt: Instant, importID: ImportID? = nil
  ) {
    clientID = client
    personID = written.personID
    kind = written.kind
    if case .contact(let contact) = written {
      channel = contact.channel
      direction = contact.direction
    }
    occurredAt = written.occurredAt
    self.recordedAt = recordedAt
    authorID = author
    (subject, body, outcome) = written.texts
    textKey = Fold.search([subject, body, outcome].filter { !$0.isEmpty }.joined(separator: " "))
    self.importID = importID
  }

  package static let columns: [StaticString] = [
    "client_id", "person_id", "kind", "version", "automatic", "channel", "direction", "occurred_at", "recorded_at",
    "author_id", "subject", "body", "outcome", "text_key", "data", "corrects_id", "import_id",
  ]

  package var values: [SQLValue] {
    [
      clientID.sqlValue, personID.sqlValue, kind.sqlValue, kind.version.sqlValue, kind.isAutomatic.sqlValue,
      channel.sqlValue, direction.sqlValue, occurredAt.sqlValue, recordedAt.sqlValue, authorID.sqlValue,
      subject.sqlValue, body.sqlValue, outcome.sqlValue, textKey.sqlValue, data.sqlValue, correctsID.sqlValue,
      importID.sqlValue,
    ]
  }
}

extension HistoryDraft {
  /// It stands where the withdrawn entry stood, found by the same filters.
  init(withdrawing old: TimelineEntry, because reason: String, by author: AccountID, at now: Instant) {
    clientID = old.clientID
    personID = old.personID
    kind = .withdrawal
    channel = old.channel
    direction = old.direction
    occurredAt = old.occurredAt
    recordedAt = now
    authorID = author
    body = reason
    textKey = Fold.search(reason)
    importID = nil
  }
}
