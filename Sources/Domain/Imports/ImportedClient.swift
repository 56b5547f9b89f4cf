/// A client as one row of a list says: parsed and normalised, but what names another record (relationship, owner, custom
/// field) still by its text, because a row cannot know ids. An empty cell says nothing: it leaves what the base has.

package struct ImportedClient: Codable, Hashable, Sendable {
  package var client: ClientDraft
  /// Of a company: who works there.
  package var people: [ImportedPerson] = []
  /// Of a person: the company they work at, where the list is one of persons.
  package var employer: String?
  /// The person's role at the employer.
  package var role = ""
  /// A built-in type's key or the name of an own one.
  package var relationship: String?
  /// An account's e-mail address or name.
  package var owner: String?
  /// By the name of the custom field; its type is checked when the field is known.
  package var custom: [String: String] = [:]
  /// Known from elsewhere, for a client whose history is not here.
  package var lastContact: CalendarDate?

  package init(client: ClientDraft) { self.client = client }
}

/// Someone at the company of the row, and what they are there ("Marketing director, Sales").
package struct ImportedPerson: Codable, Hashable, Sendable {
  package var person: ClientDraft
  package var role: String

  package init(person: ClientDraft, role: String = "") { (self.person, self.role) = (person, role) }

  /// One person twice: a mailbox or a number in common, or one name.
  package func isSame(as other: ImportedPerson) -> Bool {
    person.contactPoints.contains { mine in
      (mine.kind == .email || mine.kind == .phone) && other.person.contactPoints.contains { $0.isSame(as: mine) }
    } || Fold.search(person.name) == Fold.search(other.person.name)
  }
}

/// What a client of the base is recognised by when a list is imported.
package enum MatchKey: String, Codable, CaseIterable, Sendable { case none, email, phone, ownNumber }

extension ImportedClient {
  /// The values to look up, those of its people included; compare with `ContactPoint.key` or the own number.
  package func matchValues(_ key: MatchKey) -> [String] {
    let points = client.contactPoints + people.flatMap(\.person.contactPoints)
    return switch key {
    case .none: []
    case .email: points.filter { $0.kind == .email }.map(\.key)
    case .phone: points.filter { $0.kind == .phone }.map(\.key)
    case .ownNumber: client.ownNumber.map { [$0] } ?? []
    }
  }
}

extension ContactPoint {
  package func isSame(as other: ContactPoint) -> Bool { kind == other.kind && key == other.key }
}
