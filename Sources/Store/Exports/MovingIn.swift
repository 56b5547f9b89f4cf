package import Database
package import Domain

/// Puts an export back into an empty base, in one transaction: all of it or nothing.
package struct MovingIn {
  let connection: any Connection
  package let now: Instant

  /// No account and no party: the rows a new base is born with make way for the export's.
  package func clear() throws {
    for table in ["account", "party", "team", "tag", "custom_field", "installation"] as [SQL] {
      if try connection.exists("SELECT 1 FROM \(table)") { throw MovingProblem.notEmpty }
    }
    for table in ["relationship_type", "dossier_setting", "deal_stage", "deal_reason", "promise_schedule", "mail_server"] as [SQL] {
      try connection.run("DELETE FROM \(table)")
    }
    // A link to create the first owner would give the company to whoever holds it.
    try connection.run("DELETE FROM access_link")
  }

  package func insert(_ rows: [[String]], into table: ExportTable, firstLine: Int) throws {
    let values = try rows.enumerated().map { offset, cells in
      guard cells.count == table.columns.count else { throw MovingProblem.cell(table.fileName, row: firstLine + offset, column: "") }
      return try zip(table.columns, cells).map { column, cell in
        guard let value = column.value(cell) else {
          throw MovingProblem.cell(table.fileName, row: firstLine + offset, column: "\(column.name)")
        }
        return value
      }
    }
    try connection.insert(into: table.name, table.columns.map(\.name), rows: values)
  }

  package func finish(_ table: ExportTable) throws {
    if table.hasIdentity { try connection.identityFollows(table.name) }
  }

  package func count(_ table: ExportTable) throws -> Int {
    try connection.value("SELECT count(*) FROM \(raw: table.name)") ?? 0
  }

  package func insertFile(_ bytes: [UInt8], hash: String) throws {
    try connection.run("""
      INSERT INTO stored_file (hash, size, content, created_at) VALUES (\(hash), \(bytes.count), \(bytes), \(now))
      ON CONFLICT (hash) DO NOTHING
      """)
  }

  /// What search looks through is made anew.
  package func rebuildSearch(_ progress: () throws -> Void) throws {
    var last = PartyID(0)
    while true {
      let ids = try connection.values(
        "SELECT id FROM party WHERE id > \(last) AND erased_at IS NULL ORDER BY id LIMIT 1000", as: PartyID.self)
      guard let end = ids.last else { return }
      try connection.insert(into: "party_search", ["party_id", "doc"], rows: SearchDocuments(connection, ids).all.map { [$0.party.sqlValue, $0.text.sqlValue] })
      try progress()
      last = end
    }
  }

  /// The base it came from may be sending still: this one sends nothing until someone lets it.
  package func holdMail() throws { try connection.holdMail(.moved, at: now) }

  package func rebuildDossierTotals() throws { try connection.run(DossierTotalRows.fill("")) }

  /// The first owner with this address gets a link to choose a password: passwords do not travel.
  package func ownerLink(tokenHash: [UInt8]) throws -> String? {
    let owner = try connection.first("""
      SELECT id, email FROM account WHERE role = 'owner' AND closed_at IS NULL ORDER BY id LIMIT 1
      """) { (id: try $0.next(AccountID.self), email: try $0.next(String.self)) }
    guard let owner else { return nil }
    try Transaction(connection: connection, actor: .nobody, now: now).leaveLink(.invitation, for: owner.id, tokenHash: tokenHash)
    return owner.email
  }
}

package enum MovingProblem: Error, Hashable, CustomStringConvertible {
  case notEmpty
  case cell(String, row: Int, column: String)
  case missing(String)
  case changed(String)
  case partial
  case newer(Int)
  case count(String, expected: Int, found: Int)

  package var description: String {
    switch self {
    case .notEmpty: "The base holds accounts or clients already. An archive goes into an empty base only."
    case .cell(let file, let row, let column): "\(file), row \(row): the value of “\(column)” is none that an export has."
    case .missing(let file): "The archive lacks \(file)."
    case .changed(let file): "\(file) is not the file that was exported: its SHA-256 differs from the manifest's."
    case .partial: "The archive holds only what its maker was allowed to see. An account that sees all clients must make it."
    case .newer(let version): "The archive is of a newer program (schema \(version)). Update this one first."
    case .count(let table, let expected, let found): "\(table): \(expected) rows are in the manifest, \(found) came in."
    }
  }
}

extension Store {
  package func moveIn<T: Sendable>(at now: Instant, _ body: @escaping @Sendable (MovingIn) throws -> T) async throws -> T {
    try await database.longWrite { connection in
      try connection.serialise("owners")
      let value = try body(MovingIn(connection: connection, now: now))
      try AuditChain.append(
        [AuditEntry(accountID: nil, action: .imported, entity: .installation, entityID: 1, detail: "archive")], to: connection,
        at: now, changesData: true)
      return value
    }
  }
}
