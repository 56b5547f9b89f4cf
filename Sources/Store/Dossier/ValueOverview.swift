import Database
package import Domain

/// Dossiers over the whole base, as far as this actor sees it: what was given and gained in all, and which clients to look at.
package struct ValueSums: Sendable, Hashable {
  package let clients: Int
  package let entries: Int
  package let given: Money
  package let benefit: Money
  /// Amounts without a rate, which the sums leave out.
  package let unconverted: Int
}

package struct ValueLine: Sendable, Hashable {
  package let id: ClientID
  package let name: String
  package let owner: String?
  package let entries: Int
  package let given: Money
  package let benefit: Money
  package let lastDate: CalendarDate?
  package let since: CalendarDate
  /// What the client paid us in all: agreed projects and purchases.
  package fileprivate(set) var paid: Money?
}

package struct ValuePage: Sendable {
  package let lines: [ValueLine]
  package let next: ListCursor?
}

extension Session {
  package func valueSums() throws -> ValueSums {
    try require(.viewDossier)
    let base = try baseCurrency()
    func count(_ column: SQL) -> SQL { "CAST(coalesce(sum(\(column)), 0) AS BIGINT)" }
    return try connection.first("""
      SELECT count(*), \(count("t.entries")), \(SQL.moneySum("t.given")), \(SQL.moneySum("t.benefit")), \(count("t.unconverted"))
      FROM dossier_total t JOIN party p ON p.id = t.client_id
      WHERE t.entries > 0 AND p.is_client AND p.deleted_at IS NULL AND p.archived_at IS NULL\(visibleClients())
      """) { row in
      ValueSums(
        clients: try row.next(), entries: try row.next(), given: Money(minor: try row.next(), currency: base),
        benefit: Money(minor: try row.next(), currency: base), unconverted: try row.next())
    } ?? ValueSums(clients: 0, entries: 0, given: .zero(base), benefit: .zero(base), unconverted: 0)
  }

  /// Those we gave most, of whom what we gave is a quarter or more of what they paid. Of the thousand given most to.
  package func givenMuchEarnedLittle(limit: Int = 50) throws -> [ValueLine] {
    try require(.viewDossier)
    var lines = try valueLines("t.given > 0", order: "t.given DESC, t.client_id DESC", limit: 1000)
    let paid = try paid(by: lines.map(\.id))
    let base = try baseCurrency()
    for index in lines.indices { lines[index].paid = paid[lines[index].id] ?? .zero(base) }
    return Array(lines.filter { line in
      let (four, overflow) = line.given.minor.multipliedReportingOverflow(by: 4)
      return overflow || four >= (line.paid?.minor ?? 0)
    }.prefix(limit))
  }

  /// Clients of whom nothing is written, oldest relationship first.
  package func withoutDossier(after cursor: ListCursor?, limit: Int = 50) throws -> ValuePage {
    try require(.viewDossier)
    var place: SQL = ""
    if case .number(let at)? = cursor?.key, let id = cursor?.id { place = " AND (p.created_at, p.id) > (\(at), \(id))" }
    let base = try baseCurrency()
    let rows = try connection.rows("""
      SELECT p.id, p.name, a.name, p.created_at FROM party p LEFT JOIN account a ON a.id = p.owner_id
      WHERE p.is_client AND p.deleted_at IS NULL AND p.archived_at IS NULL\(visibleClients())\(place)
        AND NOT EXISTS (SELECT 1 FROM dossier_total t WHERE t.client_id = p.id AND t.entries > 0)
      ORDER BY p.created_at, p.id LIMIT \(limit + 1)
      """) { row in
      let id = try row.next(ClientID.self), name = try row.next(String.self), owner = try row.next(String?.self)
      let at = try row.next(Instant.self)
      return (at, ValueLine(
        id: id, name: name, owner: owner, entries: 0, given: .zero(base), benefit: .zero(base), lastDate: nil, since: zone.date(at)))
    }
    let shown = Array(rows.prefix(limit))
    let next = rows.count > limit ? shown.last.map { ListCursor(.number($0.0.milliseconds), id: $0.1.id.rawValue) } : nil
    return ValuePage(lines: shown.map(\.1), next: next)
  }

  /// Dossiers whose last entry is older than the company allows, the oldest first.
  package func oldDossiers(after cursor: ListCursor?, limit: Int = 50) throws -> ValuePage {
    try require(.viewDossier)
    let before = today.adding(months: -(try dossierSettings().oldMonths))
    var place: SQL = "t.entries > 0 AND t.last_date < \(before)"
    if case .text(let date)? = cursor?.key, let id = cursor?.id { place += " AND (t.last_date, t.client_id) > (\(date), \(id))" }
    let lines = try valueLines(place, order: "t.last_date, t.client_id", limit: limit + 1)
    let shown = Array(lines.prefix(limit))
    let next = lines.count > limit ? shown.last.flatMap { line in line.lastDate.map { ListCursor(.text($0.description), id: line.id.rawValue) } } : nil
    return ValuePage(lines: shown, next: next)
  }

  private func valueLines(_ condition: SQL, order: SQL, limit: Int) throws -> [ValueLine] {
    let base = try baseCurrency()
    return try connection.rows("""
      SELECT p.id, p.name, a.name, t.entries, t.given, t.benefit, t.last_date, p.created_at
      FROM dossier_total t JOIN party p ON p.id = t.client_id LEFT JOIN account a ON a.id = p.owner_id
      WHERE \(condition) AND p.is_client AND p.deleted_at IS NULL AND p.archived_at IS NULL\(visibleClients())
      ORDER BY \(order) LIMIT \(limit)
      """) { row in
      ValueLine(
        id: try row.next(), name: try row.next(), owner: try row.next(), entries: try row.next(),
        given: Money(minor: try row.next(), currency: base), benefit: Money(minor: try row.next(), currency: base),
        lastDate: try row.next(), since: zone.date(try row.next(Instant.self)))
    }
  }

  /// In the company's currency, each amount at the rate of its own day; amounts without one are left out.
  private func paid(by clients: [ClientID]) throws -> [ClientID: Money] {
    guard !clients.isEmpty else { return [:] }
    let rates = try rateTable()
    var out: [ClientID: DossierSum] = [:]
    func add(_ client: ClientID, _ money: Money, _ day: CalendarDate) {
      out[client, default: DossierSum(in: rates.base)].add(money, value: rates.converted(money, on: day))
    }
    let list = clients
    try connection.each("""
      SELECT d.client_id, coalesce(d.final_minor, d.agreed_minor), d.currency, d.won_at FROM deal d JOIN deal_stage s ON s.id = d.stage_id
      WHERE d.client_id IN \(list: list) AND d.deleted_at IS NULL AND s.phase IN ('won','delivery','finished')
        AND coalesce(d.final_minor, d.agreed_minor) IS NOT NULL
      """) { row in
      let client = try row.next(ClientID.self), minor = try row.next(Int64.self), currency = try row.next(Currency.self)
      let day = try row.next(Instant?.self).map { zone.date($0) } ?? today
      add(client, Money(minor: minor, currency: currency), day)
    }
    try connection.each("""
      SELECT client_id, currency, bought_on, \(SQL.moneySum("amount_minor")) FROM purchase WHERE client_id IN \(list: list)
      GROUP BY client_id, currency, bought_on
      """) { row in
      let client = try row.next(ClientID.self), currency = try row.next(Currency.self), day = try row.next(CalendarDate.self)
      add(client, Money(minor: try row.next(), currency: currency), day)
    }
    return out.mapValues(\.total)
  }
}
