import Database
package import Domain

/// Taking a handover back, for 30 days: what is still with the successor returns, what somebody has given to somebody else since
/// stays, and the report says so. Sessions and tokens that ended do not come back.
extension Transaction {
  package func startUndo(ofHandover id: HandoverID, expecting version: Int) throws -> JobID {
    let record = try undoable(id)
    guard record.version == version else { throw Refusal.conflict(currentVersion: record.version) }
    let job = try enqueue(HandoverJobKind.undo, payload: id)
    try advance(record, .undoing, "job_id = \(job)")
    audit(.undone, .handover, id.rawValue)
    return job
  }

  package func carryOutUndo(ofHandover id: HandoverID, _ job: LeasedJob, progress: (Int, Int) throws -> Void) throws -> HandoverReport {
    let record = try handover(id)
    guard record.jobID == job.id else { throw LeaseLost() }
    if record.storedState == .undone { return record.report }
    guard record.storedState == .undoing else { throw LeaseLost() }
    let report = try takeBack(record, progress: progress)
    try hold(job)
    return report
  }

  private func undoable(_ id: HandoverID) throws -> HandoverRecord {
    let record = try handover(id)
    guard record.mayUndo(at: now) else { throw Refusal.conflict(currentVersion: record.version) }
    if let from = record.fromID, record.report.closedAccount {
      try require(.manageAccounts)
      try AccountRules.mayMake(try accountRow(from).rights.role, by: actor)
    }
    return record
  }

  func takeBack(_ record: HandoverRecord, progress: (Int, Int) throws -> Void) throws -> HandoverReport {
    let id = record.id, steps = PassedOn.all.count + 2
    try progress(0, steps)
    var report = record.report
    try reopenGiver(record)
    report.restored = try returnClients(record)
    try progress(1, steps)
    for (number, thing) in PassedOn.all.enumerated() where record.fromID != nil {
      let (restored, left) = try bringBack(thing, record)
      if restored > 0, !thing.isSilent { report.restoredThings[thing.key] = restored }
      if left > 0, !thing.isSilent { report.leftThings[thing.key] = left }
      try progress(number + 2, steps)
    }
    report.left = try connection.value(
      "SELECT count(*) FROM handover_client WHERE handover_id = \(id) AND undone_at IS NULL") ?? 0
    report.examples = try connection.values("""
      SELECT p.id FROM handover_client hc JOIN party p ON p.id = hc.client_id
      WHERE hc.handover_id = \(id) AND hc.undone_at IS NULL ORDER BY p.name_sort, p.id LIMIT 50
      """)
    try connection.run("""
      UPDATE handover SET state = \(HandoverState.undone), undone_at = \(now), report = \(try JSON.text(report)), version = version + 1
      WHERE id = \(id)
      """)
    audit(.undone, .handover, id.rawValue, detail: "done")
    try progress(steps, steps)
    return report
  }

  /// Only the closing that this handover did: an account that somebody closed since stays closed, and gets nothing back.
  private func reopenGiver(_ record: HandoverRecord) throws {
    guard let from = record.fromID else { return }
    let account = try accountRow(from)
    guard account.state == .closed else { return }
    guard record.report.closedAccount, account.closedAt == record.doneAt else { throw AccountRefusal.closed }
    try reopenAccount(from, version: account.version)
  }

  /// - Returns: how many went back.
  private func returnClients(_ record: HandoverRecord) throws -> Int {
    let id = record.id
    // Still the successor's, and nobody else's in between.
    try connection.run("""
      UPDATE handover_client SET undone_at = \(now), introduced_at = coalesce(introduced_at, \(now)) WHERE handover_id = \(id)
        AND EXISTS (SELECT 1 FROM party p WHERE p.id = handover_client.client_id AND p.owner_id = handover_client.to_id AND p.erased_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM history h WHERE h.client_id = handover_client.client_id AND h.kind = \(HistoryKind.ownerChanged)
          AND h.id > \(record.lastHistoryID))
      """)
    let back = try connection.rows("""
      SELECT client_id, to_id FROM handover_client WHERE handover_id = \(id) AND undone_at = \(now) ORDER BY client_id
      """) { (id: try $0.next(ClientID.self), owner: try $0.next(AccountID.self)) }
    guard !back.isEmpty else { return 0 }
    let returned: SQL = "SELECT client_id FROM handover_client WHERE handover_id = \(id) AND undone_at = \(now)"
    let team: SQL = "(SELECT team_id FROM account WHERE id = \(record.fromID))"
    try connection.run("""
      UPDATE party SET owner_id = \(record.fromID), team_id = \(team), changed_at = \(now), changed_by = \(actor.id), version = version + 1
      WHERE id IN (\(returned))
      """)
    try insertHistory(back.map { client in
      HistoryDraft(.ownerChanged(OwnerChange(from: client.owner, to: record.fromID)), client: client.id, by: actor.id, at: now)
    })
    for client in back { audit(.undone, .party, client.id.rawValue, detail: "owner handover=\(id)") }
    try settle("kind = \(ReasonKind.handedOver) AND subject_id IN (\(returned))", as: .dropped)
    try reasonsFollow(where: "p.id IN (\(returned))")
    return back.count
  }

  private func bringBack(_ thing: PassedOn, _ record: HandoverRecord) throws -> (restored: Int, left: Int) {
    let id = record.id
    let twin: SQL = thing.isTwin.map { " AND NOT (\($0("\(record.fromID)")))" } ?? ""
    try connection.run("""
      UPDATE handover_move SET undone_at = \(now) WHERE handover_id = \(id) AND kind = \(thing.key)
        AND EXISTS (SELECT 1 FROM \(raw: thing.table) t WHERE t.id = handover_move.row_id AND t.\(raw: thing.column) = handover_move.to_id
          AND (\(thing.isOpen))\(twin))
      """)
    let back: SQL = "SELECT row_id FROM handover_move WHERE handover_id = \(id) AND kind = \(thing.key) AND undone_at = \(now)"
    if let reason = thing.reason {
      try connection.run("""
        UPDATE reason SET account_id = \(record.fromID) WHERE kind = \(reason) AND passed_to IS NULL AND subject_id IN (\(back))
        """)
    }
    let restored = try connection.run("""
      UPDATE \(raw: thing.table) SET \(raw: thing.column) = \(record.fromID)\(thing.alongside("\(record.fromID)", at: now))
      WHERE id IN (\(back))
      """)
    let all = try connection.value(
      "SELECT count(*) FROM handover_move WHERE handover_id = \(id) AND kind = \(thing.key)", as: Int.self) ?? 0
    return (restored, all - restored)
  }
}
