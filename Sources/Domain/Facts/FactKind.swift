/// What a fact about a client is about (D4).
package enum FactKind: String, CaseIterable, Codable, Hashable, Sendable {
  case preference, motivator, behaviour, consumption, family, date
  /// What not to do or say.
  case avoid
  case other
}
