import Database
package import Domain

/// The company that uses this installation, and what it takes for usual.
package struct Installation: Sendable, Hashable {
  package var company: String
  package var country: Country
  package var zone: Zone
  package var currency: Currency
  package var language: Language

  package init(company: String, country: Country, zone: Zone, currency: Currency, language: Language) {
    self.company = company
    self.country = country
    self.zone = zone
    self.currency = currency
    self.language = language
  }
}

extension Session {
  package func installation() throws -> (value: Installation, version: Int)? { try connection.installation() }
}

extension Store {
  /// Before anyone is logged in: whose program this is.
  package func installation() async throws -> Installation? {
    try await database.read { try $0.installation()?.value }
  }
}

extension Connection {
  fileprivate func installation() throws -> (value: Installation, version: Int)? {
    try first("SELECT company, country, zone, currency, language, version FROM installation WHERE id = 1") { row in
      let company: String = try row.next()
      guard let country = Country(try row.next(String.self)), let zone = Zone(try row.next(String.self)),
        let currency = Currency(try row.next(String.self))
      else { throw DatabaseError.decoding("installation") }
      let language: Language = try row.next()
      let value = Installation(company: company, country: country, zone: zone, currency: currency, language: language)
      return (value, try row.next())
    }
  }
}

extension Transaction {
  package func changeInstallation(to new: Installation, version: Int) throws {
    try require(.manageInstallation)
    let before = try baseCurrency()
    let changed = try connection.run("""
      UPDATE installation SET company = \(new.company), country = \(new.country.code), zone = \(new.zone.name),
        currency = \(new.currency.code), language = \(new.language), version = version + 1
      WHERE id = 1 AND version = \(version)
      """)
    guard changed == 1 else {
      throw try installation().map { Refusal.conflict(currentVersion: $0.version) } ?? Refusal.notFound
    }
    audit(.changed, .installation, 1)
    // Dossiers are summed in the company's currency.
    if new.currency != before { try revalueDossiers() }
  }

  func insertInstallation(_ new: Installation) throws {
    try connection.run("""
      INSERT INTO installation (id, company, country, zone, currency, language, created_at)
      VALUES (1, \(new.company), \(new.country.code), \(new.zone.name), \(new.currency.code), \(new.language), \(now))
      """)
  }
}
