import Synchronization

/// Lets so many in at once; so many may wait, in the order they came; the next is turned away.
final class Turnstile: Sendable {
  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }
  private let state: Mutex<State>
  private let most: Int

  init(places: Int, waiting: Int) {
    state = Mutex(State(free: max(1, places)))
    most = waiting
  }

  /// Nobody else may wait now.
  var isFull: Bool { state.withLock { $0.free == 0 && $0.waiting.count >= most } }

  /// False: too many wait already.
  func enter() async -> Bool {
    enum Way { case free, wait, full }
    let way: Way = state.withLock { state in
      if state.free > 0 {
        state.free -= 1
        return .free
      }
      return state.waiting.count < most ? .wait : .full
    }
    guard way == .wait else { return way == .free }
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        // A place may have become free in between.
        if state.free > 0 {
          state.free -= 1
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
    return true
  }

  func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
