/// How long a log-in must wait after failures: nothing for the first half of the limit, then 1, 2, 4, … seconds, and from
/// the limit on until the oldest failure is fifteen minutes old.

package enum LoginThrottle {
  package static let window = 15 * Instant.minute

  /// - Parameters:
  ///   - failures: moments of failures, in any order; those outside the window do not count.
  ///   - limit: failures within the window that are let pass.
  /// - Returns: milliseconds to wait from `now`; 0 when the attempt may go on.
  package static func wait(after failures: [Instant], limit: Int, at now: Instant) -> Int64 {
    let start = now.adding(milliseconds: -window)
    let recent = failures.filter { $0 > start }.sorted()
    guard let last = recent.last else { return 0 }
    let limit = max(limit, 1)
    if recent.count >= limit { return start.milliseconds(to: recent[recent.count - limit]) }
    let late = recent.count - max(limit / 2, 1)
    guard late >= 0 else { return 0 }
    return max(0, now.milliseconds(to: last.adding(milliseconds: Instant.second << Int64(min(late, 10)))))
  }
}
