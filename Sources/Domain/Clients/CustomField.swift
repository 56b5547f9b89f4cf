/// A field that a company adds of its own: its type decides what is accepted, how it is shown and how it is compared.

package struct CustomField: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable { case text, number, date, bool, choice }
  package enum AppliesTo: String, Hashable, Sendable, Codable, CaseIterable { case company, person, both }

  package let id: FieldID
  package var name: String
  package var kind: Kind
  package var appliesTo: AppliesTo
  /// Of a choice.
  package var options: [String]
  package var isArchived: Bool
  package var version: Int

  package init(
    id: FieldID, name: String, kind: Kind, appliesTo: AppliesTo = .both, options: [String] = [], isArchived: Bool = false,
    version: Int = 1
  ) {
    (self.id, self.name, self.kind, self.appliesTo, self.options) = (id, name, kind, appliesTo, options)
    (self.isArchived, self.version) = (isArchived, version)
  }

  package func applies(to kind: PartyKind) -> Bool {
    switch appliesTo {
    case .both: true
    case .company: kind == .company
    case .person: kind == .person
    }
  }

  /// Nil for text that is no value of the field's type. Numbers may have a comma or a point.
  package func value(_ text: String) -> CustomValue? {
    switch kind {
    case .text: return text.unicodeScalars.count <= 1000 ? .text(text) : nil
    case .number: return CustomField.number(text).map(CustomValue.number)
    case .date: return CalendarDate(text).map(CustomValue.date)
    case .bool: return CustomField.bool(text).map(CustomValue.bool)
    case .choice:
      let folded = Fold.search(text)
      return options.first { Fold.search($0) == folded }.map(CustomValue.choice)
    }
  }

  private static func number(_ text: String) -> Double? {
    let plain = text.filter { !$0.isWhitespace }.replacing(",", with: ".")
    guard plain.utf8.count <= 30, let number = Double(plain), number.isFinite, abs(number) < 1e15,
      plain.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2E || $0 == 0x2D })
    else { return nil }
    return number
  }

  private static func bool(_ text: String) -> Bool? {
    switch Fold.search(text) {
    case "1", "true", "yes", "y", "да", "tak", "t", "x", "+", "on": true
    case "0", "false", "no", "n", "нет", "не", "nie", "-", "off": false
    default: nil
    }
  }
}

package enum CustomValue: Hashable, Sendable, Codable {
  case text(String), number(Double), date(CalendarDate), bool(Bool), choice(String)

  /// As kept; `number` beside it serves comparison.
  package var stored: String {
    switch self {
    case .text(let text), .choice(let text): text
    case .number(let number): Int64(exactly: number).map(String.init) ?? String(number)
    case .date(let date): date.description
    case .bool(let bool): bool ? "1" : "0"
    }
  }
  package var number: Double? { if case .number(let number) = self { number } else { nil } }

  package init?(stored: String, kind: CustomField.Kind) {
    switch kind {
    case .text: self = .text(stored)
    case .choice: self = .choice(stored)
    case .number:
      guard let number = Double(stored) else { return nil }
      self = .number(number)
    case .date:
      guard let date = CalendarDate(stored) else { return nil }
      self = .date(date)
    case .bool: self = .bool(stored == "1")
    }
  }
}
