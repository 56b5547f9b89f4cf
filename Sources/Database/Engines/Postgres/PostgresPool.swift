import Dispatch
import Foundation
import Synchronization

/// A fixed number of workers. Whoever finds none free waits in order of arrival, and not for ever.
final class PostgresPool: Sendable {
  private struct Waiter {
    let id: UInt64
    let since: ContinuousClock.Instant
    let continuation: CheckedContinuation<PostgresWorker, any Error>
  }
  private struct State {
    var all: [PostgresWorker] = []
    // The last returned is taken first: its statements are warm, and spare connections stay unopened.
    var idle: [PostgresWorker] = []
    var waiters: [Waiter] = []
    var number: UInt64 = 0
    var closed = false
  }
  private let state: Mutex<State>
  private let options: PostgresOptions
  private let patience: Duration
  // Dispatch sources may be used from any thread; the protocol does not say so.
  nonisolated(unsafe) private let watchdog: any DispatchSourceTimer

  init(_ options: PostgresOptions, connections: Int, patience: Duration) {
    self.options = options
    self.patience = patience
    let workers = (0..<max(1, connections)).map { PostgresWorker(options, number: $0) }
    state = Mutex(State(all: workers, idle: workers.reversed()))
    watchdog = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "dossier.postgres.watchdog"))
    watchdog.schedule(deadline: .now() + 0.5, repeating: 0.5, leeway: .milliseconds(200))
    watchdog.setEventHandler { [weak self] in self?.check() }
    watchdog.resume()
  }

  deinit { watchdog.cancel() }

  func use<T: Sendable>(_ body: @Sendable (PostgresWorker) async throws -> T) async throws -> T {
    let worker = try await acquire()
    defer { release(worker) }
    return try await body(worker)
  }

  private func acquire() async throws -> PostgresWorker {
    let id = state.withLock { state in
      state.number &+= 1
      return state.number
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<PostgresWorker, any Error>? = state.withLock { state in
          if state.closed { return .failure(DatabaseError.unavailable("it was closed")) }
          if Task.isCancelled { return .failure(CancellationError()) }
          if let worker = state.idle.popLast() { return .success(worker) }
          state.waiters.append(Waiter(id: id, since: .now, continuation: continuation))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      dismiss(CancellationError()) { $0.id == id }
    }
  }

  private func release(_ worker: PostgresWorker) {
    let next: (Waiter, PostgresWorker)? = state.withLock { state in
      var worker = worker
      if worker.watch.isAbandoned {
        // Its thread hangs; another takes its place.
        state.number &+= 1
        let fresh = PostgresWorker(options, number: Int(clamping: state.number))
        state.all.removeAll { $0 === worker }
        state.all.append(fresh)
        worker = fresh
      }
      if state.waiters.isEmpty {
        state.idle.append(worker)
        return nil
      }
      return (state.waiters.removeFirst(), worker)
    }
    if let (waiter, worker) = next { waiter.continuation.resume(returning: worker) }
  }

  private func dismiss(_ error: any Error, where leaves: (Waiter) -> Bool) {
    let leaving = state.withLock { state in
      let leaving = state.waiters.filter(leaves)
      state.waiters.removeAll(where: leaves)
      return leaving
    }
    for waiter in leaving { waiter.continuation.resume(throwing: error) }
  }

  private func check() {
    let now = ContinuousClock.now
    for worker in state.withLock({ $0.all }) { worker.watch.check(now: now) }
    dismiss(DatabaseError.unavailable("all connections are busy")) { now - $0.since > patience }
  }

  func close() async {
    let workers = state.withLock { state in
      state.closed = true
      return state.all
    }
    dismiss(DatabaseError.unavailable("it was closed")) { _ in true }
    for worker in workers { await worker.close() }
    watchdog.cancel()
  }
}
