import Database
package import Domain

/// The steps of an import: a file with a plan, checked, run. Each moves the row on by its version, so that two windows never
/// start the same import twice.
extension Transaction {
  package func beginImport(fileName: String, bytes: [UInt8], plan: ImportPlan) throws -> ImportID {
    try require(.importClients)
    let hash = try store(bytes)
    let id: ImportID = try connection.required("""
      INSERT INTO import (file_name, file_hash, state, mapping, account_id, created_at)
      VALUES (\(fileName), \(hash), \(ImportState.mapping), \(try JSON.text(plan)), \(actor.id), \(now)) RETURNING id
      """)
    audit(.created, .importRun, id.rawValue)
    return id
  }

  /// A new plan makes what was checked worthless.
  package func changeImport(_ id: ImportID, plan: ImportPlan, expecting version: Int) throws {
    let record = try importRecord(id)
    guard [.mapping, .checked].contains(record.state) || record.state == .failed && record.nextRow == 0 else {
      throw Refusal.conflict(currentVersion: record.version)
    }
    try advance(record, expecting: version, "state = \(ImportState.mapping), mapping = \(try JSON.text(plan)), job_id = NULL")
  }

  /// The dry run, as a job.
  package func checkImport(_ id: ImportID, expecting version: Int) throws -> JobID {
    let record = try importRecord(id)
    guard [.mapping, .checked].contains(record.state) || record.state == .failed && record.nextRow == 0 else {
      throw Refusal.conflict(currentVersion: record.version)
    }
    let job = try enqueue(ImportJobKind.check, payload: id)
    try advance(record, expecting: version, """
      state = \(ImportState.checking), job_id = \(job), total = 0, added = 0, changed = 0, same = 0, wrong = 0
      """)
    return job
  }

  /// The run itself, or the rest of one that was stopped.
  package func runImport(_ id: ImportID, expecting version: Int) throws -> JobID {
    let record = try importRecord(id)
    guard record.state == .checked || record.mayResume else { throw Refusal.conflict(currentVersion: record.version) }
    let job = try enqueue(ImportJobKind.run, payload: id)
    try advance(record, expecting: version, "state = \(ImportState.running), job_id = \(job), ended_at = NULL")
    audit(.imported, .importRun, id.rawValue)
    return job
  }

  /// Without a dry run before it: for the command line, where the file was looked at by whoever typed it.
  package func runImportAtOnce(_ id: ImportID) throws -> JobID {
    let job = try enqueue(ImportJobKind.run, payload: id)
    try advance(try importRecord(id), expecting: nil, "state = \(ImportState.running), job_id = \(job)")
    audit(.imported, .importRun, id.rawValue)
    return job
  }

  package func undoImport(_ id: ImportID, expecting version: Int) throws -> JobID {
    let record = try importRecord(id)
    try require(.removeClients)
    guard record.mayUndo(at: now) else { throw Refusal.conflict(currentVersion: record.version) }
    let job = try enqueue(ImportJobKind.undo, payload: id)
    try advance(record, expecting: version, "state = \(ImportState.done), job_id = \(job)")
    audit(.undone, .importRun, id.rawValue)
    return job
  }

  private func advance(_ record: ImportRecord, expecting version: Int?, _ change: SQL) throws {
    let changed = try connection.run("""
      UPDATE import SET \(change), version = version + 1 WHERE id = \(record.id) AND version = \(version ?? record.version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: record.version) }
  }
}

package enum ImportJobKind {
  package static let check = "import.check"
  package static let run = "import.run"
  package static let undo = "import.undo"
}

extension Transaction {
  /// The dry run begins anew whatever an earlier one left.
  package func beginCheck(_ id: ImportID, _ job: LeasedJob) throws {
    try hold(job)
    try connection.run("DELETE FROM import_row WHERE import_id = \(id)")
  }

  package func keepWrong(_ id: ImportID, _ rows: [ImportRow], _ job: LeasedJob) throws {
    try hold(job)
    try insertRows(id, rows.map { ImportRowRecord(wrong: $0) })
  }

  package func endCheck(_ id: ImportID, _ counts: ImportCounts, _ job: LeasedJob) throws {
    try hold(job)
    try connection.run("""
      UPDATE import SET state = \(ImportState.checked), total = \(counts.total), added = \(counts.added), changed = \(counts.changed),
        same = \(counts.same), wrong = \(counts.wrong), version = version + 1
      WHERE id = \(id) AND state = \(ImportState.checking) AND job_id = \(job.id)
      """)
  }

  /// The first chunk starts from nothing: the counts and wrong rows were the dry run's.
  package func beginRun(_ id: ImportID, _ job: LeasedJob) throws -> ImportRecord {
    try hold(job)
    let record = try importRecord(id)
    guard record.storedState == .running, record.jobID == job.id else { throw LeaseLost() }
    if record.nextRow == 0 {
      try connection.run("DELETE FROM import_row WHERE import_id = \(id)")
      try connection.run("UPDATE import SET added = 0, changed = 0, same = 0, wrong = 0 WHERE id = \(id)")
    }
    return record
  }

  package func endRun(_ id: ImportID, _ job: LeasedJob) throws {
    try hold(job)
    try connection.run("""
      UPDATE import SET state = \(ImportState.done), total = added + changed + same + wrong, ended_at = \(now), version = version + 1
      WHERE id = \(id) AND job_id = \(job.id)
      """)
  }
}

/// A row of `import_row`: only changed and wrong rows have one; new clients carry the import's number themselves.
struct ImportRowRecord {
  let row: Int
  let outcome: ImportOutcome
  var party: PartyID?
  var before: ImportBefore?
  var problems: [RowProblem]?
  var cells: [String]?

  init(wrong row: ImportRow) {
    (self.row, outcome, problems, cells) = (row.number, .wrong, row.problems, row.cells)
  }
  init(changed row: Int, party: PartyID, before: ImportBefore) {
    (self.row, outcome, self.party, self.before) = (row, .changed, party, before)
  }
}

/// What undo needs: how the client (or someone there) was before, and its version afterwards, by which a later change shows.
struct ImportBefore: Codable {
  let draft: ClientDraft
  let versionAfter: Int
  /// People of the client whom the row changed.
  var people: [Person] = []
  /// The last contact of before, where the row moved it.
  var lastContact: Instant?

  struct Person: Codable {
    let id: PartyID
    let draft: ClientDraft
    let versionAfter: Int
  }
}

extension Transaction {
  func insertRows(_ id: ImportID, _ rows: [ImportRowRecord]) throws {
    guard !rows.isEmpty else { return }
    try connection.insert(
      into: "import_row", ["import_id", "row", "outcome", "party_id", "before", "problems", "cells"],
      rows: try rows.map { row in
        [
          id.sqlValue, row.row.sqlValue, row.outcome.sqlValue, row.party.sqlValue, try row.before.map(JSON.text).sqlValue,
          try row.problems.map(JSON.text).sqlValue, try row.cells.map(JSON.text).sqlValue,
        ]
      })
  }
}
