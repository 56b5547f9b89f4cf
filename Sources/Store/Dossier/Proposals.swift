import Database
package import Domain

/// A proposal as it waits, or as it was decided.
package struct StoredProposal: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable, Codable, SQLBindable, ColumnDecodable { case open, accepted, dismissed, void }
  package let id: DossierProposalID
  package let clientID: ClientID
  package let proposal: Proposal
  package let section: DossierSection
  /// The entry of the history it comes from.
  package let historyID: HistoryID?
  package let state: State
  package let entryID: DossierEntryID?
  package let madeAt: Instant
  package let version: Int

  static let columns: SQL = """
    o.id, o.client_id, o.rule, o.subject, o.deal_id, o.date, o.amount_minor, o.currency, o.basis, o.slots, o.section, o.history_id,
    o.state, o.entry_id, o.made_at, o.version
    """

  /// Nil for a rule that this version does not know.
  init?(row: inout Row) throws {
    id = try row.next()
    clientID = try row.next()
    let rule = ProposalRule(rawValue: try row.next()), subject = try row.next(String.self), deal = try row.next(DealID?.self)
    let date = try row.next(CalendarDate.self), minor = try row.next(Int64?.self), code = try row.next(String?.self)
    let basis = try row.next(AmountBasis?.self), slots = try row.next(String.self)
    section = try row.next()
    historyID = try row.next()
    state = try row.next()
    entryID = try row.next()
    madeAt = try row.next()
    version = try row.next()
    guard let rule else { return nil }
    let money = minor.flatMap { minor in code.flatMap { Currency($0) }.map { Money(minor: minor, currency: $0) } }
    proposal = Proposal(
      rule: rule, subject: subject, deal: deal, date: date, money: money, basis: basis, slots: try JSON.value(slots))
  }
}

extension Session {
  /// Those that wait, newest first.
  package func proposals(of client: ClientID, limit: Int = 50) throws -> [StoredProposal] {
    try require(.viewDossier)
    return try connection.rows("""
      SELECT \(StoredProposal.columns) FROM dossier_proposal o JOIN party p ON p.id = o.client_id
      WHERE o.client_id = \(client) AND o.state = 'open' AND \(visible()) ORDER BY o.id DESC LIMIT \(limit)
      """) { try StoredProposal(row: &$0) }.compactMap(\.self)
  }

  package func proposal(_ id: DossierProposalID) throws -> StoredProposal {
    try require(.viewDossier)
    let found = try connection.first("""
      SELECT \(StoredProposal.columns) FROM dossier_proposal o JOIN party p ON p.id = o.client_id WHERE o.id = \(id) AND \(visible())
      """) { try StoredProposal(row: &$0) }
    guard let proposal = found ?? nil else { throw Refusal.notFound }
    return proposal
  }
}

extension Transaction {
  /// Carries verdicts out, in the transaction of what they come from. Who may do that was asked there.
  func carryOut(_ verdicts: [Verdict], client: ClientID, from history: HistoryID?) throws {
    for verdict in verdicts {
      switch verdict {
      case .propose(let proposal): try propose(proposal, client, history)
      case .void(let rule, let subject): try void(rule, subject, client)
      }
    }
  }

  /// What was decided stays decided; what waits is brought up to date.
  private func propose(_ proposal: Proposal, _ client: ClientID, _ history: HistoryID?) throws {
    try connection.run("""
      INSERT INTO dossier_proposal (client_id, rule, subject, section, deal_id, date, amount_minor, currency, basis, slots, history_id,
        state, made_at)
      VALUES (\(client), \(proposal.rule.rawValue), \(proposal.subject), \(proposal.rule.section), \(proposal.deal), \(proposal.date),
        \(proposal.money?.minor), \(proposal.money?.currency.code), \(proposal.basis), \(try JSON.text(proposal.slots)), \(history),
        'open', \(now))
      ON CONFLICT (client_id, rule, subject) DO UPDATE SET deal_id = excluded.deal_id, date = excluded.date,
        amount_minor = excluded.amount_minor, currency = excluded.currency, basis = excluded.basis, slots = excluded.slots,
        history_id = excluded.history_id, state = 'open', version = dossier_proposal.version + 1
      WHERE dossier_proposal.state IN ('open','void')
      """)
  }

