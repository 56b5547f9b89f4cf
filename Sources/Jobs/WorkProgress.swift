import Synchronization

/// How far a long step is, told from inside a snapshot or transaction, where nothing can wait for the queue.
package final class WorkProgress: Sendable {
  private let state = Mutex((done: 0, total: 0, isStopped: false))

  package init() {}

  /// Throws `JobStopped` once someone stopped the job.
  package func report(_ done: Int, of total: Int) throws {
    let isStopped = state.withLock { state in
      (state.done, state.total) = (done, total)
      return state.isStopped
    }
    if isStopped { throw JobStopped() }
  }

  var current: (done: Int, total: Int) { state.withLock { ($0.done, $0.total) } }
  func stop() { state.withLock { $0.isStopped = true } }
}

extension JobContext {
  /// Keeps the lease every few seconds while `work` runs, and stops it when the job is stopped.
  package func keepingLease<T: Sendable>(_ work: @escaping @Sendable (WorkProgress) async throws -> T) async throws -> T {
    let progress = WorkProgress()
    return try await withThrowingTaskGroup(of: T?.self) { group in
      group.addTask { try await work(progress) }
      group.addTask {
        await heartbeat(progress)
        return nil
      }
      while let ended = try await group.next() {
        guard let value = ended else { continue }
        group.cancelAll()
        return value
      }
      throw JobStopped()
    }
  }

  private func heartbeat(_ progress: WorkProgress) async {
    while true {
      do { try await Task.sleep(for: .seconds(2)) } catch { return }
      let (done, total) = progress.current
      do { try await self.progress(done, of: total) } catch {
        if !(error is CancellationError) { progress.stop() }
        return
      }
    }
  }
}
