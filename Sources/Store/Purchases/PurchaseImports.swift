import Database
package import Domain

/// How a list of purchases is read: its file and what a person agreed that it means.
package struct PurchasePlan: Codable, Sendable, Hashable {
  /// A workbook (XLSX), by the number of its sheet; nil for CSV.
  package var sheet: Int?
  /// The names of the workbook's sheets.
  package var sheets: [String]
  package var encoding: String
  package var delimiter: UInt8
  package var hasSeparatorLine: Bool
  /// From 0.
  package var headingRow: Int
  package var headings: [String]
  package var mapping: PurchaseMapping

  package init(
    sheet: Int?, sheets: [String] = [], encoding: String = "utf8", delimiter: UInt8 = 0x2C, hasSeparatorLine: Bool = false,
    headingRow: Int, headings: [String], mapping: PurchaseMapping
  ) {
    self.sheet = sheet
    self.sheets = sheets
    self.encoding = encoding
    self.delimiter = delimiter
    self.hasSeparatorLine = hasSeparatorLine
    self.headingRow = headingRow
    self.headings = headings
    self.mapping = mapping
  }

  /// Which of several sheets is read; nil where there is no choice.
  package var sheetName: String? {
    guard let sheet, sheets.count > 1 else { return nil }
    return sheets.dropFirst(sheet).first
  }
}

package struct PurchaseImport: ImportRun {
  package let id: PurchaseImportID
  package let jobID: JobID?
  package let jobState: String?
  package let jobError: String?
  package let fileName: String
  package let fileHash: String
  package let storedState: ImportState
  package let plan: PurchasePlan
  package let counts: ImportCounts
  package let nextRow: Int
  package let createdAt: Instant
  package let version: Int

  /// Nothing was kept of it yet: its columns may mean something else.
  package var mayChangePlan: Bool { !isWorking && nextRow == 0 && [.mapping, .checked, .failed].contains(state) }
  package var mayRun: Bool { state == .checked || storedState == .running && [.cancelled, .failed].contains(state) }
}

package enum PurchaseJobKind {
  package static let check = "purchases.check"
  package static let run = "purchases.run"
  package static let undo = "purchases.undo"
}

extension Session {
  package func purchaseImport(_ id: PurchaseImportID) throws -> PurchaseImport {
    try require(.importClients)
    guard let found = try purchaseImports("AND i.id = \(id)", 1).first else { throw Refusal.notFound }
    return found
  }

  package func purchaseImports(limit: Int = 50) throws -> [PurchaseImport] {
    try require(.importClients)
    return try purchaseImports("", limit)
  }

  private func purchaseImports(_ condition: SQL, _ limit: Int) throws -> [PurchaseImport] {
    let own: SQL = actor.scope == .all ? "i.id > 0" : "i.account_id = \(actor.id)"
    return try connection.rows("""
      SELECT i.id, i.job_id, j.state, j.error, i.file_name, i.file_hash, i.state, i.mapping, i.added, i.changed, i.same, i.wrong,
        i.next_row, i.created_at, i.version
      FROM purchase_import i LEFT JOIN job j ON j.id = i.job_id WHERE \(own) \(condition) ORDER BY i.id DESC LIMIT \(limit)
      """) { row in
      let id = try row.next(PurchaseImportID.self), job = try row.next(JobID?.self), state = try row.next(String?.self)
      let error = try row.next(String?.self), name = try row.next(String.self), hash = try row.next(String.self)
      let stored = try row.next(ImportState.self), plan: PurchasePlan = try JSON.value(try row.next())
      let counts = try ImportCounts(row: &row)
      return PurchaseImport(
        id: id, jobID: job, jobState: state, jobError: error, fileName: name, fileHash: hash, storedState: stored, plan: plan,
        counts: counts, nextRow: try row.next(), createdAt: try row.next(), version: try row.next())
    }
  }

  package func wrongPurchases(_ id: PurchaseImportID, limit: Int = 1000) throws -> [WrongRow] {
    try connection.rows("""
      SELECT row, problems, cells FROM purchase_import_row WHERE import_id = \(id) AND outcome = 'wrong' ORDER BY row LIMIT \(limit)
      """) { row in
      try WrongRow(&row)
    }
  }
}

extension Transaction {
  package func beginPurchaseImport(fileName: String, bytes: [UInt8], plan: PurchasePlan) throws -> PurchaseImportID {
    try require(.importClients)
    let hash = try store(bytes)
    let id: PurchaseImportID = try connection.required("""
      INSERT INTO purchase_import (file_name, file_hash, state, mapping, account_id, created_at)
      VALUES (\(fileName), \(hash), 'mapping', \(try JSON.text(plan)), \(actor.id), \(now)) RETURNING id
      """)
    audit(.created, .importRun, id.rawValue, detail: "purchases")
    return id
  }

  /// Another sheet of the workbook, with columns guessed anew.
  package func changePurchasePlan(_ id: PurchaseImportID, to plan: PurchasePlan, expecting version: Int) throws {
    let found = try changeablePlan(id)
    try advance(found, version, """
      state = 'mapping', mapping = \(try JSON.text(plan)), job_id = NULL, total = 0, added = 0, changed = 0, same = 0, wrong = 0
      """)
  }

  private func changeablePlan(_ id: PurchaseImportID) throws -> PurchaseImport {
    let found = try purchaseImport(id)
    guard found.mayChangePlan else { throw Refusal.conflict(currentVersion: found.version) }
    return found
  }

  /// The dry run with a plan.
  package func checkPurchases(_ id: PurchaseImportID, plan: PurchasePlan, expecting version: Int) throws -> JobID {
    let found = try changeablePlan(id)
    let job = try enqueue(PurchaseJobKind.check, payload: id)
    try advance(found, version, """
      state = 'checking', mapping = \(try JSON.text(plan)), job_id = \(job), total = 0, added = 0, changed = 0, same = 0, wrong = 0
      """)
    return job
  }

  package func runPurchases(_ id: PurchaseImportID, expecting version: Int) throws -> JobID {
    let found = try purchaseImport(id)
    guard found.mayRun else { throw Refusal.conflict(currentVersion: found.version) }
    let job = try enqueue(PurchaseJobKind.run, payload: id)
    try advance(found, version, "state = 'running', job_id = \(job), ended_at = NULL")
    audit(.imported, .importRun, id.rawValue, detail: "purchases")
    return job
  }

  package func undoPurchases(_ id: PurchaseImportID, expecting version: Int) throws -> JobID {
    let found = try purchaseImport(id)
    guard found.mayUndo(at: now) else { throw Refusal.conflict(currentVersion: found.version) }
    let job = try enqueue(PurchaseJobKind.undo, payload: id)
    try advance(found, version, "state = 'done', job_id = \(job)")
    audit(.undone, .importRun, id.rawValue, detail: "purchases")
    return job
  }

  private func advance(_ found: PurchaseImport, _ version: Int, _ change: SQL) throws {
    let changed = try connection.run("""
      UPDATE purchase_import SET \(change), version = version + 1 WHERE id = \(found.id) AND version = \(version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: found.version) }
  }
}
