import Database
package import Domain

/// The audit trail as owners and managers read it: newest first, by key. Names are looked up now and not kept in the trail, and
/// a client's only for those who may see the client.
package struct AuditFilter: Sendable, Hashable {
  package var account: AccountID?
  package var action: AuditAction?
  package var entity: AuditEntity?
  package var entityID: Int64?
  package var from: Instant?
  /// Not included.
  package var until: Instant?

  package init(
    account: AccountID? = nil, action: AuditAction? = nil, entity: AuditEntity? = nil, entityID: Int64? = nil,
    from: Instant? = nil, until: Instant? = nil
  ) {
    (self.account, self.action, self.entity, self.entityID) = (account, action, entity, entityID)
    (self.from, self.until) = (from, until)
  }
}

package struct AuditLine: Sendable, Hashable {
  package let id: Int64
  package let at: Instant
  package let accountID: AccountID?
  package let accountName: String?
  /// Nil for a word this version does not know: someone wrote the row by another road, and the chain tells.
  package let action: AuditAction?
  package let entity: AuditEntity?
  package let entityID: Int64?
  package let detail: String
  /// Of the client or person, account, team or token.
  package let name: String?
  /// Whose page shows it: for a client or person and for what belongs to one.
  package let partyID: PartyID?
}

package struct AuditPlace: Sendable, Hashable {
  package let at: Instant
  package let id: Int64
  package init(at: Instant, id: Int64) { (self.at, self.id) = (at, id) }
}

package struct AuditPage: Sendable {
  package let lines: [AuditLine]
  package let next: AuditPlace?
}

extension Session {
  package func auditLog(_ filter: AuditFilter, before place: AuditPlace? = nil, limit: Int = 100) throws -> AuditPage {
    try require(.viewAudit)
    var lines = try connection.rows("""
      SELECT a.id, a.at, a.account_id, who.name, a.action, a.entity, a.entity_id, a.detail,
             coalesce(p.name, about.name, team.name, token.name), p.id
      FROM (\(Self.auditRows(filter, before: place, limit: limit + 1))) a
      LEFT JOIN account who ON who.id = a.account_id
      LEFT JOIN history h ON a.entity = 'history' AND h.id = a.entity_id
      LEFT JOIN party p ON p.id = CASE a.entity WHEN 'party' THEN a.entity_id WHEN 'history' THEN h.client_id END
        AND \(visible("p"))
      LEFT JOIN account about ON a.entity = 'account' AND about.id = a.entity_id
      LEFT JOIN team ON a.entity = 'team' AND team.id = a.entity_id
      LEFT JOIN api_token token ON a.entity = 'token' AND token.id = a.entity_id
      ORDER BY a.at DESC, a.id DESC
      """, Self.auditLine)
    guard lines.count > limit else { return AuditPage(lines: lines, next: nil) }
    lines.removeLast()
    return AuditPage(lines: lines, next: lines.last.map { AuditPlace(at: $0.at, id: $0.id) })
  }

  /// Those who have acted, for the filter's list.
  package func auditAccounts() throws -> [(id: AccountID, name: String)] {
    try require(.viewAudit)
    return try connection.rows("SELECT id, name FROM account ORDER BY name, id LIMIT 500") { (try $0.next(), try $0.next()) }
  }

  private static func auditRows(_ filter: AuditFilter, before place: AuditPlace?, limit: Int) -> SQL {
    var conditions: [SQL] = ["1 = 1"]
    if let account = filter.account { conditions.append("account_id = \(account)") }
    if let action = filter.action { conditions.append("action = \(action.rawValue)") }
    if let entity = filter.entity { conditions.append("entity = \(entity.rawValue)") }
    if let id = filter.entityID { conditions.append("entity_id = \(id)") }
    if let from = filter.from { conditions.append("at >= \(from)") }
    if let until = filter.until { conditions.append("at < \(until)") }
    if let place { conditions.append("(at, id) < (\(place.at), \(place.id))") }
    return """
      SELECT id, at, account_id, action, entity, entity_id, detail FROM audit
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY at DESC, id DESC LIMIT \(limit)
      """
  }

  private static func auditLine(_ row: inout Row) throws -> AuditLine {
    AuditLine(
      id: try row.next(), at: try row.next(), accountID: try row.next(), accountName: try row.next(),
      action: AuditAction(rawValue: try row.next()), entity: AuditEntity(rawValue: try row.next()), entityID: try row.next(), detail: try row.next(), name: try row.next(), partyID: try row.next())
  }
}

/// Whether the chain holds, as far as it was looked at.
package struct ChainState: Sendable, Hashable {
  package let rows: Int64
  package let checked: Int64
  package let fault: AuditBreak?

  package init(rows: Int64, checked: Int64, fault: AuditBreak?) {
    (self.rows, self.checked, self.fault) = (rows, checked, fault)
  }
}

extension Session {
  /// - Parameter newest: how many rows to check, from the end; nil checks all, which reads the whole trail.
  package func auditChain(newest: Int64?) throws -> ChainState {
    try require(.viewAudit)
    let rows = try connection.value("SELECT audit_id FROM audit_head WHERE id = 1", as: Int64.self) ?? 0
    let start = newest.map { max(0, rows - max(0, $0)) } ?? 0
    return ChainState(rows: rows, checked: rows - start, fault: try AuditChain.firstBreak(in: connection, after: start))
  }
}
