import Domain
import Markup
import Store

/// Values of clients as a reader's language says them.
extension Words {
  /// A built-in type by the catalogues, an own one by its name.
  func relationship(_ type: RelationshipName) -> String { type.name ?? self("clients.relationship.\(type.key)") }

  func value(_ value: CustomValue) -> String {
    switch value {
    case .text(let text), .choice(let text): text
    case .number(let number): formats.decimal(number, digits: 6)
    case .date(let date): formats.date(date)
    case .bool(let bool): self(bool ? "clients.yes" : "clients.no")
    }
  }

  /// The usual labels are translated; one's own stands as it is.
  func label(_ label: String) -> String {
    ["work", "home", "mobile", "main", "fax", "other"].contains(label) ? self("clients.label.\(label)") : label
  }
}

/// The first letters of a name, for the disc beside it.
enum Initials {
  static func of(_ name: String) -> String {
    name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).prefix(2).compactMap(\.first).map { $0.uppercased() }.joined()
  }
}
