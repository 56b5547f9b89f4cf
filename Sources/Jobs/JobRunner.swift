package import Domain
package import Logging
package import Store

/// What a job's code gets: its payload, whose job it is, and how to say how far it is.
package struct JobContext: Sendable {
  package let store: Store
  package let job: LeasedJob
  /// On whose behalf; nil for the program's own upkeep.
  package let actor: Actor?
  package let clock: @Sendable () -> Instant

  /// Says how far it is and keeps the lease; call it at least every few seconds and between transactions, never inside one.
  /// Throws `JobStopped` when someone cancelled or another worker took over.
  package func progress(_ done: Int, of total: Int) async throws {
    guard try await store.jobs.heartbeat(job, done: done, total: total, at: clock()) else { throw JobStopped() }
  }
}

package struct JobStopped: Error {}

/// A job that cannot succeed by trying again: the text goes to the person who started it.
package struct JobFailed: Error {
  package let reason: String
  package init(_ reason: String) { self.reason = reason }
}

/// One kind of job: its name in the base and its code. The code must be safe to run again after a crash.
package struct JobKind: Sendable {
  package let name: String
  package let run: @Sendable (JobContext) async throws -> String
  package init(_ name: String, run: @escaping @Sendable (JobContext) async throws -> String) {
    self.name = name
    self.run = run
  }
}

/// Takes due jobs one after another. Several runners, in one process or many, share the queue.
package struct JobRunner: Sendable {
  let store: Store
  let kinds: [String: JobKind]
  let clock: @Sendable () -> Instant
  let log: Logger

  package init(store: Store, kinds: [JobKind], clock: @escaping @Sendable () -> Instant, log: Logger) {
    self.store = store
    self.kinds = Dictionary(kinds.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    self.clock = clock
    self.log = log
  }

  /// Until the task is cancelled. An idle queue is looked at every half second.
  package func run() async {
    while !Task.isCancelled {
      do {
        if try await runNext() { continue }
      } catch {
        log.error("job queue", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: .milliseconds(500))
    }
  }

  /// - Returns: false when nothing was due.
  package func runNext() async throws -> Bool {
    guard let job = try await store.jobs.lease(at: clock()) else { return false }
    let end = await outcome(of: job)
    try await store.jobs.finish(job, end, at: clock())
    return true
  }

  private func outcome(of job: LeasedJob) async -> JobEnd {
    guard let kind = kinds[job.kind] else { return .failed("unknown kind of job: \(job.kind)") }
    do {
      let actor: Actor? = if let id = job.accountID { try await store.actor(id) } else { nil }
      let context = JobContext(store: store, job: job, actor: actor, clock: clock)
      return .done(result: try await kind.run(context))
    } catch is JobStopped {
      return .cancelled
    } catch is LeaseLost {
      return .cancelled
    } catch let failure as JobFailed {
      return .failed(failure.reason)
    } catch {
      log.error("job failed", metadata: ["kind": "\(job.kind)", "id": "\(job.id)", "error": "\(error)"])
      if job.attempts >= JobStore.maxAttempts { return .failed("\(error)") }
      // 2, 4, 8, 16 seconds.
      return .retry(at: clock().adding(milliseconds: Instant.second << Int64(min(job.attempts, 6))), "\(error)")
    }
  }
}
