import Domain
package import Store

/// A handover and its undo: one transaction each, so that a crash leaves nothing half done. Run again after it, they find either
/// everything to do or everything done.
package enum HandoverJobs {
  static func kinds() -> [JobKind] {
    [JobKind(HandoverJobKind.run, run: run), JobKind(HandoverJobKind.undo, run: undo)]
  }

  private static func run(_ context: JobContext) async throws -> String {
    let (actor, id) = try begin(context)
    return try await context.keepingLease { progress in
      let outcome = try await context.store.write(as: actor, at: context.clock()) { tx in
        try tx.carryOutHandover(id, context.job) { try progress.report($0, of: $1) }
      }
      if case .stale = outcome { throw JobFailed("handover.stale") }
      return "{}"
    }
  }

  private static func undo(_ context: JobContext) async throws -> String {
    let (actor, id) = try begin(context)
    return try await context.keepingLease { progress in
      do {
        _ = try await context.store.write(as: actor, at: context.clock()) { tx in
          try tx.carryOutUndo(ofHandover: id, context.job) { try progress.report($0, of: $1) }
        }
      } catch AccountRefusal.closed { throw JobFailed("handover.closed_since") }
      return "{}"
    }
  }

  private static func begin(_ context: JobContext) throws -> (Actor, HandoverID) {
    guard let actor = context.actor else { throw JobFailed("import.error.account") }
    return (actor, try JSON.value(context.job.payload))
  }
}
