import Database
package import Domain

/// The texts by which parties are found, in a few reads however many they are: their own names and numbers and, for a company,
/// those of its people of today.
struct SearchDocuments {
  let all: [(party: PartyID, text: String)]

  /// Beyond it a company's own list of people is the place to look.
  private static let peopleLimit = 100

  init(_ connection: any Connection, _ ids: [PartyID]) throws {
    var people: [PartyID: [PartyID]] = [:]
    try connection.each("""
      SELECT DISTINCT t.company_id, t.person_id FROM tie t JOIN party p ON p.id = t.person_id
      WHERE t.company_id IN \(list: ids) AND t.until_date IS NULL AND p.deleted_at IS NULL ORDER BY t.company_id, t.person_id
      """) { row in
      let company = try row.next(PartyID.self), person = try row.next(PartyID.self)
      if people[company, default: []].count < Self.peopleLimit { people[company, default: []].append(person) }
    }
    var own: [PartyID: String] = [:]
    for part in Set(ids).union(people.values.joined()).sorted().parts(of: 1000) {
      own.merge(try Self.drafts(connection, part).mapValues(\.searchDocument)) { first, _ in first }
    }
    all = ids.compactMap { id in
      own[id].map { first in (id, ([first] + (people[id] ?? []).compactMap { own[$0] }).joined(separator: "\n")) }
    }
  }

  /// What of them a search looks at.
  private static func drafts(_ connection: any Connection, _ ids: [PartyID]) throws -> [PartyID: ClientDraft] {
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

extension Transaction {
  /// Of the parties, and of the companies they are tied to.
  package func refreshSearch(of ids: [PartyID]) throws {
    guard !ids.isEmpty else { return }
    let companies = try connection.values("SELECT DISTINCT company_id FROM tie WHERE person_id IN \(list: ids)", as: PartyID.self)
    try connection.run(all: try SearchDocuments(connection, Set(ids + companies).sorted()).all.map { party, text in
      """
      INSERT INTO party_search (party_id, doc) VALUES (\(party), \(text))
      ON CONFLICT (party_id) DO UPDATE SET doc = excluded.doc WHERE party_search.doc <> excluded.doc
      """
    })
  }
}
