/// The rates a company keeps, and amounts in its own currency by them. Arithmetic is exact in whole numbers; the one rounding, to
/// the smallest unit of the company's currency, is half to even.

/// A positive decimal number as people write it: `0.5113`, `4,2634`. Value = mantissa / 10^scale.
package struct RateValue: Hashable, Sendable, Codable {
  package let mantissa: Int64
  package let scale: Int

  /// Nil unless 1 ≤ mantissa < 10^15 and 0 ≤ scale ≤ 10.
  package init?(mantissa: Int64, scale: Int) {
    guard 1..<1_000_000_000_000_000 ~= mantissa, 0...10 ~= scale else { return nil }
    (self.mantissa, self.scale) = (mantissa, scale)
  }

  /// One mark, comma or point, parts the decimals; there are no groups, so that `4,263` is never four thousand.
  package init?(_ text: some StringProtocol) {
    var mantissa: Int64 = 0
    var scale = -1
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39:
        digits += 1
        guard digits <= 15 else { return nil }
        mantissa = mantissa * 10 + Int64(byte - 0x30)
        if scale >= 0 { scale += 1 }
      case 0x2C, 0x2E:
        guard scale < 0, digits > 0 else { return nil }
        scale = 0
      default: return nil
      }
    }
    self.init(mantissa: mantissa, scale: max(scale, 0))
  }

  /// `0.5113`
  package var plain: String {
    guard scale > 0 else { return String(mantissa) }
    let digits = String(mantissa)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
    return "\(padded.dropLast(scale)).\(padded.suffix(scale))"
  }
}

/// From a day on, one unit of the currency is worth so many units of the base currency.
package struct ExchangeRate: Hashable, Sendable {
  package let currency: Currency
  package let base: Currency
  package let from: CalendarDate
  package let value: RateValue

  package init(currency: Currency, base: Currency, from: CalendarDate, value: RateValue) {
    (self.currency, self.base, self.from, self.value) = (currency, base, from, value)
  }

  /// A hundred times what may be entered: for a currency with far smaller units.
  private var largest: UInt64 { Money.largest.magnitude * 100 }

  /// Nil where the result is too large to be an amount.
  func converted(_ money: Money) -> Money? {
    let product = Int128(money.minor) * Int128(value.mantissa) * power(base.exponent)
    let divisor = power(value.scale) * power(currency.exponent)
    var (quotient, rest) = product.quotientAndRemainder(dividingBy: divisor)
    let twice = rest.magnitude * 2
    if twice > divisor.magnitude || (twice == divisor.magnitude && quotient % 2 != 0) { quotient += product < 0 ? -1 : 1 }
    rest = 0
    guard let minor = Int64(exactly: quotient), minor.magnitude <= largest else { return nil }
    return Money(minor: minor, currency: base)
  }

  private func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

/// Rates by currency. An amount is valued at the rate in force on its own day: the latest that began on that day or before.
package struct RateTable: Sendable {
  package let base: Currency
  private let rates: [Currency: [ExchangeRate]]

  package init(base: Currency, _ rates: [ExchangeRate] = []) {
    self.base = base
    self.rates = Dictionary(grouping: rates.filter { $0.base == base }, by: \.currency).mapValues { $0.sorted { $0.from < $1.from } }
  }

  package func rate(of currency: Currency, on date: CalendarDate) -> ExchangeRate? { rates[currency]?.last { $0.from <= date } }

  /// Nil where no rate was in force: such an amount is shown as it is and said to be unconverted, never guessed.
  package func converted(_ money: Money, on date: CalendarDate) -> Money? {
    if money.currency == base { return money }
    return rate(of: money.currency, on: date)?.converted(money)
  }
}
