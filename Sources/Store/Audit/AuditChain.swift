import CSodium
package import Database
package import Domain

package enum AuditAction: String, Sendable, CaseIterable {
  case saw, searched, created, changed, archived, restored, removed, erased, merged
  case loggedIn = "logged_in"
  case loggedOut = "logged_out"
  case refusedLogin = "refused_login"
  case exported, imported, undone, revoked
}

package enum AuditEntity: String, Sendable, CaseIterable {
  case party, history, fact, promise, task, reason, tie, attachment, account, team, session, token, field, tag, view, relationship
  case importRun = "import"
  case exportRun = "export"
  case calendarFeed = "calendar_feed"
  case installation, job
  case dossierEntry = "dossier", proposal, rate
  case deal, stage, offering, opportunity, purchase
  case share
  case handover
  case capturedMail = "captured_mail"
}

package struct AuditEntry: Sendable {
  let accountID: AccountID?
  let action: AuditAction
  let entity: AuditEntity
  let entityID: Int64?
  let detail: String
}

/// Someone opened something.
package struct View: Sendable {
  let entry: AuditEntry
  package init(by account: AccountID, _ entity: AuditEntity, _ id: Int64) {
    entry = AuditEntry(accountID: account, action: .saw, entity: entity, entityID: id, detail: "")
  }
}

/// The hash chain over the audit trail: `hash(n) = SHA-256(hash(n−1) ‖ row n)`. A changed, missing or inserted row breaks it
/// from there on; the head, kept apart, shows a cut tail.
package enum AuditChain {
  /// - Returns: the data version after this transaction.
  @discardableResult
  static func append(
    _ entries: [AuditEntry], to connection: any Connection, at now: Instant, changesData: Bool
  ) throws -> Int64 {
    try connection.serialise("audit")
    guard var head = try connection.first("SELECT audit_id, hash, data_version FROM audit_head WHERE id = 1", { row in
      (id: try row.next(Int64.self), hash: try row.next([UInt8].self), version: try row.next(Int64.self))
    }) else { throw DatabaseError.decoding("the audit chain has no head") }
    var rows: [[SQLValue]] = []
    rows.reserveCapacity(entries.count)
    for entry in entries {
      head.id += 1
      head.hash = link(head.hash, id: head.id, at: now.milliseconds, entry)
      rows.append([
        head.id.sqlValue, now.sqlValue, entry.accountID.sqlValue, entry.action.rawValue.sqlValue, entry.entity.rawValue.sqlValue,
        entry.entityID.sqlValue, entry.detail.sqlValue, head.hash.sqlValue,
      ])
    }
    try write(rows, to: connection)
    if changesData { head.version += 1 }
    try connection.run("""
      UPDATE audit_head SET audit_id = \(head.id), hash = \(head.hash), data_version = \(head.version) WHERE id = 1
      """)
    return head.version
  }

  /// A change leaves a row or two, an import a thousand: those go by the engine's fastest road, which is the slower one for few.
  private static func write(_ rows: [[SQLValue]], to connection: any Connection) throws {
    if rows.count >= 16 {
      let columns: [StaticString] = ["id", "at", "account_id", "action", "entity", "entity_id", "detail", "hash"]
      return try connection.insert(into: "audit", columns, rows: rows)
    }
    for row in rows {
      try connection.run("""
        INSERT INTO audit (id, at, account_id, action, entity, entity_id, detail, hash)
        VALUES (\(row.map { "\($0)" as SQL }.joined(separator: ",")))
        """)
    }
  }

  static let seed = [UInt8](repeating: 0, count: 32)

  static func link(_ previous: [UInt8], id: Int64, at: Int64, _ entry: AuditEntry) -> [UInt8] {
    let number = { (n: Int64?) in n.map(String.init) ?? "-" }
    let row = [
      number(id), number(at), number(entry.accountID?.rawValue), entry.action.rawValue, entry.entity.rawValue,
      number(entry.entityID), entry.detail,
    ].joined(separator: "\u{1F}")
    let input = previous + Array(row.utf8)
    var out = [UInt8](repeating: 0, count: 32)
    crypto_hash_sha256(&out, input, UInt64(input.count))
    return out
  }

  /// The first row that does not fit, or nil when the chain holds.
  /// - Parameter start: the row to go on from, taken as true; 0 checks the whole chain.
  package static func firstBreak(in connection: any Connection, after start: Int64 = 0) throws -> AuditBreak? {
    var hash = seed
    if start > 0 {
      guard let known = try connection.value("SELECT hash FROM audit WHERE id = \(start)", as: [UInt8].self) else {
        return .missing(start)
      }
      hash = known
    }
    var expected = start + 1
    var broken: AuditBreak?
    try connection.each("""
      SELECT id, at, account_id, action, entity, entity_id, detail, hash FROM audit WHERE id > \(start) ORDER BY id
      """) { row in
      guard broken == nil else { return }
      let id = try row.next(Int64.self), at = try row.next(Int64.self)
      let account = try row.next(AccountID?.self), action = try row.next(String.self), entity = try row.next(String.self)
      let entityID = try row.next(Int64?.self), detail = try row.next(String.self), stored = try row.next([UInt8].self)
      guard id == expected else { broken = .missing(expected); return }
      guard let action = AuditAction(rawValue: action), let entity = AuditEntity(rawValue: entity) else {
        broken = .changed(id)
        return
      }
      let entry = AuditEntry(accountID: account, action: action, entity: entity, entityID: entityID, detail: detail)
      hash = link(hash, id: id, at: at, entry)
      if hash != stored { broken = .changed(id) }
      expected += 1
    }
    if let broken { return broken }
    let head = try connection.first("SELECT audit_id, hash FROM audit_head WHERE id = 1") { row in
      (id: try row.next(Int64.self), hash: try row.next([UInt8].self))
    }
    guard let head, head.id == expected - 1, head.hash == hash else { return .missing(expected) }
    return nil
  }
}

package enum AuditBreak: Sendable, Hashable {
  case changed(Int64)
  case missing(Int64)
}
