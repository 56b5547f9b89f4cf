/// The five sections of a value dossier (D8), in their order, and the few words an entry is sorted by.

package enum DossierSection: String, CaseIterable, Codable, Hashable, Sendable {
  /// The company, its managers over time, projects with price and period. Computed, never written.
  case company
  /// What it cost us: costs, discounts, free consultations and other free work.
  case cost
  /// What the client gained: support after a project, savings, profit.
  case benefit
  /// Signs of our loyalty: postponed or changed without a higher price, an urgent start, a small order taken.
  case loyalty
  /// Special conditions, told as a short story.
  case special

  /// Those that people write entries in.
  package static let written: [DossierSection] = [.cost, .benefit, .loyalty, .special]

  package var number: Int {
    switch self {
    case .company: 1
    case .cost: 2
    case .benefit: 3
    case .loyalty: 4
    case .special: 5
    }
  }

  package var isWritten: Bool { self != .company }
  /// What came from us; the benefit is what came of it.
  package var isGiven: Bool { self == .cost || self == .loyalty || self == .special }
}

/// How an amount became known.
package enum AmountBasis: String, CaseIterable, Codable, Hashable, Sendable { case measured, agreed, estimated }

/// Who may read an entry.
package enum DossierAudience: String, CaseIterable, Codable, Hashable, Sendable {
  case inner = "internal"
  /// The client too.
  case client
}

/// What part of the years a dossier shows.
package enum DossierPeriod: Hashable, Sendable {
  case all
  case year(Int)
  /// Both days are included.
  case days(CalendarDate, CalendarDate)

  package var first: CalendarDate? {
    switch self {
    case .all: nil
    case .year(let year): CalendarDate(year: year, month: 1, day: 1)
    case .days(let first, _): first
    }
  }
  package var last: CalendarDate? {
    switch self {
    case .all: nil
    case .year(let year): CalendarDate(year: year, month: 12, day: 31)
    case .days(_, let last): last
    }
  }

  package func contains(_ date: CalendarDate) -> Bool { first.map { $0 <= date } ?? true && last.map { date <= $0 } ?? true }
  /// Whether something that lasted so falls into it with a day at least; an open end lasts on.
  package func overlaps(_ from: CalendarDate?, _ until: CalendarDate?) -> Bool {
    if let last, let from, from > last { return false }
    if let first, let until, until < first { return false }
    return true
  }
}

extension DossierPeriod: LosslessStringConvertible {
  /// `2026`, `2026-01-01..2026-06-30`, or nothing for all.
  package init?(_ text: String) {
    if text.isEmpty || text == "all" {
      self = .all
    } else if text.utf8.count == 4, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let year = Int(text), 1...9999 ~= year {
      self = .year(year)
    } else {
      let parts = text.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let first = CalendarDate(parts[0]), let last = CalendarDate(parts[1]), first <= last else { return nil }
      self = .days(first, last)
    }
  }

  package var description: String {
    switch self {
    case .all: "all"
    case .year(let year): CalendarDate(year: year, month: 1, day: 1).map { String($0.description.prefix(4)) } ?? "all"
    case .days(let first, let last): "\(first)..\(last)"
    }
  }
}
