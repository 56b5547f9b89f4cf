/// Everything known of a client or person before it is kept: what a form, an imported row or an API call was parsed into, and
/// what an undo writes back. It is complete: what it lacks is emptied when it is saved over a record.

package struct ClientDraft: Hashable, Sendable, Codable {
  package var kind: PartyKind
  /// A person who is no client is someone at a client.
  package var isClient: Bool
  /// As shown; for a person made of the parts when it was not given.
  package var name: String
  package var givenName: String?
  package var middleName: String?
  package var familyName: String?
  /// The company's own number for the client; unique.
  package var ownNumber: String?
  package var language: Language?
  package var zone: Zone?
  package var country: Country?
  package var birthDate: PartialDate?
  package var industry: String?
  package var size: CompanySize?
  package var profile: Profile
  package var note: String
  package var relationshipID: RelationshipID?
  package var ownerID: AccountID?
  /// How often to be in touch, set by hand: 0 for never, nil as tags and relationship say.
  package var contactDays: Int?
  package var contactPoints: [ContactPoint]
  /// Names; a tag that does not exist is made.
  package var tags: [String]
  package var customValues: [FieldID: CustomValue]

  package init(kind: PartyKind, isClient: Bool = true, name: String) {
    self.kind = kind
    self.isClient = isClient
    self.name = name
    profile = Profile()
    note = ""
    contactPoints = []
    tags = []
    customValues = [:]
  }
}

package enum PartyKind: String, Hashable, Sendable, Codable, CaseIterable { case company, person }

/// Employees, as the European Commission counts sizes (2003/361/EC).
package enum CompanySize: String, Hashable, Sendable, Codable, CaseIterable {
  case micro, small, medium, large

  package init?(employees: Int) {
    switch employees {
    case 1...9: self = .micro
    case 10...49: self = .small
    case 50...249: self = .medium
    case 250...: self = .large
    default: return nil
    }
  }
}

/// What is known of a person's circumstances or of a company's registration. All of it is optional and chosen by people.
package struct Profile: Hashable, Sendable, Codable {
  package var gender: Gender?
  package var maritalStatus: MaritalStatus?
  package var children: Int?
  package var education: String?
  package var occupation: String?
  package var interests: String?
  package var registrationNumber: String?
  package var taxNumber: String?
  package var legalName: String?
  package var foundedYear: Int?

  package init() {}

  package enum Gender: String, Hashable, Sendable, Codable, CaseIterable { case female, male, other }
  package enum MaritalStatus: String, Hashable, Sendable, Codable, CaseIterable { case single, partnered, married, divorced, widowed }
}

extension ClientDraft {
  /// "Anna Maria Petrova" of the parts that are there; nil without any.
  package static func composedName(given: String?, middle: String?, family: String?) -> String? {
    let parts = [given, middle, family].compactMap { $0 }.filter { !$0.isEmpty }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// The order of lists: people by family name, companies by name.
  package var sortKey: String {
    guard kind == .person, let family = familyName, !family.isEmpty else { return Fold.sortKey(name) }
    let rest = [givenName, middleName].compactMap { $0 }.joined(separator: " ")
    return Fold.sortKey(rest.isEmpty ? family : "\(family) \(rest)")
  }

  /// Names, e-mails, phone digits and own number, folded, one a line: what a search by any part looks through.
  package var searchDocument: String {
    var lines = [Fold.search(name)]
    let reordered = Fold.search([familyName, givenName, middleName].compactMap { $0 }.joined(separator: " "))
    if !reordered.isEmpty, reordered != lines[0] { lines.append(reordered) }
    if let ownNumber { lines.append(Fold.search(ownNumber)) }
    for point in contactPoints {
      if let text = point.searchText { lines.append(text) }
    }
    return lines.joined(separator: "\n")
  }
}
