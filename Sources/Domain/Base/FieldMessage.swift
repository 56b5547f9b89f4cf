/// What is wrong with one field of a form: it names a message, the pages put it into words. And the collector that form
/// parsers fill, so that a form reports all its mistakes at once.

package struct FieldMessage: Hashable, Sendable {
  package let field: String
  package let key: String
  package let slots: [String: String]

  package init(field: String, key: String, slots: [String: String] = [:]) {
    (self.field, self.key, self.slots) = (field, key, slots)
  }
}

/// All that is wrong with a form; what a parser throws.
package struct InvalidForm: Error, Hashable, Sendable {
  package let messages: [FieldMessage]
  package init(_ messages: [FieldMessage]) { self.messages = messages }
}

package struct Validation: Sendable {
  package private(set) var messages: [FieldMessage] = []

  package init() {}

  package var isValid: Bool { messages.isEmpty }

  package mutating func fail(_ field: String, key: String, slots: [String: String] = [:]) {
    messages.append(FieldMessage(field: field, key: key, slots: slots))
  }

  /// The field's text without blanks at the ends; nil when empty. Too long or missing is noted.
  package mutating func text(_ raw: String?, field: String, required: Bool = false, max: Int = 200) -> String? {
    let text = String((raw ?? "").trimmingBlanks)
    if text.isEmpty {
      if required { fail(field, key: "field.required") }
      return nil
    }
    guard text.unicodeScalars.count <= max else {
      fail(field, key: "field.too_long", slots: ["max": String(max)])
      return nil
    }
    return text
  }

  /// The field's value by any parser of text; nil when empty, noted with the given key when the parser refuses it.
  package mutating func parsed<Value>(
    _ raw: String?, field: String, key: String, required: Bool = false, by parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(raw, field: field, required: required, max: 4000) else { return nil }
    guard let value = parse(text) else {
      fail(field, key: key)
      return nil
    }
    return value
  }

  /// Ends the parsing: throws all that was noted.
  package func check() throws(InvalidForm) {
    if !isValid { throw InvalidForm(messages) }
  }
}
