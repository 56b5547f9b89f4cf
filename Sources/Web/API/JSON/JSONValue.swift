import Domain

/// A JSON text as read: numbers keep whether they are whole, objects the order of their members. Nothing is decoded into
/// types by the input's own choice (RFC 8259).
enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case array([JSONValue])
  case object(JSONObject)
}

struct JSONObject: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  private(set) var members: [(name: String, value: JSONValue)] = []

  init() {}
  init(dictionaryLiteral elements: (String, JSONValue)...) { members = elements.map { (name: $0.0, value: $0.1) } }
  init(_ members: [(String, JSONValue)]) { self.members = members.map { (name: $0.0, value: $0.1) } }

  subscript(_ name: String) -> JSONValue? { members.first { $0.name == name }?.value }
  mutating func add(_ name: String, _ value: JSONValue) { members.append((name, value)) }

  static func == (a: Self, b: Self) -> Bool { a.members.elementsEqual(b.members) { $0.name == $1.name && $0.value == $1.value } }
  func hash(into hasher: inout Hasher) { for member in members { hasher.combine(member.name) } }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByStringInterpolation
{
  init(stringLiteral value: String) { self = .text(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(integerLiteral value: Int64) { self = .integer(value) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}

extension JSONValue {
  var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
  var array: [JSONValue]? { if case .array(let array) = self { array } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  /// Text without blanks around it; nil where nothing is left.
  var filled: String? {
    guard let trimmed = text?.trimmingBlanks, !trimmed.isEmpty else { return nil }
    return String(trimmed)
  }
  var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
  var isNull: Bool { self == .null }
  /// Whole numbers within 64 bits, however they are written: JSON does not tell 1 from 1.0.
  var integer: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    default: nil
    }
  }
  subscript(_ name: String) -> JSONValue? { object?[name] }

  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }
}
