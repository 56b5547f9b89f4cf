import Database
import Domain

/// Projects of section 1, out of the deals: those that were not lost, with what the client pays and when we worked.
struct ProjectRow {
  let id: DealID, name: String, price: Money?, value: Money?, from: CalendarDate?, until: CalendarDate?, isWon: Bool
  /// The day whose rate values its amounts.
  let rateDay: CalendarDate
}

extension Session {
  /// What both faces are made from: nothing of what a project cost us.
  func projectRows(of client: ClientID, _ rates: RateTable) throws -> [ProjectRow] {
    try connection.rows("""
      SELECT d.id, d.name, d.currency, coalesce(d.final_minor, d.agreed_minor, d.list_minor), coalesce(d.actual_from, d.planned_from),
        coalesce(d.actual_until, d.planned_until), d.won_at, s.phase
      FROM deal d JOIN deal_stage s ON s.id = d.stage_id
      WHERE d.client_id = \(client) AND d.deleted_at IS NULL AND s.phase <> 'lost'
      ORDER BY coalesce(d.actual_from, d.planned_from), d.id LIMIT 1000
      """) { row in
      let id = try row.next(DealID.self), name = try row.next(String.self), currency = try row.next(Currency.self)
      let price = try row.next(Int64?.self).map { Money(minor: $0, currency: currency) }
      let from = try row.next(CalendarDate?.self), until = try row.next(CalendarDate?.self)
      let won = try row.next(Instant?.self).map { zone.date($0) }, phase = try row.next(DealPhase.self)
      let day = won ?? from ?? today
      return ProjectRow(
        id: id, name: name, price: price, value: price.flatMap { rates.converted($0, on: day) }, from: from,
        until: until.flatMap { until in from.map { $0 <= until } ?? true ? until : nil }, isWon: phase.isWon, rateDay: day)
    }
  }

  func ourProjects(of client: ClientID, _ entries: [DossierEntry], _ rates: RateTable) throws -> [DossierProject] {
    let rows = try projectRows(of: client, rates)
    let costs = actor.may(.viewMargins) && !rows.isEmpty ? try projectCosts(of: client) : [:]
    var given: [DealID: DossierSum] = [:]
    for entry in entries {
      guard entry.draft.section.isGiven, let deal = entry.draft.project else { continue }
      given[deal, default: DossierSum(in: rates.base)].add(entry.money, value: entry.value)
    }
    return rows.map { row in
      let left = costs[row.id].flatMap { cost in try? row.price?.subtracting(cost) }
      return DossierProject(
        id: row.id, name: row.name, price: row.price, value: row.value, from: row.from, until: row.until, isWon: row.isWon,
        given: given[row.id]?.total ?? .zero(rates.base), margin: left.flatMap { rates.converted($0, on: row.rateDay) })
    }
  }

  /// Of the lines whose cost is known; a sum that does not fit is not known either.
  private func projectCosts(of client: ClientID) throws -> [DealID: Money] {
    var out: [DealID: Money] = [:], tooLarge: Set<DealID> = []
    try connection.each("""
      SELECT l.deal_id, d.currency, l.quantity_milli, l.unit_cost_minor FROM deal_line l JOIN deal d ON d.id = l.deal_id
      WHERE d.client_id = \(client) AND d.deleted_at IS NULL AND l.unit_cost_minor IS NOT NULL
      """) { row in
      let deal = try row.next(DealID.self), currency = try row.next(Currency.self)
      let quantity = try row.next(Quantity.self), price = try row.next(Int64.self)
      let cost = try? Money(minor: Pricing.gross(quantity, unitPrice: price), currency: currency)
      if let sum = cost.flatMap({ try? (out[deal] ?? .zero(currency)).adding($0) }) { out[deal] = sum } else { tooLarge.insert(deal) }
    }
    return out.filter { !tooLarge.contains($0.key) }
  }
}
