/// Numbers as each language writes them. Groups of three are parted by a no-break space, in English by a comma; Polish and
/// Bulgarian begin at five digits within text (1234, 12 345) and at four in columns, the others always at four.

import Domain

enum NumberText {
  /// Where the number stands.
  enum Place { case sentence, column }

  static func integer(_ number: Int64, in language: Language, _ place: Place = .sentence) -> String {
    let digits = grouped(number.magnitude, in: language, place)
    return number < 0 ? "-\(digits)" : digits
  }

  /// A whole number with groups; the fraction, where there is one, follows after `decimalMark`.
  static func grouped(_ number: UInt64, in language: Language, _ place: Place) -> String {
    let digits = String(number)
    let length = digits.utf8.count
    let least = place == .sentence && (language == .pl || language == .bg) ? 5 : 4
    guard length >= least else { return digits }
    let separator: [UInt8] = language == .en ? [0x2C] : [0xC2, 0xA0]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length + length / 3 * 2)
    for (index, digit) in digits.utf8.enumerated() {
      if index > 0, (length - index) % 3 == 0 { bytes.append(contentsOf: separator) }
      bytes.append(digit)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func decimalMark(_ language: Language) -> String { language == .en ? "." : "," }

  static func decimal(_ number: Double, digits: Int, in language: Language) -> String {
    let digits = min(max(digits, 0), 6)
    let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
    guard number.isFinite, let scaled = Int64(exactly: (number * scale).rounded(.toNearestOrEven)) else { return "–" }
    let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt64(scale))
    var fraction = String(rest)
    fraction = String(repeating: "0", count: max(0, digits - fraction.utf8.count)) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    let sign = scaled < 0 ? "-" : ""
    let text = "\(sign)\(grouped(whole, in: language, .sentence))"
    return digits == 0 || fraction.isEmpty ? text : "\(text)\(decimalMark(language))\(fraction)"
  }
}

/// Amounts of money: a sign or code before the amount in English, after it elsewhere.
enum MoneyText {
  static func sentence(_ money: Money, in language: Language) -> String {
    let amount = amount(money, in: language, .sentence)
    let minus = money.minor < 0 ? "-" : ""
    guard language == .en else { return "\(minus)\(amount)\u{A0}\(sign(money.currency, in: language))" }
    let sign = sign(money.currency, in: language)
    let gap = sign == money.currency.code ? "\u{A0}" : ""
    return "\(minus)\(sign)\(gap)\(amount)"
  }

  static func column(_ money: Money, in language: Language) -> String {
    "\(money.minor < 0 ? "-" : "")\(amount(money, in: language, .column))"
  }

  private static func amount(_ money: Money, in language: Language, _ place: NumberText.Place) -> String {
    let (whole, rest) = money.minor.magnitude.quotientAndRemainder(dividingBy: money.currency.scale.magnitude)
    let text = NumberText.grouped(whole, in: language, place)
    guard money.currency.exponent > 0 else { return text }
    let fraction = String(rest)
    let zeros = String(repeating: "0", count: max(0, money.currency.exponent - fraction.utf8.count))
    return "\(text)\(NumberText.decimalMark(language))\(zeros)\(fraction)"
  }

  private static func sign(_ currency: Currency, in language: Language) -> String {
    switch currency.code {
    case "EUR": "€"
    case "USD": "$"
    case "GBP": "£"
    case "PLN" where language != .en: "zł"
    case "RUB" where language != .en: "₽"
    case "BGN" where language == .bg: "лв."
    default: currency.code
    }
  }
}
