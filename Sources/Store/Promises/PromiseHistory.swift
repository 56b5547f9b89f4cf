import Database
package import Domain

extension Session {
  /// What the history tells of one promise, newest first. Entries name it in what they keep; a client has few of these kinds.
  package func promiseHistory(_ promise: StoredPromise) throws -> Timeline {
    var timeline = Timeline()
    let kinds = PromiseChange.allCases.map(\.kind)
    timeline.entries = try connection.rows("""
      SELECT \(TimelineEntry.columns) FROM history h LEFT JOIN history_mark m ON m.history_id = h.id
      WHERE h.client_id = \(promise.clientID) AND h.kind IN \(list: kinds)
        AND h.data LIKE \(SQL.likeAnywhere("\"promise\":\(promise.id),")) ESCAPE '\\'
      ORDER BY h.occurred_at DESC, h.id DESC LIMIT 100
      """) { try TimelineEntry(row: &$0) }
    try complete(&timeline)
    return timeline
  }

  /// What a contact's words promise and nobody has made a promise of yet; nothing where the entry is not this client's.
  package func promisesOffered(in id: HistoryID, of client: ClientID) throws -> [RecognisedPromise] {
    guard actor.may(.editPromises), let entry = try? entry(id), entry.clientID == client, entry.supersededBy == nil, !entry.kind.isAutomatic
    else { return [] }
    let made = Set(try promises(in: [id])[id, default: []].map(\.what))
    let said = zone.local(entry.occurredAt)
    return PromiseRecognition.find(in: [entry.subject, entry.body, entry.outcome].joined(separator: "\n"), said: said)
      .filter { !made.contains($0.what) }
  }
}
