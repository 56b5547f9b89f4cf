import Database
package import Domain

/// Teams: who sees whose clients in the scope "team".
package struct TeamRow: Sendable, Hashable {
  package let id: TeamID
  package let name: String
  package let members: Int
  package let version: Int
}

extension Session {
  /// By name.
  package func teams() throws -> [TeamRow] {
    try require(.manageAccounts)
    return try connection.rows("""
      SELECT t.id, t.name, (SELECT count(*) FROM account a WHERE a.team_id = t.id AND a.closed_at IS NULL), t.version
      FROM team t ORDER BY t.name, t.id
      """) { TeamRow(id: try $0.next(), name: try $0.next(), members: try $0.next(), version: try $0.next()) }
  }
}

extension Transaction {
  package func createTeam(_ name: String) throws -> TeamID {
    try require(.manageAccounts)
    try requireFree(name, for: nil)
    let id = try connection.required("INSERT INTO team (name, created_at) VALUES (\(name), \(now)) RETURNING id", as: TeamID.self)
    audit(.created, .team, id.rawValue)
    return id
  }

  package func renameTeam(_ id: TeamID, to name: String, version: Int) throws {
    try require(.manageAccounts)
    try requireFree(name, for: id)
    let changed = try connection.run(
      "UPDATE team SET name = \(name), version = version + 1 WHERE id = \(id) AND version = \(version)")
    guard changed == 1 else { throw try teamMismatch(id) }
    audit(.changed, .team, id.rawValue, detail: "name")
  }

  /// Only one that nobody and nothing belongs to.
  package func removeTeam(_ id: TeamID) throws {
    try require(.manageAccounts)
    let isUsed = try connection.exists("""
      SELECT 1 FROM account WHERE team_id = \(id) UNION ALL SELECT 1 FROM party WHERE team_id = \(id)
      UNION ALL SELECT 1 FROM task WHERE team_id = \(id)
      """)
    if isUsed { throw AccountRefusal.teamInUse }
    guard try connection.run("DELETE FROM team WHERE id = \(id)") == 1 else { throw Refusal.notFound }
    audit(.removed, .team, id.rawValue)
  }

  private func requireFree(_ name: String, for id: TeamID?) throws {
    let holder = try connection.value("SELECT id FROM team WHERE name = \(name)", as: TeamID.self)
    if let holder, holder != id { throw Refusal.duplicate(field: "name", of: holder.rawValue) }
  }

  private func teamMismatch(_ id: TeamID) throws -> Refusal {
    let version = try connection.value("SELECT version FROM team WHERE id = \(id)", as: Int.self)
    return version.map { .conflict(currentVersion: $0) } ?? .notFound
  }
}
