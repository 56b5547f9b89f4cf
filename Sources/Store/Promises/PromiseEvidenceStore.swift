import Database
package import Domain

/// What shows a promise: entries, files, addresses.
package struct EvidenceLine: Sendable, Hashable {
  package let id: EvidenceID
  package let evidence: PromiseEvidence
  /// Of an entry when it happened; of a file its name.
  package let entry: (at: Instant, subject: String, channel: Channel?, direction: Direction?)?
  package let fileName: String?
  package let addedAt: Instant
  package let addedBy: String?

  package static func == (a: Self, b: Self) -> Bool { a.id == b.id }
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Session {
  package func evidence(of id: PromiseID) throws -> [EvidenceLine] {
    try connection.rows("""
      SELECT e.id, e.entry_id, e.attachment_id, e.url, h.occurred_at, h.subject, h.channel, h.direction, f.name, e.added_at, a.name
      FROM promise_evidence e LEFT JOIN history h ON h.id = e.entry_id LEFT JOIN attachment f ON f.id = e.attachment_id
        LEFT JOIN account a ON a.id = e.added_by
      WHERE e.promise_id = \(id) ORDER BY e.id LIMIT 100
      """) { row in
      let id: EvidenceID = try row.next()
      let entry = try row.next(HistoryID?.self), file = try row.next(AttachmentID?.self), url = try row.next(String?.self)
      let evidence: PromiseEvidence = entry.map { .entry($0) } ?? file.map { .attachment($0) } ?? .link(url ?? "")
      let at = try row.next(Instant?.self), subject = try row.next(String?.self)
      let channel = try row.next(Channel?.self), direction = try row.next(Direction?.self)
      return EvidenceLine(
        id: id, evidence: evidence, entry: at.map { ($0, subject ?? "", channel, direction) }, fileName: try row.next(),
        addedAt: try row.next(), addedBy: try row.next())
    }
  }

  /// The promise that this belongs to, if its client is visible.
  package func promise(ofEvidence id: EvidenceID) throws -> PromiseID {
    guard let found: PromiseID = try connection.value("""
      SELECT e.promise_id FROM promise_evidence e JOIN promise pr ON pr.id = e.promise_id JOIN party p ON p.id = pr.client_id
      WHERE e.id = \(id) AND \(visible())
      """) else { throw Refusal.notFound }
    return found
  }
}

extension Transaction {
  package func addEvidence(_ evidence: PromiseEvidence, to id: PromiseID) throws {
    try require(.editPromises)
    let promise = try self.promise(id)
    try requireOpen(promise.clientID)
    let (entry, file, url): (HistoryID?, AttachmentID?, String?) =
      switch evidence {
      case .entry(let entry): (entry, nil, nil)
      case .attachment(let file): (nil, file, nil)
      case .link(let url): (nil, nil, url)
      }
    // Of the same client: another's history is no evidence that everybody who sees the promise may open.
    if let entry { try requireOfClient(promise.clientID, "SELECT client_id FROM history WHERE id = \(entry)") }
    if let file { try requireOfClient(promise.clientID, "SELECT client_id FROM attachment WHERE id = \(file)") }
    try connection.run("""
      INSERT INTO promise_evidence (promise_id, entry_id, attachment_id, url, added_at, added_by)
      VALUES (\(id), \(entry), \(file), \(url), \(now), \(actor.id))
      """)
    audit(.changed, .promise, id.rawValue, detail: "evidence")
  }

  private func requireOfClient(_ client: ClientID, _ owner: SQL) throws {
    guard try connection.value(owner, as: ClientID.self) == client else {
      throw InvalidForm([FieldMessage(field: "evidence", key: "promises.error.evidence")])
    }
  }

  package func removeEvidence(_ id: EvidenceID) throws -> PromiseID {
    try require(.editPromises)
    let promise = try self.promise(ofEvidence: id)
    try connection.run("DELETE FROM promise_evidence WHERE id = \(id)")
    audit(.changed, .promise, promise.rawValue, detail: "evidence removed")
    return promise
  }
}
