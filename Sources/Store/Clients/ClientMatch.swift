import Database
package import Domain

/// By what a client is known again when another system sends it.
package enum ClientKey: Hashable, Sendable {
  /// Folded, as `EmailAddress.key`.
  case email(String)
  /// E.164.
  case phone(String)
  case number(String)
}

extension Session {
  /// Clients in the actor's scope with that key, outside of the bin.
  package func clients(knownBy key: ClientKey, limit: Int) throws -> [ClientID] {
    let condition: SQL =
      switch key {
      case .number(let number): "p.own_number = \(number)"
      case .email(let value): "p.id IN (SELECT party_id FROM contact_point WHERE kind = 'email' AND value_key = \(value))"
      case .phone(let value): "p.id IN (SELECT party_id FROM contact_point WHERE kind = 'phone' AND value_key = \(value))"
      }
    return try connection.values("""
      SELECT p.id FROM party p WHERE \(condition) AND p.is_client AND p.deleted_at IS NULL AND \(visible()) ORDER BY p.id LIMIT \(limit)
      """)
  }
}

extension Transaction {
  /// The client stays at this version until the transaction ends: for steps that do not compare it themselves.
  package func hold(_ id: PartyID, at version: Int) throws {
    let held = try connection.run("UPDATE party SET version = version WHERE id = \(id) AND version = \(version)")
    guard held == 1 else { throw Refusal.conflict(currentVersion: try storedClient(id).version) }
  }
}
