import Domain
import Store
import Synchronization

/// "Today 14" in the navigation of every page. Counted at most once for each account while nothing changes: a count holds for a
/// data version and a day, which are also what a page's ETag is made of.
package final class NeedCounts: Sendable {
  private struct Entry { let version: Int64, day: CalendarDate, count: Int }
  private let entries = Mutex<[AccountID: Entry]>([:])
  private static let limit = 10_000
  /// More are not counted in the navigation.
  static let cap = 99

  /// For pages without a snapshot the last one known does.
  func known(_ account: AccountID) -> Int? { entries.withLock { $0[account]?.count } }

  func refresh(_ reader: Reader, on day: CalendarDate) throws {
    let account = reader.actor.id
    let isKnown = entries.withLock { $0[account].map { $0.version == reader.dataVersion && $0.day == day } ?? false }
    guard !isKnown, reader.actor.may(.logContacts) else { return }
    let entry = Entry(version: reader.dataVersion, day: day, count: try reader.needCount())
    entries.withLock {
      if $0.count >= Self.limit { $0.removeAll() }
      $0[account] = entry
    }
  }
}

extension Call {
  var need: Int? { signedIn.flatMap { site.needs.known($0.actor.id) } }
}
