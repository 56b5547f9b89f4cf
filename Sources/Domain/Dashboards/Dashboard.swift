/// What a dashboard is asked for, as it stands in its URL: a period that ends today, and whose work.

package struct DashboardFilter: Hashable, Sendable {
  package enum Period: String, Hashable, Sendable, CaseIterable {
    case quarter, half, year
    package var weeks: Int {
      switch self {
      case .quarter: 13
      case .half: 26
      case .year: 53
      }
    }
    package var months: Int {
      switch self {
      case .quarter: 3
      case .half: 6
      case .year: 12
      }
    }
  }

  package var period = Period.quarter
  package var team: TeamID?
  package var owner: AccountID?

  package init() {}

  /// What cannot be read in a URL is as if it were not there.
  package init(pairs: [(String, String)]) {
    for (name, value) in pairs {
      switch name {
      case "period": period = Period(rawValue: value) ?? .quarter
      case "team": team = TeamID(value)
      case "owner": owner = AccountID(value)
      default: break
      }
    }
  }

  package var pairs: [(String, String)] {
    var out: [(String, String)] = []
    if period != .quarter { out.append(("period", period.rawValue)) }
    if let team { out.append(("team", team.description)) }
    if let owner { out.append(("owner", owner.description)) }
    return out
  }

  /// Mondays of the weeks shown, the present one last.
  package func weeks(until today: CalendarDate) -> [CalendarDate] {
    let monday = today.adding(days: 1 - today.weekday.rawValue)
    return (0..<period.weeks).reversed().map { monday.adding(days: -7 * $0) }
  }

  /// First days of the months shown, the present one last.
  package func months(until today: CalendarDate) -> [CalendarDate] {
    (0..<period.months).reversed().compactMap { back in
      let month = today.year * 12 + today.month - 1 - back
      return CalendarDate(year: month / 12, month: month % 12 + 1, day: 1)
    }
  }
}

/// How long ago a client was last in touch with us, in steps; the last is never.
package enum ContactAge: Int, Sendable, CaseIterable {
  case week, month, two, quarter, half, longer, never

  /// Days: from, and up to and with; nil where there is no end.
  package var days: (from: Int, until: Int?) {
    switch self {
    case .week: (0, 7)
    case .month: (8, 30)
    case .two: (31, 60)
    case .quarter: (61, 90)
    case .half: (91, 180)
    case .longer: (181, nil)
    case .never: (0, nil)
    }
  }

  /// The same as a filter of the client list: from that day on, and before that day.
  package func range(until today: CalendarDate) -> ClientFilter.LastContact {
    let (from, until) = days
    switch (self, until) {
    case (.never, _): return .never
    case (.week, let until?): return .after(today.adding(days: -until))
    case (_, let until?): return .between(today.adding(days: -until), today.adding(days: 1 - from))
    case (_, nil): return .before(today.adding(days: 1 - from))
    }
  }
}

/// Contacts of a period, by one channel or person: what a number of a dashboard leads to.
package struct ContactListFilter: Hashable, Sendable {
  package var from: CalendarDate
  /// Included.
  package var until: CalendarDate
  package var channel: Channel?
  package var author: AccountID?
  package var team: TeamID?

  package init(from: CalendarDate, until: CalendarDate, channel: Channel? = nil, author: AccountID? = nil, team: TeamID? = nil) {
    (self.from, self.until, self.channel, self.author, self.team) = (from, until, channel, author, team)
  }

  package init?(pairs: [(String, String)]) {
    let values = Dictionary(pairs, uniquingKeysWith: { $1 })
    guard let from = values["from"].flatMap({ CalendarDate($0) }), let until = values["until"].flatMap({ CalendarDate($0) }), from <= until
    else { return nil }
    self.init(
      from: from, until: until, channel: values["channel"].flatMap(Channel.init(rawValue:)), author: values["author"].flatMap { AccountID($0) },
      team: values["team"].flatMap { TeamID($0) })
  }

  package var pairs: [(String, String)] {
    var out = [("from", from.description), ("until", until.description)]
    if let channel { out.append(("channel", channel.rawValue)) }
    if let author { out.append(("author", author.description)) }
    if let team { out.append(("team", team.description)) }
    return out
  }
}
