import Database
package import Domain

/// What the palette offers: a client or a person.
package struct SearchHit: Sendable {
  package let id: PartyID
  package let kind: PartyKind
  package let isClient: Bool
  package let name: String
  /// Where the needle was found, when not in the name: a person's name, a number, an address.
  package let found: String?
  package let isArchived: Bool
}

extension Session {
  /// The best hits first: names that begin so, names with a word that begins so, all others.
  package func search(_ text: String, limit: Int = 10) throws -> [SearchHit] {
    let needle = SearchNeedle(text)
    guard !needle.isEmpty else { return [] }
    let beginning = try namesBeginning(needle, limit)
    if needle.isShort || beginning.count >= limit { return Array(beginning.prefix(limit)) }
    let known = Set(beginning.map(\.id))
    let others = try containing(needle).filter { !known.contains($0.id) }
    let ranked = others.map { (hit: $0, rank: Self.rank($0, needle)) }.sorted { $0.rank < $1.rank }
    return Array((beginning + ranked.map(\.hit)).prefix(limit))
  }

  /// Clients, then people; each is a short range of an index.
  private func namesBeginning(_ needle: SearchNeedle, _ limit: Int) throws -> [SearchHit] {
    var hits: [SearchHit] = []
    for who in ["p.is_client", "NOT p.is_client"] as [SQL] {
      for start in needle.beginnings where hits.count < limit {
        let known = Set(hits.map(\.id))
        hits += try names(who, needle.range("p", from: start), limit - hits.count).filter { !known.contains($0.id) }
      }
    }
    return hits
  }

  private func names(_ who: SQL, _ range: SQL, _ limit: Int) throws -> [SearchHit] {
    try connection.rows("""
      SELECT p.id, p.kind, p.is_client, p.name, p.archived_at FROM party p
      WHERE \(who) AND p.archived_at IS NULL AND p.deleted_at IS NULL AND \(visible()) AND \(range)
      ORDER BY p.name_sort, p.id LIMIT \(limit)
      """, SearchHit.init(named:))
  }

  /// Whoever sees all needs no more candidates than a ranking can use; in a narrower scope none may be cut off before it.
  private func containing(_ needle: SearchNeedle) throws -> [SearchHit] {
    try connection.rows("""
      SELECT p.id, p.kind, p.is_client, p.name, p.archived_at, s.doc
      FROM (\(matches(needle.words, limit: actor.scope == .all ? 100 : nil))) AS hit
        JOIN party p ON p.id = hit.key JOIN party_search s ON s.party_id = hit.key
      WHERE p.deleted_at IS NULL AND \(visible()) LIMIT 100
      """) { try SearchHit(&$0, needle) }
  }

  private static func rank(_ hit: SearchHit, _ needle: SearchNeedle) -> Int {
    let name = Fold.search(hit.name), first = needle.words.first ?? needle.folded
    let place =
      if name.hasPrefix(first) { 0 } else if name.contains(" " + first) { 1 } else if name.contains(first) { 2 } else { 3 }
    return place * 4 + (hit.isClient ? 0 : 1) + (hit.isArchived ? 2 : 0)
  }
}

extension SearchHit {
  fileprivate init(named row: inout Row) throws {
    id = try row.next()
    kind = try row.next()
    isClient = try row.next()
    name = try row.next()
    isArchived = try row.next(Instant?.self) != nil
    found = nil
  }

  fileprivate init(_ row: inout Row, _ needle: SearchNeedle) throws {
    id = try row.next()
    kind = try row.next()
    isClient = try row.next()
    name = try row.next()
    isArchived = try row.next(Instant?.self) != nil
    let document = try row.next(String.self), first = needle.words.first ?? ""
    found = Fold.search(name).contains(first) ? nil : document.split(separator: "\n").first { $0.contains(first) }.map(String.init)
  }
}

extension Session {
  /// Offered before anything is typed: the actor's clients with the latest contacts.
  package func recentlyContacted(limit: Int) throws -> [SearchHit] {
    try connection.rows("""
      SELECT p.id, p.kind, p.is_client, p.name, p.archived_at FROM party p
      WHERE p.is_client AND p.archived_at IS NULL AND p.deleted_at IS NULL\(visibleClients())
      ORDER BY p.last_contact_at DESC, p.id DESC LIMIT \(limit)
      """, SearchHit.init(named:))
  }
}
