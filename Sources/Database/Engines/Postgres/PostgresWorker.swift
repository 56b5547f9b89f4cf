import Dispatch
import Synchronization

/// A connection and the one serial queue it lives on.
///
/// A queue of its own rather than a shared thread pool: waiting threads of a pool depend on condition variables, which in
/// glibc before 2.41 can lose a wake-up (glibc bug 25847).
final class PostgresWorker: @unchecked Sendable {
  let watch = PostgresWatch()
  private let queue: DispatchQueue
  private let options: PostgresOptions
  // Touched only on `queue`; that is what makes the class safe to share.
  private var session: PostgresSession?

  init(_ options: PostgresOptions, number: Int) {
    self.options = options
    queue = DispatchQueue(label: "dossier.postgres.\(number)")
  }

  /// Runs `work` on the connection, opening it when there is none. The caller is answered exactly once, by the work or,
  /// when the thread is stuck, by the watch.
  func perform<T: Sendable>(
    within limit: Duration, _ work: @escaping @Sendable (PostgresSession) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let answer = OneAnswer(continuation)
      watch.begin(limit: limit) { answer.give(.failure($0)) }
      queue.async {
        let result = Result { try work(try self.connected()) }
        if !self.watch.end() || self.session?.broken == true { self.session = nil }
        answer.give(result)
      }
    }
  }

  private func connected() throws -> PostgresSession {
    if let session { return session }
    let opened = try PostgresSession.open(options, watch: watch)
    session = opened
    return opened
  }

  func close() async {
    if watch.isAbandoned { return }
    await withCheckedContinuation { continuation in
      queue.async {
        self.session = nil
        continuation.resume()
      }
    }
  }
}

private final class OneAnswer<T: Sendable>: Sendable {
  private let continuation: Mutex<CheckedContinuation<T, any Error>?>
  init(_ continuation: CheckedContinuation<T, any Error>) { self.continuation = Mutex(continuation) }

  func give(_ result: Result<T, any Error>) {
    let waiting = continuation.withLock { held in
      defer { held = nil }
      return held
    }
    waiting?.resume(with: result)
  }
}
