import Database
import Domain
import Foundation
import Store
import TestSupport
import Testing

/// Totals worked out again from the rows by another road: decimal arithmetic of Foundation, row by row, in the test.
struct DossierTotalTests {
  private static func oracle(_ base: TestBase, _ client: ClientID) async throws -> [String: Decimal] {
    try await base.read { reader in
      var rates: [(String, String, Decimal)] = []
      try reader.connection.each("SELECT currency, from_date, mantissa, scale FROM exchange_rate") { row in
        let currency = try row.next(String.self), from = try row.next(String.self)
        let mantissa = try row.next(Int64.self), scale = try row.next(Int.self)
        rates.append((currency, from, Decimal(mantissa) * pow(Decimal(string: "0.1") ?? 0, scale)))
      }
      var sums: [String: Decimal] = [:]
      try reader.connection.each("""
        SELECT section, date, amount_minor, currency FROM dossier_entry
        WHERE client_id = \(client) AND removed_at IS NULL AND amount_minor IS NOT NULL
        """) { row in
        let section = try row.next(String.self), date = try row.next(String.self)
        let amount = Decimal(try row.next(Int64.self)), currency = try row.next(String.self)
        var exact = amount, rounded = Decimal()
        if currency != "EUR" {
          guard let rate = rates.filter({ $0.0 == currency && $0.1 <= date }).max(by: { $0.1 < $1.1 }) else { return }
          exact = amount * rate.2 * (currency == "JPY" ? 100 : 1)
        }
        NSDecimalRound(&rounded, &exact, 0, .bankers)
        sums[section, default: 0] += rounded
      }
      return sums
    }
  }

  @Test(arguments: Engine.all) func areThoseOfTheRowsWhateverHappens(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.founded()
      let firm = try await base.firm()
      let currencies = try ["EUR", "PLN", "USD", "JPY"].map { try #require(Currency($0)) }
      var random = SystemRandomNumberGenerator()
      var ids: [DossierEntryID] = []
      func add() async throws {
        let section = DossierSection.written.randomElement(using: &random) ?? .cost
        let currency = currencies.randomElement(using: &random) ?? .eur
        let date = CalendarDate(daysSince1970: Int.random(in: 20_000...20_700, using: &random)).description
        let draft = entry(section, date, "work", Money(minor: Int64.random(in: 0...999_999, using: &random), currency: currency))
        ids.append(try await base.write { try $0.addDossierEntry(draft, to: firm) })
      }
      for _ in 0..<30 { try await add() }
      for (code, from, value) in [("PLN", "2025-03-01", "0.2345"), ("PLN", "2026-01-01", "0.2411"), ("JPY", "2020-01-01", "0.0061"), ("USD", "2026-02-02", "0.85")] {
        let rate = ExchangeRate(
          currency: try #require(Currency(code)), base: .eur, from: try #require(CalendarDate(from)), value: try #require(RateValue(value)))
        try await base.write { _ = try $0.addRate(rate) }
        try await check(base, firm)
      }
      for _ in 0..<10 { try await add() }
      for id in ids.prefix(7) { try await base.write { try $0.removeDossierEntry(id, version: 1) } }
      try await check(base, firm)
      let rate = try #require(try await base.read { try $0.rates() }.first { $0.rate.currency == .pln })
      try await base.write { _ = try $0.removeRate(rate.id) }
      try await check(base, firm)
      try await base.write { try $0.rebuildDossierTotals() }
      try await check(base, firm)
    }
  }

  private func check(_ base: TestBase, _ firm: ClientID) async throws {
    let expected = try await Self.oracle(base, firm)
    let (dossier, glance, problems) = try await base.read { reader in
      (try reader.dossier(of: firm), try reader.dossierGlance(of: firm), try Consistency.check(reader.connection).compactMap(\.problem))
    }
    for section in DossierSection.written {
      #expect(Decimal(dossier.totals.of(section).total.minor) == expected[section.rawValue] ?? 0, "\(section)")
    }
    #expect(glance.given == dossier.headline.given.total && glance.benefit == dossier.headline.benefit.total)
    #expect(glance.entries == dossier.entries.count && problems.isEmpty)
  }

  @Test(arguments: Engine.all) func aMissingRateIsSaidAndNotGuessed(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.founded()
      let firm = try await base.firm()
      try await base.write { _ = try $0.addDossierEntry(entry(.cost, "2026-01-01", "a", Money(minor: 500, currency: .usd)), to: firm) }
      let dossier = try await base.read { try $0.dossier(of: firm) }
      #expect(dossier.totals.all.total == euros(0) && dossier.totals.all.unconverted == [Money(minor: 500, currency: .usd)])
      #expect(try await base.read { try $0.dossierGlance(of: firm).unconverted } == 1)
    }
  }

