import Database
package import Domain

/// Why an actor sees a client or person.
package struct ClientAccess: Sendable {
  package let id: PartyID
  package let isClient: Bool
  package let name: String
  package let ownerID: AccountID?
  package let owner: String?
  package let team: String?
  /// The client through which a person is seen.
  package let through: String?
}

extension Session {
  package func access(to id: PartyID) throws -> ClientAccess {
    let stored = try storedClient(id)
    let names = try connection.first("""
      SELECT a.name, t.name FROM party p LEFT JOIN account a ON a.id = p.owner_id LEFT JOIN team t ON t.id = p.team_id WHERE p.id = \(id)
      """) { (owner: try $0.next(String?.self), team: try $0.next(String?.self)) }
    var through: String?
    if !stored.draft.isClient {
      through = try connection.value("""
        SELECT p.name FROM tie JOIN party p ON p.id = tie.company_id WHERE tie.person_id = \(id) AND \(visible())
        ORDER BY tie.until_date IS NOT NULL, tie.id LIMIT 1
        """)
    }
    return ClientAccess(
      id: id, isClient: stored.draft.isClient, name: stored.draft.name, ownerID: stored.draft.ownerID, owner: names?.owner,
      team: names?.team, through: through)
  }
}
