package import Database
package import Domain

/// The durable queue. A job is leased with a fence that grows with every lease: a worker that lost its lease finds the fence
/// moved on and its result is refused, so that each job has one committed effect.
package struct JobStore: Sendable {
  let store: Store
  /// A worker renews its lease well within this; after it another may take the job.
  package static let lease = 30 * Instant.second
  package static let maxAttempts = 5

  package func lease(at now: Instant) async throws -> LeasedJob? {
    try await store.database.write { connection in
      let due = try connection.first("""
        SELECT id FROM job
        WHERE state IN ('queued','running') AND run_at <= \(now) AND (lease_until IS NULL OR lease_until < \(now))
        ORDER BY run_at, id LIMIT 1 \(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED")
        """) { try $0.next(JobID.self) }
      guard let due else { return nil }
      return try connection.first("""
        UPDATE job SET state = 'running', fence = fence + 1, attempts = attempts + 1,
          lease_until = \(now.adding(milliseconds: Self.lease)), started_at = coalesce(started_at, \(now))
        WHERE id = \(due) RETURNING id, kind, payload, fence, attempts, account_id
        """) { row in
        LeasedJob(
          id: try row.next(), kind: try row.next(), payload: try row.next(), fence: try row.next(), attempts: try row.next(),
          accountID: try row.next())
      }
    }
  }

  /// Keeps the lease and notes progress.
  /// - Returns: false when the job was cancelled or the lease is lost: stop.
  package func heartbeat(_ job: LeasedJob, done: Int, total: Int, at now: Instant) async throws -> Bool {
    try await store.database.write { connection in
      let cancel = try connection.first("""
        UPDATE job SET lease_until = \(now.adding(milliseconds: Self.lease)), done = \(done), total = \(total)
        WHERE id = \(job.id) AND fence = \(job.fence) AND state = 'running' RETURNING cancel
        """) { try $0.next(Bool.self) }
      return cancel == false
    }
  }

  package func finish(_ job: LeasedJob, _ end: JobEnd, at now: Instant) async throws {
    try await store.database.write { connection in
      switch end {
      case .done(let result):
        try connection.run("UPDATE job SET state = 'done', result = \(result), ended_at = \(now), lease_until = NULL WHERE id = \(job.id) AND fence = \(job.fence)")
      case .cancelled:
        try connection.run("UPDATE job SET state = 'cancelled', ended_at = \(now), lease_until = NULL WHERE id = \(job.id) AND fence = \(job.fence)")
      case .failed(let why):
        try connection.run("UPDATE job SET state = 'failed', error = \(why), ended_at = \(now), lease_until = NULL WHERE id = \(job.id) AND fence = \(job.fence)")
      case .retry(let at, let why):
        try connection.run("UPDATE job SET state = 'queued', error = \(why), run_at = \(at), lease_until = NULL WHERE id = \(job.id) AND fence = \(job.fence)")
      }
    }
  }

  package func cancel(_ id: JobID, as actor: Actor, at now: Instant) async throws {
    try await store.write(as: actor, at: now) { tx in
      let changed = try tx.connection.run("""
        UPDATE job SET cancel = \(true), state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END
        WHERE id = \(id) AND account_id = \(tx.actor.id) AND state IN ('queued','running')
        """)
      guard changed > 0 else { throw Refusal.notFound }
      tx.audit(.changed, .job, id.rawValue, detail: "cancel")
    }
  }
}

package struct LeasedJob: Sendable {
  package let id: JobID
  package let kind: String
  package let payload: String
  package let fence: Int64
  package let attempts: Int
  package let accountID: AccountID?
}

package enum JobEnd: Sendable {
  case done(result: String)
  case cancelled
  case failed(String)
  case retry(at: Instant, String)
}

package struct JobStatus: Sendable {
  package let id: JobID
  package let kind: String
  package let state: String
  package let done: Int
  package let total: Int
  package let result: String
  package let error: String?
  package let createdAt: Instant
  package let endedAt: Instant?
}

extension Transaction {
  /// Queued with the change that asks for it: both happen or neither.
  package func enqueue(_ kind: String, payload: some Encodable, runAt: Instant? = nil) throws -> JobID {
    try connection.required("""
      INSERT INTO job (kind, payload, state, run_at, account_id, created_at)
      VALUES (\(kind), \(try JSON.text(payload)), 'queued', \(runAt ?? now), \(actor.id), \(now)) RETURNING id
      """)
  }
}

extension Transaction {
  /// Within a job's own transaction: it commits only while this worker still holds the lease.
  package func hold(_ job: LeasedJob) throws {
    let held = try connection.run("""
      UPDATE job SET lease_until = \(now.adding(milliseconds: JobStore.lease))
      WHERE id = \(job.id) AND fence = \(job.fence) AND state = 'running' AND NOT cancel
      """)
    guard held == 1 else { throw LeaseLost() }
  }
}

package struct LeaseLost: Error { package init() {} }

extension Session {
  /// A job of this actor's.
  package func job(_ id: JobID) throws -> JobStatus? {
    try connection.first("""
      SELECT id, kind, state, done, total, result, error, created_at, ended_at FROM job
      WHERE id = \(id) AND account_id = \(actor.id)
      """) { row in
      JobStatus(
        id: try row.next(), kind: try row.next(), state: try row.next(), done: try row.next(), total: try row.next(),
        result: try row.next(), error: try row.next(), createdAt: try row.next(), endedAt: try row.next())
    }
  }
}

extension Store {
  package var jobs: JobStore { JobStore(store: self) }
}
