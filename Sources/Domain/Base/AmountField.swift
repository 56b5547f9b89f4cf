/// An amount typed into a form or sent by a program: it has a least and a largest, and a message that names the largest.

extension Validation {
  /// Nil when empty.
  /// - Parameters:
  ///   - key: what to say of that which is no amount, or less than the least.
  ///   - least: in smallest units.
  package mutating func money(
    _ raw: String?, field: String, key: String, in currency: Currency, decimal: DecimalMark = .guess, from least: Int64 = 0
  ) -> Money? {
    let money = parsed(raw, field: field, key: key) { text in
      Money(text, currency: currency, decimal: decimal).flatMap { $0.minor >= least ? $0 : nil }
    }
    guard let money, money.isTooLarge else { return money }
    fail(field, key: "field.amount_too_large", slots: ["max": Money.largestText(in: currency)])
    return nil
  }
}

extension Money {
  /// `100 000 000 000`: in groups, as it can be typed in every language.
  package static func largestText(in currency: Currency) -> String {
    let digits = String(largest / currency.scale)
    let groups = digits.enumerated().map { place, digit in
      place > 0 && (digits.utf8.count - place).isMultiple(of: 3) ? "\u{A0}\(digit)" : "\(digit)"
    }
    return groups.joined()
  }
}
