import Database
package import Domain

/// What waits with an employee now.
package struct DashboardLoad: Sendable, Hashable {
  package var promises = 0
  package var tasks = 0
  package init() {}
}

extension DashboardFilter {
  /// From the first day of the months shown to the last.
  package func monthDays(until today: CalendarDate) -> ClosedRange<CalendarDate>? {
    let months = months(until: today)
    guard let first = months.first, let last = months.last?.adding(months: 1).adding(days: -1), first <= last else { return nil }
    return first...last
  }
}

/// Promises and tasks of a dashboard; the promises' share is as `promiseShare` has it.
extension Session {
  func keptByMonth(_ filter: DashboardFilter, _ today: CalendarDate) throws -> [(month: CalendarDate, share: PromiseShare)] {
    guard actor.may(.viewPromises), let days = filter.monthDays(until: today) else { return [] }
    return try promiseShareByMonth(PromiseScope(owner: filter.owner, team: filter.team), days)
  }

  func keptByOwner(
    _ filter: DashboardFilter, _ today: CalendarDate
  ) throws -> [(id: AccountID, name: String, team: String?, share: PromiseShare)] {
    guard actor.may(.viewPromises), let days = filter.monthDays(until: today) else { return [] }
    return try promiseShareByOwner(PromiseScope(owner: filter.owner, team: filter.team), days)
  }

  /// Open promises of clients this actor sees, and open tasks, by whom they lie with.
  func loads(_ filter: DashboardFilter) throws -> [AccountID: DashboardLoad] {
    let among: SQL = "IN (SELECT a.id FROM account a WHERE a.closed_at IS NULL AND \(colleagues(team: filter.team, owner: filter.owner)))"
    var loads: [AccountID: DashboardLoad] = [:]
    if actor.may(.viewPromises) {
      try connection.each("""
        SELECT pr.owner_id, count(*) FROM promise pr JOIN party p ON p.id = pr.client_id
        WHERE pr.state = 'open' AND pr.owner_id \(among) AND p.deleted_at IS NULL AND \(visible()) GROUP BY pr.owner_id
        """) { row in loads[try row.next(AccountID.self), default: DashboardLoad()].promises = try row.next() }
    }
    if actor.may(.viewTasks) {
      try connection.each("""
        SELECT owner_id, count(*) FROM task WHERE done_at IS NULL AND deleted_at IS NULL AND owner_id \(among) GROUP BY owner_id
        """) { row in loads[try row.next(AccountID.self), default: DashboardLoad()].tasks = try row.next() }
    }
    return loads
  }
}
