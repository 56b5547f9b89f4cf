import Database
package import Domain

/// A kept rate, as the settings list it.
package struct RateLine: Sendable, Hashable {
  package let id: RateID
  package let rate: ExchangeRate
  package let author: String?
  package let recordedAt: Instant
  package let version: Int
}

extension Session {
  /// The rates towards the company's currency.
  /// - Parameter known: that currency, where it was read already.
  package func rateTable(base known: Currency? = nil) throws -> RateTable {
    let base = try known ?? baseCurrency()
    return RateTable(base: base, try connection.rows("""
      SELECT currency, base, from_date, mantissa, scale FROM exchange_rate WHERE base = \(base.code) ORDER BY currency, from_date
      """) { try ExchangeRate(row: &$0) })
  }

  /// All of them, newest first within each currency.
  package func rates() throws -> [RateLine] {
    try connection.rows("""
      SELECT r.currency, r.base, r.from_date, r.mantissa, r.scale, r.id, a.name, r.recorded_at, r.version
      FROM exchange_rate r LEFT JOIN account a ON a.id = r.author_id ORDER BY r.base, r.currency, r.from_date DESC LIMIT 2000
      """) { row in
      let rate = try ExchangeRate(row: &row)
      return RateLine(id: try row.next(), rate: rate, author: try row.next(), recordedAt: try row.next(), version: try row.next())
    }
  }

  package func rate(_ id: RateID) throws -> RateLine {
    guard let line = try rates().first(where: { $0.id == id }) else { throw Refusal.notFound }
    return line
  }
}

extension ExchangeRate {
  fileprivate init(row: inout Row) throws {
    let currency = Currency(try row.next(String.self)), base = Currency(try row.next(String.self))
    let from = try row.next(CalendarDate.self)
    let value = RateValue(mantissa: try row.next(), scale: try row.next())
    guard let currency, let base, let value else { throw DatabaseError.decoding("no exchange rate") }
    self.init(currency: currency, base: base, from: from, value: value)
  }
}

extension Transaction {
  /// The amounts it concerns get their new values at once.
  @discardableResult
  package func addRate(_ rate: ExchangeRate) throws -> RateID {
    try require(.manageRates)
    try refuseTwice(rate, except: nil)
    let id: RateID = try connection.required("""
      INSERT INTO exchange_rate (currency, base, from_date, mantissa, scale, author_id, recorded_at)
      VALUES (\(rate.currency.code), \(rate.base.code), \(rate.from), \(rate.value.mantissa), \(rate.value.scale), \(actor.id), \(now))
      RETURNING id
      """)
    audit(.created, .rate, id.rawValue)
    try revalue(rate.currency)
    return id
  }

  package func changeRate(_ id: RateID, to rate: ExchangeRate, version: Int) throws {
    try require(.manageRates)
    let old = try self.rate(id)
    try refuseTwice(rate, except: id)
    let changed = try connection.run("""
      UPDATE exchange_rate SET currency = \(rate.currency.code), base = \(rate.base.code), from_date = \(rate.from),
        mantissa = \(rate.value.mantissa), scale = \(rate.value.scale), author_id = \(actor.id), recorded_at = \(now),
        version = version + 1
      WHERE id = \(id) AND version = \(version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: old.version) }
    audit(.changed, .rate, id.rawValue)
    for currency in Set([old.rate.currency, rate.currency]) { try revalue(currency) }
  }

  /// - Returns: what was there, to be put back.
  @discardableResult
  package func removeRate(_ id: RateID) throws -> ExchangeRate {
    try require(.manageRates)
    let old = try rate(id)
    try connection.run("DELETE FROM exchange_rate WHERE id = \(id)")
    audit(.removed, .rate, id.rawValue)
    try revalue(old.rate.currency)
    return old.rate
  }

  private func refuseTwice(_ rate: ExchangeRate, except id: RateID?) throws {
    let other = try connection.value("""
      SELECT id FROM exchange_rate WHERE currency = \(rate.currency.code) AND base = \(rate.base.code) AND from_date = \(rate.from)
      """, as: RateID.self)
    if let other, other != id { throw Refusal.duplicate(field: "from", of: other.rawValue) }
  }

  /// Works out the values of all amounts in that currency (nil: in every one) by the rates as they are now.
  func revalue(_ currency: Currency?) throws {
    let rates = try rateTable()
    let which: SQL = currency.map { "currency = \($0.code)" } ?? "currency IS NOT NULL"
    var updates: [SQL] = []
    var clients: Set<ClientID> = []
    try connection.each("SELECT id, client_id, date, amount_minor, currency, value_minor FROM dossier_entry WHERE \(which)") { row in
      let id = try row.next(DossierEntryID.self), client = try row.next(ClientID.self), date = try row.next(CalendarDate.self)
      let minor = try row.next(Int64.self), code = try row.next(String.self), old = try row.next(Int64?.self)
      guard let currency = Currency(code) else { return }
      let value = rates.converted(Money(minor: minor, currency: currency), on: date)?.minor
      guard value != old else { return }
      updates.append("UPDATE dossier_entry SET value_minor = \(value) WHERE id = \(id)")
      clients.insert(client)
    }
    for part in updates.parts(of: 500) { try connection.run(all: part) }
    try refreshDossierTotals(of: clients)
  }
}
