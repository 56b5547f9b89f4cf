/// A reason by what it is about, as it stands in addresses: `promise-12`. It stays the same however often the reason is raised anew.
package struct ReasonKey: Hashable, Sendable, Codable {
  package let kind: ReasonKind
  package let subject: Int64
  package init(_ kind: ReasonKind, _ subject: Int64) { (self.kind, self.subject) = (kind, subject) }
}

extension ReasonKey: LosslessStringConvertible {
  package init?(_ description: String) {
    guard let cut = description.lastIndex(of: "-"), let kind = ReasonKind(rawValue: String(description[..<cut])),
      let subject = PartyID(description[description.index(after: cut)...])
    else { return nil }
    self.init(kind, subject.rawValue)
  }
  package var description: String { "\(kind.rawValue)-\(subject)" }
}

/// Until when something is laid aside.
package struct SnoozeDraft: Hashable, Sendable {
  package enum Until: Hashable, Sendable {
    case day(CalendarDate)
    /// Until something comes in from the client; after `answerLimit` days it is shown again all the same.
    case answer
  }
  package let until: Until
  package let why: String
  package init(_ until: Until, why: String = "") { (self.until, self.why) = (until, why) }

  package static let answerLimit = 30
  package static let whyLimit = 500
  /// A year ahead is the latest day that is taken.
  package static let longest = 366

  /// The first moment at which it is shown again.
  package func end(from now: Instant, in zone: Zone) -> Instant {
    switch until {
    case .day(let day): zone.instant(day)
    case .answer: zone.instant(zone.date(now).adding(days: Self.answerLimit))
    }
  }
  package var untilAnswer: Bool { until == .answer }

  /// What the form offers: the next working day, and the Monday that follows.
  package static func tomorrow(_ today: CalendarDate, _ calendar: WorkCalendar) -> CalendarDate {
    calendar.nextWorkingDay(after: today) ?? today.adding(days: 1)
  }
  package static func nextWeek(_ today: CalendarDate, _ calendar: WorkCalendar) -> CalendarDate {
    let monday = today.adding(days: 8 - today.weekday.rawValue)
    return calendar.isWorking(monday) ? monday : tomorrow(monday, calendar)
  }
}
