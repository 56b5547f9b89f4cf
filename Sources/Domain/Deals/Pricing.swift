/// What a line and a deal cost, exactly: minor units of the currency, quantities in thousandths, discounts in basis points.
///
/// One rule of rounding: an amount is worked out in whole numbers to its end and rounded once, half away from zero (2.5 → 3,
/// −2.5 → −3). A line is rounded once for its price before the discount and once for its price after it; a deal's sum is the
/// sum of rounded lines, its discount is taken off that sum and rounded once. What does not fit in 64 bits is refused.
package enum Pricing {
  /// 100 % in basis points.
  package static let whole = 10_000

  /// Quantity times unit price, before any discount.
  package static func gross(_ quantity: Quantity, unitPrice: Int64) throws(Money.Failure) -> Int64 {
    try rounded(Int128(quantity.milli) * Int128(unitPrice), over: 1000)
  }

  /// Quantity times unit price less the discount, rounded once from the exact value.
  package static func net(_ quantity: Quantity, unitPrice: Int64, discount: BasisPoints) throws(Money.Failure) -> Int64 {
    // At most 2⁶³ · 2⁶³ · 10⁴ would not fit in 128 bits; a quantity has at most 10¹² thousandths, so that it does.
    try rounded(Int128(quantity.milli) * Int128(unitPrice) * Int128(whole - discount.value), over: 1000 * Int128(whole))
  }

  /// An amount less the discount.
  package static func less(_ amount: Int64, _ discount: BasisPoints) throws(Money.Failure) -> Int64 {
    try rounded(Int128(amount) * Int128(whole - discount.value), over: Int128(whole))
  }

  /// An amount as likely as a per cent says: for a forecast.
  package static func weighted(_ amount: Int64, percent: Int) throws(Money.Failure) -> Int64 {
    try rounded(Int128(amount) * Int128(min(max(percent, 0), 100)), over: 100)
  }

  package static func sum(_ amounts: some Sequence<Int64>) throws(Money.Failure) -> Int64 {
    var total: Int64 = 0
    for amount in amounts {
      let (next, overflow) = total.addingReportingOverflow(amount)
      if overflow { throw .overflow }
      total = next
    }
    return total
  }

  private static func rounded(_ exact: Int128, over divisor: Int128) throws(Money.Failure) -> Int64 {
    let (quotient, rest) = exact.quotientAndRemainder(dividingBy: divisor)
    let away: Int128 = rest.magnitude * 2 >= divisor.magnitude ? (exact < 0 ? -1 : 1) : 0
    guard let value = Int64(exactly: quotient + away) else { throw .overflow }
    return value
  }
}

/// How many, in thousandths: 1.5 hours is 1500. At most a thousand million.
package struct Quantity: Hashable, Sendable, CodedAsNumber {
  package let milli: Int64

  package static let one = Quantity(trusted: 1000)
  package static let largest: Int64 = 1_000_000_000_000

  private init(trusted: Int64) { milli = trusted }

  /// Above zero.
  package init?(milli: Int64) {
    guard milli > 0, milli <= Self.largest else { return nil }
    self.milli = milli
  }

  /// As people write it: `2`, `1,5`, `1 200.25`; at most three decimals. One mark with three digits after it parts thousands.
  package init?(_ text: String) {
    guard let amount = AmountText(text, decimal: .guess), let milli = amount.minor(exponent: 3) else { return nil }
    self.init(milli: milli)
  }

  package init?(number: Int64) { self.init(milli: number) }
  package var number: Int64 { milli }

  /// `1.5`: without zeros at the end, but for `1.1250`, which `1.125` would be read as a thousand for.
  package var plain: String {
    let text = FixedPoint.text(milli, decimals: 3)
    return milli % 10 == 0 ? text : text + "0"
  }
}

/// A share of a price: 1 is 0.01 %.
package struct BasisPoints: Hashable, Comparable, Sendable, CodedAsNumber {
  package let value: Int

  package static let none = BasisPoints(trusted: 0)
  private init(trusted: Int) { value = trusted }

  package init?(_ value: Int) {
    guard 0...Pricing.whole ~= value else { return nil }
    self.value = value
  }

  /// Per cent as people write them: `10`, `7,5`, `12.25 %`.
  package init?(percent text: String) {
    let digits = text.trimmingBlanks.hasSuffix("%") ? String(text.trimmingBlanks.dropLast()) : text
    guard let amount = AmountText(digits, decimal: .guess), let value = amount.minor(exponent: 2), let small = Int(exactly: value)
    else { return nil }
    self.init(small)
  }

  package static func < (a: Self, b: Self) -> Bool { a.value < b.value }

  package init?(number: Int64) {
    guard let value = Int(exactly: number) else { return nil }
    self.init(value)
  }
  package var number: Int64 { Int64(value) }

  /// Per cent: `7.5`.
  package var percent: String { FixedPoint.text(number, decimals: 2) }
}

/// Whole numbers of a small unit as decimal text.
enum FixedPoint {
  static func text(_ value: Int64, decimals: Int) -> String {
    let scale = (0..<decimals).reduce(UInt64(1)) { power, _ in power * 10 }
    let whole = String(value.magnitude / scale), rest = value.magnitude % scale
    let sign = value < 0 ? "-" : ""
    guard rest != 0 else { return sign + whole }
    var digits = String(rest)
    digits = String(repeating: "0", count: max(0, decimals - digits.utf8.count)) + digits
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }
}
