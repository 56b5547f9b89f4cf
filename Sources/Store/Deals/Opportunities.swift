import Database
package import Domain

/// What someone noticed at a client, handed to sales; what became of it goes back to whoever noticed it.
package struct Opportunity: Sendable, Hashable {
  package let id: OpportunityID
  package let clientID: ClientID
  package let clientName: String
  package let text: String
  package let noticedBy: AccountID
  package let noticedByName: String
  package let noticedAt: Instant
  package let to: AccountID
  package let toName: String
  package let state: OpportunityState
  package let dealID: DealID?
  package let answer: String
  package let answeredAt: Instant?
  /// By whoever noticed it, or there is nobody to read it.
  let isRead: Bool
  package let version: Int

  /// What a project made of it is called until somebody says otherwise.
  package var suggestedName: String { String(text.firstLine.prefix(120).trimmingBlanks) }

  static let columns: SQL = """
    x.id, x.client_id, p.name, x.text, x.noticed_by, n.name, x.noticed_at, x.to_id, t.name, x.state, x.deal_id, x.answer,
    x.answered_at, x.read_at IS NOT NULL, x.version
    """
  static let tables: SQL = """
    opportunity x JOIN party p ON p.id = x.client_id JOIN account n ON n.id = x.noticed_by JOIN account t ON t.id = x.to_id
    """

  init(row: inout Row) throws {
    id = try row.next()
    clientID = try row.next()
    clientName = try row.next()
    text = try row.next()
    noticedBy = try row.next()
    noticedByName = try row.next()
    noticedAt = try row.next()
    to = try row.next()
    toName = try row.next()
    state = try row.next()
    dealID = try row.next()
    answer = try row.next()
    answeredAt = try row.next()
    isRead = try row.next()
    version = try row.next()
  }
}

extension Transaction {
  @discardableResult
  package func noticeOpportunity(_ draft: OpportunityDraft, at client: ClientID) throws -> OpportunityID {
    try require(.logContacts)
    guard try sellers(for: client).contains(where: { $0.id == draft.to }) else {
      throw InvalidForm([FieldMessage(field: "to", key: "deals.error.seller")])
    }
    let id: OpportunityID = try connection.required("""
      INSERT INTO opportunity (client_id, text, noticed_by, noticed_at, to_id, state)
      VALUES (\(client), \(draft.text), \(actor.id), \(now), \(draft.to), 'waiting') RETURNING id
      """)
    try tellOf(try opportunity(id))
    try raise(Reason(
      .opportunity, subject: id.rawValue, client: client, for: draft.to, from: now, due: .at(now), text: draft.text.firstLine))
    audit(.created, .opportunity, id.rawValue)
    return id
  }

  /// It becomes a deal; whoever noticed it is told.
  /// - Parameter version: as it was read; nil for as it is.
  package func takeOpportunity(
    _ id: OpportunityID, as draft: DealDraft, stage: StageID? = nil, lines: [DealLineDraft] = [], expecting version: Int? = nil
  ) throws -> DealID {
    let found = try answerable(id, version)
    let deal = try createDeal(draft, client: found.clientID, stage: stage, lines: lines)
    try answer(found, .taken, deal: deal, words: "")
    return deal
  }

  package func declineOpportunity(_ id: OpportunityID, because words: String, expecting version: Int? = nil) throws {
    try answer(try answerable(id, version), .declined, deal: nil, words: words)
  }

  /// Whoever noticed it has read what became of it.
  package func readOpportunity(_ id: OpportunityID) throws {
    if try opportunity(id).noticedBy == actor.id { try markRead(id) }
  }

  func markRead(_ id: OpportunityID) throws {
    try connection.run("UPDATE opportunity SET read_at = \(now) WHERE id = \(id) AND answered_at IS NOT NULL AND read_at IS NULL")
    try settle(.opportunityAnswered, id.rawValue)
  }

  func answerable(_ id: OpportunityID, _ version: Int? = nil) throws -> Opportunity {
    try require(.editDeals)
    let found = try waitingOpportunity(id)
    try requireOpen(found.clientID)
    guard version == nil || version == found.version else { throw Refusal.conflict(currentVersion: found.version) }
    return found
  }

  private func answer(_ old: Opportunity, _ state: OpportunityState, deal: DealID?, words: String) throws {
    let changed = try connection.run("""
      UPDATE opportunity SET state = \(state), deal_id = \(deal ?? old.dealID), answer = \(words), answered_at = \(now),
        answered_by = \(actor.id), read_at = \(nobodyToTell), version = version + 1
      WHERE id = \(old.id) AND version = \(old.version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: old.version + 1) }
    try settle(.opportunity, old.id.rawValue)
    try tellFate(of: old.id)
    audit(.changed, .opportunity, old.id.rawValue, detail: state.rawValue)
  }

  /// The fate of a deal is the fate of what it came from.
  func answerOpportunities(of deal: StoredDeal, at phase: DealPhase) throws {
    let state: OpportunityState = phase.isWon ? .won : phase == .lost ? .lost : .taken
    let known = try connection.values(
      "SELECT id FROM opportunity WHERE deal_id = \(deal.id) AND state <> \(state)", as: OpportunityID.self)
    for id in known {
      try connection.run("""
        UPDATE opportunity SET state = \(state), answered_at = \(now), answered_by = \(actor.id), read_at = \(nobodyToTell),
          version = version + 1 WHERE id = \(id)
        """)
      try tellFate(of: id)
    }
  }

  /// Who hands something to himself need not be told; who has left is not.
  private var nobodyToTell: SQL {
    """
    CASE WHEN noticed_by = \(actor.id) OR EXISTS (SELECT 1 FROM account a WHERE a.id = noticed_by AND a.closed_at IS NOT NULL) THEN \(now) END
    """
  }

  private func tellOf(_ found: Opportunity) throws {
    try tell(.opportunity(OpportunityNote(
      opportunity: found.id, state: found.state, text: found.text, to: found.to, noticedBy: found.noticedBy, deal: found.dealID,
      answer: found.answer)), client: found.clientID)
  }

  /// In the client's history, and to whoever noticed it on the page of today, until it is read.
  private func tellFate(of id: OpportunityID) throws {
    let found = try opportunity(id)
    try tellOf(found)
    guard !found.isRead else { return try settle(.opportunityAnswered, found.id.rawValue) }
    try raise(Reason(
      .opportunityAnswered, subject: found.id.rawValue, client: found.clientID, for: found.noticedBy, from: now, due: .at(now),
      text: found.text.firstLine))
  }
}

/// Why nothing more is done with an opportunity.
package enum OpportunityRefusal: Error, Hashable, Sendable { case answered }

extension String {
  var firstLine: String { String(split(whereSeparator: \.isNewline).first?.prefix(200) ?? "") }
}
