/// What a row would do to a client of the base. A row adds and replaces, it never takes away: contact points, tags and people
/// join those there. A change names its field as `import.field.…` does, a custom field as `custom:` and its name.

package enum ImportComparison: Codable, Hashable, Sendable {
  case new, same
  case changed([FieldChange])
}

extension ImportedClient {
  package func changes(from existing: ImportedClient?) -> ImportComparison {
    guard let existing else { return .new }
    let before = existing.shown
    let after = merged(onto: existing).shown
    let changes = Set(before.keys).union(after.keys).sorted().compactMap { field -> FieldChange? in
      let (from, to) = (before[field] ?? "", after[field] ?? "")
      return from == to ? nil : FieldChange(field, old: from, new: to)
    }
    return changes.isEmpty ? .same : .changed(changes)
  }

  /// The client as it is after this row was imported over it.
  package func merged(onto old: ImportedClient) -> ImportedClient {
    var new = old
    new.client = client.merged(onto: old.client)
    new.relationship = relationship ?? old.relationship
    new.owner = owner ?? old.owner
    new.employer = employer ?? old.employer
    if !role.isEmpty { new.role = role }
    new.lastContact = [lastContact, old.lastContact].compactMap { $0 }.max()
    new.custom = old.custom.merging(custom) { _, imported in imported }
    for someone in people {
      if let index = new.people.firstIndex(where: someone.isSame(as:)) {
        let known = new.people[index]
        new.people[index] = ImportedPerson(
          person: someone.person.merged(onto: known.person), role: someone.role.isEmpty ? known.role : someone.role)
      } else {
        new.people.append(someone)
      }
    }
    return new
  }

  /// Every field that says something, as text.
  private var shown: [String: String] {
    var texts = client.shown
    texts["relationship"] = relationship
    texts["owner"] = owner
    texts["employer"] = employer
    texts["role"] = role.isEmpty ? nil : role
    texts["lastContact"] = lastContact?.description
    for (name, value) in custom { texts["custom:" + name] = value }
    let everyone = people.map { someone in
      ([someone.role] + someone.person.shown.sorted { $0.key < $1.key }.map(\.value)).filter { !$0.isEmpty }.joined(
        separator: ", ")
    }
    if !everyone.isEmpty { texts["people"] = everyone.joined(separator: "; ") }
    return texts
  }
}

extension ClientDraft {
  func merged(onto old: ClientDraft) -> ClientDraft {
    var new = old
    if !name.isEmpty { new.name = name }
    new.givenName = givenName ?? old.givenName
    new.middleName = middleName ?? old.middleName
    new.familyName = familyName ?? old.familyName
    new.ownNumber = ownNumber ?? old.ownNumber
    new.language = language ?? old.language
    new.zone = zone ?? old.zone
    new.country = country ?? old.country
    new.birthDate = birthDate ?? old.birthDate
    new.industry = industry ?? old.industry
    new.size = size ?? old.size
    new.profile = profile.merged(onto: old.profile)
    if !note.isEmpty { new.note = note }
    let known = Set(old.tags.map(Fold.search))
    new.tags += tags.filter { !known.contains(Fold.search($0)) }
    new.contactPoints += contactPoints.filter { point in !old.contactPoints.contains { $0.isSame(as: point) } }
    return new
  }

  fileprivate var shown: [String: String] {
    var texts: [String: String?] = [
      "name": name, "givenName": givenName, "middleName": middleName, "familyName": familyName, "ownNumber": ownNumber,
      "language": language?.rawValue, "zone": zone?.name, "country": country?.code, "birthDate": birthDate?.description,
      "industry": industry, "size": size?.rawValue, "note": note, "tags": tags.joined(separator: ", "),
      "gender": profile.gender?.rawValue, "maritalStatus": profile.maritalStatus?.rawValue,
      "children": profile.children.map(String.init), "education": profile.education, "occupation": profile.occupation,
      "registrationNumber": profile.registrationNumber, "taxNumber": profile.taxNumber, "legalName": profile.legalName,
    ]
    for kind in ContactPointKind.allCases {
      texts[kind.rawValue] = contactPoints.filter { $0.kind == kind }.map(\.shown).joined(separator: "; ")
    }
    return texts.compactMapValues { $0 }.filter { !$0.value.isEmpty }
  }
}

extension Profile {
  fileprivate func merged(onto old: Profile) -> Profile {
    var new = old
    new.gender = gender ?? old.gender
    new.maritalStatus = maritalStatus ?? old.maritalStatus
    new.children = children ?? old.children
    new.education = education ?? old.education
    new.occupation = occupation ?? old.occupation
    new.interests = interests ?? old.interests
    new.registrationNumber = registrationNumber ?? old.registrationNumber
    new.taxNumber = taxNumber ?? old.taxNumber
    new.legalName = legalName ?? old.legalName
    new.foundedYear = foundedYear ?? old.foundedYear
    return new
  }
}
