import Database
package import Domain

/// Who works here: accounts as the settings show them.
package struct AccountRow: Sendable, Hashable {
  package enum State: String, Sendable { case invited, active, closed }
  package let id: AccountID
  package let name: String
  package let email: String
  package let rights: AccountRights
  package let teamName: String?
  package let language: Language
  package let zone: String
  package let createdAt: Instant
  package let closedAt: Instant?
  package let hasPassword: Bool
  package let seenAt: Instant?
  package let version: Int

  package var state: State { closedAt != nil ? .closed : hasPassword ? .active : .invited }
}

package struct AccountPage: Sendable {
  package let rows: [AccountRow]
  /// Where the next page begins; nil at the end.
  package let next: (name: String, id: AccountID)?
}

extension Session {
  /// By name. Closed accounts are a list of their own.
  package func accounts(closed: Bool, after: (name: String, id: AccountID)? = nil, limit: Int = 100) throws -> AccountPage {
    try require(.manageAccounts)
    let state: SQL = closed ? "a.closed_at IS NOT NULL" : "a.closed_at IS NULL"
    let place: SQL = after.map { " AND (a.name, a.id) > (\($0.name), \($0.id))" } ?? ""
    var rows = try connection.rows(
      "\(Self.accountColumns) WHERE \(state)\(place) ORDER BY a.name, a.id LIMIT \(limit + 1)", Self.accountRow)
    guard rows.count > limit else { return AccountPage(rows: rows, next: nil) }
    rows.removeLast()
    return AccountPage(rows: rows, next: rows.last.map { ($0.name, $0.id) })
  }

  package func account(_ id: AccountID) throws -> AccountRow {
    if id != actor.id { try require(.manageAccounts) }
    return try accountRow(id)
  }

  /// How many clients an account owns, in the bin or not: they are to be handed over.
  package func clientsOwned(by id: AccountID) throws -> Int {
    try connection.value("SELECT count(*) FROM party WHERE owner_id = \(id) AND is_client AND erased_at IS NULL") ?? 0
  }

  func accountRow(_ id: AccountID) throws -> AccountRow {
    guard let row = try connection.first("\(Self.accountColumns) WHERE a.id = \(id)", Self.accountRow) else {
      throw Refusal.notFound
    }
    return row
  }

  private static var accountColumns: SQL {
    """
    SELECT a.id, a.name, a.email, a.role, a.scope, a.team_id, t.name, a.language, a.zone, a.created_at, a.closed_at,
           a.password_hash IS NOT NULL, (SELECT max(s.seen_at) FROM session s WHERE s.account_id = a.id), a.version
    FROM account a LEFT JOIN team t ON t.id = a.team_id
    """
  }

  private static func accountRow(_ row: inout Row) throws -> AccountRow {
    AccountRow(
      id: try row.next(), name: try row.next(), email: try row.next(),
      rights: AccountRights(role: try row.next(), scope: try row.next(), teamID: try row.next()), teamName: try row.next(),
      language: try row.next(), zone: try row.next(), createdAt: try row.next(), closedAt: try row.next(),
      hasPassword: try row.next(), seenAt: try row.next(), version: try row.next())
  }
}
