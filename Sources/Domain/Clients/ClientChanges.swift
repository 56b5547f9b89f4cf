/// What differs between two drafts of one client, field by field: the history tells it, the conflict page asks about it.

package struct DraftField: Hashable, Sendable {
  /// As the form and `clients.field.<name>` call it; `field.12` for a custom one.
  package let name: String
  package let text: String
}

extension ClientDraft {
  /// Every field that says something, in the order of the form, its value as text.
  package var fields: [DraftField] {
    let texts: [(String, String?)] =
      [
        ("name", name), ("given_name", givenName), ("middle_name", middleName), ("family_name", familyName),
        ("own_number", ownNumber), ("relationship", relationshipID?.description), ("owner", ownerID?.description),
      ]
      + ContactPointKind.allCases.map { ($0.rawValue, contactText($0)) }
      + [
        ("language", language?.rawValue), ("zone", zone?.name), ("country", country?.code), ("birth_date", birthDate?.description),
        ("industry", industry), ("size", size?.rawValue),
      ]
      + profile.texts + [("tags", tags.sorted().joined(separator: ", ")), ("note", note)]
      + customValues.sorted { $0.key < $1.key }.map { ("field.\($0.key)", $0.value.stored) }
    return texts.compactMap { name, text in
      guard let text, !text.isEmpty else { return nil }
      return DraftField(name: name, text: text)
    }
  }

  private func contactText(_ kind: ContactPointKind) -> String {
    contactPoints.filter { $0.kind == kind }.map { $0.label.isEmpty ? $0.shown : "\($0.shown) (\($0.label))" }
      .joined(separator: "; ")
  }

  /// Names of the fields whose values differ, in the order of the form.
  package func changedFields(to new: ClientDraft) -> [(name: String, old: String, new: String)] {
    let before = Dictionary(fields.map { ($0.name, $0.text) }, uniquingKeysWith: { a, _ in a })
    let after = Dictionary(new.fields.map { ($0.name, $0.text) }, uniquingKeysWith: { a, _ in a })
    var seen: Set<String> = []
    return (fields + new.fields).map(\.name).filter { seen.insert($0).inserted }.compactMap { name in
      let (old, new) = (before[name] ?? "", after[name] ?? "")
      return old == new ? nil : (name, old, new)
    }
  }
}

extension Profile {
  fileprivate var texts: [(String, String?)] {
    [
      ("gender", gender?.rawValue), ("marital_status", maritalStatus?.rawValue), ("children", children.map(String.init)),
      ("education", education), ("occupation", occupation), ("interests", interests), ("legal_name", legalName),
      ("registration_number", registrationNumber), ("tax_number", taxNumber), ("founded_year", foundedYear.map(String.init)),
    ]
  }
}
