import Database
package import Domain

/// What imports of clients and of purchases have in common: what is stored, and how the job behind it fares.
package protocol ImportRun: Sendable {
  /// As stored; `state` also knows that the job behind it ended without success.
  var storedState: ImportState { get }
  var jobState: String? { get }
  var counts: ImportCounts { get }
  /// Rows up to here are in.
  var nextRow: Int { get }
  var createdAt: Instant { get }
}

extension ImportRun {
  package var state: ImportState {
    switch (storedState, jobState) {
    case (.checking, "cancelled"): .mapping
    case (.checking, "failed"), (.running, "failed"): .failed
    case (.running, "cancelled"): .cancelled
    default: storedState
    }
  }

  /// A job for this import waits or runs.
  package var isWorking: Bool { jobState == "queued" || jobState == "running" }

  /// Until when everything can be taken back.
  package var undoEnds: Instant { createdAt.adding(milliseconds: 30 * Instant.day) }

  /// Rows came in, and it is not too late.
  package func mayUndo(at now: Instant) -> Bool {
    !isWorking && [.done, .cancelled, .failed].contains(state) && counts.added + counts.changed > 0 && nextRow > 0 && undoEnds > now
  }
}

/// A row that could not be taken.
package struct WrongRow: Sendable {
  package let number: Int
  package let problems: [RowProblem]
  package let cells: [String]

  init(_ row: inout Row) throws {
    number = try row.next()
    problems = try JSON.value(try row.next(String?.self) ?? "[]")
    cells = try JSON.value(try row.next(String?.self) ?? "[]")
  }
}

extension ImportCounts {
  /// Four columns: added, changed, same, wrong.
  init(row: inout Row) throws {
    added = try row.next()
    changed = try row.next()
    same = try row.next()
    wrong = try row.next()
  }
}
