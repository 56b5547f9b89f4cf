import Database
package import Domain

/// Someone new decides at a client: Today proposes to introduce ourselves; the value dossier asks for itself.
extension Transaction {
  func proposeAcquaintance(with tie: TieID, at company: ClientID) throws {
    try connection.run("""
      INSERT INTO manager_change (company_id, tie_id, at) VALUES (\(company), \(tie), \(now))
      ON CONFLICT (tie_id) DO UPDATE SET at = excluded.at, introduced_at = NULL
      """)
    guard try connection.exists("SELECT 1 FROM party WHERE id = \(company) AND is_client") else {
      try connection.run("UPDATE manager_change SET introduced_at = \(now) WHERE tie_id = \(tie)")
      return
    }
    try raise(AcquaintanceStep.allCases.map { try acquaintance($0, tie, company, at: now) })
  }

  fileprivate func acquaintance(_ step: AcquaintanceStep, _ tie: TieID, _ company: ClientID, at moment: Instant) throws -> Reason {
    let name = try connection.value(
      "SELECT p.name FROM tie t JOIN party p ON p.id = t.person_id WHERE t.id = \(tie)", as: String.self) ?? ""
    return Reason(step.kind, subject: tie.rawValue, client: company, from: moment, due: .at(moment), text: name)
  }

  /// Who no longer decides needs no introduction.
  func dropAcquaintance(_ ties: [TieID]) throws {
    guard !ties.isEmpty else { return }
    let known = try connection.run("""
      UPDATE manager_change SET introduced_at = \(now) WHERE tie_id IN \(list: ties) AND introduced_at IS NULL
      """)
    guard known > 0 else { return }
    for step in AcquaintanceStep.allCases { try settle(step.kind, ties.map(\.rawValue), as: .dropped) }
  }

  /// Someone of ours has talked with the person.
  func introduced(to person: PersonID, at company: ClientID) throws {
    let ties = try connection.values("""
      SELECT m.tie_id FROM manager_change m JOIN tie t ON t.id = m.tie_id
      WHERE m.company_id = \(company) AND t.person_id = \(person) AND m.introduced_at IS NULL
      """, as: TieID.self)
    for tie in ties { try finish(.introduction, tie) }
  }

  fileprivate func finish(_ step: AcquaintanceStep, _ tie: TieID) throws {
    try connection.run("UPDATE manager_change SET \(raw: step.column) = \(now) WHERE tie_id = \(tie) AND \(raw: step.column) IS NULL")
    try settle(step.kind, tie.rawValue)
  }
}

/// What is to be done when someone new decides.
enum AcquaintanceStep: String, CaseIterable, Codable {
  case introduction

  var kind: ReasonKind { .managerChanged }
  var column: StaticString { "introduced_at" }
}

enum AcquaintanceReasons {
  static let sources = AcquaintanceStep.allCases.map { step in
    ReasonSource(
      step.kind, expected: """
        SELECT m.tie_id AS subject_id, m.company_id AS client_id, m.at AS due_at FROM manager_change m JOIN party p ON p.id = m.company_id
        WHERE m.\(raw: step.column) IS NULL AND p.erased_at IS NULL
        """
    ) { tx, subject, returnTo in
      let tie = try tx.tie(TieID(subject))
      try tx.finish(step, tie.id)
      let name = try tx.connection.value("SELECT name FROM party WHERE id = \(tie.company)", as: String.self) ?? ""
      return try tx.leaveUndo(
        undo, payload: Payload(step: step, tie: tie.id), summary: "handover.undo.\(step.rawValue)", ["client": name], returnTo: returnTo)
    }
  }

  static let undo = "handover.acquaintance"
  struct Payload: Codable {
    let step: AcquaintanceStep
    let tie: TieID
  }

  static let kinds: [String: Undoing.TakeBack] = [
    undo: { tx, payload in
      let payload: Payload = try JSON.value(payload)
      let tie = try tx.tie(payload.tie)
      guard tie.isCurrent, tie.tie.isManager else { throw Refusal.conflict(currentVersion: tie.version) }
      let at = try tx.connection.value("SELECT at FROM manager_change WHERE tie_id = \(tie.id)", as: Instant.self) ?? tx.now
      try tx.connection.run("UPDATE manager_change SET \(raw: payload.step.column) = NULL WHERE tie_id = \(tie.id)")
      try tx.raise(tx.acquaintance(payload.step, tie.id, tie.company, at: at))
    },
  ]
}
