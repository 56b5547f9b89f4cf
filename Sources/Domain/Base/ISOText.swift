/// Reading and writing of the fixed-width digits that ISO 8601 dates are made of, byte by byte: no formatter, no regex.

struct DigitReader {
  private var rest: Substring.UTF8View

  init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }
  var next: UInt8? { rest.first }

  /// Exactly so many digits.
  mutating func number(digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let byte = rest.first, 0x30...0x39 ~= byte else { return nil }
      value = value * 10 + Int(byte - 0x30)
      rest.removeFirst()
    }
    return value
  }

  /// One or two digits, as people type days and hours.
  mutating func shortNumber() -> Int? {
    guard let first = number(digits: 1) else { return nil }
    guard let second = number(digits: 1) else { return first }
    return first * 10 + second
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let byte = rest.first, byte == UInt8(truncatingIfNeeded: character.value), character.isASCII else { return false }
    rest.removeFirst()
    return true
  }

  /// Any digits there are, read as a decimal fraction in thousandths; nil when there is none.
  mutating func thousandths() -> Int? {
    var value = 0
    var seen = 0
    while let byte = rest.first, 0x30...0x39 ~= byte {
      if seen < 3 { value = value * 10 + Int(byte - 0x30) }
      seen += 1
      rest.removeFirst()
    }
    guard seen > 0 else { return nil }
    for _ in min(seen, 3)..<3 { value *= 10 }
    return value
  }
}

struct ISOText {
  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(24) }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ literal: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// The number's last `digits` decimal digits, with leading zeros.
  mutating func append(_ value: Int, digits: Int) {
    var power: UInt = 1
    for _ in 1..<max(digits, 1) { power &*= 10 }
    while power > 0 {
      bytes.append(UInt8(truncatingIfNeeded: 0x30 + value.magnitude / power % 10))
      power /= 10
    }
  }
}
