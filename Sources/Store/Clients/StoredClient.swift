import Database
package import Domain

/// A client as kept: its draft with what only the base knows. Read for editing, comparing and undoing.
package struct StoredClient: Sendable {
  package let id: PartyID
  package let draft: ClientDraft
  package let version: Int
  package let teamID: TeamID?
  package let createdAt: Instant
  package let createdBy: AccountID?
  package let changedAt: Instant
  package let changedBy: AccountID?
  package let archivedAt: Instant?
  package let deletedAt: Instant?
}

extension Session {
  /// In the actor's scope, the bin included; `Refusal.notFound` otherwise.
  package func storedClient(_ id: PartyID) throws -> StoredClient {
    guard let found = try storedClients([id])[id] else { throw Refusal.notFound }
    return found
  }

  /// Those of the ids that the actor may see: four reads for each thousand.
  package func storedClients(_ ids: [PartyID]) throws -> [PartyID: StoredClient] {
    var found: [PartyID: StoredClient] = [:]
    for part in ids.parts(of: 1000) {
      let hanging = try DraftParts(connection, part)
      try connection.each("\(StoredClient.select) WHERE p.id IN \(list: part) AND \(visible())") { row in
        let client = try StoredClient(&row, hanging)
        found[client.id] = client
      }
    }
    return found
  }
}

/// What hangs on parties in tables of its own.
struct DraftParts {
  private(set) var points: [PartyID: [ContactPoint]] = [:]
  private(set) var tags: [PartyID: [String]] = [:]
  private(set) var values: [PartyID: [FieldID: CustomValue]] = [:]

  init(_ connection: any Connection, _ ids: [PartyID]) throws {
    try connection.each("""
      SELECT party_id, kind, label, value, value_key, shown FROM contact_point WHERE party_id IN \(list: ids)
      ORDER BY party_id, position, id
      """) { row in
      let id = try row.next(PartyID.self)
      let point = ContactPoint(
        kind: try row.next(), label: try row.next(), value: try row.next(), key: try row.next(), shown: try row.next())
      points[id, default: []].append(point)
    }
    try connection.each("""
      SELECT pt.party_id, t.name FROM party_tag pt JOIN tag t ON t.id = pt.tag_id WHERE pt.party_id IN \(list: ids)
      ORDER BY pt.party_id, t.name_key
      """) { row in
      let id = try row.next(PartyID.self)
      tags[id, default: []].append(try row.next())
    }
    try connection.each("""
      SELECT v.party_id, v.field_id, v.value, f.type FROM custom_value v JOIN custom_field f ON f.id = v.field_id
      WHERE v.party_id IN \(list: ids)
      """) { row in
      let id = try row.next(PartyID.self), field = try row.next(FieldID.self), text = try row.next(String.self)
      values[id, default: [:]][field] = CustomValue(stored: text, kind: try row.next())
    }
  }
}

extension StoredClient {
  static let select: SQL = """
    SELECT p.id, p.kind, p.is_client, p.name, p.given_name, p.middle_name, p.family_name, p.own_number, p.language, p.zone,
      p.country, p.birth_date, p.industry, p.size_band, p.profile, p.note, p.relationship_id, p.owner_id, p.contact_days_own, p.version, p.team_id,
      p.created_at, p.created_by, p.changed_at, p.changed_by, p.archived_at, p.deleted_at FROM party p
    """

  init(_ row: inout Row, _ parts: DraftParts) throws {
    id = try row.next()
    var draft = ClientDraft(kind: try row.next(), isClient: try row.next(), name: try row.next())
    draft.givenName = try row.next()
    draft.middleName = try row.next()
    draft.familyName = try row.next()
    draft.ownNumber = try row.next()
    draft.language = try row.next()
    draft.zone = try row.next()
    draft.country = try row.next()
    draft.birthDate = try row.next()
    draft.industry = try row.next()
    draft.size = try row.next()
    let profile = try row.next(String.self)
    draft.profile = profile == "{}" ? Profile() : try JSON.value(profile)
    draft.note = try row.next()
    draft.relationshipID = try row.next()
    draft.ownerID = try row.next()
    draft.contactDays = try row.next()
    draft.contactPoints = parts.points[id] ?? []
    draft.tags = parts.tags[id] ?? []
    draft.customValues = parts.values[id] ?? [:]
    self.draft = draft
    version = try row.next()
    teamID = try row.next()
    createdAt = try row.next()
    createdBy = try row.next()
    changedAt = try row.next()
    changedBy = try row.next()
    archivedAt = try row.next()
    deletedAt = try row.next()
  }
}
