package import Domain
import Synchronization

/// Sessions seen lately, by token hash, so that a page costs no extra read. Whatever ends or changes an account or session
/// forgets everything: correctness before cleverness.
package final class SessionCache: Sendable {
  private let isEnabled: Bool
  private let entries = Mutex<[[UInt8]: (signedIn: SignedIn, until: Instant)]>([:])
  private static let limit = 10_000
  private static let lifetime = Instant.minute

  init(isEnabled: Bool) { self.isEnabled = isEnabled }

  func signedIn(_ tokenHash: [UInt8], at now: Instant) -> SignedIn? {
    guard isEnabled else { return nil }
    return entries.withLock { $0[tokenHash].flatMap { $0.until > now ? $0.signedIn : nil } }
  }

  func remember(_ signedIn: SignedIn, _ tokenHash: [UInt8], at now: Instant) {
    guard isEnabled else { return }
    entries.withLock {
      if $0.count >= Self.limit { $0.removeAll() }
      $0[tokenHash] = (signedIn, now.adding(milliseconds: Self.lifetime))
    }
  }

  package func forgetAll() { entries.withLock { $0.removeAll() } }
}
