/// An amount of money: a whole number of the currency's smallest units. Sums are checked, never rounded or wrapped.

package struct Money: Hashable, Sendable, Codable {
  package let minor: Int64
  package let currency: Currency

  package init(minor: Int64, currency: Currency) { (self.minor, self.currency) = (minor, currency) }

  /// The largest amount that is taken from anyone, in smallest units: a hundred thousand million euros. Hundreds of thousands of
  /// such amounts add up within 64 bits.
  package static let largest: Int64 = 10_000_000_000_000
  /// Where the database sums amounts, which has 64 bits for it, a sum goes no further.
  package static let largestSum: Int64 = 9_000_000_000_000_000_000
  package var isLargestSum: Bool { minor >= Money.largestSum }
  package var isTooLarge: Bool { minor.magnitude > Money.largest.magnitude }

  package enum Failure: Error, Hashable, Sendable { case overflow, differentCurrencies }

  package static func zero(_ currency: Currency) -> Money { Money(minor: 0, currency: currency) }

  package func adding(_ other: Money) throws(Failure) -> Money {
    guard currency == other.currency else { throw .differentCurrencies }
    return try checked(minor.addingReportingOverflow(other.minor))
  }

  package func subtracting(_ other: Money) throws(Failure) -> Money {
    guard currency == other.currency else { throw .differentCurrencies }
    return try checked(minor.subtractingReportingOverflow(other.minor))
  }

  package func multiplied(by count: Int64) throws(Failure) -> Money {
    try checked(minor.multipliedReportingOverflow(by: count))
  }

  private func checked(_ result: (partialValue: Int64, overflow: Bool)) throws(Failure) -> Money {
    if result.overflow { throw .overflow }
    return Money(minor: result.partialValue, currency: currency)
  }

  /// `1234.50`: for files and interfaces between programs; the currency stands beside it.
  package var plain: String {
    guard currency.exponent > 0 else { return String(minor) }
    let scale = currency.scale.magnitude
    let fraction = String(minor.magnitude % scale)
    let zeros = String(repeating: "0", count: max(0, currency.exponent - fraction.utf8.count))
    return "\(minor < 0 ? "-" : "")\(minor.magnitude / scale).\(zeros)\(fraction)"
  }
}
