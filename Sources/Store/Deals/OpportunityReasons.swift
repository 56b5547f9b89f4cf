import Database
import Domain

/// Why an opportunity needs somebody today.
enum OpportunityReasons {
  static let sources = [
    ReasonSource(
      .opportunity,
      expected: "SELECT id AS subject_id, client_id, noticed_at AS due_at FROM opportunity WHERE state = 'waiting'",
      hand: { tx, subject, account, returnTo in try tx.passOpportunity(OpportunityID(subject), to: account, returnTo: returnTo) }),
    ReasonSource(
      .opportunityAnswered,
      expected: """
        SELECT id AS subject_id, client_id, answered_at AS due_at FROM opportunity WHERE answered_at IS NOT NULL AND read_at IS NULL
        """,
      finish: { tx, subject, _ in
        // Whoever stands in for the one who noticed it reads it too.
        try tx.markRead(OpportunityID(subject))
        return nil
      }),
  ]
}

/// To a colleague who sells, as long as it waits.
extension Transaction {
  func passOpportunity(_ id: OpportunityID, to account: AccountID, returnTo: String) throws -> UndoID {
    let old = try answerable(id)
    guard try sellers(for: old.clientID).contains(where: { $0.id == account }) else {
      throw InvalidForm([FieldMessage(field: "account", key: "deals.error.seller")])
    }
    try give(old, to: account)
    try record(.reasonPassed(ReasonPassing(kind: .opportunity, to: account, text: old.text.firstLine)), client: old.clientID)
    return try leaveUndo(
      OpportunityUndo.passed, payload: OpportunityUndo.Passed(opportunity: id, from: old.to, to: account), summary: "today.undo.passed",
      ["name": old.clientName, "colleague": try accountName(account) ?? ""], returnTo: returnTo)
  }

  /// Answered or passed on by another since it was read, it stays as it is.
  func give(_ old: Opportunity, to account: AccountID) throws {
    let changed = try connection.run("""
      UPDATE opportunity SET to_id = \(account), version = version + 1
      WHERE id = \(old.id) AND version = \(old.version) AND state = 'waiting'
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: old.version + 1) }
    try connection.run(
      "UPDATE reason SET account_id = \(account) WHERE kind = \(ReasonKind.opportunity) AND subject_id = \(old.id)")
    audit(.changed, .opportunity, old.id.rawValue, detail: "passed")
  }
}

enum OpportunityUndo {
  static let passed = "opportunity.passed"

  struct Passed: Codable {
    let opportunity: OpportunityID
    let from: AccountID
    let to: AccountID
  }

  /// Refused once it was answered or passed on, or whoever had it sells no more.
  static let kinds: [String: Undoing.TakeBack] = [
    passed: { tx, payload in
      let passed = try JSON.value(payload, as: Passed.self)
      let old = try tx.answerable(passed.opportunity)
      guard old.to == passed.to, try tx.sellers(for: old.clientID).contains(where: { $0.id == passed.from }) else {
        throw Refusal.conflict(currentVersion: old.version)
      }
      try tx.give(old, to: passed.from)
    }
  ]
}
