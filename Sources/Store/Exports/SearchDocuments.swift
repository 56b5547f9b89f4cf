import Database
import Domain

/// Search documents of many parties in a few reads: their own text, and for a company that of its people of today.
struct SearchDocuments {
  let rows: [[SQLValue]]

  /// Beyond it a company's own list of people is the place to look.
  static let peopleLimit = 100

  init(_ connection: any Connection, _ ids: [PartyID]) throws {
    var people: [PartyID: [PartyID]] = [:]
    try connection.each("""
      SELECT DISTINCT company_id, person_id FROM tie WHERE company_id IN \(list: ids) AND until_date IS NULL
      ORDER BY company_id, person_id
      """) { row in
      let company = try row.next(PartyID.self), person = try row.next(PartyID.self)
      if people[company, default: []].count < Self.peopleLimit { people[company, default: []].append(person) }
    }
    let documents = try Self.own(connection, Array(Set(ids).union(people.values.joined())).sorted())
    rows = ids.compactMap { id in
      guard let own = documents[id] else { return nil }
      let lines = [own] + (people[id] ?? []).compactMap { documents[$0] }
      return [id.sqlValue, lines.joined(separator: "\n").sqlValue]
    }
  }

  private static func own(_ connection: any Connection, _ ids: [PartyID]) throws -> [PartyID: String] {
    var documents: [PartyID: String] = [:]
    for start in stride(from: 0, to: ids.count, by: 1000) {
      let some = Array(ids.dropFirst(start).prefix(1000))
      let parts = try DraftParts(connection, some)
      try connection.each("\(StoredClient.select) WHERE p.id IN \(list: some) AND p.erased_at IS NULL") { row in
        let client = try StoredClient(&row, parts)
        documents[client.id] = client.draft.searchDocument
      }
    }
    return documents
  }
}
