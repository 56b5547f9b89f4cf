import Database
package import Domain

/// What passes on with clients: rows that an account answers for. A feature with such a table adds its line to `PassedOn.all`;
/// a test walks the schema and fails for a column that stands neither here nor among the exceptions, each with its reason.
package struct PassedOn: Sendable {
  /// `handover.thing.<key>` counts them in the catalogues; kept with every row moved, so it is never renamed.
  package let key: String
  let table: StaticString
  /// The account that answers for the row.
  let column: StaticString
  /// The client the row belongs to, over `t`; nil where it never has one.
  let client: SQL?
  /// Rows that still matter, over `t`: what is over stays with whoever did it.
  let isOpen: SQL
  /// What a row is called in the preview, over `t`.
  let label: SQL
  /// Whether the row has a `version` that grows with changes.
  let hasVersion: Bool
  /// Where the successor has the same already (a member of the same project), over `t`: the row stays, for it says nothing more.
  let isTwin: (@Sendable (_ to: SQL) -> SQL)?
  /// Comes and goes by the clock: shown in a preview, but no change that makes it stale.
  let isFleeting: Bool
  /// Another line counts the same rows.
  let isSilent: Bool
  /// The day after which a row is over, over `t`; ISO text.
  let lastDay: SQL?
  /// What else of the row follows its account, as assignments.
  let alsoSets: (@Sendable (_ to: SQL, _ now: Instant) -> SQL)?
  /// The kind of reason in "today" that goes with the row; its subject is the row.
  let reason: ReasonKind?

  init(
    _ key: String, _ table: StaticString, _ column: StaticString, client: SQL?, isOpen: SQL, label: SQL, hasVersion: Bool = false,
    isTwin: (@Sendable (_ to: SQL) -> SQL)? = nil, isFleeting: Bool = false, isSilent: Bool = false, lastDay: SQL? = nil,
    alsoSets: (@Sendable (_ to: SQL, _ now: Instant) -> SQL)? = nil, reason: ReasonKind? = nil
  ) {
    (self.key, self.table, self.column, self.client) = (key, table, column, client)
    (self.isOpen, self.label, self.hasVersion, self.isTwin) = (isOpen, label, hasVersion, isTwin)
    (self.isFleeting, self.isSilent, self.lastDay) = (isFleeting, isSilent, lastDay)
    (self.alsoSets, self.reason) = (alsoSets, reason)
  }

  package static let all: [PassedOn] = [
    PassedOn("views", "saved_view", "account_id", client: nil, isOpen: "t.id > 0", label: "t.name"),
    PassedOn(
      "relationships", "relationship_type", "owner_id", client: nil, isOpen: "t.archived_at IS NULL", label: "coalesce(t.name, t.key)",
      hasVersion: true),
    PassedOn(
      "promises", "promise", "owner_id", client: "t.client_id", isOpen: "t.state = 'open'", label: "t.what", hasVersion: true,
      // Reminders come by the clock of whoever is reminded.
      alsoSets: { "remind_at = CASE WHEN remind_at IS NOT NULL THEN \($1) END" }, reason: .promise),
    PassedOn(
      "tasks", "task", "owner_id", client: "t.client_id", isOpen: "t.done_at IS NULL AND t.deleted_at IS NULL", label: "t.title",
      hasVersion: true, alsoSets: { "team_id = (SELECT a.team_id FROM account a WHERE a.id = \($0)), changed_at = \($1)" }, reason: .task),
    PassedOn(
      "deals", "deal", "owner_id", client: "t.client_id", isOpen: "t.deleted_at IS NULL AND t.lost_at IS NULL AND t.finished_at IS NULL",
      label: "t.name", hasVersion: true),
    PassedOn(
      "deal_members", "deal_member", "account_id", client: "(SELECT d.client_id FROM deal d WHERE d.id = t.deal_id)",
      isOpen: """
        EXISTS (SELECT 1 FROM deal d WHERE d.id = t.deal_id AND d.deleted_at IS NULL AND d.lost_at IS NULL AND d.finished_at IS NULL)
        """,
      label: "(SELECT d.name FROM deal d WHERE d.id = t.deal_id)",
      isTwin: { "EXISTS (SELECT 1 FROM deal_member o WHERE o.deal_id = t.deal_id AND o.account_id = \($0))" }),
    PassedOn(
      "opportunities", "opportunity", "to_id", client: "t.client_id", isOpen: "t.state IN ('waiting','taken')", label: "t.text",
      hasVersion: true, reason: .opportunity),
    PassedOn(
      "unfiled_mail", "captured_mail", "account_id", client: nil, isOpen: "t.state = 'unfiled'", label: "t.subject", hasVersion: true,
      reason: .unfiledMail),
    PassedOn(
      "deputies", "absence", "deputy_id", client: nil, isOpen: "t.id > 0", label: "(SELECT a.name FROM account a WHERE a.id = t.account_id)",
      isTwin: { "t.account_id = \($0)" }, lastDay: "t.last_day"),
    // Whoever reads it just now begins again, for the one who looks after it from now on.
    PassedOn(
      "mailboxes", "mailbox", "account_id", client: nil, isOpen: "t.removed_at IS NULL", label: "t.address", hasVersion: true,
      alsoSets: { _, _ in "fence = fence + 1, lease_until = NULL" }),
    // Reasons of clients follow the owner, those of the rows above go with them; these are for one account alone, or were passed to it.
    PassedOn(
      "reasons", "reason", "account_id", client: "t.client_id",
      isOpen: """
        (t.passed_to IS NOT NULL OR (NOT t.follows_owner
          AND t.kind NOT IN (\(ReasonKind.promise), \(ReasonKind.task), \(ReasonKind.opportunity), \(ReasonKind.unfiledMail))))
        """,
      label: "t.text", isFleeting: true),
    PassedOn(
      "passed_reasons", "reason", "passed_to", client: "t.client_id", isOpen: "t.passed_to IS NOT NULL", label: "t.text", isFleeting: true,
      isSilent: true),
  ]

  /// Columns that name an account and pass on by no line above, each with the reason.
  package static let exceptions: [String: String] = [
    "working_hours.account_id": "one's own", "absence.account_id": "one's own", "absence.made_by": "history",
    "party.owner_id": "the clients themselves", "party.last_contact_by": "history", "party.created_by": "history",
    "party.changed_by": "history", "fact.author_id": "history", "fact.ended_by": "history", "history.author_id": "history",
    "history_mark.pinned_by": "history", "snooze.made_by": "history: a snooze is its client's and follows the owner",
    "snooze.ended_by": "history", "reason_done.done_by": "history", "undo.account_id": "one's own", "import.account_id": "history",
    "session.account_id": "one's own, ended with the account", "api_token.account_id": "one's own, ended with the account",
    "access_link.account_id": "one's own, ended with the account", "job.account_id": "one's own",
    "handover.from_id": "history", "handover.made_by": "history", "handover_choice.to_id": "a draft",
    "handover_client.to_id": "history: what was received", "handover_move.to_id": "history", "bounced_address.account_id": "history",
    "deal.created_by": "history", "deal.changed_by": "history", "deal_requirement.added_by": "history", "deal_document.added_by": "history",
    "opportunity.noticed_by": "history", "opportunity.answered_by": "history", "purchase_import.account_id": "history",
    "purchase.created_by": "history", "dossier_entry.author_id": "history", "dossier_entry.removed_by": "history", "dossier_proposal.decided_by": "history",
    "exchange_rate.author_id": "history", "share_link.created_by": "history", "share_link.withdrawn_by": "history",
    "promise.created_by": "history", "promise_evidence.added_by": "history", "task.created_by": "history", "task.done_by": "history",
    "captured_mail.ended_by": "history",
    "calendar_feed.account_id": "one's own, ended with the account", "mail.account_id": "one's own", "digest.account_id": "one's own",
    "mailbox.created_by": "history",
  ]
}

