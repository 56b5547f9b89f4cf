package import Domain
import Database

/// What the form for a contact needs to know about its client.
package struct LoggingSubject: Sendable {
  package let id: ClientID
  package let name: String
  /// Usual for this kind of relationship.
  package let channel: Channel?
  package let people: [TiedPerson]
  /// Of a person who is no client: where he or she works, and what is said to belongs.
  package let company: ClientID?
}

extension Session {
  package func loggingSubject(_ id: ClientID) throws -> LoggingSubject {
    try require(.logContacts)
    let found = try connection.first("""
      SELECT p.name, p.is_client, r.channel FROM party p LEFT JOIN relationship_type r ON r.id = p.relationship_id
      WHERE p.id = \(id) AND p.deleted_at IS NULL AND \(visible())
      """) { (name: try $0.next(String.self), isClient: try $0.next(Bool.self), channel: try $0.next(String?.self)) }
    guard let found else { throw Refusal.notFound }
    return LoggingSubject(
      id: id, name: found.name, channel: found.channel.flatMap(Channel.init), people: try people(of: id),
      company: found.isClient ? nil : try company(of: id))
  }

  /// The latest of those that this actor may see.
  private func company(of person: PersonID) throws -> ClientID? {
    try connection.value("""
      SELECT p.id FROM tie t JOIN party p ON p.id = t.company_id
      WHERE t.person_id = \(person) AND t.until_date IS NULL AND p.deleted_at IS NULL AND \(visible())
      ORDER BY t.created_at DESC, t.id DESC LIMIT 1
      """)
  }

  /// Clients whose name, e-mail, phone or number has all these words: for a name typed where no script picked one.
  package func clientsNamed(_ text: String, limit: Int) throws -> [(id: ClientID, name: String)] {
    // People stand among the hits.
    try search(text, limit: limit * 4).filter(\.isClient).prefix(limit).map { (id: $0.id, name: $0.name) }
  }
}

extension Session {
  /// For a heading above something whose client was checked already, or is checked here.
  package func partyName(_ id: PartyID) throws -> String {
    guard let name = try visibleName(id) else { throw Refusal.notFound }
    return name
  }

  /// Nil for one out of sight: a filter by it finds nothing.
  package func visibleName(_ id: PartyID) throws -> String? {
    try connection.value("SELECT p.name FROM party p WHERE p.id = \(id) AND \(visible())")
  }
}