  @Test(arguments: Engine.all) func changesAtOnceAreAllCounted(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.founded()
      let firm = try await base.firm()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<12 {
          group.addTask { try await base.write { _ = try $0.addDossierEntry(entry(.cost, "2026-01-01", "a", euros(100)), to: firm) } }
        }
        try await group.waitForAll()
      }
      #expect(try await base.read { try $0.dossierGlance(of: firm).given } == euros(1200))
    }
  }

  /// A dossier of 5,000 entries has its sum in 64 bits even at a hundred times the largest amount, as a rate may make of it. The sum
  /// of two such goes as far as a sum goes.
  @Test(arguments: Engine.all) func noNumberOfDossiersIsTooMany(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.founded()
      let most = Money.largest * 100 * 5000
      func total(_ given: Int64, _ benefit: Int64) async throws {
        let firm = try await base.firm()
        try await base.write { tx in
          try tx.connection.run("DELETE FROM dossier_total WHERE client_id = \(firm)")
          try tx.connection.run("""
            INSERT INTO dossier_total (client_id, entries, for_client, cost, benefit, loyalty, special, given, unconverted)
            VALUES (\(firm), 5000, 0, \(given), \(benefit), 0, 0, \(given), 0)
            """)
        }
      }
      try await total(most, 1)
      try await total(1_999_999_999, 2_000_000_001)
      let exact = try await base.read { try $0.valueSums() }
      #expect(exact.given == euros(most + 1_999_999_999) && exact.benefit == euros(2_000_000_002) && exact.entries == 10_000)
      try await total(most, most)
      let bounded = try await base.read { try $0.valueSums() }
      #expect(bounded.given == euros(Money.largestSum) && bounded.given.isLargestSum)
      #expect(bounded.benefit == euros(most + 2_000_000_002) && !bounded.benefit.isLargestSum && bounded.clients == 3)
    }
  }

  @Test func scopeAndRightsHold() async throws {
    try await withTestBase(.sqlite) { base in
      try await base.founded()
      let firm = try await base.firm(of: base.maria)
      let id = try await base.write(as: base.maria) { try $0.addDossierEntry(entry(.cost, "2026-01-01", "a"), to: firm) }
      await #expect(throws: Refusal.notFound) { try await base.read(as: base.ivan) { _ = try $0.dossier(of: firm) } }
      await #expect(throws: Refusal.notFound) { try await base.read(as: base.ivan) { _ = try $0.clientDossier(of: firm) } }
      await #expect(throws: Refusal.notFound) { try await base.write(as: base.ivan) { try $0.removeDossierEntry(id, version: 1) } }
      await #expect(throws: Refusal.forbidden(.editDossier)) {
        try await base.write(as: base.reader) { _ = try $0.addDossierEntry(entry(.cost, "2026-01-01", "b"), to: firm) }
      }
      let one = try #require(RateValue("1"))
      await #expect(throws: Refusal.forbidden(.manageRates)) {
        try await base.write(as: base.maria) {
          _ = try $0.addRate(ExchangeRate(currency: .usd, base: .eur, from: CalendarDate(daysSince1970: 1), value: one))
        }
      }
    }
  }
}
