package import Database
package import Domain

package struct PromiseLines: Sendable {
  package let lines: [StoredPromise]
  /// Nil on the last page.
  package let next: ListCursor?
}

extension Session {
  /// One indexed read: open ones with the most pressing first, all others with the latest first.
  package func promises(_ filter: PromiseFilter, after cursor: ListCursor? = nil, limit: Int = 50) throws -> PromiseLines {
    try require(.viewPromises)
    var lines = try connection.rows(promiseQuery(filter, after: cursor, limit: limit)) { try StoredPromise(row: &$0) }
    guard lines.count > limit else { return PromiseLines(lines: lines, next: nil) }
    lines.removeLast()
    return PromiseLines(lines: lines, next: lines.last.map { ListCursor(.number($0.dueAt.milliseconds), id: $0.id.rawValue) })
  }

  /// The read alone: a test looks at its plan.
  package func promiseQuery(_ filter: PromiseFilter, after cursor: ListCursor?, limit: Int) -> SQL {
    let isAscending = filter.state.isOpen
    var place: SQL = ""
    if let cursor, case .number(let at) = cursor.key {
      place = isAscending ? " AND (pr.due_at, pr.id) > (\(at), \(cursor.id))" : " AND (pr.due_at, pr.id) < (\(at), \(cursor.id))"
    }
    let order: SQL = isAscending ? "pr.due_at, pr.id" : "pr.due_at DESC, pr.id DESC"
    return """
      SELECT \(StoredPromise.columns) FROM \(StoredPromise.tables) WHERE \(condition(filter))\(place) ORDER BY \(order) LIMIT \(limit + 1)
      """
  }

  package func count(_ filter: PromiseFilter, cap: Int = 1000) throws -> Int {
    try connection.required("""
      SELECT count(*) FROM (SELECT 1 FROM promise pr JOIN party p ON p.id = pr.client_id WHERE \(condition(filter)) LIMIT \(cap + 1)) AS found
      """)
  }

  private func condition(_ filter: PromiseFilter) -> SQL {
    let tomorrow = endOfToday
    var parts: [SQL] = []
    switch filter.state {
    case .open: parts.append("pr.state = 'open'")
    case .overdue: parts.append("pr.state = 'open' AND pr.due_at < \(now)")
    // Whatever zone it is due in: its moment lies before this actor's day is over, and it is not past.
    case .today: parts.append("pr.state = 'open' AND pr.due_at >= \(now) AND pr.due_from < \(tomorrow)")
    case .kept: parts.append("pr.state = 'kept'")
    case .broken: parts.append("pr.state = 'broken'")
    case .withdrawn: parts.append("pr.state = 'withdrawn'")
    case .cancelled: parts.append("pr.state = 'cancelled'")
    }
    if let owner = filter.owner { parts.append("pr.owner_id = \(owner)") }
    if let team = filter.team { parts.append("pr.owner_id IN (SELECT id FROM account WHERE team_id = \(team))") }
    if let client = filter.client { parts.append("pr.client_id = \(client)") }
    if let side = filter.side { parts.append("pr.side = \(side)") }
    if let from = filter.from { parts.append("pr.due_date >= \(from)") }
    if let until = filter.until { parts.append("pr.due_date <= \(until)") }
    if let inTime = filter.inTime { parts.append("pr.on_time = \(inTime)") }
    parts.append("p.deleted_at IS NULL AND \(visible())")
    return parts.joined(separator: " AND ")
  }
}
