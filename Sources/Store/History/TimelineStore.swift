import Database
package import Domain

extension Session {
  /// A page of the timeline of a client or person that this actor may see: entries of the client, those about its people
  /// among them; of a person, what was entered at other clients about that person, too.
  package func timeline(
    of party: PartyID, _ filter: TimelineFilter = TimelineFilter(), page: TimelinePage = .newest,
    limit: Int = Timeline.pageSize
  ) throws -> Timeline {
    let isPerson = try connection.first("SELECT p.kind = 'person' FROM party p WHERE p.id = \(party) AND \(visible())") {
      try $0.next(Bool.self)
    }
    guard let isPerson else { throw Refusal.notFound }
    var timeline = Timeline()
    if filter.isEmpty, page == .newest { timeline.pinned = try pinned(of: party) }
    let query = TimelineQuery(party: party, filter: filter, page: page, limit: limit)
    let found = try connection.rows(isPerson ? query.ofPerson(scope: visibleElsewhere) : query.ofClient) {
      try TimelineEntry(row: &$0)
    }
    timeline.cut(found, page, limit)
    try complete(&timeline)
    return timeline
  }

  /// Entries about a person at a client out of this actor's scope stay out.
  private var visibleElsewhere: SQL {
    "EXISTS (SELECT 1 FROM party p WHERE p.id = h.client_id AND \(visible()))"
  }

  private func pinned(of party: PartyID) throws -> [TimelineEntry] {
    try connection.rows("""
      SELECT \(TimelineEntry.columns) FROM history_mark m JOIN history h ON h.id = m.history_id
      WHERE m.client_id = \(party) AND m.pinned_at IS NOT NULL AND m.superseded_by IS NULL
      ORDER BY m.pinned_at DESC, m.history_id DESC LIMIT 20
      """) { try TimelineEntry(row: &$0) }
  }
}

extension Timeline {
  /// - Parameter found: one more than asked for, where there is more, in the order of the query.
  fileprivate mutating func cut(_ found: [TimelineEntry], _ page: TimelinePage, _ limit: Int) {
    let hasMore = found.count > limit
    switch page {
    case .newest, .before:
      entries = Array(found.prefix(limit))
      older = hasMore ? entries.last?.place : nil
      if case .before = page { newer = entries.first?.place }
    case .after:
      entries = found.prefix(limit).reversed()
      newer = hasMore ? entries.first?.place : nil
      older = entries.last?.place
    }
  }
}

/// The statement of a timeline: one read along an index, newest first, from a place on.
struct TimelineQuery {
  let party: PartyID
  let filter: TimelineFilter
  let page: TimelinePage
  let limit: Int

  var ofClient: SQL { branch("h.client_id = \(party)") + order }

  /// Two index reads, merged.
  func ofPerson(scope: SQL) -> SQL {
    """
    SELECT * FROM (SELECT * FROM (\(branch("h.client_id = \(party)"))\(order)) own
      UNION ALL SELECT * FROM (\(branch("h.person_id = \(party) AND h.client_id <> \(party) AND \(scope)"))\(order)) elsewhere) h
    \(order)
    """
  }

  private func branch(_ whose: SQL) -> SQL {
    """
    SELECT \(TimelineEntry.columns) FROM history h LEFT JOIN history_mark m ON m.history_id = h.id
    WHERE \(whose) AND m.superseded_by IS NULL\(conditions)
    """
  }

  private var conditions: SQL {
    var out = SQL.empty
    // While nothing is filtered, pinned entries stand on top.
    if filter.isEmpty { out += " AND m.pinned_at IS NULL" }
    switch filter.kind {
    case nil: break
    case .contacts: out += " AND NOT h.automatic AND h.kind = 'contact'"
    case .notes: out += " AND NOT h.automatic AND h.kind = 'note'"
    case .automatic: out += " AND h.automatic"
    }
    if let person = filter.person { out += " AND h.person_id = \(person)" }
    if let channel = filter.channel { out += " AND NOT h.automatic AND h.channel = \(channel)" }
    if let author = filter.author { out += " AND h.author_id = \(author)" }
    for term in filter.terms { out += " AND h.text_key LIKE \(Self.pattern(term)) ESCAPE '\\'" }
    switch page {
    case .newest: break
    case .before(let place): out += " AND (h.occurred_at, h.id) < (\(place.occurredAt), \(place.id))"
    case .after(let place): out += " AND (h.occurred_at, h.id) > (\(place.occurredAt), \(place.id))"
    }
    return out
  }

  private var order: SQL {
    if case .after = page { return " ORDER BY h.occurred_at, h.id LIMIT \(limit + 1)" }
    return " ORDER BY h.occurred_at DESC, h.id DESC LIMIT \(limit + 1)"
  }

  static func pattern(_ term: String) -> String {
    "%" + term.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_") + "%"
  }
}
