/// A time zone of the IANA database, by name, with its changes of offset kept in a table so that showing a time costs
/// a search of a few steps and no call into the calendar library.

import FoundationEssentials
import Synchronization

package struct Zone: Sendable {
  package let name: String
  private let rules: ZoneRules

  /// Nil for a name the system's zone database does not know. Names are region/city or `UTC`, never `EST` or `GMT+3`.
  package init?(_ name: String) {
    guard let rules = ZoneRules.named(name) else { return nil }
    (self.name, self.rules) = (name, rules)
  }

  private init(rules: ZoneRules) { (name, self.rules) = ("UTC", rules) }

  package static let utc = Zone(rules: ZoneRules(fixedOffset: 0))

  /// Seconds east of Greenwich at that moment.
  package func offset(at instant: Instant) -> Int { rules.offset(at: instant.seconds) }

  package func local(_ instant: Instant) -> LocalDateTime {
    let seconds = instant.seconds
    let (local, overflow) = seconds.addingReportingOverflow(Int64(rules.offset(at: seconds)))
    return LocalDateTime(secondsSince1970: overflow ? seconds : local)
  }

  package func date(_ instant: Instant) -> CalendarDate { local(instant).date }

  /// One change of the clocks: when, and the offsets before and after in seconds.
  package struct Change: Hashable, Sendable {
    package let at: Instant
    package let before: Int
    package let after: Int
  }

  /// Changes between two moments, in order; of the years 1970 to 2069.
  package func changes(from start: Instant, to end: Instant) -> [Change] {
    rules.changes(from: start.seconds, to: end.seconds)
  }

  /// The moment a clock there shows this. A time that the clocks skip is read by the offset before the change (02:30 becomes
  /// 03:30); of a time that comes twice the first is meant.
  package func instant(_ local: LocalDateTime) -> Instant {
    let seconds = local.secondsSince1970
    let before = Int64(rules.offset(at: seconds - 86_400))
    let after = Int64(rules.offset(at: seconds + 86_400))
    let unchanged = Int64(rules.offset(at: seconds - before)) == before
    let changed = Int64(rules.offset(at: seconds - after)) == after
    let offset = unchanged || !changed ? before : after
    return Instant(milliseconds: (seconds - offset) * 1000)
  }

  package func instant(_ date: CalendarDate, _ time: LocalTime = .midnight) -> Instant {
    instant(LocalDateTime(date: date, time: time))
  }

  /// Where only a day is known: the hour that is least wrong.
  package func noon(_ date: CalendarDate) -> Instant { instant(date, LocalTime(hour: 12, minute: 0) ?? .midnight) }
}

extension Instant {
  /// The day it is there.
  package func date(in zone: Zone) -> CalendarDate { zone.date(self) }
}

extension Zone: Hashable, CodedAsText {
  package static func == (a: Self, b: Self) -> Bool { a.name == b.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
  package var description: String { name }
}

/// One zone's offsets from 1970 to 2069, found by probing once; other years ask the calendar library each time.
private final class ZoneRules: Sendable {
  private let starts: [Int64]
  private let offsets: [Int]
  private let zone: TimeZone?

  private static let known = Mutex<[String: ZoneRules]>([:])
  private static let tableStart: Int64 = 0
  private static let tableEnd: Int64 = 3_155_760_000

  init(fixedOffset: Int) { (starts, offsets, zone) = ([], [fixedOffset], nil) }

  private init(_ zone: TimeZone) {
    func offset(_ second: Int64) -> Int { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))) }
    var (starts, offsets): ([Int64], [Int]) = ([], [offset(ZoneRules.tableStart)])
    // No zone has changed twice within twelve days since 1970 (Morocco's Ramadan pause is a month long).
    let step: Int64 = 12 * 86_400
    var (from, current) = (ZoneRules.tableStart, offset(ZoneRules.tableStart))
    while from < ZoneRules.tableEnd {
      var (low, high) = (from, from + step)
      let next = offset(high)
      if next != current {
        while high - low > 1 {
          let middle = (low + high) / 2
          if offset(middle) == current { low = middle } else { high = middle }
        }
        starts.append(high)
        offsets.append(next)
        current = next
      }
      from += step
    }
    (self.starts, self.offsets, self.zone) = (starts, offsets, zone)
  }

  func changes(from start: Int64, to end: Int64) -> [Zone.Change] {
    zip(starts, zip(offsets, offsets.dropFirst())).filter { start < $0.0 && $0.0 < end }.map { at, offsets in
      Zone.Change(at: Instant(milliseconds: at * 1000), before: offsets.0, after: offsets.1)
    }
  }

  static func named(_ name: String) -> ZoneRules? {
    if let rules = known.withLock({ $0[name] }) { return rules }
    guard name == "UTC" || (name.contains("/") && name.utf8.count <= 64), let zone = TimeZone(identifier: name)
    else { return nil }
    let rules = ZoneRules(zone)
    known.withLock { $0[name] = rules }
    return rules
  }

  func offset(at second: Int64) -> Int {
    if let zone, second < ZoneRules.tableStart || second >= ZoneRules.tableEnd {
      return zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
    }
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return offsets[low]
  }
}
