package import Database
package import Domain

extension Store {
  /// One snapshot for a whole export, however long it takes.
  package func exportSnapshot<T: Sendable>(
    as actor: Actor, at now: Instant, _ body: @escaping @Sendable (Reader) throws -> T
  ) async throws -> T {
    guard actor.may(.exportClients) else { throw Refusal.forbidden(.exportClients) }
    return try await database.longRead { try body(Reader(connection: $0, actor: actor, now: now, dataVersion: 0)) }
  }
}

extension Session {
  /// Whether an export by this actor leaves nothing out, so that it can be put back into an empty base.
  package var exportsEverything: Bool { actor.scope == .all && actor.limit == nil && actor.may(.viewMargins) }

  package func exportCount(_ table: ExportTable) throws -> Int {
    try connection.value("SELECT count(*) FROM \(raw: table.name)\(condition(table))") ?? 0
  }

  /// Every row the actor may take away, as the cells of a file.
  package func exportRows(_ table: ExportTable, _ body: ([String]) throws -> Void) throws {
    let columns = table.columns.map { "\(raw: $0.name)" as SQL }.joined(separator: ", ")
    try connection.stream("SELECT \(columns) FROM \(raw: table.name)\(condition(table)) ORDER BY \(raw: table.order)") { row in
      var cells: [String] = []
      cells.reserveCapacity(table.columns.count)
      for column in table.columns {
        let value = try row.nextValue()
        cells.append(column.permission.map(actor.may) ?? true ? column.cell(value) : "")
      }
      try body(cells)
    }
  }

  /// Contents that attachments and imports point at, by their SHA-256.
  package func exportedFiles() throws -> [String] {
    let own: SQL = exportsEverything ? "" : " WHERE client_id IN (\(visibleParties))"
    let mine: SQL = exportsEverything ? "" : " WHERE account_id = \(actor.id)"
    let deals: SQL = exportsEverything ? "" : " WHERE deal_id IN (SELECT id FROM deal\(own))"
    return try connection.values("""
      SELECT hash FROM attachment\(own) UNION SELECT file_hash FROM import\(mine) UNION SELECT hash FROM deal_document\(deals)
      UNION SELECT file_hash FROM purchase_import\(mine)\(exportsEverything ? " UNION SELECT hash FROM captured_file" : "" as SQL) ORDER BY 1
      """)
  }

  package func storedContent(_ hash: String) throws -> [UInt8]? {
    try connection.value("SELECT content FROM stored_file WHERE hash = \(hash)")
  }

  private var visibleParties: SQL { "SELECT p.id FROM party p WHERE \(visible())" }

  private func condition(_ table: ExportTable) -> SQL {
    if exportsEverything { return "" }
    switch table.rows {
    case .all: return ""
    case .ofDeal: return " WHERE deal_id IN (SELECT id FROM deal WHERE client_id IN (\(visibleParties)))"
    case .ofPurchase: return " WHERE purchase_id IN (SELECT id FROM purchase WHERE client_id IN (\(visibleParties)))"
    case .ofPurchaseImport:
      return " WHERE import_id IN (SELECT id FROM purchase_import WHERE account_id = \(actor.id))"
    case .ofParty(let column): return " WHERE \(raw: column) IN (\(visibleParties))"
    case .ofAccount(let column, let others): return " WHERE (\(raw: column) = \(actor.id) OR \(others))"
    case .ofPromise(let column):
      return " WHERE \(raw: column) IN (SELECT id FROM promise WHERE client_id IN (\(visibleParties)))"
    case .ofTask(let column):
      return """
         WHERE \(raw: column) IN (SELECT t.id FROM task t LEFT JOIN party p ON p.id = t.client_id AND \(visible())
          WHERE \(visibleTasks()) AND (t.client_id IS NULL OR p.id IS NOT NULL))
        """
    case .ofWhole: return " WHERE 1 = 0"
    case .ofImport(let column): return " WHERE \(raw: column) IN (SELECT id FROM import WHERE account_id = \(actor.id))"
    }
  }
}

extension Connection {
  /// Takes an archive's parts away. What an attachment or an import happens to share stays.
  package func dropExportParts(_ hashes: [String]) throws {
    for hash in hashes { try dropUnusedFiles([hash]) }
  }
}
