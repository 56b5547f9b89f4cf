package import Domain
import Synchronization

/// Sessions seen lately, by token hash, so that a page costs no extra read. Whatever ends or changes an account or session
/// forgets everything: correctness before cleverness.
package final class SessionCache: Sendable {
  private let isEnabled: Bool
  /// Grows when somebody's access has ended outside of a request, by a job.
  private let accessVersion: @Sendable () -> Int
  private let entries = Mutex<[[UInt8]: (signedIn: SignedIn, until: Instant, version: Int)]>([:])
  private static let limit = 10_000
  private static let lifetime = Instant.minute

  init(isEnabled: Bool, accessVersion: @escaping @Sendable () -> Int) { (self.isEnabled, self.accessVersion) = (isEnabled, accessVersion) }

  func signedIn(_ tokenHash: [UInt8], at now: Instant) -> SignedIn? {
    guard isEnabled else { return nil }
    let version = accessVersion()
    return entries.withLock { $0[tokenHash].flatMap { $0.until > now && $0.version == version ? $0.signedIn : nil } }
  }

  func remember(_ signedIn: SignedIn, _ tokenHash: [UInt8], at now: Instant) {
    guard isEnabled else { return }
    let version = accessVersion()
    entries.withLock {
      if $0.count >= Self.limit { $0.removeAll() }
      $0[tokenHash] = (signedIn, now.adding(milliseconds: Self.lifetime), version)
    }
  }

  package func forgetAll() { entries.withLock { $0.removeAll() } }
}
