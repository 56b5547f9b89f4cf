import Testing

@testable import Domain

struct ExchangeRateTests {
  private static func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? CalendarDate(daysSince1970: 0) }

  @Test(arguments: [
    ("0.2345", 2345, 4), ("0,2345", 2345, 4), ("4,263", 4263, 3), ("1", 1, 0), ("117", 117, 0), ("0.0000000001", 1, 10),
  ] as [(String, Int64, Int)]) func isRead(text: String, mantissa: Int64, scale: Int) throws {
    let value = try #require(RateValue(text))
    #expect(value.mantissa == mantissa && value.scale == scale)
    #expect(RateValue(value.plain) == value)
  }

  @Test(arguments: ["", "0", "0.0", "-1", "1.2.3", "1 000", ".5", "1,000.5", "0.00000000001", "1234567890123456", "x"])
  func isRefused(text: String) { #expect(RateValue(text) == nil) }

  /// minor units, currency, rate, base, minor units in base. Halves go to the even neighbour.
  @Test(arguments: [
    (100, "PLN", "0.2345", "EUR", 23), (10_000, "PLN", "0.2345", "EUR", 2345), (1, "PLN", "0.5", "EUR", 0), (3, "PLN", "0.5", "EUR", 2),
    (5, "PLN", "0.5", "EUR", 2), (7, "PLN", "0.5", "EUR", 4), (1000, "JPY", "0.0061", "EUR", 610), (1, "JPY", "0.0061", "EUR", 1),
    (1234, "KWD", "3", "EUR", 370), (1235, "KWD", "3", "EUR", 370), (1999, "EUR", "164.5", "JPY", 3288), (0, "PLN", "7", "EUR", 0),
  ] as [(Int64, String, String, String, Int64)]) func convertsExactly(minor: Int64, code: String, rate: String, base: String, expected: Int64) throws {
    let currency = try #require(Currency(code)), home = try #require(Currency(base))
    let table = RateTable(base: home, [ExchangeRate(currency: currency, base: home, from: Self.day("2026-01-01"), value: try #require(RateValue(rate)))])
    #expect(table.converted(Money(minor: minor, currency: currency), on: Self.day("2026-06-01")) == Money(minor: expected, currency: home))
  }

  @Test func theRateInForceOnTheDayCounts() throws {
    let rates = try [("2025-01-01", "0.20"), ("2026-01-01", "0.25"), ("2026-07-01", "0.30")].map {
      ExchangeRate(currency: .pln, base: .eur, from: Self.day($0), value: try #require(RateValue($1)))
    }
    let table = RateTable(base: .eur, rates.reversed())
    let cases: [(String, Int64?)] = [
      ("2024-12-31", nil), ("2025-01-01", 200), ("2025-12-31", 200), ("2026-01-01", 250), ("2026-06-30", 250), ("2026-07-01", 300),
    ]
    for (date, minor) in cases {
      #expect(table.converted(Money(minor: 1000, currency: .pln), on: Self.day(date))?.minor == minor, "\(date)")
    }
    #expect(table.converted(Money(minor: 1000, currency: .usd), on: Self.day("2026-01-01")) == nil)
    #expect(table.converted(Money(minor: 1000, currency: .eur), on: Self.day("1999-01-01")) == Money(minor: 1000, currency: .eur))
  }

  @Test func whatIsTooLargeIsNoAmount() throws {
    let table = RateTable(base: .eur, [ExchangeRate(currency: .usd, base: .eur, from: Self.day("2026-01-01"), value: try #require(RateValue("999999999")))])
    #expect(table.converted(Money(minor: Money.largest, currency: .usd), on: Self.day("2026-02-01")) == nil)
  }
}
