package import Database
package import Domain

package struct DealListPage: Sendable {
  package let deals: [StoredDeal]
  package let next: ListCursor?
}

/// A sum of one currency.
package struct DealSum: Sendable, Hashable {
  package let count: Int
  package let money: Money
}

extension Session {
  /// One read along the index of the order.
  package func deals(_ filter: DealFilter, _ sort: DealSort, after cursor: ListCursor?, limit: Int = 50) throws -> DealListPage {
    try require(.viewDeals)
    var deals = try connection.rows(dealListQuery(filter, sort, after: cursor, limit: limit)) { try StoredDeal(row: &$0) }
    let hasMore = deals.count > limit
    if hasMore { deals.removeLast() }
    return DealListPage(deals: deals, next: hasMore ? deals.last.map { $0.cursor(sort) } : nil)
  }

  /// The statement alone: a test looks at its plan.
  package func dealListQuery(_ filter: DealFilter, _ sort: DealSort, after cursor: ListCursor?, limit: Int) -> SQL {
    let order = sort.column, direction: SQL = sort.descending ? "DESC" : "ASC"
    return """
      SELECT \(StoredDeal.columns) FROM \(StoredDeal.tables) WHERE \(condition(filter))\(sort.key == .expected ? " AND d.expected_on IS NOT NULL" : "" as SQL)
      \(sort.after(cursor)) ORDER BY \(order) \(direction), d.id \(direction) LIMIT \(limit + 1)
      """
  }

  /// Counted to the cap.
  package func count(_ filter: DealFilter, cap: Int = 1000) throws -> Int {
    try connection.required("""
      SELECT count(*) FROM (SELECT 1 FROM deal d JOIN party p ON p.id = d.client_id JOIN deal_stage s ON s.id = d.stage_id
        WHERE \(condition(filter)) LIMIT \(cap + 1)) AS found
      """)
  }

  func condition(_ filter: DealFilter) -> SQL {
    var out: SQL = "d.deleted_at IS NULL AND p.deleted_at IS NULL\(visibleClients())"
    if filter.state != .all { out += " AND s.phase IN \(list: filter.state.phases)" }
    if let stage = filter.stage { out += " AND d.stage_id = \(stage)" }
    if let owner = filter.owner { out += " AND d.owner_id = \(owner)" }
    if let client = filter.client { out += " AND d.client_id = \(client)" }
    if let currency = filter.currency { out += " AND d.currency = \(currency)" }
    if let reason = filter.reason { out += " AND d.reason_id = \(reason)" }
    if let month = filter.month {
      let next = month.adding(months: 1)
      out += " AND d.expected_on >= \(month) AND d.expected_on < \(next)"
    }
    for word in Fold.search(filter.text).split(separator: " ").prefix(8) {
      let pattern = SQL.likeAnywhere(Fold.sortKey(String(word))), number = SQL.likeAnywhere(filter.text)
      out += " AND (d.name_sort LIKE \(pattern) ESCAPE '\\' OR p.name_sort LIKE \(pattern) ESCAPE '\\' OR d.number LIKE \(number) ESCAPE '\\')"
    }
    return out
  }
}

extension DealSort {
  fileprivate var column: SQL {
    switch key {
    case .changed: "d.changed_at"
    case .name: "d.name_sort"
    case .expected: "d.expected_on"
    }
  }

  fileprivate func after(_ cursor: ListCursor?) -> SQL {
    guard let cursor else { return "" }
    let value: SQL
    switch (cursor.key, key) {
    case (.number(let number), .changed): value = "\(number)"
    case (.text(let text), .name), (.text(let text), .expected): value = "\(text)"
    default: return ""
    }
    return descending ? "AND (\(column), d.id) < (\(value), \(cursor.id))" : "AND (\(column), d.id) > (\(value), \(cursor.id))"
  }
}

extension StoredDeal {
  fileprivate func cursor(_ sort: DealSort) -> ListCursor {
    switch sort.key {
    case .changed: ListCursor(.number(changedAt.milliseconds), id: id.rawValue)
    case .name: ListCursor(.text(Fold.sortKey(draft.name)), id: id.rawValue)
    case .expected: ListCursor(.text(draft.expectedOn?.description ?? ""), id: id.rawValue)
    }
  }
}

