package import Database
package import Domain

/// Many promises at once, with a past: an import, demonstration data. Their history is the caller's to write.
package struct NewPromise: Sendable {
  package var id: PromiseID?
  package let client: ClientID
  package let value: Promise
  package let entry: HistoryID?
  package let author: AccountID?
  /// Of the one who keeps it.
  package let zone: Zone

  package init(id: PromiseID? = nil, client: ClientID, _ value: Promise, entry: HistoryID? = nil, author: AccountID?, zone: Zone) {
    (self.id, self.client, self.value, self.entry, self.author, self.zone) = (id, client, value, entry, author, zone)
  }
}

extension Transaction {
  /// All with numbers, or none. Reminders that lie in the past are not made up for.
  package func insertPromises(_ promises: [NewPromise]) throws {
    guard !promises.isEmpty else { return }
    let schedule = try promiseSchedule().value, now = now
    let columns: [StaticString] = [
      "client_id", "side", "what", "note", "person_id", "owner_id", "due_date", "due_time", "due_zone", "due_from", "due_at", "state", "made_at",
      "dated_at", "moves", "was_late", "settled_at", "on_time", "remind_at", "entry_id", "created_at", "created_by",
    ]
    let areNumbered = promises.allSatisfy { $0.id != nil }
    try connection.insert(into: "promise", areNumbered ? ["id"] + columns : columns, rows: promises.lazy.map { promise in
      let values = promise.values(schedule, now)
      return areNumbered ? [promise.id.sqlValue] + values : values
    })
    guard areNumbered else { return }
    try connection.identityFollows("promise")
    try raise(promises.filter { $0.value.state == .open }.compactMap { promise in
      promise.id.map { Reason(promise.value, $0, promise.client, schedule, promise.zone) }
    })
  }

  /// Reasons for open promises that have none: after a bulk insert without numbers.
  package func raiseReasonsOfPromises(of owner: AccountID) throws {
    let schedule = try promiseSchedule().value
    let zone = try connection.value("SELECT zone FROM account WHERE id = \(owner)", as: String.self).flatMap { Zone($0) } ?? .utc
    let open = try connection.rows("""
      SELECT \(StoredPromise.columns) FROM \(StoredPromise.tables)
      WHERE pr.owner_id = \(owner) AND pr.state = 'open' AND NOT EXISTS (SELECT 1 FROM reason r WHERE r.kind = 'promise' AND r.subject_id = pr.id)
      """) { try StoredPromise(row: &$0) }
    try raise(open.map { Reason($0.value, $0.id, $0.clientID, schedule, zone) })
  }
}

extension NewPromise {
  fileprivate func values(_ schedule: ReminderSchedule, _ now: Instant) -> [SQLValue] {
    let terms = value.terms, due = value.due
    let again = value.state == .open ? schedule.next(of: due, in: zone, datedAt: value.datedAt, now: now).again : nil
    return [
      client.sqlValue, terms.side.sqlValue, terms.what.sqlValue, terms.note.sqlValue, terms.personID.sqlValue, terms.ownerID.sqlValue,
      due.date.sqlValue, (due.time?.description).sqlValue, due.zone.name.sqlValue, due.from.sqlValue, due.deadline.sqlValue,
      value.state.sqlValue, value.madeAt.sqlValue, value.datedAt.sqlValue, value.moves.sqlValue, value.wasLate.sqlValue,
      value.settledAt.sqlValue, value.wasKeptOnTime.sqlValue, again.sqlValue, entry.sqlValue, value.madeAt.sqlValue, author.sqlValue,
    ]
  }
}
