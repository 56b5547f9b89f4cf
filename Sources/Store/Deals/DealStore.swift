import Database
package import Domain

/// A deal as it is kept. What it costs us is not among it: `margin(of:)` tells that, to those who may know.
package struct StoredDeal: Sendable, Hashable {
  package let id: DealID
  package let clientID: ClientID
  package let clientName: String
  package let draft: DealDraft
  package let stage: DealStage
  package let stageSince: Instant
  package let ownerName: String?
  package let reason: LossReason?
  package let lostNote: String
  package let wonAt: Instant?
  package let finishedAt: Instant?
  package let lostAt: Instant?
  package let createdAt: Instant
  package let changedAt: Instant
  package let isRemoved: Bool
  package let version: Int

  static let columns: SQL = """
    d.id, d.client_id, p.name, d.name, d.number, d.owner_id, d.currency, d.list_minor, d.discount_bp, d.agreed_minor,
    d.agreed_typed, d.final_minor, d.planned_from, d.planned_until, d.actual_from, d.actual_until, d.probability, d.expected_on,
    d.urgent, d.note, \(DealStage.columns), d.stage_since, o.name, r.id, r.key, r.name, d.lost_note, d.won_at, d.finished_at,
    d.lost_at, d.created_at, d.changed_at, d.deleted_at, d.version
    """
  static let tables: SQL = """
    deal d JOIN party p ON p.id = d.client_id JOIN deal_stage s ON s.id = d.stage_id
    LEFT JOIN account o ON o.id = d.owner_id LEFT JOIN deal_reason r ON r.id = d.reason_id
    """

  init(row: inout Row) throws {
    id = try row.next()
    clientID = try row.next()
    clientName = try row.next()
    draft = DealDraft(
      name: try row.next(), number: try row.next(), ownerID: try row.next(),
      price: DealPrice(
        currency: try row.next(), list: try row.next(), discount: try row.next(), agreed: try row.next(),
        agreedIsTyped: try row.next(), final: try row.next()),
      period: DealPeriod(
        plannedFrom: try row.next(), plannedUntil: try row.next(), actualFrom: try row.next(), actualUntil: try row.next()),
      probability: try row.next(), expectedOn: try row.next(), isUrgent: try row.next(), note: try row.next())
    stage = try DealStage(row: &row)
    stageSince = try row.next()
    ownerName = try row.next()
    let reasonID = try row.next(ReasonID?.self), key = try row.next(String?.self), name = try row.next(String?.self)
    reason = if let reasonID, let key { LossReason(id: reasonID, key: key, name: name) } else { nil }
    lostNote = try row.next()
    wonAt = try row.next()
    finishedAt = try row.next()
    lostAt = try row.next()
    createdAt = try row.next()
    changedAt = try row.next()
    isRemoved = try row.next(Int64?.self) != nil
    version = try row.next()
  }

  package var note: DealNote { DealNote(deal: id, name: draft.name) }
  /// What it comes to for the client as far as is known.
  package var worth: Money? { draft.price.money(draft.price.final ?? draft.price.agreed ?? draft.price.list) }
  /// Per cent.
  package var probability: Int { draft.probability ?? stage.probability }
}

extension Session {
  package func deal(_ id: DealID) throws -> StoredDeal {
    try require(.viewDeals)
    guard let deal = try connection.first("""
      SELECT \(StoredDeal.columns) FROM \(StoredDeal.tables) WHERE d.id = \(id) AND \(visible())
      """, { try StoredDeal(row: &$0) }) else { throw Refusal.notFound }
    return deal
  }

  /// A client's deals, those that changed last first.
  package func deals(of client: ClientID, limit: Int = 100) throws -> [StoredDeal] {
    try require(.viewDeals)
    return try connection.rows("""
      SELECT \(StoredDeal.columns) FROM \(StoredDeal.tables)
      WHERE d.client_id = \(client) AND d.deleted_at IS NULL AND \(visible())
      ORDER BY d.changed_at DESC, d.id DESC LIMIT \(limit)
      """) { try StoredDeal(row: &$0) }
  }
}

/// A line of a deal. `unitCost` is nil for those who may not see margins.
package struct DealLine: Sendable, Hashable {
  package let id: LineID
  package let draft: DealLineDraft
  package let gross: Int64
  package let net: Int64
}

/// What a deal leaves us, for those who may see it.
package struct DealMargin: Sendable, Hashable {
  /// Of the lines whose cost is known.
  package let cost: Money
  /// The final price, or else the agreed one, less the cost.
  package let left: Money?
  /// Some line's cost is not known.
  package let isPartial: Bool
}

extension Session {
  package func lines(of deal: DealID) throws -> [DealLine] { try lines(of: [deal])[deal] ?? [] }

  package func lines(of deals: [DealID]) throws -> [DealID: [DealLine]] {
    try require(.viewDeals)
    guard !deals.isEmpty else { return [:] }
    var out: [DealID: [DealLine]] = [:]
    let seesCost = actor.may(.viewMargins)
    let cost: SQL = seesCost ? "l.unit_cost_minor" : "CAST(NULL AS \(sqlite: "INTEGER", postgres: "bigint"))"
    try connection.each("""
      SELECT l.deal_id, l.id, l.offering_id, l.text, l.quantity_milli, l.unit, l.unit_price_minor, l.discount_bp, \(cost), l.gross_minor,
        l.net_minor
      FROM deal_line l JOIN deal d ON d.id = l.deal_id JOIN party p ON p.id = d.client_id
      WHERE l.deal_id IN \(list: deals) AND \(visible()) ORDER BY l.deal_id, l.position, l.id
      """) { row in
      out[try row.next(), default: []].append(DealLine(
        id: try row.next(),
        draft: DealLineDraft(
          offeringID: try row.next(), text: try row.next(), quantity: try row.next(), unit: try row.next(),
          unitPrice: try row.next(), discount: try row.next(), unitCost: try row.next()),
        gross: try row.next(), net: try row.next()))
    }
    return out
  }

  /// Nil where no cost is known, and for those who may not see it.
  package func margin(of deal: StoredDeal, _ lines: [DealLine]) -> DealMargin? {
    guard actor.may(.viewMargins) else { return nil }
    // A cost that does not fit, after a quantity was raised by someone who does not see it, is not known.
    let costs = lines.map { try? $0.draft.cost() }
    guard costs.contains(where: { $0 != nil }), let sum = try? Pricing.sum(costs.compactMap(\.self)) else { return nil }
    let price = deal.draft.price
    let cost = Money(minor: sum, currency: price.currency)
    return DealMargin(
      cost: cost, left: try? price.money(price.final ?? price.agreed)?.subtracting(cost), isPartial: costs.contains(nil))
  }
}
