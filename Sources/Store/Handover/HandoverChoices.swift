import Database
package import Domain

/// What the wizard offers: the values a rule can split by, and the clients one by one.
package struct SplitValue: Sendable, Hashable {
  /// `bg`, `PL`, or an id; nil for clients without one.
  package let value: String?
  /// Of a tag.
  package let name: String?
  package let relationship: RelationshipName?
  package let count: Int
}

package struct HandoverLine: Sendable {
  package let id: ClientID
  package let name: String
  package let language: Language?
  package let country: Country?
  package let lastContactAt: Instant?
  package let isArchived: Bool
  /// By the plan alone.
  package let planned: AccountID?
  package let choice: HandoverChoice
}

package struct HandoverLines: Sendable {
  package let lines: [HandoverLine]
  package let next: ClientID?
}

extension Session {
  package func splitValues(_ record: HandoverRecord, by trait: SplitTrait) throws -> [SplitValue] {
    let mine: SQL = "p.owner_id = \(record.fromID) AND \(Self.handable) AND \(visible())"
    let query: SQL =
      switch trait {
      case .language: "SELECT p.language, NULL, NULL, count(*) FROM party p WHERE \(mine) GROUP BY p.language"
      case .country: "SELECT p.country, NULL, NULL, count(*) FROM party p WHERE \(mine) GROUP BY p.country"
      case .relationship: """
        SELECT CAST(r.id AS TEXT), r.name, r.key, count(*) FROM party p LEFT JOIN relationship_type r ON r.id = p.relationship_id
        WHERE \(mine) GROUP BY r.id, r.name, r.key
        """
      case .tag: """
        SELECT CAST(t.id AS TEXT), t.name, NULL, count(*) FROM party p JOIN party_tag pt ON pt.party_id = p.id JOIN tag t ON t.id = pt.tag_id
        WHERE \(mine) GROUP BY t.id, t.name
        """
      }
    return try connection.rows("\(query) ORDER BY 4 DESC, 1 LIMIT \(HandoverPlan.ruleLimit)") { row in
      let value = try row.next(String?.self), name = try row.next(String?.self), key = try row.next(String?.self)
      return SplitValue(
        value: value, name: name, relationship: key.map { RelationshipName(key: $0, name: name) }, count: try row.next())
    }
  }

  /// By name; `after` is the last client of the page before.
  package func handoverLines(_ record: HandoverRecord, after last: ClientID? = nil, limit: Int = 50) throws -> HandoverLines {
    let place: SQL = last.map { " AND (p.name_sort, p.id) > (SELECT q.name_sort, q.id FROM party q WHERE q.id = \($0))" } ?? ""
    let assignment = try assignment(of: record)
    var lines = try connection.rows("""
      SELECT p.id, p.name, p.language, p.country, p.last_contact_at, p.archived_at IS NOT NULL OR p.deleted_at IS NOT NULL,
        c.client_id IS NOT NULL, c.to_id
      FROM party p LEFT JOIN handover_choice c ON c.handover_id = \(record.id) AND c.client_id = p.id
      WHERE p.owner_id = \(record.fromID) AND \(Self.handable) AND \(visible())\(place) ORDER BY p.name_sort, p.id LIMIT \(limit + 1)
      """) { row in
      let id = try row.next(ClientID.self), name = try row.next(String.self)
      let language = try row.next(Language?.self), country = try row.next(Country?.self), at = try row.next(Instant.self)
      let isArchived = try row.next(Bool.self), isChosen = try row.next(Bool.self), to = try row.next(AccountID?.self)
      return HandoverLine(
        id: id, name: name, language: language, country: country, lastContactAt: at.milliseconds == 0 ? nil : at, isArchived: isArchived,
        planned: isChosen ? nil : assignment[id] ?? nil, choice: isChosen ? to.map(HandoverChoice.to) ?? .keep : .byPlan)
    }
    guard lines.count > limit else { return HandoverLines(lines: lines, next: nil) }
    lines.removeLast()
    return HandoverLines(lines: lines, next: lines.last?.id)
  }

  /// What each successor got, when it is done; those that an undo brought back are not among them.
  package func handoverShares(_ record: HandoverRecord) throws -> [(name: String, count: Int)] {
    try connection.rows("""
      SELECT a.name, count(*) FROM handover_client hc JOIN account a ON a.id = hc.to_id WHERE hc.handover_id = \(record.id)
      GROUP BY a.id, a.name ORDER BY count(*) DESC, a.name
      """) { (name: try $0.next(), count: try $0.next()) }
  }

  /// Names for a report, of the clients one may see.
  package func clientNames(_ ids: [ClientID]) throws -> [(id: ClientID, name: String)] {
    try connection.rows("SELECT p.id, p.name FROM party p WHERE p.id IN \(list: ids) AND \(visible()) ORDER BY p.name_sort, p.id") {
      (id: try $0.next(), name: try $0.next())
    }
  }
}
