/// Reading of amounts as people and programs write them: `1 234,50`, `1,234.50`, `1234.5`, `(12.00)`, `−3`.

/// Which mark parts the decimals; `guess` where nothing is known about the writer.
package enum DecimalMark: String, Codable, CaseIterable, Sendable { case comma, point, guess }

extension Money {
  /// Nil for anything that is not surely one amount: wrong groups, more decimals than the currency has, too large.
  package init?(_ text: String, currency: Currency, decimal: DecimalMark = .guess) {
    guard let amount = AmountText(text, decimal: decimal), let minor = amount.minor(exponent: currency.exponent)
    else { return nil }
    self.init(minor: minor, currency: currency)
  }
}

struct AmountText {
  private var negative = false
  private var whole: [UInt8] = []
  private var fraction: [UInt8] = []

  init?(_ text: String, decimal: DecimalMark) {
    var characters: [UInt8] = []
    for scalar in text.trimmingBlanks.unicodeScalars {
      switch scalar.value {
      case 0x20, 0xA0, 0x2009, 0x202F, 0x27, 0x2019: characters.append(0x20)  // groups parted by blanks or apostrophes
      case 0x2212, 0x2D: characters.append(0x2D)
      case 0x28...0x2E, 0x30...0x39: characters.append(UInt8(truncatingIfNeeded: scalar.value))
      default: return nil
      }
    }
    guard takeSign(&characters), let mark = AmountText.decimalMark(in: characters, decimal) else { return nil }
    guard take(characters, decimal: mark.byte) else { return nil }
  }

  /// The amount in units of ten to the power of minus `exponent`.
  func minor(exponent: Int) -> Int64? {
    guard fraction.dropFirst(exponent).allSatisfy({ $0 == 0 }) else { return nil }
    var digits = whole + fraction.prefix(exponent)
    digits += Array(repeating: 0, count: exponent - min(exponent, fraction.count))
    var value: Int64 = 0
    for digit in digits {
      let (tens, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = tens.addingReportingOverflow(Int64(digit))
      if tooLarge || overflow { return nil }
      value = sum
    }
    return negative ? -value : value
  }

  /// A leading or trailing minus, or the accountants' brackets.
  private mutating func takeSign(_ characters: inout [UInt8]) -> Bool {
    if characters.first == 0x28, characters.last == 0x29, characters.count > 2 {
      characters = Array(characters.dropFirst().dropLast())
      negative = true
    } else if characters.first == 0x2D || characters.first == 0x2B {
      negative = characters.removeFirst() == 0x2D
    } else if characters.last == 0x2D {
      characters.removeLast()
      negative = true
    }
    while characters.first == 0x20 { characters.removeFirst() }
    while characters.last == 0x20 { characters.removeLast() }
    return characters.contains { 0x30...0x39 ~= $0 }
      && characters.allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x20 || $0 == 0x2C || $0 == 0x2E }
  }

  private struct Mark { let byte: UInt8? }

  /// Of comma and point the one that parts decimals, or none of them; nil when the text contradicts the hint.
  private static func decimalMark(in characters: [UInt8], _ hint: DecimalMark) -> Mark? {
    let (comma, point): (UInt8, UInt8) = (0x2C, 0x2E)
    switch hint {
    case .comma: return Mark(byte: comma)
    case .point: return Mark(byte: point)
    case .guess: break
    }
    guard let last = characters.lastIndex(where: { $0 == comma || $0 == point }) else { return Mark(byte: nil) }
    let mark = characters[last]
    let other = mark == comma ? point : comma
    if characters.contains(other) { return Mark(byte: mark) }
    if characters.filter({ $0 == mark }).count > 1 { return Mark(byte: nil) }
    // One mark and three digits after it: thousands ("1,234"), unless there is no group before it ("0,125", "1 234,500").
    let grouped = characters.count - last - 1 == 3 && characters.first != 0x30 && 1...3 ~= last && !characters.contains(0x20)
    return Mark(byte: grouped ? nil : mark)
  }

  private mutating func take(_ characters: [UInt8], decimal: UInt8?) -> Bool {
    let parts = characters.split(separator: decimal ?? 0, maxSplits: 1, omittingEmptySubsequences: false)
    var groups: [ArraySlice<UInt8>] = []
    if let first = parts.first {
      groups = first.split(omittingEmptySubsequences: false) { !(0x30...0x39 ~= $0) }
      let separators = Set(first.filter { !(0x30...0x39 ~= $0) })
      guard separators.count <= 1 else { return false }
    }
    let rest = parts.dropFirst().first ?? []
    guard rest.allSatisfy({ 0x30...0x39 ~= $0 }), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return false }
    guard groups.count < 2 || 1...3 ~= (groups.first?.count ?? 0) else { return false }
    whole = groups.joined().map { $0 - 0x30 }
    fraction = rest.map { $0 - 0x30 }
    return true
  }
}
