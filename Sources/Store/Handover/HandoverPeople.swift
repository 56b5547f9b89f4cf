import Database
package import Domain

/// Someone who may give or take clients.
package struct HandoverPerson: Sendable, Hashable {
  package let id: AccountID
  package let name: String
  package let team: String?
  package let language: Language
  package let clients: Int
}

extension Session {
  /// Who may be handed over for: everyone, the own team, or oneself.
  package func handoverGivers() throws -> [HandoverPerson] {
    try require(.handOver)
    // Somebody whose account is closed already may have left clients behind.
    return try handoverPeople("""
      (\(among)) AND (a.closed_at IS NULL OR EXISTS (SELECT 1 FROM party p WHERE p.owner_id = a.id AND p.is_client AND p.erased_at IS NULL))
      """)
  }

  /// Who may take clients: those with an open account and a role that works with clients.
  package func handoverTakers() throws -> [HandoverPerson] {
    try require(.handOver)
    let roles = Role.allCases.filter { $0.may(.editClients) }
    return try handoverPeople("(\(among)) AND a.closed_at IS NULL AND a.role IN \(list: roles)")
  }

  /// Nobody out of sight, who is as good as nobody at all.
  func requireGiver(_ id: AccountID) throws {
    guard try connection.exists("SELECT 1 FROM account a WHERE (\(among)) AND a.id = \(id)") else {
      throw InvalidForm([FieldMessage(field: "from", key: "handover.error.from")])
    }
  }

  func handoverTakerIDs() throws -> Set<AccountID> {
    let roles = Role.allCases.filter { $0.may(.editClients) }
    return Set(try connection.values("SELECT a.id FROM account a WHERE (\(among)) AND a.closed_at IS NULL AND a.role IN \(list: roles)"))
  }

  private var among: SQL {
    switch actor.scope {
    case .all: "a.id > 0"
    case .team, .own:
      actor.teamID.map { "a.id = \(actor.id) OR a.team_id = \($0)" as SQL } ?? "a.id = \(actor.id)"
    }
  }

  private func handoverPeople(_ condition: SQL) throws -> [HandoverPerson] {
    try connection.rows("""
      SELECT a.id, a.name, t.name, a.language,
        (SELECT count(*) FROM party p WHERE p.owner_id = a.id AND p.is_client AND p.erased_at IS NULL)
      FROM account a LEFT JOIN team t ON t.id = a.team_id WHERE \(condition) ORDER BY a.name, a.id LIMIT \(Self.choiceLimit)
      """) { HandoverPerson(id: try $0.next(), name: try $0.next(), team: try $0.next(), language: try $0.next(), clients: try $0.next()) }
  }
}
