import Database
package import Domain

extension Transaction {
  @discardableResult
  package func addTask(_ draft: TaskDraft) throws -> TaskID {
    try require(.editTasks)
    if let client = draft.clientID { try requireChoosable(client) }
    let state = try state(of: draft)
    let id = try insertTask(state, steps: draft.checklist)
    audit(.created, .task, id.rawValue)
    return id
  }

  /// - Parameter version: the one the change was made to.
  package func changeTask(_ id: TaskID, to draft: TaskDraft, version: Int) throws {
    let old = try changeable(id, version)
    var draft = draft
    // A client one may not see is not taken off by someone who did not know of it.
    if draft.clientID == nil, old.clientID == nil { draft.clientID = old.keptClientID }
    if let client = draft.clientID, client != old.keptClientID { try requireChoosable(client) }
    var new = try state(of: draft, was: old)
    (new.doneAt, new.doneBy) = (old.doneAt, old.doneByID)
    let steps = draft.checklist != old.steps.map { ChecklistStep($0.text, isDone: $0.isDone) }
    guard new != TaskState(old) || steps else { return }
    try write(new, over: old)
    if steps { try replaceSteps(of: id, by: draft.checklist) }
    audit(.changed, .task, id.rawValue)
  }

  /// To somebody else. A whole day is meant in the new owner's zone.
  package func handTask(_ id: TaskID, to owner: AccountID, version: Int, returnTo: String) throws -> UndoID? {
    let old = try changeable(id, version)
    guard old.ownerID != owner else { return nil }
    var state = TaskState(old)
    state.owner = owner
    let zone = try zone(ofOwner: owner)
    if var due = state.due, due.time == nil {
      due.zone = zone
      state.due = due
    }
    try write(state, over: old)
    audit(.changed, .task, id.rawValue, detail: "owner")
    return try leaveUndo(of: old, "tasks.undo.handed", ["name": try accountName(owner)], returnTo: returnTo)
  }

  /// Puts it off. The series stays where its rule puts it.
  package func postponeTask(_ id: TaskID, to date: CalendarDate, version: Int? = nil, returnTo: String) throws -> UndoID? {
    let old = try changeable(id, version)
    guard old.doneAt == nil, old.due?.date != date else { return nil }
    var state = TaskState(old)
    state.due = old.due?.on(date) ?? TaskDue(date, zone: zone)
    try write(state, over: old)
    audit(.changed, .task, id.rawValue, detail: "postponed")
    return try leaveUndo(of: old, "tasks.undo.postponed", returnTo: returnTo)
  }

  package func deleteTask(_ id: TaskID, version: Int? = nil, returnTo: String) throws -> UndoID {
    let old = try changeable(id, version)
    var state = TaskState(old)
    state.deletedAt = now
    try write(state, over: old)
    audit(.removed, .task, id.rawValue)
    return try leaveUndo(of: old, "tasks.undo.deleted", returnTo: returnTo)
  }
}

extension Transaction {
  /// The draft checked against what is kept: a first day that the rule names, an owner who can work with it.
  private func state(of draft: TaskDraft, was old: StoredTask? = nil) throws -> TaskState {
    // An owner who left keeps what is being changed until somebody takes it over.
    let ownerZone = draft.ownerID == old?.ownerID && draft.due != nil ? nil : try zone(ofOwner: draft.ownerID)
    var due = draft.due
    var scheduled: CalendarDate?
    if let recurrence = draft.recurrence {
      let wanted = due ?? TaskDue((ownerZone ?? .utc).date(now), zone: ownerZone ?? .utc)
      if let old, old.due == due, old.recurrence == recurrence, let kept = old.scheduledOn {
        // Neither the rule nor the day changed: it may be put off, and stays so.
        (due, scheduled) = (wanted, kept)
      } else {
        guard let first = recurrence.first(onOrAfter: wanted.date) else {
          throw InvalidForm([FieldMessage(field: "repeat", key: "tasks.error.no_day")])
        }
        (due, scheduled) = (wanted.on(first), first)
      }
    }
    var state = TaskState(
      title: draft.title, note: draft.note, client: draft.clientID, owner: draft.ownerID, isImportant: draft.isImportant,
      zone: (due?.zone ?? .utc).name)
    state.due = due
    state.repeats(draft.recurrence, from: scheduled)
    return state
  }

  func insertTask(_ state: TaskState, steps: [ChecklistStep], series: TaskID? = nil) throws -> TaskID {
    let id: TaskID = try connection.required("""
      INSERT INTO task (\(TaskState.columns), series_id, created_at, created_by)
      VALUES (\(state.values(at: now)), \(series), \(now), \(actor.id)) RETURNING id
      """)
    if series == nil, state.rule != nil { try connection.run("UPDATE task SET series_id = id WHERE id = \(id)") }
    try insertSteps(steps, of: id)
    try followReason(id, state)
    return id
  }

  func write(_ state: TaskState, over old: StoredTask) throws {
    try write(state, to: old.id, version: old.version)
    // What becomes a series later is its first.
    if state.rule != nil, old.seriesID == nil { try connection.run("UPDATE task SET series_id = id WHERE id = \(old.id)") }
  }

  func write(_ state: TaskState, to id: TaskID, version: Int) throws {
    let changed = try connection.run("""
      UPDATE task SET (\(TaskState.columns)) = (SELECT \(state.values(at: now))), version = version + 1
      WHERE id = \(id) AND version = \(version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: version + 1) }
    try followReason(id, state)
  }

  /// What Today shows of it.
  private func followReason(_ id: TaskID, _ state: TaskState) throws {
    guard state.deletedAt == nil, state.doneAt == nil, let due = state.due, let from = state.dayAt else {
      return try settle(.task, id.rawValue, as: state.doneAt == nil ? .dropped : .done)
    }
    try raise(Reason(
      .task, subject: id.rawValue, client: state.client, for: state.owner, from: from,
      due: due.time == nil ? .on(due.date, due.zone) : .at(due.moment), weight: state.isImportant ? 8 : 0, text: state.title))
  }

  func changeable(_ id: TaskID, _ version: Int?) throws -> StoredTask {
    try require(.editTasks)
    let task = try self.task(id)
    if let version, task.version != version { throw Refusal.conflict(currentVersion: task.version) }
    return task
  }

  /// A client that is chosen is one of the fields.
  private func requireChoosable(_ client: ClientID) throws {
    do { try requireOpen(client) } catch Refusal.notFound {
      throw InvalidForm([FieldMessage(field: "client_name", key: "tasks.error.no_client")])
    }
  }

  /// Refuses an account that cannot work with tasks.
  private func zone(ofOwner owner: AccountID) throws -> Zone {
    let name = try connection.value(
      "SELECT zone FROM account WHERE id = \(owner) AND closed_at IS NULL AND role <> 'readonly'", as: String.self)
    guard let name else { throw InvalidForm([FieldMessage(field: "owner", key: "tasks.error.owner")]) }
    return Zone(name) ?? .utc
  }

  private func accountName(_ id: AccountID) throws -> String {
    try connection.required("SELECT name FROM account WHERE id = \(id)")
  }
}
