import Database
package import Domain

package enum HandoverJobKind { package static let run = "handover", undo = "handover.undo" }

extension Transaction {
  /// Asks for it to be done, as it was shown.
  /// - Parameter seen: the preview's fingerprint.
  package func startHandover(_ id: HandoverID, seen: String, expecting version: Int) throws -> HandoverStart {
    let record = try draft(id, version)
    try requirePossible(record.plan, record)
    if let from = record.fromID { try requireMayClose(from, record.reason) }
    guard try fingerprint(record, assignment(of: record)) == seen else {
      try connection.run("UPDATE handover SET stale_at = \(now) WHERE id = \(id)")
      return .stale
    }
    let job = try enqueue(HandoverJobKind.run, payload: id)
    try advance(record, .running, "seen = \(seen), job_id = \(job)")
    audit(.changed, .handover, id.rawValue, detail: "started")
    return .started(job)
  }

  /// All of it in this one transaction, by a handful of statements whatever the number of clients. Done again after a crash it finds
  /// itself done; when things have changed since the preview, the draft is shown again and nothing happens.
  /// - Parameter progress: steps done, of how many.
  package func carryOutHandover(_ id: HandoverID, _ job: LeasedJob, progress: (Int, Int) throws -> Void) throws -> HandoverOutcome {
    let record = try handover(id)
    guard record.jobID == job.id else { throw LeaseLost() }
    if record.storedState == .done { return .done(record.report) }
    guard record.storedState == .running, let from = record.fromID else { throw LeaseLost() }
    let steps = PassedOn.all.count + 2
    try progress(0, steps)
    let assignment = try assignment(of: record)
    guard try fingerprint(record, assignment) == record.seen else {
      try hold(job)
      try connection.run("UPDATE handover SET state = \(HandoverState.draft), stale_at = \(now), version = version + 1 WHERE id = \(id)")
      return .stale
    }
    let given = assignment.compactMapValues { $0 }
    var report = try giveClients(given, from: from, in: id)
    try progress(1, steps)
    let whose: PassedOn.Whose = record.reason == .leaves ? .everything(from) : .ofClients(from, id)
    for (number, thing) in PassedOn.all.enumerated() {
      let moved = try pass(thing, whose, from: from, rest: record.plan.restTaker, in: id)
      if moved > 0, !thing.isSilent { report.things[thing.key] = moved }
      try progress(number + 2, steps)
    }
    report.closedAccount = try closeGiver(record)
    try end(record, report)
    try progress(steps, steps)
    try hold(job)
    return .done(report)
  }

  private func closeGiver(_ record: HandoverRecord) throws -> Bool {
    guard record.reason == .leaves, let from = record.fromID else { return false }
    let account = try accountRow(from)
    guard account.state != .closed else { return false }
    _ = try closeAccount(from, version: account.version)
    return true
  }

  func end(_ record: HandoverRecord, _ report: HandoverReport) throws {
    let last = try connection.value("SELECT max(id) FROM history", as: HistoryID.self) ?? HistoryID(0)
    try connection.run("""
      UPDATE handover SET state = \(HandoverState.done), done_at = \(now), report = \(try JSON.text(report)), last_history_id = \(last),
        version = version + 1 WHERE id = \(record.id)
      """)
    try connection.run("DELETE FROM handover_choice WHERE handover_id = \(record.id)")
    audit(.changed, .handover, record.id.rawValue, detail: "done")
  }
}

package enum HandoverStart: Sendable { case started(JobID), stale }
package enum HandoverOutcome: Sendable { case done(HandoverReport), stale }

extension Transaction {
  /// The clients themselves: owner and team, history, audit, Today.
  func giveClients(_ given: [ClientID: AccountID], from: AccountID?, in id: HandoverID) throws -> HandoverReport {
    var report = HandoverReport()
    report.clients = given.count
    guard !given.isEmpty else { return report }
    let clients = given.keys.sorted()
    let received: SQL = "SELECT client_id FROM handover_client WHERE handover_id = \(id)"
    try connection.insert(
      into: "handover_client", ["handover_id", "client_id", "to_id", "at"],
      rows: clients.map { [id.sqlValue, $0.sqlValue, (given[$0]).sqlValue, now.sqlValue] })
    // An older handover's wish to be introduced goes up in this one's.
    try connection.run("""
      UPDATE handover_client SET introduced_at = \(now) WHERE introduced_at IS NULL AND handover_id <> \(id) AND client_id IN (\(received))
      """)
    try connection.run("""
      UPDATE party SET owner_id = hc.to_id, team_id = a.team_id, changed_at = \(now), changed_by = \(actor.id), version = party.version + 1
      FROM handover_client hc JOIN account a ON a.id = hc.to_id WHERE hc.handover_id = \(id) AND hc.client_id = party.id
      """)
    try insertHistory(clients.map { client in
      HistoryDraft(.ownerChanged(OwnerChange(from: from, to: given[client])), client: client, by: actor.id, at: now)
    })
    for client in clients { audit(.changed, .party, client.rawValue, detail: "owner handover=\(id)") }
    try reasonsFollow(where: "p.id IN (\(received))")
    try raiseReceived(in: id)
    return report
  }

  /// Everything of one kind: which rows and to whom is noted first, then they move by what was noted.
  func pass(_ thing: PassedOn, _ whose: PassedOn.Whose, from: AccountID, rest: AccountID?, in id: HandoverID) throws -> Int {
    let taker = thing.taker(id, from: from, rest: rest)
    let twin: SQL = thing.isTwin.map { " AND NOT (\($0(taker)))" } ?? ""
    try connection.run("""
      INSERT INTO handover_move (handover_id, kind, row_id, to_id)
      SELECT \(id), \(thing.key), t.id, \(taker) FROM \(thing.rows(whose, on: today)) AND \(taker) IS NOT NULL\(twin)
      """)
    if let reason = thing.reason {
      // One that was passed to a colleague stays there.
      try connection.run("""
        UPDATE reason SET account_id = m.to_id FROM handover_move m
        WHERE m.handover_id = \(id) AND m.kind = \(thing.key) AND reason.kind = \(reason) AND reason.subject_id = m.row_id
          AND reason.passed_to IS NULL
        """)
    }
    return try connection.run("""
      UPDATE \(raw: thing.table) SET \(raw: thing.column) = m.to_id\(thing.alongside("m.to_id", at: now)) FROM handover_move m
      WHERE m.handover_id = \(id) AND m.kind = \(thing.key) AND m.row_id = \(raw: thing.table).id
      """)
  }
}
