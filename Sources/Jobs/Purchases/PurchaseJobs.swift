import Database
import Domain
import Files
import Store

/// The work behind the steps of an import of purchases. Run again after a crash each goes on with what is left.
enum PurchaseJobs {
  private static let pieceSize = 300

  static func kinds() -> [JobKind] {
    [
      JobKind(PurchaseJobKind.check) { try await work($0, isTry: true) },
      JobKind(PurchaseJobKind.run) { try await work($0, isTry: false) },
      JobKind(PurchaseJobKind.undo, run: undo),
    ]
  }

  private static func work(_ context: JobContext, isTry: Bool) async throws -> String {
    guard let actor = context.actor else { throw JobFailed("import.error.account") }
    let id: PurchaseImportID = try JSON.value(context.job.payload), job = context.job
    let record = try await context.store.write(as: actor, at: context.clock()) { tx in
      if isTry {
        try tx.beginPurchaseCheck(id, job)
        return try tx.purchaseImport(id)
      }
      return try tx.beginPurchaseRun(id, job)
    }
    let bytes = try await context.store.read(as: actor, at: context.clock()) { try $0.storedContent(record.fileHash) }
    guard let bytes else { throw JobFailed("import.error.gone") }
    let all = PurchaseReading.read(try readable { try PurchaseFile.rows(bytes, record.plan) }, record.plan.mapping)
    var from = isTry ? 0 : min(record.nextRow, all.count)
    while from < all.count {
      let piece = Array(all[from..<min(from + pieceSize, all.count)]), through = from + piece.count
      try await context.store.write(as: actor, at: context.clock()) {
        try $0.purchaseChunk(id, piece, through: through, isTry: isTry, job: job)
      }
      from = through
      try await context.progress(from, of: all.count)
    }
    try await context.store.write(as: actor, at: context.clock()) { try $0.endPurchases(id, as: isTry ? .checked : .done, job) }
    return "{}"
  }

  private static func undo(_ context: JobContext) async throws -> String {
    guard let actor = context.actor else { throw JobFailed("import.error.account") }
    let id: PurchaseImportID = try JSON.value(context.job.payload), job = context.job
    let counts = try await context.store.read(as: actor, at: context.clock()) { try $0.purchaseImport(id).counts }
    let total = counts.added + counts.changed
    var done = 0
    while true {
      let count = try await context.store.write(as: actor, at: context.clock()) { try $0.undoPurchaseChunk(id, limit: 300, job) }
      if count == 0 { break }
      done += count
      try await context.progress(done, of: max(total, done))
    }
    try await context.store.write(as: actor, at: context.clock()) { try $0.endPurchases(id, as: .undone, job) }
    return "{}"
  }

  /// What is wrong with the file as a whole ends the job: trying again would find the same.
  private static func readable<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let problem as CSVProblem { throw JobFailed(problem.reason) }
      catch let failure as Workbook.Failure { throw JobFailed(failure.messageKey) }
  }
}
