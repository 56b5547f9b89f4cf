import Dispatch
import Domain

/// Argon2id takes 64 MiB and tens of milliseconds: it runs here, at most two at once, away from event loops and from the
/// cooperative pool.
package final class PasswordWork: Sendable {
  private let queues = [DispatchQueue(label: "password.0"), DispatchQueue(label: "password.1")]
  private let turns = Turns()

  package func hash(_ password: String) async -> String? {
    await run { Password.hash(password) }
  }
  /// Without a hash it works as long and says no: how long an answer takes must not tell which accounts exist.
  func verify(_ password: String, against hash: String?) async -> Bool {
    await run { Password.verify(password, against: hash ?? Password.decoy) && hash != nil }
  }

  private func run<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
    let turn = await turns.next()
    let queue = queues[turn % 2]
    return await withCheckedContinuation { done in queue.async { done.resume(returning: work()) } }
  }
}

private actor Turns {
  private var turn = 0
  func next() -> Int {
    turn = (turn + 1) & 1
    return turn
  }
}
