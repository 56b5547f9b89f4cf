package import Database
package import Domain

extension Session {
  /// Tasks `t` this actor may see: one's own and those one gave away; the team's, or all; and those of a client one may see.
  func visibleTasks() -> SQL {
    switch actor.scope {
    case .all: return "(1 = 1)"
    case .team:
      let team: SQL = actor.teamID.map { "t.team_id = \($0) OR " } ?? ""
      return "(\(team)t.owner_id = \(actor.id) OR t.created_by = \(actor.id) OR p.id IS NOT NULL)"
    case .own: return "(t.owner_id = \(actor.id) OR t.created_by = \(actor.id) OR p.id IS NOT NULL)"
    }
  }

  /// With its checklist. A deleted task is not there.
  package func task(_ id: TaskID) throws -> StoredTask {
    try require(.viewTasks)
    let found = try connection.first(
      "\(StoredTask.select(visible())) WHERE t.id = \(id) AND t.deleted_at IS NULL AND \(visibleTasks())", StoredTask.init(row:))
    guard var task = found else { throw Refusal.notFound }
    task.steps = try steps(of: id)
    return task
  }

  func steps(of id: TaskID) throws -> [TaskStep] {
    try connection.rows("SELECT id, text, done FROM task_step WHERE task_id = \(id) ORDER BY position, id") {
      TaskStep(id: try $0.next(), text: try $0.next(), isDone: try $0.next())
    }
  }

  /// The open ones of a client, most pressing first.
  package func openTasks(of client: ClientID, limit: Int) throws -> [StoredTask] {
    guard actor.may(.viewTasks) else { return [] }
    return try connection.rows("""
      \(StoredTask.select(visible()))
      WHERE t.client_id = \(client) AND t.done_at IS NULL AND t.deleted_at IS NULL AND p.id IS NOT NULL
      ORDER BY t.due_at, t.id LIMIT \(limit)
      """, StoredTask.init(row:))
  }

  /// Earlier ones of the same series that are done, newest first.
  package func doneBefore(_ task: StoredTask, limit: Int) throws -> [StoredTask] {
    guard let series = task.seriesID else { return [] }
    return try connection.rows("""
      \(StoredTask.select(visible())) WHERE t.series_id = \(series) AND t.id <> \(task.id) AND t.done_at IS NOT NULL
        AND t.deleted_at IS NULL ORDER BY t.id DESC LIMIT \(limit)
      """, StoredTask.init(row:))
  }

  /// Whom a task can be given to: everyone who works with tasks and can log in.
  package func taskOwners() throws -> [AccountName] {
    try connection.rows("""
      SELECT id, name, closed_at FROM account WHERE closed_at IS NULL AND role <> 'readonly' ORDER BY name, id LIMIT 1000
      """) { AccountName(id: try $0.next(), name: try $0.next(), isClosed: try $0.next(Instant?.self) != nil) }
  }
}

/// A page of tasks.
package struct TaskListPage: Sendable {
  package let tasks: [StoredTask]
  package let next: ListCursor?
}

extension Session {
  /// Open ones by what is due first, done ones by what was done last: one indexed read.
  package func tasks(_ filter: TaskFilter, after cursor: ListCursor? = nil, limit: Int = 50) throws -> TaskListPage {
    try require(.viewTasks)
    var tasks = try connection.rows(taskQuery(filter, after: cursor, limit: limit), StoredTask.init(row:))
    let hasMore = tasks.count > limit
    if hasMore { tasks.removeLast() }
    let next = tasks.last.map { task in
      ListCursor(.number((task.doneAt ?? task.due?.moment ?? TaskDue.never).milliseconds), id: task.id.rawValue)
    }
    return TaskListPage(tasks: tasks, next: hasMore ? next : nil)
  }

  /// A test looks at its plan.
  package func taskQuery(_ filter: TaskFilter, after cursor: ListCursor?, limit: Int) -> SQL {
    let isDone = filter.state == .done
    let order: SQL = isDone ? "t.done_at DESC, t.id DESC" : "t.due_at, t.id"
    var place: SQL = ""
    if case .number(let number)? = cursor?.key, let id = cursor?.id {
      place = isDone ? " AND (t.done_at, t.id) < (\(number), \(id))" : " AND (t.due_at, t.id) > (\(number), \(id))"
    }
    return "\(StoredTask.select(visible())) WHERE \(condition(filter))\(place) ORDER BY \(order) LIMIT \(limit + 1)"
  }

  /// Counted to the cap.
  package func taskCount(_ filter: TaskFilter, cap: Int = 1000) throws -> Int {
    try require(.viewTasks)
    return try connection.required("SELECT count(*) FROM (SELECT 1 FROM task t WHERE \(condition(filter)) LIMIT \(cap + 1)) AS found")
  }

  private func condition(_ filter: TaskFilter) -> SQL {
    var parts: [SQL] = ["t.deleted_at IS NULL"]
    switch filter.state {
    case .open: parts.append("t.done_at IS NULL")
    case .overdue: parts.append("t.done_at IS NULL AND t.due_at <= \(now)")
    case .done: parts.append("t.done_at IS NOT NULL")
    }
    if let client = filter.client {
      // One out of sight has no tasks for this reader; neither has one in the bin.
      parts.append("t.client_id = \(client) AND EXISTS (SELECT 1 FROM party p WHERE p.id = \(client) AND p.deleted_at IS NULL AND \(visible()))")
    }
    if let owner = filter.owner { parts.append("t.owner_id = \(owner)") }
    parts.append(whose(filter))
    return parts.joined(separator: " AND ")
  }

  /// A client that may be seen shows everyone's tasks for it; else one sees one's own, the team's, or all.
  private func whose(_ filter: TaskFilter) -> SQL {
    if filter.who == .mine, filter.client == nil, filter.owner == nil { return "t.owner_id = \(actor.id)" }
    if filter.client != nil || actor.scope == .all { return "1 = 1" }
    if actor.scope == .team, let team = actor.teamID { return "t.team_id = \(team)" }
    return "t.owner_id = \(actor.id)"
  }
}
