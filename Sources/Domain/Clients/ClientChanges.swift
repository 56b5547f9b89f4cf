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
        ("rhythm", contactDays.map(String.init)),
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

extension ClientDraft {
  /// The named field as the other draft has it; names are those of `fields`.
  package mutating func take(_ field: String, from other: ClientDraft) {
    switch field {
    case "name": name = other.name
    case "given_name": givenName = other.givenName
    case "middle_name": middleName = other.middleName
    case "family_name": familyName = other.familyName
    case "own_number": ownNumber = other.ownNumber
    case "relationship": relationshipID = other.relationshipID
    case "owner": ownerID = other.ownerID
    case "rhythm": contactDays = other.contactDays
    case "language": language = other.language
    case "zone": zone = other.zone
    case "country": country = other.country
    case "birth_date": birthDate = other.birthDate
    case "industry": industry = other.industry
    case "size": size = other.size
    case "tags": tags = other.tags
    case "note": note = other.note
    default:
      if let kind = ContactPointKind(rawValue: field) {
        contactPoints = contactPoints.filter { $0.kind != kind } + other.contactPoints.filter { $0.kind == kind }
      } else if field.hasPrefix("field."), let id = FieldID(field.dropFirst(6)) {
        customValues[id] = other.customValues[id]
      } else {
        profile.take(field, from: other.profile)
      }
    }
    if kind == .person, let composed = ClientDraft.composedName(given: givenName, middle: middleName, family: familyName) { name = composed }
  }
}

extension Profile {
  fileprivate mutating func take(_ field: String, from other: Profile) {
    switch field {
    case "gender": gender = other.gender
    case "marital_status": maritalStatus = other.maritalStatus
    case "children": children = other.children
    case "education": education = other.education
    case "occupation": occupation = other.occupation
    case "interests": interests = other.interests
    case "legal_name": legalName = other.legalName
    case "registration_number": registrationNumber = other.registrationNumber
    case "tax_number": taxNumber = other.taxNumber
    case "founded_year": foundedYear = other.foundedYear
    default: break
    }
  }
}
