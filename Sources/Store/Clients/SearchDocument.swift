import Database
package import Domain

/// The text by which a party is found: its own names and numbers and, for a company, those of its people of today.
extension Transaction {
  /// Beyond it a company's own list of people is the place to look.
  private static let peopleLimit = 100

  /// Of the parties, and of the companies they are tied to.
  package func refreshSearch(of ids: [PartyID]) throws {
    guard !ids.isEmpty else { return }
    let companies = try connection.values("SELECT DISTINCT company_id FROM tie WHERE person_id IN \(list: ids)", as: PartyID.self)
    try writeDocuments(of: Set(ids + companies).sorted())
  }

  private func writeDocuments(of ids: [PartyID]) throws {
    var people: [PartyID: [PartyID]] = [:]
    try connection.each("""
      SELECT DISTINCT company_id, person_id FROM tie WHERE company_id IN \(list: ids) AND until_date IS NULL ORDER BY company_id, person_id
      """) { row in
      let company = try row.next(PartyID.self)
      if people[company]?.count ?? 0 < Self.peopleLimit { people[company, default: []].append(try row.next()) }
    }
    let own = try ownDocuments(of: Set(ids + people.values.joined()).sorted())
    try connection.run(all: ids.compactMap { id -> SQL? in
      guard let first = own[id] else { return nil }
      let document = ([first] + (people[id] ?? []).compactMap { own[$0] }).joined(separator: "\n")
      return """
        INSERT INTO party_search (party_id, doc) VALUES (\(id), \(document))
        ON CONFLICT (party_id) DO UPDATE SET doc = excluded.doc WHERE party_search.doc <> excluded.doc
        """
    })
  }

  /// A thousand at a time: a hundred people of each of a thousand companies are more than a statement takes.
  private func ownDocuments(of ids: [PartyID]) throws -> [PartyID: String] {
    var documents: [PartyID: String] = [:]
    for part in stride(from: 0, to: ids.count, by: 1000) {
      let drafts = try foundBy(Array(ids[part..<min(part + 1000, ids.count)]))
      documents.merge(drafts.mapValues(\.searchDocument)) { first, _ in first }
    }
    return documents
  }

  /// What of a draft a search looks at.
  private func foundBy(_ ids: [PartyID]) throws -> [PartyID: ClientDraft] {
    var drafts: [PartyID: ClientDraft] = [:]
    try connection.each("""
      SELECT id, kind, name, given_name, middle_name, family_name, own_number FROM party WHERE id IN \(list: ids) AND erased_at IS NULL
      """) { row in
      let id = try row.next(PartyID.self)
      var draft = ClientDraft(kind: try row.next(), name: try row.next())
      draft.givenName = try row.next()
      draft.middleName = try row.next()
      draft.familyName = try row.next()
      draft.ownNumber = try row.next()
      drafts[id] = draft
    }
    try connection.each("""
      SELECT party_id, kind, label, value, value_key, shown FROM contact_point WHERE party_id IN \(list: ids) ORDER BY party_id, position
      """) { row in
      drafts[try row.next(PartyID.self)]?.contactPoints.append(ContactPoint(
        kind: try row.next(), label: try row.next(), value: try row.next(), key: try row.next(), shown: try row.next()))
    }
    return drafts
  }
}
