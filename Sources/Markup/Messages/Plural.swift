/// Plural forms of the languages Dossier speaks, by the rules of Unicode's CLDR.

package import Domain

package enum Plural: String, CaseIterable, Sendable {
  case one, few, many, other

  /// The forms a counted message must have in that language. A fraction takes `other` everywhere.
  package static func forms(in language: Language) -> [Plural] {
    switch language {
    case .en, .bg: [.one, .other]
    case .ru, .pl: [.one, .few, .many, .other]
    }
  }

  package init(of count: Int, in language: Language) {
    switch language {
    case .en, .bg: self = count.magnitude == 1 ? .one : .other
    case .ru: self = Plural.russian(count.magnitude)
    case .pl: self = Plural.polish(count.magnitude)
    }
  }

  private static func russian(_ count: UInt) -> Plural {
    if count % 10 == 1, count % 100 != 11 { return .one }
    return endsInTwoToFour(count) ? .few : .many
  }

  private static func polish(_ count: UInt) -> Plural {
    if count == 1 { return .one }
    return endsInTwoToFour(count) ? .few : .many
  }

  private static func endsInTwoToFour(_ count: UInt) -> Bool { 2...4 ~= count % 10 && !(12...14 ~= count % 100) }
}
