import Domain

/// What a JSON value must be: at once the check of what comes in and its description in the OpenAPI document, so that the two
/// cannot differ. A small part of JSON Schema 2020-12, built in Swift.
indirect enum Schema: Sendable {
  case text(TextRule)
  case integer(ClosedRange<Int64>)
  case number
  case boolean
  case list(of: Schema, max: Int)
  case object(Shape)
  /// An object whose names are ids: custom fields.
  case map(of: Schema, max: Int)
  case either([Schema])
  case optional(Schema)
  /// Any object: what this version of the document does not describe further.
  case anyObject
  /// A file in a form; its bytes are read elsewhere.
  case binary
}

struct TextRule: Sendable {
  var length = 0...200
  var format: TextFormat?
  var choices: [String]?
}

/// An object with exactly these fields. A named one is described once and referred to.
struct Shape: Sendable {
  let name: String?
  let fields: [SchemaField]

  init(_ name: String?, _ fields: [SchemaField]) { (self.name, self.fields) = (name, fields) }
}

struct SchemaField: Sendable {
  let name: String
  let schema: Schema
  let isRequired: Bool
  let help: String?

  /// One that may be left out.
  static func may(_ name: String, _ schema: Schema, _ help: String? = nil) -> SchemaField {
    SchemaField(name: name, schema: schema, isRequired: false, help: help)
  }
  static func must(_ name: String, _ schema: Schema, _ help: String? = nil) -> SchemaField {
    SchemaField(name: name, schema: schema, isRequired: true, help: help)
  }
}

enum TextFormat: String, Sendable {
  case date, dateTime = "date-time"
  /// A date whose year may be missing: `--05-03`.
  case partialDate = "partial-date"

  func accepts(_ text: String) -> Bool {
    switch self {
    case .date: CalendarDate(text) != nil
    case .dateTime: Instant(iso: text) != nil
    case .partialDate: PartialDate(text) != nil
    }
  }
  var length: ClosedRange<Int> {
    switch self {
    case .date: 10...10
    case .dateTime: 16...40
    case .partialDate: 6...10
    }
  }
  var pattern: String? {
    self == .partialDate ? "^(\\d{4}-\\d{2}-\\d{2}|--\\d{2}-?\\d{2})$" : nil
  }
}

extension Schema {
  static func text(_ length: ClosedRange<Int>) -> Schema { .text(TextRule(length: length)) }
  static func text(max: Int) -> Schema { .text(0...max) }
  static func choice(_ choices: [String]) -> Schema { .text(TextRule(choices: choices)) }
  static func choice<Word: CaseIterable & RawRepresentable<String>>(_ type: Word.Type) -> Schema { .choice(type.allCases.map(\.rawValue)) }
  static func formatted(_ format: TextFormat) -> Schema { .text(TextRule(length: format.length, format: format)) }
  static let date = Schema.formatted(.date)
  static let instant = Schema.formatted(.dateTime)
  static let partialDate = Schema.formatted(.partialDate)
  static let id = Schema.integer(1...Int64.max)
  static let version = Schema.integer(1...Int64.max)
  static func shape(_ name: String?, _ fields: SchemaField...) -> Schema { .object(Shape(name, fields)) }
  var orNull: Schema { .optional(self) }
}

/// As the document shows it.
extension Schema {
  /// - Parameter named: gathers the shapes that are described once.
  func description(_ named: inout [String: JSONValue]) -> JSONObject {
    switch self {
    case .text(let rule): return rule.description
    case .integer(let range):
      var out: JSONObject = ["type": "integer", "format": "int64", "minimum": .integer(range.lowerBound)]
      // A limit of 2^63−1 is the type's own, and floating-point tools write it wrong.
      if range.upperBound != .max { out.add("maximum", .integer(range.upperBound)) }
      return out
    case .number: return ["type": "number"]
    case .boolean: return ["type": "boolean"]
    case .list(let item, let max):
      return ["type": "array", "items": .object(item.description(&named)), "maxItems": .integer(Int64(max))]
    case .map(let value, let max):
      return [
        "type": "object", "propertyNames": ["pattern": "^[1-9][0-9]{0,17}$"],
        "additionalProperties": .object(value.description(&named)), "maxProperties": .integer(Int64(max)),
      ]
    case .either(let schemas): return ["anyOf": .array(schemas.map { .object($0.description(&named)) })]
    case .optional(let schema): return Self.orNull(schema.description(&named))
    case .anyObject: return ["type": "object"]
    case .binary: return ["type": "string", "contentMediaType": "application/octet-stream", "format": "binary"]
    case .object(let shape):
      guard let name = shape.name else { return shape.description(&named) }
      if named[name] == nil {
        // A shape may contain itself.
        named[name] = .null
        named[name] = .object(shape.description(&named))
      }
      return ["$ref": "#/components/schemas/\(name)"]
    }
  }

  private static func orNull(_ plain: JSONObject) -> JSONObject {
    guard let type = plain["type"], plain["enum"] == nil else { return ["anyOf": [.object(plain), ["type": "null"]]] }
    return JSONObject(plain.members.map { $0.name == "type" ? ("type", .array([type, "null"])) : ($0.name, $0.value) })
  }
}

extension TextRule {
  fileprivate var description: JSONObject {
    var out: JSONObject = ["type": "string"]
    if let choices {
      out.add("enum", .array(choices.map { .text($0) }))
      return out
    }
    if let format {
      if let pattern = format.pattern { out.add("pattern", .text(pattern)) } else { out.add("format", .text(format.rawValue)) }
      return out
    }
    if length.lowerBound > 0 { out.add("minLength", .integer(Int64(length.lowerBound))) }
    out.add("maxLength", .integer(Int64(length.upperBound)))
    return out
  }
}

extension Shape {
  fileprivate func description(_ named: inout [String: JSONValue]) -> JSONObject {
    var properties = JSONObject()
    for field in fields {
      var described = field.schema.description(&named)
      if let help = field.help { described.add("description", .text(help)) }
      properties.add(field.name, .object(described))
    }
    var out: JSONObject = ["type": "object", "properties": .object(properties)]
    let required = fields.filter(\.isRequired).map { JSONValue.text($0.name) }
    if !required.isEmpty { out.add("required", .array(required)) }
    out.add("additionalProperties", false)
    return out
  }
}
