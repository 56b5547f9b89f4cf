import Database
package import Domain

/// The text a party is found by: its own names and numbers and, for a company, those of its people of today.
extension Transaction {
  /// Beyond it a company's own list of people is the place to look.
  private static let peopleLimit = 100

  /// Of the party, and of the companies it is tied to.
  package func refreshSearch(of id: PartyID) throws {
    try writeDocument(of: id)
    for company in try connection.values("SELECT DISTINCT company_id FROM tie WHERE person_id = \(id)", as: PartyID.self) {
      try writeDocument(of: company)
    }
  }

  private func writeDocument(of id: PartyID) throws {
    guard let own = try ownDocument(of: id) else { return }
    let people = try connection.values("""
      SELECT DISTINCT person_id FROM tie WHERE company_id = \(id) AND until_date IS NULL ORDER BY person_id LIMIT \(Self.peopleLimit)
      """, as: PartyID.self)
    let others = try people.compactMap { try ownDocument(of: $0) }
    let document = ([own] + others).joined(separator: "\n")
    try connection.run("""
      INSERT INTO party_search (party_id, doc) VALUES (\(id), \(document))
      ON CONFLICT (party_id) DO UPDATE SET doc = excluded.doc WHERE party_search.doc <> excluded.doc
      """)
  }

  private func ownDocument(of id: PartyID) throws -> String? {
    let draft = try connection.first("""
      SELECT kind, name, given_name, middle_name, family_name, own_number FROM party WHERE id = \(id) AND erased_at IS NULL
      """) { row in
      var draft = ClientDraft(kind: try row.next(), name: try row.next())
      draft.givenName = try row.next()
      draft.middleName = try row.next()
      draft.familyName = try row.next()
      draft.ownNumber = try row.next()
      return draft
    }
    guard var draft else { return nil }
    draft.contactPoints = try connection.rows("""
      SELECT kind, label, value, value_key, shown FROM contact_point WHERE party_id = \(id) ORDER BY position
      """) { row in
      ContactPoint(kind: try row.next(), label: try row.next(), value: try row.next(), key: try row.next(), shown: try row.next())
    }
    return draft.searchDocument
  }
}
