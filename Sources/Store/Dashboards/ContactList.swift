import Database
package import Domain

/// The contacts behind a number, newest first.
package struct ContactLine: Sendable {
  package let id: HistoryID
  package let occurredAt: Instant
  package let channel: Channel
  package let direction: Direction?
  package let author: String?
  /// Nil where the client is no longer this actor's to see; then nothing is told of what was said either.
  package let client: (id: ClientID, name: String)?
  package let subject: String
}

package struct ContactPage: Sendable {
  package let lines: [ContactLine]
  package let next: ListCursor?
}

extension Session {
  package func contacts(_ filter: ContactListFilter, after cursor: ListCursor? = nil, limit: Int = 50) throws -> ContactPage {
    try require(.viewHistory)
    let zone = zone
    var place: SQL = ""
    if let cursor, case .number(let at) = cursor.key { place = " AND (h.occurred_at, h.id) < (\(at), \(cursor.id))" }
    var whose = DashboardFilter()
    (whose.team, whose.owner) = (filter.team, filter.author)
    let channel: SQL = filter.channel.map { " AND h.channel = \($0)" } ?? ""
    var lines = try connection.rows("""
      SELECT h.id, h.occurred_at, h.channel, h.direction, a.name, p.id, p.name, h.subject, h.body
      FROM history h LEFT JOIN account a ON a.id = h.author_id LEFT JOIN party p ON p.id = h.client_id AND p.deleted_at IS NULL AND \(visible())
      WHERE h.occurred_at >= \(zone.instant(filter.from)) AND h.occurred_at < \(zone.instant(filter.until.adding(days: 1)))
        AND h.kind = 'contact' AND h.erased_at IS NULL\(channel)\(authors(whose))\(place)
        AND NOT EXISTS (SELECT 1 FROM history_mark m WHERE m.history_id = h.id AND m.superseded_by IS NOT NULL)
      ORDER BY h.occurred_at DESC, h.id DESC LIMIT \(limit + 1)
      """, ContactLine.init(row:))
    guard lines.count > limit else { return ContactPage(lines: lines, next: nil) }
    lines.removeLast()
    return ContactPage(lines: lines, next: lines.last.map { ListCursor(.number($0.occurredAt.milliseconds), id: $0.id.rawValue) })
  }
}

extension ContactLine {
  fileprivate init(row: inout Row) throws {
    id = try row.next()
    occurredAt = try row.next()
    channel = Channel(rawValue: try row.next(String?.self) ?? "") ?? .call
    direction = try row.next(String?.self).flatMap(Direction.init(rawValue:))
    author = try row.next()
    let party = try row.next(ClientID?.self), name = try row.next(String?.self)
    client = if let party, let name { (party, name) } else { nil }
    let subject: String = try row.next(), body: String = try row.next()
    self.subject = client == nil ? "" : subject.isEmpty ? String(body.prefix(120)) : subject
  }
}