/// A column of the board.
package struct BoardColumn: Sendable {
  package let stage: DealStage
  /// Those that changed last.
  package let deals: [StoredDeal]
  /// Of all that stand there, per currency; capped.
  package let sums: [DealSum]
  package let count: Int

  package static let shown = 30
  /// Beyond it a column says "1,000+" and no sum.
  package static let cap = 1000
}

extension Session {
  /// What is open or being done, by stage. Finished and lost ones are in the list.
  package func board(_ filter: DealFilter) throws -> [BoardColumn] {
    try require(.viewDeals)
    var every = filter
    (every.state, every.stage) = (.all, nil)
    let condition = condition(every)
    return try stages().filter { !$0.phase.isClosed }.map { stage in
      let rows: SQL = """
        SELECT d.currency, coalesce(d.final_minor, d.agreed_minor, d.list_minor, 0) AS minor
        FROM deal d JOIN party p ON p.id = d.client_id JOIN deal_stage s ON s.id = d.stage_id
        WHERE d.stage_id = \(stage.id) AND \(condition) LIMIT \(BoardColumn.cap + 1)
        """
      let sums = try dealSums(rows)
      let deals = try connection.rows("""
        SELECT \(StoredDeal.columns) FROM \(StoredDeal.tables) WHERE d.stage_id = \(stage.id) AND \(condition)
        ORDER BY d.changed_at DESC, d.id DESC LIMIT \(BoardColumn.shown)
        """) { try StoredDeal(row: &$0) }
      return BoardColumn(stage: stage, deals: deals, sums: sums, count: sums.reduce(0) { $0 + $1.count })
    }
  }

  /// Summed here, where an overflow is an error and not a wrong figure.
  private func dealSums(_ rows: SQL) throws -> [DealSum] {
    var sums: [Currency: (count: Int, minor: Int64)] = [:]
    try connection.each(rows) { row in
      let currency = try row.next(Currency.self), minor = try row.next(Int64.self)
      let old = sums[currency] ?? (0, 0)
      sums[currency] = (old.count + 1, try Pricing.sum([old.minor, minor]))
    }
    return sums.map { DealSum(count: $1.count, money: Money(minor: $1.minor, currency: $0)) }.sorted {
      ($1.count, $0.money.currency.code) < ($0.count, $1.money.currency.code)
    }
  }
}

/// What may come in, by the month of the expected decision.
package struct ForecastMonth: Sendable, Hashable {
  /// The first day; nil for deals without a date.
  package let month: CalendarDate?
  package let currency: Currency
  package let count: Int
  package let total: Int64
  /// Each amount as likely as its deal.
  package let weighted: Int64
}

extension Session {
  package func forecast(_ filter: DealFilter, limit: Int = 10_000) throws -> [ForecastMonth] {
    try require(.viewDeals)
    var open = filter
    open.state = .open
    var sums: [ForecastKey: (count: Int, total: Int64, weighted: Int64)] = [:]
    try connection.each("""
      SELECT d.expected_on, d.currency, coalesce(d.agreed_minor, d.list_minor), coalesce(d.probability, s.probability)
      FROM deal d JOIN party p ON p.id = d.client_id JOIN deal_stage s ON s.id = d.stage_id
      WHERE \(condition(open)) AND coalesce(d.agreed_minor, d.list_minor) IS NOT NULL ORDER BY d.id LIMIT \(limit)
      """) { row in
      let month = try row.next(String?.self).map { String($0.prefix(7)) } ?? "9999"
      let key = ForecastKey(month: month, currency: try row.next())
      let minor = try row.next(Int64.self), percent = try row.next(Int.self)
      let old = sums[key] ?? (0, 0, 0)
      sums[key] = (
        old.count + 1, try Pricing.sum([old.total, minor]),
        try Pricing.sum([old.weighted, Pricing.weighted(minor, percent: percent)]))
    }
    return sums.sorted { ($0.key.month, $0.key.currency.code) < ($1.key.month, $1.key.currency.code) }.map { key, sum in
      ForecastMonth(
        month: CalendarDate(key.month + "-01"), currency: key.currency, count: sum.count, total: sum.total, weighted: sum.weighted)
    }
  }
}

private struct ForecastKey: Hashable {
  /// `2026-11`
  let month: String
  let currency: Currency
}
