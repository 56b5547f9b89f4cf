import Database
package import Domain

package struct Fact: Sendable, Hashable {
  package let id: FactID
  package let partyID: PartyID
  package let draft: FactDraft
  /// The history entry it was learned in.
  package let sourceID: HistoryID?
  package let authorID: AccountID?
  package let author: String?
  package let recordedAt: Instant
  package let endedAt: Instant?
  package let version: Int

  static let columns: SQL = """
    f.id, f.party_id, f.kind, f.text, f.date, f.source, f.ends_on, f.source_id, f.author_id, a.name, f.recorded_at,
    f.ended_at, f.version
    """

  init(row: inout Row) throws {
    id = try row.next()
    partyID = try row.next()
    draft = FactDraft(
      kind: try row.next(), text: try row.next(), date: try row.next(), source: try row.next(), endsOn: try row.next())
    sourceID = try row.next()
    authorID = try row.next()
    author = try row.next()
    recordedAt = try row.next()
    endedAt = try row.next()
    version = try row.next()
  }

  package func isEnded(on today: CalendarDate) -> Bool { endedAt != nil || draft.endsOn.map { $0 < today } ?? false }
}

/// What is known about a client or person, beside the timeline.
package struct Knowledge: Sendable {
  package let birthDate: PartialDate?
  package let facts: [Fact]
}

extension Session {
  package func knowledge(of party: PartyID) throws -> Knowledge {
    let found = try connection.first("SELECT p.birth_date FROM party p WHERE p.id = \(party) AND \(visible())") {
      try $0.next(PartialDate?.self)
    }
    guard let birthDate = found else { throw Refusal.notFound }
    let facts = try connection.rows("""
      SELECT \(Fact.columns) FROM fact f LEFT JOIN account a ON a.id = f.author_id
      WHERE f.party_id = \(party) ORDER BY f.recorded_at DESC, f.id DESC LIMIT 500
      """) { try Fact(row: &$0) }
    return Knowledge(birthDate: birthDate, facts: facts)
  }

  package func fact(_ id: FactID) throws -> Fact {
    guard let fact = try connection.first("""
      SELECT \(Fact.columns) FROM fact f JOIN party p ON p.id = f.party_id LEFT JOIN account a ON a.id = f.author_id
      WHERE f.id = \(id) AND \(visible())
      """, { try Fact(row: &$0) }) else { throw Refusal.notFound }
    return fact
  }
}
