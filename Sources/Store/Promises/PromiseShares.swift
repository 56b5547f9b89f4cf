import Database
package import Domain

/// Whose promises a share is of.
package struct PromiseScope: Sendable, Hashable {
  package var owner: AccountID?
  package var team: TeamID?
  package var client: ClientID?
  package var side: PromiseSide
  package init(owner: AccountID? = nil, team: TeamID? = nil, client: ClientID? = nil, side: PromiseSide = .us) {
    (self.owner, self.team, self.client, self.side) = (owner, team, client, side)
  }
}

/// "Kept on time", as `PromiseShare` defines it, over promises of clients this actor sees; of all times without days. The month is
/// that of the date that stood, on the clock it was agreed by.
extension Session {
  package func promiseShare(_ scope: PromiseScope = PromiseScope(), _ days: ClosedRange<CalendarDate>? = nil) throws -> PromiseShare {
    try connection.first("SELECT \(counts) \(counted(scope, days))") { try PromiseShare(&$0) } ?? PromiseShare()
  }

  /// By month, oldest first; months without any are not there. The date is the first of the month.
  package func promiseShareByMonth(
    _ scope: PromiseScope = PromiseScope(), _ days: ClosedRange<CalendarDate>
  ) throws -> [(month: CalendarDate, share: PromiseShare)] {
    try connection.rows("""
      SELECT substr(pr.due_date, 1, 7), \(counts) \(counted(scope, days)) GROUP BY 1 ORDER BY 1
      """) { row in
      let month = try row.next(String.self)
      guard let first = CalendarDate("\(month)-01") else { throw DatabaseError.decoding("no month: \(month)") }
      return (first, try PromiseShare(&row))
    }
  }

  /// By employee, those with most promises first.
  package func promiseShareByOwner(
    _ scope: PromiseScope = PromiseScope(), _ days: ClosedRange<CalendarDate>
  ) throws -> [(id: AccountID, name: String, team: String?, share: PromiseShare)] {
    try connection.rows("""
      SELECT a.id, a.name, t.name, s.kept, s.counted
      FROM (SELECT pr.owner_id, \(counts) \(counted(scope, days)) GROUP BY pr.owner_id) s
      JOIN account a ON a.id = s.owner_id LEFT JOIN team t ON t.id = a.team_id ORDER BY s.counted DESC, a.name, a.id LIMIT 200
      """) { (try $0.next(), try $0.next(), try $0.next(), try PromiseShare(&$0)) }
  }

  package func promiseShareByTeam(
    _ scope: PromiseScope = PromiseScope(), _ days: ClosedRange<CalendarDate>
  ) throws -> [(id: TeamID?, name: String?, share: PromiseShare)] {
    try connection.rows("""
      SELECT t.id, t.name, sum(s.kept), sum(s.counted)
      FROM (SELECT pr.owner_id, \(counts) \(counted(scope, days)) GROUP BY pr.owner_id) s
      JOIN account a ON a.id = s.owner_id LEFT JOIN team t ON t.id = a.team_id GROUP BY t.id, t.name ORDER BY 4 DESC, 2 LIMIT 200
      """) { (try $0.next(), try $0.next(), try PromiseShare(&$0)) }
  }

  private var counts: SQL { "coalesce(sum(CASE WHEN pr.on_time THEN 1 ELSE 0 END), 0) AS kept, count(*) AS counted" }

  /// A client in the bin counts no more than a list shows it. Who sees everything needs no other look at the clients: the index has
  /// all that is asked.
  private func counted(_ scope: PromiseScope, _ days: ClosedRange<CalendarDate>?) -> SQL {
    let looks = actor.scope != .all || scope.client != nil
    // Joined with nothing, the side is no condition of an index: a client's few promises are found by the client.
    let side: SQL = scope.client == nil ? "pr.side" : "pr.side || ''"
    var sql: SQL = """
      FROM promise pr\(looks ? " JOIN party p ON p.id = pr.client_id" as SQL : "")
      WHERE \(side) = \(scope.side) AND (pr.state IN ('kept','broken') OR pr.state = 'open' AND pr.due_at < \(now))
      """
    if let days { sql += " AND pr.due_date >= \(days.lowerBound) AND pr.due_date <= \(days.upperBound)" }
    if let owner = scope.owner { sql += " AND pr.owner_id = \(owner)" }
    if let team = scope.team { sql += " AND pr.owner_id IN (SELECT id FROM account WHERE team_id = \(team))" }
    if let client = scope.client { sql += " AND pr.client_id = \(client)" }
    sql += looks ? " AND p.deleted_at IS NULL AND \(visible())" : " AND pr.client_id NOT IN (SELECT id FROM party WHERE deleted_at IS NOT NULL)"
    return sql
  }
}

extension PromiseShare {
  fileprivate init(_ row: inout Row) throws { self.init(onTime: try row.next(), counted: try row.next()) }
}
