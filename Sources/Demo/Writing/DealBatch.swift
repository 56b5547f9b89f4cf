import Database
import Domain
import Store

/// Rows of many told deals, written one table after another.
struct DealBatch {
  private var deals: [[SQLValue]] = []
  private var lines: [[SQLValue]] = []
  private var members: [[SQLValue]] = []
  private var contacts: [[SQLValue]] = []
  private var requirements: [[SQLValue]] = []
  private var history: [[SQLValue]] = []
  /// In the order in which the base was born with them.
  private static let reasons = ["price", "competitor", "no_budget", "postponed", "no_need", "new_manager", "our_terms", "silence", "other"]

  mutating func tell(_ deal: DealID, _ entry: HistoryID) { history.append([deal.sqlValue, entry.sqlValue]) }

  mutating func add(_ told: ToldDeal, _ id: DealID, client: ClientID, _ party: (Tale.Someone) -> PartyID?) {
    let draft = told.draft, price = draft.price, period = draft.period
    let reason = told.reason.flatMap { Self.reasons.firstIndex(of: $0) }.map { Int64($0 + 1) }
    deals.append([
      id.sqlValue, client.sqlValue, draft.name.sqlValue, Fold.sortKey(draft.name).sqlValue, told.stage.ref.id.sqlValue,
      told.since.sqlValue, draft.ownerID.sqlValue, price.currency.sqlValue, price.list.sqlValue, price.discount.sqlValue,
      price.agreed.sqlValue, price.agreedIsTyped.sqlValue, price.final.sqlValue, draft.expectedOn.sqlValue,
      period.plannedFrom.sqlValue, period.plannedUntil.sqlValue, period.actualFrom.sqlValue, period.actualUntil.sqlValue,
      draft.isUrgent.sqlValue, told.wonAt.sqlValue, told.finishedAt.sqlValue, told.lostAt.sqlValue, reason.sqlValue,
      told.words.sqlValue, told.createdAt.sqlValue, draft.ownerID.sqlValue, told.since.sqlValue, draft.ownerID.sqlValue,
    ])
    for (position, line) in told.lines.enumerated() {
      guard let gross = try? line.gross(), let net = try? line.net() else { continue }
      lines.append([
        id.sqlValue, (position + 1).sqlValue, line.offeringID.sqlValue, line.text.sqlValue, line.quantity.sqlValue, line.unit.sqlValue,
        line.unitPrice.sqlValue, line.discount.sqlValue, gross.sqlValue, net.sqlValue, line.unitCost.sqlValue,
      ])
    }
    for (account, role) in told.members { members.append([id.sqlValue, account.sqlValue, role.sqlValue]) }
    for (who, tie) in told.contacts {
      guard let person = party(who) else { continue }
      contacts.append([id.sqlValue, person.sqlValue, tie.role.sqlValue, tie.isManager.sqlValue])
    }
    for one in told.requirements {
      requirements.append([id.sqlValue, one.text.sqlValue, one.absorbed.sqlValue, one.at.sqlValue, one.by.sqlValue])
    }
  }

  func write(_ connection: any Connection) throws {
    try connection.insert(into: "deal", [
      "id", "client_id", "name", "name_sort", "stage_id", "stage_since", "owner_id", "currency", "list_minor", "discount_bp",
      "agreed_minor", "agreed_typed", "final_minor", "expected_on", "planned_from", "planned_until", "actual_from", "actual_until",
      "urgent", "won_at", "finished_at", "lost_at", "reason_id", "lost_note", "created_at", "created_by", "changed_at", "changed_by",
    ], rows: deals)
    try connection.insert(into: "deal_line", [
      "deal_id", "position", "offering_id", "text", "quantity_milli", "unit", "unit_price_minor", "discount_bp", "gross_minor", "net_minor",
      "unit_cost_minor",
    ], rows: lines)
    try connection.insert(into: "deal_member", ["deal_id", "account_id", "role"], rows: members)
    try connection.insert(into: "deal_contact", ["deal_id", "person_id", "role", "is_manager"], rows: contacts)
    try connection.insert(into: "deal_requirement", ["deal_id", "text", "absorbed", "added_at", "added_by"], rows: requirements)
    try connection.insert(into: "deal_history", ["deal_id", "history_id"], rows: history)
    try connection.identityFollows("deal")
  }
}
