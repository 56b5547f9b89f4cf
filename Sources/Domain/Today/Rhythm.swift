/// How often a client should hear from us, and how far the clock has run. Any contact, in any direction and over any channel,
/// restarts it. Days are of 24 hours, so that a base works out 100,000 clients in one statement.
package struct Rhythm: Hashable, Sendable {
  /// What people may set by hand; 0 means that this client is never waited for.
  package static let range = 1...3650

  package let days: Int
  /// Last contact (or, without one, the making of the record) and `days` after it.
  package let dueAt: Instant

  package init(days: Int, dueAt: Instant) { (self.days, self.dueAt) = (days, dueAt) }

  package enum State: String, Sendable, CaseIterable {
    case fine
    /// The last fifth of the interval, between 1 and 14 days: yellow.
    case soon
    /// From the due moment on: red, and a reason on the page Today.
    case late
  }

  package static func warningDays(_ days: Int) -> Int { min(max(days / 5, 1), 14) }
  package static let longestWarning = 14

  package func state(at now: Instant) -> State {
    if now >= dueAt { return .late }
    return now.adding(milliseconds: Int64(Self.warningDays(days)) * Instant.day) >= dueAt ? .soon : .fine
  }

  package static func due(after contact: Instant, every days: Int) -> Instant {
    contact.adding(milliseconds: Int64(min(max(days, 0), range.upperBound)) * Instant.day)
  }

  /// By hand before tags, the shortest of the tags before the relationship type.
  package static func days(byHand: Int?, tags: [Int], relationship: Int?) -> Int? {
    if let byHand { return byHand == 0 ? nil : byHand }
    return tags.min() ?? relationship
  }
}
