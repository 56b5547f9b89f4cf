import Database
package import Domain

/// What forms and filters offer: small tables, capped so that no drop-down loads a large one.
package struct ClientChoices: Sendable {
  package let owners: [(id: AccountID, name: String)]
  package let teams: [(id: TeamID, name: String)]
  package let relationships: [RelationshipLine]
  package let tags: [TagLine]
  package let fields: [CustomField]
  package let country: Country?
}

package struct RelationshipLine: Sendable, Hashable {
  package let id: RelationshipID
  package let name: RelationshipName
  package let intervalDays: Int?
  package let channel: Channel?
  package let ownerID: AccountID?
  package let archivedAt: Instant?
  package let version: Int
}

extension Session {
  package static var choiceLimit: Int { 200 }

  /// Owners are those whom this actor may give clients to.
  package func clientChoices() throws -> ClientChoices {
    let among: SQL =
      switch actor.scope {
      case .all: ""
      case .team: actor.teamID.map { " AND (team_id = \($0) OR id = \(actor.id))" } ?? " AND id = \(actor.id)"
      case .own: " AND id = \(actor.id)"
      }
    let owners = try connection.rows(
      "SELECT id, name FROM account WHERE closed_at IS NULL\(among) ORDER BY name, id LIMIT \(Self.choiceLimit)"
    ) { (id: try $0.next(AccountID.self), name: try $0.next(String.self)) }
    let teams = try connection.rows("SELECT id, name FROM team ORDER BY name LIMIT \(Self.choiceLimit)") {
      (id: try $0.next(TeamID.self), name: try $0.next(String.self))
    }
    return ClientChoices(
      owners: owners, teams: teams, relationships: try relationships(), tags: try tags(limit: Self.choiceLimit),
      fields: try customFields(), country: try connection.value("SELECT country FROM installation WHERE id = 1"))
  }

  package func relationships(archived: Bool = false) throws -> [RelationshipLine] {
    let state: SQL = archived ? "" : "WHERE archived_at IS NULL"
    return try connection.rows("""
      SELECT id, key, name, interval_days, channel, owner_id, archived_at, version FROM relationship_type \(state) ORDER BY position, id
      """, RelationshipLine.init(row:))
  }

  package func tags(limit: Int) throws -> [TagLine] {
    try connection.rows("SELECT id, name FROM tag ORDER BY name_key LIMIT \(limit)") { TagLine(id: try $0.next(), name: try $0.next()) }
  }

  package func customFields(archived: Bool = false) throws -> [CustomField] {
    let state: SQL = archived ? "" : "WHERE archived_at IS NULL"
    return try connection.rows("""
      SELECT id, name, type, applies_to, options, archived_at, version FROM custom_field \(state) ORDER BY position, id
      """) { row in
      CustomField(
        id: try row.next(), name: try row.next(), kind: try row.next(), appliesTo: try row.next(),
        options: try JSON.value(try row.next()), isArchived: try row.next(Instant?.self) != nil, version: try row.next())
    }
  }
}

extension RelationshipLine {
  fileprivate init(row: inout Row) throws {
    id = try row.next()
    name = RelationshipName(key: try row.next(), name: try row.next())
    intervalDays = try row.next()
    channel = try row.next()
    ownerID = try row.next()
    archivedAt = try row.next()
    version = try row.next()
  }
}

extension Session {
  package func accountName(_ id: AccountID) throws -> String? { try connection.value("SELECT name FROM account WHERE id = \(id)") }
}
