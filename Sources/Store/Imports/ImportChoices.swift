import Database
package import Domain

extension Session {
  /// Whom new clients may be given to.
  package func importOwners() throws -> [(id: AccountID, name: String)] {
    let team: SQL =
      switch actor.scope {
      case .all: ""
      case .team: actor.teamID.map { " AND (team_id = \($0) OR id = \(actor.id))" } ?? " AND id = \(actor.id)"
      case .own: " AND id = \(actor.id)"
      }
    return try connection.rows("SELECT id, name FROM account WHERE closed_at IS NULL\(team) ORDER BY name, id LIMIT 500") {
      (id: try $0.next(), name: try $0.next())
    }
  }

  package func importFieldNames() throws -> [String] {
    try connection.values("SELECT name FROM custom_field WHERE archived_at IS NULL ORDER BY position, id")
  }
}
