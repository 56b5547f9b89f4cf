import Database
import Domain

/// What is open with a client, for its briefing: promises of both sides and our tasks, what is due first on top.
extension Session {
  func briefingPromises(of client: ClientID, by side: PromiseSide) throws -> [BriefingLine] {
    try connection.rows("""
      SELECT \(StoredPromise.columns) FROM \(StoredPromise.tables)
      WHERE pr.client_id = \(client) AND pr.state = 'open' AND pr.side = \(side) ORDER BY pr.due_at, pr.id LIMIT 30
      """) { row in
      let promise = try StoredPromise(row: &row), terms = promise.value.terms, due = promise.value.due
      var line = BriefingLine(terms.what)
      line.detail = terms.note
      line.when = due.time == nil ? .on(due.date) : .at(due.deadline)
      line.who = side == .us ? promise.ownerName : promise.personName
      line.isPressing = promise.value.isOverdue(at: now)
      if line.isPressing { line.label = "promises.state.overdue" }
      return line
    }
  }

  func briefingTasks(of client: ClientID) throws -> [BriefingLine] {
    try openTasks(of: client, limit: 30).map { task in
      var line = BriefingLine(task.title)
      line.detail = task.note
      line.when = task.due.map { $0.time == nil ? .on($0.date) : .at($0.moment) }
      line.who = task.owner
      line.isPressing = task.isOverdue(at: now)
      if line.isPressing { line.label = "tasks.state.overdue" }
      return line
    }
  }
}
