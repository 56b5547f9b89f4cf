/// Reads a JSON text (RFC 8259) from bytes that are already bounded. Strict: depth is limited, a name stands once in an
/// object, a number is finite, text is valid UTF-8 without lone surrogates, and nothing follows the value.
struct JSONReader {
  static let depthLimit = 32

  struct Failure: Error, Hashable { let offset: Int, reason: String }

  private let bytes: [UInt8]
  private var at = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func read(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.at == bytes.count else { throw reader.failure("something follows the value") }
    return value
  }

  private func failure(_ reason: String) -> Failure { Failure(offset: at, reason: reason) }
  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    at += 1
    return true
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONValue {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try object(depth + 1)
    case UInt8(ascii: "["): return try array(depth + 1)
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"): return try number()
    case let byte? where 0x30...0x39 ~= byte: return try number()
    case nil: throw failure("the text ends where a value is expected")
    default: throw failure("no value begins here")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
    let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard bytes[at...].starts(with: wanted) else { throw failure("no value begins here") }
    at += wanted.count
    return value
  }

  private mutating func object(_ depth: Int) throws(Failure) -> JSONValue {
    guard depth <= Self.depthLimit else { throw failure("deeper than \(Self.depthLimit) levels") }
    at += 1
    var object = JSONObject()
    var names: Set<String> = []
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .object(object) }
    while true {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw failure("a name is expected") }
      let name = try text()
      guard names.insert(name).inserted else { throw failure("a name stands twice in one object") }
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw failure("a colon is expected") }
      object.add(name, try value(depth: depth))
      skipBlanks()
      if take(UInt8(ascii: "}")) { return .object(object) }
      guard take(UInt8(ascii: ",")) else { throw failure("a comma or } is expected") }
    }
  }

  private mutating func array(_ depth: Int) throws(Failure) -> JSONValue {
    guard depth <= Self.depthLimit else { throw failure("deeper than \(Self.depthLimit) levels") }
    at += 1
    var values: [JSONValue] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return .array(values) }
    while true {
      values.append(try value(depth: depth))
      skipBlanks()
      if take(UInt8(ascii: "]")) { return .array(values) }
      guard take(UInt8(ascii: ",")) else { throw failure("a comma or ] is expected") }
    }
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = at
    _ = take(UInt8(ascii: "-"))
    let whole = try digits()
    if whole > 1, bytes[at - whole] == 0x30 { throw failure("a number begins with 0") }
    var isWhole = true
    if take(UInt8(ascii: ".")) {
      isWhole = false
      _ = try digits()
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      _ = try digits()
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if isWhole, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw failure("the number is too large") }
    return .number(value)
  }

  private mutating func digits() throws(Failure) -> Int {
    let start = at
    while let byte = next, 0x30...0x39 ~= byte { at += 1 }
    guard at > start else { throw failure("a digit is expected") }
    return at - start
  }

  private mutating func text() throws(Failure) -> String {
    at += 1
    var out: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        guard let text = String(validating: out, as: UTF8.self) else { throw failure("the text is not UTF-8") }
        return text
      case UInt8(ascii: "\\"):
        at += 1
        try escape(&out)
      case 0..<0x20: throw failure("a control character in a text must be escaped")
      default:
        out.append(byte)
        at += 1
      }
    }
    throw failure("the text does not end")
  }

  private mutating func escape(_ out: inout [UInt8]) throws(Failure) {
    guard let byte = next else { throw failure("the text does not end") }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"): out.append(contentsOf: Array(String(Character(try scalar())).utf8))
    default: throw failure("no such escape")
    }
  }

  private mutating func scalar() throws(Failure) -> Unicode.Scalar {
    let first = try hex()
    guard 0xD800..<0xDC00 ~= first else {
      guard let scalar = Unicode.Scalar(first) else { throw failure("half of a surrogate pair") }
      return scalar
    }
    guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure("half of a surrogate pair") }
    let second = try hex()
    guard 0xDC00..<0xE000 ~= second, let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) else {
      throw failure("half of a surrogate pair")
    }
    return scalar
  }

  private mutating func hex() throws(Failure) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw failure("four hexadecimal digits are expected")
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }
}
