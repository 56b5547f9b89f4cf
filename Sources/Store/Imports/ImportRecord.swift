import Database
package import Domain

/// An import as the pages show it.
package struct ImportRecord: ImportRun {
  package let id: ImportID
  package let jobID: JobID?
  package let fileName: String
  package let fileHash: String
  package let storedState: ImportState
  package let jobKind: String?
  package let jobState: String?
  package let jobError: String?
  package let plan: ImportPlan
  package let total: Int
  package let counts: ImportCounts
  package let nextRow: Int
  package let accountID: AccountID?
  package let accountName: String
  package let createdAt: Instant
  package let endedAt: Instant?
  package let version: Int

  /// A run that was stopped or failed goes on after its last chunk.
  package var mayResume: Bool { storedState == .running && [.cancelled, .failed].contains(state) || storedState == .cancelled }
}

extension Session {
  /// Newest first: one's own, and everybody's for those who see all clients.
  package func imports(before: ImportID? = nil, limit: Int = 50) throws -> [ImportRecord] {
    try require(.importClients)
    let place: SQL = before.map { " AND i.id < \($0)" } ?? ""
    return try connection.rows(
      "\(Self.importColumns) WHERE \(ownImport)\(place) ORDER BY i.id DESC LIMIT \(limit)", Self.importRecord)
  }

  package func importRecord(_ id: ImportID) throws -> ImportRecord {
    try require(.importClients)
    guard let record = try connection.first("\(Self.importColumns) WHERE i.id = \(id) AND \(ownImport)", Self.importRecord) else {
      throw Refusal.notFound
    }
    return record
  }

  private var ownImport: SQL { actor.scope == .all ? "i.id > 0" : "i.account_id = \(actor.id)" }

  private static var importColumns: SQL {
    """
    SELECT i.id, i.job_id, i.file_name, i.file_hash, i.state, j.kind, j.state, j.error, i.mapping, i.total, i.added, i.changed, i.same, i.wrong,
      i.next_row, i.account_id, coalesce(a.name, ''), i.created_at, i.ended_at, i.version
    FROM import i LEFT JOIN job j ON j.id = i.job_id LEFT JOIN account a ON a.id = i.account_id
    """
  }

  private static func importRecord(_ row: inout Row) throws -> ImportRecord {
    let id = try row.next(ImportID.self), job = try row.next(JobID?.self)
    let name = try row.next(String.self), hash = try row.next(String.self), state = try row.next(ImportState.self)
    let jobKind = try row.next(String?.self), jobState = try row.next(String?.self), jobError = try row.next(String?.self)
    let plan: ImportPlan = try JSON.value(try row.next())
    let total = try row.next(Int.self)
    let counts = try ImportCounts(row: &row)
    return ImportRecord(
      id: id, jobID: job, fileName: name, fileHash: hash, storedState: state, jobKind: jobKind, jobState: jobState, jobError: jobError, plan: plan,
      total: total, counts: counts, nextRow: try row.next(), accountID: try row.next(), accountName: try row.next(),
      createdAt: try row.next(), endedAt: try row.next(), version: try row.next())
  }

  /// Rows that could not be taken, in the file's order, a thousand at a time.
  package func wrongRows(_ id: ImportID, after row: Int = 0, limit: Int = 1000) throws -> [WrongRow] {
    try connection.rows("""
      SELECT row, problems, cells FROM import_row WHERE import_id = \(id) AND outcome = 'wrong' AND row > \(row) ORDER BY row LIMIT \(limit)
      """) { row in
      try WrongRow(&row)
    }
  }
}

extension ImportState: SQLBindable, ColumnDecodable {}
extension ImportOutcome: SQLBindable, ColumnDecodable {}

extension Store {
  /// For the command line: the account with this address; without one the first owner.
  package func actor(email: String?) async throws -> Actor? {
    let key = email.flatMap { EmailAddress($0)?.key }
    if email != nil, key == nil { return nil }
    return try await database.read { connection in
      let id = if let key {
        try connection.value("SELECT id FROM account WHERE email_key = \(key) AND closed_at IS NULL", as: AccountID.self)
      } else {
        try connection.value("SELECT id FROM account WHERE role = 'owner' AND closed_at IS NULL ORDER BY id LIMIT 1", as: AccountID.self)
      }
      return try id.map { try connection.actor($0) }
    }
  }
}
