import Database
package import Domain

/// One reason as kept.
package struct StoredReason: Sendable, Hashable {
  package let key: ReasonKey
  package let id: Int64
  package let clientID: ClientID?
  package let accountID: AccountID?
  package let followsOwner: Bool
  package let passedTo: AccountID?
  package let showsAt: Instant
  package let text: String

  static let columns: SQL = "r.kind, r.subject_id, r.id, r.client_id, r.account_id, r.follows_owner, r.passed_to, r.shows_at, r.text"
  init(_ row: inout Row) throws {
    key = ReasonKey(try row.next(), try row.next())
    id = try row.next()
    clientID = try row.next()
    accountID = try row.next()
    followsOwner = try row.next()
    passedTo = try row.next()
    showsAt = try row.next()
    text = try row.next()
  }
}

extension Session {
  /// Someone whose page this actor may look at: oneself, those one stands in for, and as far as the scope reaches.
  package func mayLook(at account: AccountID) throws -> Bool {
    if account == actor.id || actor.standsInFor.contains(account) { return true }
    switch actor.scope {
    case .own: return false
    case .all: return true
    case .team:
      guard let team = actor.teamID else { return false }
      return try connection.exists("SELECT 1 FROM account WHERE id = \(account) AND team_id = \(team)")
    }
  }

  /// One that is shown now, to this actor too; `Refusal.notFound` otherwise.
  package func shownReason(_ key: ReasonKey) throws -> StoredReason {
    let found = try connection.first("""
      SELECT \(StoredReason.columns) FROM reason r WHERE r.kind = \(key.kind) AND r.subject_id = \(key.subject) AND r.shows_at < \(farReach)
      """, { try StoredReason(&$0) })
    guard let found, try isInReach(found) else { throw Refusal.notFound }
    return found
  }

  func isInReach(_ reason: StoredReason) throws -> Bool {
    if let account = reason.accountID, try mayLook(at: account) { return true }
    guard reason.accountID == nil, let client = reason.clientID else { return false }
    return try connection.exists("SELECT 1 FROM party p WHERE p.id = \(client) AND \(visible())")
  }

  /// Those of the row of the page that this one stands in: the same client and the same account.
  func row(of reason: StoredReason) throws -> [StoredReason] {
    guard let client = reason.clientID else { return [reason] }
    return try connection.rows("""
      SELECT \(StoredReason.columns) FROM reason r WHERE r.client_id = \(client) AND r.account_id IS NOT DISTINCT FROM \(reason.accountID)
        AND r.shows_at < \(farReach) ORDER BY r.press, r.id
      """, { try StoredReason(&$0) })
  }

  /// Whatever may stand on anybody's page today: before long days off that is a good deal.
  private var farReach: Instant { now.adding(milliseconds: Int64(WorkCalendar.longestReach + 1) * Instant.day) }
}

extension Session {
  /// The client's name, or what the matter is called.
  package func reasonName(_ reason: StoredReason) throws -> String {
    guard let client = reason.clientID else { return reason.text }
    return try connection.value("SELECT p.name FROM party p WHERE p.id = \(client) AND \(visible())") ?? reason.text
  }

  package func teamName(_ id: TeamID) throws -> String? { try connection.value("SELECT name FROM team WHERE id = \(id)") }

  /// Whose pages this actor may look at besides the own.
  package func todayChoices() throws -> (colleagues: [(id: AccountID, name: String)], teams: [(id: TeamID, name: String)]) {
    let choices = try clientChoices()
    return (choices.owners, choices.teams.filter { actor.scope == .all || $0.id == actor.teamID })
  }
}