extension PassedOn {
  package var place: String { "\(table).\(column)" }

  /// Whose rows: all that is open of the one who leaves, or what belongs to the clients that go, by the handover's own list.
  enum Whose { case everything(AccountID), ofClients(AccountID, HandoverID) }

  /// - Parameter today: what was over before it stays.
  func rows(_ whose: Whose, on today: CalendarDate) -> SQL {
    let isOpen = lastDay.map { "\(self.isOpen) AND \($0) >= \(today)" as SQL } ?? self.isOpen
    let t: SQL = "\(raw: table) t"
    switch whose {
    case .everything(let from): return "\(t) WHERE t.\(raw: column) = \(from) AND (\(isOpen))"
    case .ofClients(let from, let handover):
      guard let client else { return "\(t) WHERE 1 = 0" }
      return "\(t) JOIN handover_client hc ON hc.handover_id = \(handover) AND hc.client_id = \(client) WHERE t.\(raw: column) = \(from) AND (\(isOpen))"
    }
  }

  /// What changes in a row beside its account.
  func alongside(_ to: SQL, at now: Instant) -> SQL {
    let version: SQL = hasVersion ? ", version = version + 1" : ""
    let more: SQL = alsoSets.map { ", \($0(to, now))" } ?? ""
    return "\(version)\(more)"
  }

  /// Whoever gets the client gets the row; else the client's own owner, if that is somebody else who works here; else the rest's taker.
  func taker(_ handover: HandoverID, from: AccountID, rest: AccountID?) -> SQL {
    guard let client else { return "\(rest)" }
    return """
      coalesce((SELECT c.to_id FROM handover_client c WHERE c.handover_id = \(handover) AND c.client_id = \(client)),
        (SELECT p.owner_id FROM party p JOIN account a ON a.id = p.owner_id
         WHERE p.id = \(client) AND p.owner_id <> \(from) AND a.closed_at IS NULL), \(rest))
      """
  }
}
