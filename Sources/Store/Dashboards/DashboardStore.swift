import Database
package import Domain

/// The figures of a dashboard, each of one or two indexed reads; nothing is kept beside what it is counted from, so nothing can
/// disagree with it. Whose work is shown is the actor's scope: one's own, the team's, everybody's.
package struct Dashboard: Sendable {
  package struct Person: Sendable, Hashable {
    package let id: AccountID
    package let name: String
    package let team: TeamID?
  }

  /// Colleagues whose work this actor sees, as the filter has them.
  package let people: [Person]
  package let teams: [(id: TeamID, name: String)]
  /// One for each week of the filter.
  package let contacts: [[Channel: Int]]
  package let contactsBy: [AccountID: Int]
  /// Clients by owner (nil: nobody's) and by how long ago they were last in touch.
  package let ages: [AccountID?: [ContactAge: Int]]
  /// Our promises kept on time, by month and by employee; empty for those who see no promises.
  package let kept: [(month: CalendarDate, share: PromiseShare)]
  package let keptBy: [(id: AccountID, name: String, team: String?, share: PromiseShare)]
  package let loads: [AccountID: DashboardLoad]
}

extension Session {
  package func dashboard(_ filter: DashboardFilter) throws -> Dashboard {
    try require(.viewClients)
    let zone = zone
    let weeks = filter.weeks(until: zone.date(now))
    return Dashboard(
      people: try dashboardPeople(filter), teams: try dashboardTeams(), contacts: try contactsByWeek(filter, weeks, zone),
      contactsBy: try contactsByAuthor(filter, weeks, zone), ages: try clientsByAge(filter, zone.date(now), zone),
      kept: try keptByMonth(filter, zone.date(now)), keptBy: try keptByOwner(filter, zone.date(now)), loads: try loads(filter))
  }

  /// The accounts whose work this actor may see; `a` is the account.
  func colleagues(team: TeamID?, owner: AccountID?) -> SQL {
    var sql: SQL =
      switch actor.scope {
      case .all: "1 = 1"
      case .team: actor.teamID.map { "a.team_id = \($0)" } ?? "a.id = \(actor.id)"
      case .own: "a.id = \(actor.id)"
      }
    if let team { sql += " AND a.team_id = \(team)" }
    if let owner { sql += " AND a.id = \(owner)" }
    return sql
  }

  private func dashboardPeople(_ filter: DashboardFilter) throws -> [Dashboard.Person] {
    try connection.rows("""
      SELECT a.id, a.name, a.team_id FROM account a
      WHERE a.closed_at IS NULL AND a.role <> 'readonly' AND \(colleagues(team: filter.team, owner: filter.owner)) ORDER BY a.name, a.id LIMIT \(Self.choiceLimit)
      """) { Dashboard.Person(id: try $0.next(), name: try $0.next(), team: try $0.next()) }
  }

  private func dashboardTeams() throws -> [(id: TeamID, name: String)] {
    guard actor.scope == .all else { return [] }
    return try connection.rows("SELECT id, name FROM team ORDER BY name LIMIT \(Self.choiceLimit)") { (id: try $0.next(), name: try $0.next()) }
  }
}

/// Contacts, counted along `history_contacts` alone. Whoever sees everything also counts those of nobody in particular.
extension Session {
  func authors(_ filter: DashboardFilter) -> SQL {
    if actor.scope == .all, filter.team == nil, filter.owner == nil { return "" }
    return " AND h.author_id IN (SELECT a.id FROM account a WHERE \(colleagues(team: filter.team, owner: filter.owner)))"
  }

  /// Corrected and withdrawn entries do not count: asking of each is quicker than counting those by themselves.
  private static var isContact: SQL {
    """
    h.kind = 'contact' AND h.erased_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM history_mark m WHERE m.history_id = h.id AND m.superseded_by IS NOT NULL)
    """
  }

  private func contactsByWeek(_ filter: DashboardFilter, _ weeks: [CalendarDate], _ zone: Zone) throws -> [[Channel: Int]] {
    var counts = Array(repeating: [Channel: Int](), count: weeks.count)
    let bounds = weeks.enumerated().map { index, monday -> SQL in
      "SELECT \(index) AS n, \(zone.instant(monday)) AS f, \(zone.instant(monday.adding(days: 7))) AS u"
    }.joined(separator: " UNION ALL ")
    try connection.each("""
      SELECT w.n, h.channel, count(*) FROM (\(bounds)) w JOIN history h ON h.occurred_at >= w.f AND h.occurred_at < w.u
      WHERE \(Self.isContact)\(authors(filter)) GROUP BY w.n, h.channel
      """) { row in
      let week = try row.next(Int.self)
      guard let channel = Channel(rawValue: try row.next(String?.self) ?? ""), counts.indices.contains(week) else { return }
      counts[week][channel] = try row.next(Int.self)
    }
    return counts
  }

  private func contactsByAuthor(_ filter: DashboardFilter, _ weeks: [CalendarDate], _ zone: Zone) throws -> [AccountID: Int] {
    guard let first = weeks.first else { return [:] }
    var counts: [AccountID: Int] = [:]
    try connection.each("""
      SELECT h.author_id, count(*) FROM history h
      WHERE h.occurred_at >= \(zone.instant(first)) AND \(Self.isContact) AND h.author_id IS NOT NULL\(authors(filter)) GROUP BY h.author_id
      """) { row in counts[try row.next(AccountID.self)] = try row.next(Int.self) }
    return counts
  }
}

/// Clients by age of the last contact.
extension Session {
  /// One walk along the owners' index, which has all that is asked.
  private func clientsByAge(_ filter: DashboardFilter, _ today: CalendarDate, _ zone: Zone) throws -> [AccountID?: [ContactAge: Int]] {
    var steps: [SQL] = []
    for age in ContactAge.allCases where age != .never {
      guard let until = age.days.until else { continue }
      steps.append("WHEN p.last_contact_at >= \(zone.instant(today.adding(days: -until))) THEN \(age.rawValue)")
    }
    var narrowing = visibleClients()
    if let team = filter.team { narrowing += " AND p.team_id = \(team)" }
    if let owner = filter.owner { narrowing += " AND p.owner_id = \(owner)" }
    var ages: [AccountID?: [ContactAge: Int]] = [:]
    try connection.each("""
      SELECT owner_id, age, count(*) FROM (SELECT p.owner_id, CASE WHEN p.last_contact_at = 0 THEN \(ContactAge.never.rawValue)
        \(steps.joined(separator: " ")) ELSE \(ContactAge.longer.rawValue) END AS age
        FROM party p WHERE p.is_client AND p.archived_at IS NULL AND p.deleted_at IS NULL\(narrowing)) clients GROUP BY owner_id, age
      """) { row in
      let owner = try row.next(AccountID?.self)
      guard let age = ContactAge(rawValue: try row.next(Int.self)) else { return }
      ages[owner, default: [:]][age] = try row.next(Int.self)
    }
    return ages
  }
}
