import CPostgres
import Dispatch
import Foundation
import Synchronization

/// Watches one worker's present call from outside, because a thread inside libpq cannot watch itself.
///
/// Past the deadline the statement is cancelled; later the socket is shut, which wakes libpq with an error; at the last the
/// caller is answered and the worker given up. A COMMIT is never cancelled: the server would answer success to a commit
/// that its standby may not have. Its socket is shut at once, and the outcome is unknown.
final class PostgresWatch: Sendable {
  private struct State {
    var deadline: ContinuousClock.Instant?
    var limit: Duration = .zero
    var stage = 0
    var committing = false
    var inDoubt = false
    var socket: Int32 = -1
    var cancel: PostgresCancel?
    var giveUp: (@Sendable (DatabaseError) -> Void)?
    var abandoned = false
  }
  private let state = Mutex(State())

  static let grace = Duration.seconds(3)

  func begin(limit: Duration, giveUp: @escaping @Sendable (DatabaseError) -> Void) {
    state.withLock {
      $0.deadline = .now + limit
      $0.limit = limit
      $0.stage = 0
      $0.committing = false
      $0.inDoubt = false
      $0.giveUp = giveUp
    }
  }

  /// False when the connection must not be used again.
  func end() -> Bool {
    state.withLock {
      $0.deadline = nil
      $0.giveUp = nil
      return $0.stage == 0
    }
  }

  func attach(socket: Int32, cancel: PostgresCancel?) {
    state.withLock {
      $0.socket = socket
      $0.cancel = cancel
    }
  }
  func detach() { attach(socket: -1, cancel: nil) }
  func committing() { state.withLock { $0.committing = true } }

  var commitInDoubt: Bool { state.withLock { $0.inDoubt } }
  var isAbandoned: Bool { state.withLock { $0.abandoned } }
  /// Why the call was stopped, when it was.
  var expired: String? { state.withLock { $0.stage > 0 ? Self.words($0.limit) : nil } }

  private static func words(_ limit: Duration) -> String { "no answer within \(limit.components.seconds) s" }

  func check(now: ContinuousClock.Instant = .now) {
    let act: (@Sendable () -> Void)? = state.withLock { state in
      guard let deadline = state.deadline, now >= deadline + Self.grace * state.stage else { return nil }
      state.stage += 1
      switch (state.stage, state.committing) {
      case (1, false):
        guard let cancel = state.cancel else { return nil }
        // It opens a connection of its own and may hang like any other.
        return { DispatchQueue.global().async { cancel.send() } }
      case (1, true), (2, _):
        if state.socket >= 0 { shutdown(state.socket, Int32(SHUT_RDWR)) }
        return nil
      case (3, let committing):
        state.abandoned = true
        state.deadline = nil
        let giveUp = state.giveUp
        let error: DatabaseError = committing ? .unknownOutcome : .unavailable(Self.words(state.limit))
        return { giveUp?(error) }
      default: return nil
      }
    }
    act?()
  }

  /// libpq's notice receiver. During COMMIT the server warns when it gives up waiting for its synchronous standby and
  /// then reports success all the same.
  static func notice(_ context: UnsafeMutableRawPointer?, _ result: OpaquePointer?) {
    guard let context else { return }
    let watch = Unmanaged<PostgresWatch>.fromOpaque(context).takeUnretainedValue()
    watch.state.withLock { if $0.committing { $0.inDoubt = true } }
  }
}

/// libpq's cancel key, which may be used from any thread.
final class PostgresCancel: @unchecked Sendable {
  // Never changed after init, and PQcancel is documented as thread-safe.
  private let key: OpaquePointer

  init?(_ handle: OpaquePointer) {
    guard let key = PQgetCancel(handle) else { return nil }
    self.key = key
  }
  deinit { PQfreeCancel(key) }

  func send() {
    var reason = [CChar](repeating: 0, count: 256)
    PQcancel(key, &reason, Int32(reason.count))
  }
}