  private func void(_ rule: ProposalRule, _ subject: String, _ client: ClientID) throws {
    try connection.run("""
      UPDATE dossier_proposal SET state = 'void', version = version + 1
      WHERE client_id = \(client) AND rule = \(rule.rawValue) AND subject = \(subject) AND state = 'open'
      """)
  }

  /// Into the dossier, in these words.
  @discardableResult
  package func acceptProposal(_ id: DossierProposalID, as draft: DossierEntryDraft, version: Int) throws -> DossierEntryID {
    let proposal = try open(id, version)
    var draft = draft
    if let history = proposal.historyID, !draft.evidence.contains(history) { draft.evidence.append(history) }
    let entry = try addDossierEntry(draft, to: proposal.clientID)
    try decide(proposal, .accepted, entry)
    return entry
  }

  package func dismissProposal(_ id: DossierProposalID, version: Int) throws {
    let proposal = try open(id, version)
    try requireOpenClient(proposal.clientID)
    try decide(proposal, .dismissed, nil)
    audit(.removed, .proposal, id.rawValue)
  }

  /// It waits again; the entry it became goes.
  func reopenProposal(_ id: DossierProposalID, entryVersion: Int?) throws {
    try require(.editDossier)
    let proposal = try self.proposal(id)
    guard proposal.state == .accepted || proposal.state == .dismissed else { throw Refusal.notFound }
    if let entry = proposal.entryID, let entryVersion { try removeDossierEntry(entry, version: entryVersion) }
    try connection.run("""
      UPDATE dossier_proposal SET state = 'open', entry_id = NULL, decided_at = NULL, decided_by = NULL, version = version + 1
      WHERE id = \(id)
      """)
    audit(.restored, .proposal, id.rawValue)
  }

  private func open(_ id: DossierProposalID, _ version: Int) throws -> StoredProposal {
    try require(.editDossier)
    let proposal = try self.proposal(id)
    guard proposal.state == .open else { throw ProposalRefusal.decided }
    guard proposal.version == version else { throw Refusal.conflict(currentVersion: proposal.version) }
    return proposal
  }

  private func decide(_ proposal: StoredProposal, _ state: StoredProposal.State, _ entry: DossierEntryID?) throws {
    let changed = try connection.run("""
      UPDATE dossier_proposal SET state = \(state), entry_id = \(entry), decided_at = \(now), decided_by = \(actor.id),
        version = version + 1
      WHERE id = \(proposal.id) AND version = \(proposal.version) AND state = 'open'
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: proposal.version + 1) }
  }
}

/// Why nothing more is done with a proposal.
package enum ProposalRefusal: Error, Hashable, Sendable { case decided }

enum ProposalUndo {
  static let accepted = "proposal.accepted"
  static let dismissed = "proposal.dismissed"

  struct Payload: Codable {
    let proposal: DossierProposalID
    /// Of the entry it became, as it was made.
    var entryVersion: Int?
  }

  static let kinds: [String: Undoing.TakeBack] = [
    accepted: { tx, payload in
      let payload = try JSON.value(payload, as: Payload.self)
      try tx.reopenProposal(payload.proposal, entryVersion: payload.entryVersion)
    },
    dismissed: { tx, payload in
      try tx.reopenProposal(try JSON.value(payload, as: Payload.self).proposal, entryVersion: nil)
    },
  ]
}

extension Transaction {
  package func leaveUndo(ofAccepting id: DossierProposalID, returnTo: String) throws -> UndoID {
    try leaveUndo(
      ProposalUndo.accepted, payload: ProposalUndo.Payload(proposal: id, entryVersion: 1), summary: "dossier.undo.accepted",
      returnTo: returnTo)
  }
  package func leaveUndo(ofDismissing id: DossierProposalID, returnTo: String) throws -> UndoID {
    try leaveUndo(
      ProposalUndo.dismissed, payload: ProposalUndo.Payload(proposal: id), summary: "dossier.undo.dismissed", returnTo: returnTo)
  }
}
