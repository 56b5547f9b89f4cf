import Database
package import Domain

/// What a person's calendar shows: open promises one keeps or sees to, own open tasks with a date, and the days that come
/// every year of one's clients and of the people there.
package struct CalendarContents: Sendable {
  /// Of both sides.
  package let promises: [StoredPromise]
  /// With their checklists.
  package let tasks: [StoredTask]
  package let birthdays: [YearlyDay]
  /// From facts.
  package let dates: [YearlyDay]
}

package struct YearlyDay: Sendable, Hashable {
  /// The party's, or the fact's.
  package let id: Int64
  package let party: PartyID
  package let isClient: Bool
  package let name: String
  /// Where the person works, if not the client itself.
  package let client: String?
  package let date: PartialDate
  package let text: String
  /// The last day that it is known to hold.
  package let endsOn: CalendarDate?
  package let changedAt: Instant
}

extension Session {
  package func calendarContents() throws -> CalendarContents {
    try require(.viewTasks)
    return CalendarContents(promises: try openPromises(), tasks: try datedTasks(), birthdays: try birthdays(), dates: try yearlyFacts())
  }

  private static var limit: Int { 5000 }

  private func openPromises() throws -> [StoredPromise] {
    guard actor.may(.viewPromises) else { return [] }
    return try connection.rows("""
      SELECT \(StoredPromise.columns) FROM \(StoredPromise.tables)
      WHERE pr.owner_id = \(actor.id) AND pr.state = 'open' AND p.deleted_at IS NULL AND \(visible())
      ORDER BY pr.due_at, pr.id LIMIT \(Self.limit)
      """, StoredPromise.init(row:))
  }

  private func datedTasks() throws -> [StoredTask] {
    let condition: SQL = "t.owner_id = \(actor.id) AND t.done_at IS NULL AND t.deleted_at IS NULL AND t.due_at < \(TaskDue.never)"
    var tasks = try connection.rows(
      "\(StoredTask.select(visible())) WHERE \(condition) ORDER BY t.due_at, t.id LIMIT \(Self.limit)", StoredTask.init(row:))
    var steps: [TaskID: [TaskStep]] = [:]
    try connection.each("""
      SELECT s.task_id, s.id, s.text, s.done FROM task t JOIN task_step s ON s.task_id = t.id WHERE \(condition) ORDER BY s.task_id, s.position, s.id
      """) { row in
      let task = try row.next(TaskID.self)
      steps[task, default: []].append(TaskStep(id: try row.next(), text: try row.next(), isDone: try row.next()))
    }
    for index in tasks.indices { tasks[index].steps = steps[tasks[index].id] ?? [] }
    return tasks
  }

  private func birthdays() throws -> [YearlyDay] {
    try days("""
      SELECT p.id, p.id, p.is_client, p.name, c.name, p.birth_date, '', CAST(NULL AS text), p.changed_at \(ownPeople()) AND p.birth_date IS NOT NULL
      """)
  }

  private func yearlyFacts() throws -> [YearlyDay] {
    return try days("""
      SELECT f.id, p.id, p.is_client, p.name, c.name, f.date, f.text, f.ends_on, f.recorded_at
      \(ownPeople(joining: "JOIN fact f ON f.party_id = p.id")) AND f.kind = 'date' AND f.date IS NOT NULL AND f.ended_at IS NULL
        AND (f.ends_on IS NULL OR f.ends_on >= \(today))
      """)
  }

  /// One's clients and the people who are at one of them today.
  private func ownPeople(joining join: SQL = "") -> SQL {
    """
    FROM (
      SELECT id AS party_id, CAST(NULL AS bigint) AS client_id FROM party
      WHERE owner_id = \(actor.id) AND archived_at IS NULL AND deleted_at IS NULL
      UNION ALL
      SELECT t.person_id, t.company_id FROM tie t JOIN party o ON o.id = t.company_id
      WHERE o.owner_id = \(actor.id) AND o.archived_at IS NULL AND o.deleted_at IS NULL AND t.until_date IS NULL
    ) own JOIN party p ON p.id = own.party_id LEFT JOIN party c ON c.id = own.client_id \(join)
    WHERE p.deleted_at IS NULL AND p.archived_at IS NULL
    """
  }

  /// Someone who is at two of one's clients has one birthday.
  private func days(_ query: SQL) throws -> [YearlyDay] {
    var seen: Set<Int64> = []
    return try connection.rows("\(query) ORDER BY 1, 5 LIMIT \(Self.limit)") { row in
      YearlyDay(
        id: try row.next(), party: try row.next(), isClient: try row.next(), name: try row.next(), client: try row.next(),
        date: try row.next(), text: try row.next(), endsOn: try row.next(), changedAt: try row.next())
    }.filter { seen.insert($0.id).inserted }
  }
}
