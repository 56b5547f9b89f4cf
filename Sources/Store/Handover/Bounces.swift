import Database
package import Domain

/// E-mail addresses that came back. A manager whose address bounces may have left: the people panel offers to note a change.
package struct BouncedAddress: Sendable, Hashable {
  package let key: String
  package let at: Instant
  package let detail: String
}

extension Session {
  /// Of these addresses, those that came back, by their folded form.
  package func bounces(of keys: [String]) throws -> [String: BouncedAddress] {
    guard !keys.isEmpty else { return [:] }
    let rows = try connection.rows("SELECT email_key, at, detail FROM bounced_address WHERE email_key IN \(list: keys)") {
      BouncedAddress(key: try $0.next(), at: try $0.next(), detail: try $0.next())
    }
    return Dictionary(rows.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Transaction {
  /// Marks an address of a client or person as one that mail came back from.
  package func markBounced(_ address: EmailAddress, of party: PartyID, detail: String = "") throws {
    try requireAddress(address, of: party)
    try connection.run("""
      INSERT INTO bounced_address (email_key, at, detail, account_id)
      VALUES (\(address.key), \(now), \(String(detail.prefix(500))), \(actor.id))
      ON CONFLICT (email_key) DO UPDATE SET at = excluded.at, detail = excluded.detail, account_id = excluded.account_id
      """)
    audit(.changed, .party, party.rawValue, detail: "email bounced")
  }

  /// It works after all.
  package func liftBounce(_ address: EmailAddress, of party: PartyID) throws {
    try requireAddress(address, of: party)
    try connection.run("DELETE FROM bounced_address WHERE email_key = \(address.key)")
    audit(.changed, .party, party.rawValue, detail: "email works")
  }

  private func requireAddress(_ address: EmailAddress, of party: PartyID) throws {
    try require(.logContacts)
    try requireOpen(party)
    guard try connection.exists(
      "SELECT 1 FROM contact_point WHERE party_id = \(party) AND kind = \(ContactPointKind.email) AND value_key = \(address.key)")
    else { throw InvalidForm([FieldMessage(field: "email", key: "handover.error.address")]) }
  }
}
