import Database
package import Domain

/// Everything the page of a client or person shows beside timeline and facts.
package struct ClientView: Sendable {
  package let stored: StoredClient
  package let owner: String?
  package let relationship: RelationshipName?
  package let intervalDays: Int?
  package let rhythm: Rhythm?
  package let lastContact: LastContactLine?
  package let snooze: ClientSnooze?
  package let tags: [TagLine]
  package let fields: [CustomField]
  /// Of a company its people, of a person the companies: those of today first.
  package let ties: [TieLine]
  /// Addresses, its own and of its people, that mail came back from.
  package let bounced: Set<String>
}

package struct LastContactLine: Sendable {
  package let at: Instant
  package let channel: Channel?
  package let direction: Direction?
  package let by: String?
}

/// What the reader would be asked to do for the client is laid aside.
package struct ClientSnooze: Sendable {
  /// The reason by which it is shown again.
  package let key: ReasonKey
  package let until: Instant
  package let snooze: TodayLine.Snooze
}

/// A tie seen from one end.
package struct TieLine: Sendable {
  package let tie: Tie
  package let otherID: PartyID
  package let name: String
  package let isClient: Bool
  package fileprivate(set) var points: [ContactPoint] = []
}

extension Session {
  package func clientView(_ id: PartyID) throws -> ClientView {
    let stored = try storedClient(id), tomorrow = endOfToday
    // One row, or one for each reason that lies snoozed: the first to come back is told.
    let head = try connection.first("""
      SELECT a.name, r.key, r.name, p.contact_days, p.contact_due_at, p.last_contact_at, p.last_contact_channel, p.last_contact_direction, b.name,
        z.kind, z.subject_id, z.snoozed_until, s.until_answer, s.why, m.name
      FROM party p LEFT JOIN account a ON a.id = p.owner_id LEFT JOIN relationship_type r ON r.id = p.relationship_id
        LEFT JOIN account b ON b.id = p.last_contact_by
        LEFT JOIN reason z ON z.client_id = p.id AND z.shows_at >= \(tomorrow) AND z.shows_at < \(Reason.never)
          AND z.snooze_id IS NOT NULL AND z.snoozed_until >= \(tomorrow) AND \(ownsSnooze)
        LEFT JOIN snooze s ON s.id = z.snooze_id LEFT JOIN account m ON m.id = s.made_by
      WHERE p.id = \(id) ORDER BY z.snoozed_until, z.id LIMIT 1
      """, ViewHead.init(row:))
    guard let head else { throw Refusal.notFound }
    let tags = try connection.rows("""
      SELECT t.id, t.name FROM party_tag pt JOIN tag t ON t.id = pt.tag_id WHERE pt.party_id = \(id) ORDER BY t.name_key
      """) { TagLine(id: try $0.next(), name: try $0.next()) }
    let ties = try tieLines(of: stored)
    let emails = (stored.draft.contactPoints + ties.flatMap(\.points)).filter { $0.kind == .email }.map(\.key)
    return ClientView(
      stored: stored, owner: head.owner, relationship: head.relationship, intervalDays: head.rhythm?.days, rhythm: head.rhythm, lastContact: head.last,
      snooze: head.snooze, tags: tags, fields: try customFields(), ties: ties,
      bounced: Set(try bounces(of: emails).keys))
  }

  /// Whose page it is hidden from, and whoever laid it aside.
  private var ownsSnooze: SQL {
    """
    (z.account_id IN \(list: [actor.id] + actor.standsInFor)
      OR EXISTS (SELECT 1 FROM snooze o WHERE o.id = z.snooze_id AND o.made_by = \(actor.id)))
    """
  }

  private func tieLines(of stored: StoredClient) throws -> [TieLine] {
    let id = stored.id
    let columns: SQL = """
      SELECT t.id, t.company_id, t.person_id, t.role, t.is_manager, t.from_date, t.until_date, t.version, p.id, p.name, p.is_client
      FROM tie t JOIN party p
      """
    let end: SQL = stored.draft.kind == .company ? "ON p.id = t.person_id WHERE t.company_id = \(id)" : "ON p.id = t.company_id WHERE t.person_id = \(id)"
    let seen: SQL = stored.draft.kind == .company ? "" : " AND \(visible())"
    var lines = try connection.rows("""
      \(columns) \(end) AND p.deleted_at IS NULL AND p.erased_at IS NULL\(seen)
      ORDER BY CASE WHEN t.until_date IS NULL THEN 0 ELSE 1 END, CASE WHEN t.is_manager THEN 0 ELSE 1 END, t.until_date DESC, p.name_sort, t.id LIMIT 200
      """) { row in
      let tie = try Tie(&row)
      return TieLine(tie: tie, otherID: try row.next(), name: try row.next(), isClient: try row.next())
    }
    guard stored.draft.kind == .company, !lines.isEmpty else { return lines }
    let index = Dictionary(lines.enumerated().map { ($1.otherID, $0) }, uniquingKeysWith: { a, _ in a })
    try connection.each("""
      SELECT party_id, kind, label, value, value_key, shown FROM contact_point
      WHERE party_id IN \(list: lines.filter(\.tie.isCurrent).map(\.otherID)) ORDER BY party_id, position
      """) { row in
      guard let at = index[try row.next(PartyID.self)] else { return }
      lines[at].points.append(ContactPoint(
        kind: try row.next(), label: try row.next(), value: try row.next(), key: try row.next(), shown: try row.next()))
    }
    return lines
  }
}

private struct ViewHead {
  let owner: String?
  let relationship: RelationshipName?
  let rhythm: Rhythm?
  let last: LastContactLine?
  let snooze: ClientSnooze?

  init(row: inout Row) throws {
    owner = try row.next()
    let key = try row.next(String?.self), name = try row.next(String?.self)
    relationship = key.map { RelationshipName(key: $0, name: name) }
    let days = try row.next(Int?.self), due = try row.next(Instant.self)
    rhythm = days.map { Rhythm(days: $0, dueAt: due) }
    let at = try row.next(Instant.self)
    let channel = try row.next(Channel?.self), direction = try row.next(Direction?.self), by = try row.next(String?.self)
    last = at.milliseconds == 0 ? nil : LastContactLine(at: at, channel: channel, direction: direction, by: by)
    guard let kind = try row.next(ReasonKind?.self) else {
      snooze = nil
      return
    }
    snooze = ClientSnooze(
      key: ReasonKey(kind, try row.next()), until: try row.next(),
      snooze: TodayLine.Snooze(untilAnswer: try row.next(), why: try row.next(), by: try row.next()))
  }
}
