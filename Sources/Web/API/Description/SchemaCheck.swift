import Domain

/// Holds a value against its schema and names every place that does not fit, as `emails[0].address`.
extension Schema {
  func check(_ value: JSONValue, at path: String, _ found: inout Validation) {
    switch (self, value) {
    case (.optional(let schema), _): if !value.isNull { schema.check(value, at: path, &found) }
    case (.text(let rule), .text(let text)): rule.check(text, at: path, &found)
    case (.integer(let range), _):
      guard let number = value.integer else { return wrongType(path, &found) }
      guard range.contains(number) else { return Self.outOfRange(range, path, &found) }
    case (.number, .integer), (.number, .number), (.boolean, .bool), (.anyObject, .object): break
    case (.list(let item, let max), .array(let values)):
      guard values.count <= max else { return found.fail(path, key: "api.too_many", slots: ["max": String(max)]) }
      for (index, value) in values.enumerated() { item.check(value, at: "\(path)[\(index)]", &found) }
    case (.object(let shape), .object(let object)): shape.check(object, at: path, &found)
    case (.map(let schema, let max), .object(let object)):
      guard object.members.count <= max else { return found.fail(path, key: "api.too_many", slots: ["max": String(max)]) }
      for member in object.members {
        let place = Shape.path(path, member.name)
        if FieldID(member.name) == nil { found.fail(place, key: "api.unknown_field") } else { schema.check(member.value, at: place, &found) }
      }
    case (.either(let schemas), _):
      guard schemas.contains(where: { $0.accepts(value) }) else { return wrongType(path, &found) }
    default: wrongType(path, &found)
    }
  }

  func accepts(_ value: JSONValue) -> Bool {
    var found = Validation()
    check(value, at: "", &found)
    return found.isValid
  }

  private func wrongType(_ path: String, _ found: inout Validation) {
    found.fail(path, key: "api.wrong_type", slots: ["expected": typeName])
  }

  private var typeName: String {
    switch self {
    case .text, .binary: "string"
    case .integer: "integer"
    case .number: "number"
    case .boolean: "boolean"
    case .list: "array"
    case .object, .map, .anyObject: "object"
    case .either(let schemas): schemas.map(\.typeName).joined(separator: " or ")
    case .optional(let schema): schema.typeName
    }
  }

  static func outOfRange(_ range: ClosedRange<Int64>, _ path: String, _ found: inout Validation) {
    found.fail(path, key: "api.out_of_range", slots: ["min": String(range.lowerBound), "max": String(range.upperBound)])
  }
}

extension TextRule {
  func check(_ text: String, at path: String, _ found: inout Validation) {
    if let choices {
      if !choices.contains(text) { found.fail(path, key: "api.not_a_choice", slots: ["choices": choices.joined(separator: " ")]) }
    } else if let format {
      if !format.accepts(text) { found.fail(path, key: "api.bad_format", slots: ["expected": format.rawValue]) }
    } else if text.unicodeScalars.count > length.upperBound {
      found.fail(path, key: "field.too_long", slots: ["max": String(length.upperBound)])
    } else if length.lowerBound > 0, text.trimmingBlanks.isEmpty {
      found.fail(path, key: "field.required")
    } else if text.unicodeScalars.count < length.lowerBound {
      found.fail(path, key: "api.bad_format", slots: ["expected": "minLength \(length.lowerBound)"])
    }
  }
}

extension Shape {
  fileprivate func check(_ object: JSONObject, at path: String, _ found: inout Validation) {
    for member in object.members {
      let place = Self.path(path, member.name)
      if let field = fields.first(where: { $0.name == member.name }) { field.schema.check(member.value, at: place, &found) } else {
        found.fail(place, key: "api.unknown_field")
      }
    }
    for field in fields where field.isRequired && object[field.name] == nil {
      found.fail(Self.path(path, field.name), key: "field.required")
    }
  }

  /// A name from outside is quoted at most so far, that a mistake is not sent back in full length.
  static func path(_ path: String, _ name: String) -> String {
    let name = name.unicodeScalars.count > 60 ? String(name.unicodeScalars.prefix(60).map(Character.init)) + "…" : name
    return path.isEmpty ? name : "\(path).\(name)"
  }
}
