import Database
package import Domain

/// A draft to be laid over a client or person that was read in this transaction.
package struct ClientSaving: Sendable {
  package let old: StoredClient
  package var draft: ClientDraft
  package init(_ draft: ClientDraft, over old: StoredClient) { (self.draft, self.old) = (draft, old) }

  /// The same party from another place, such as a second row of a file: what it changes is changed too, and nothing is lost that
  /// the first one added.
  package mutating func take(_ other: ClientDraft) {
    var both = draft
    for change in old.draft.changedFields(to: other) { both.take(change.name, from: other) }
    both.contactPoints += draft.contactPoints.filter { point in !both.contactPoints.contains { $0.isSame(as: point) } }
    both.tags += draft.tags.filter { tag in !both.tags.contains { Fold.search($0) == Fold.search(tag) } }
    draft = both
  }
}

/// Saving one client and saving many is the same road: a statement for each table that is touched, or a pipeline of them, not a
/// dozen round trips for each client.
extension Transaction {
  /// Each party once.
  /// - Returns: the versions after it; the same as before where nothing differs.
  package func save(_ savings: [ClientSaving], importID: ImportID? = nil) throws -> [PartyID: Int] {
    var versions = Dictionary(uniqueKeysWithValues: savings.map { ($0.old.id, $0.old.version) })
    // In one order, whoever saves: two servers do not wait for each other.
    let changed = savings.compactMap { ChangedClient($0) }.sorted { $0.id < $1.id }
    guard !changed.isEmpty else { return versions }
    for one in changed { versions[one.id] = one.old.version + 1 }
    let given = changed.filter(\.changesOwner)
    for owner in Set(given.map(\.new.ownerID)) { try requireOwnerInScope(owner) }
    try requireFreeNumbers(changed.filter { $0.new.ownNumber != $0.old.draft.ownNumber }.map { ($0.new.ownNumber, $0.id) })
    try updateRows(changed)
    try reasonsFollow(given.map(\.id))
    try replaceParts(changed)
    try refreshSearch(of: changed.filter { $0.new.searchDocument != $0.old.draft.searchDocument }.map(\.id))
    try rhythmFollows(changed.filter(\.changesRhythm).map(\.id))
    try datesFollow(changed.filter(\.changesDates).map(\.id))
    try tell(changed, importID: importID)
    return versions
  }

  private func updateRows(_ changed: [ChangedClient]) throws {
    let teams = try teams(ofOwners: changed.filter(\.changesOwner).map(\.new.ownerID))
    let count = try connection.run(all: changed.map { one in
      let draft = one.new, old = one.old
      return """
        UPDATE party SET kind = \(draft.kind), is_client = \(draft.isClient), name = \(draft.name), name_sort = \(draft.sortKey),
          given_name = \(draft.givenName), middle_name = \(draft.middleName), family_name = \(draft.familyName),
          own_number = \(draft.ownNumber), language = \(draft.language), zone = \(draft.zone), country = \(draft.country),
          birth_date = \(draft.birthDate), industry = \(draft.industry), size_band = \(draft.size),
          profile = \(try JSON.text(draft.profile)), note = \(draft.note), relationship_id = \(draft.relationshipID),
          owner_id = \(draft.ownerID), team_id = \(one.changesOwner ? teams[draft.ownerID] ?? nil : old.teamID),
          contact_days_own = \(draft.contactDays), changed_at = \(now), changed_by = \(actor.id), version = version + 1
        WHERE id = \(old.id) AND version = \(old.version)
        """
    })
    // Another server was first.
    guard count == changed.count else { throw Refusal.conflict(currentVersion: (changed.first?.old.version ?? 0) + 1) }
  }

  /// Changed fields in the history, those who changed hands too, and each in the audit.
  private func tell(_ changed: [ChangedClient], importID: ImportID?) throws {
    let names = try relationshipNames(changed.flatMap(\.changes).filter { $0.name == "relationship" }.flatMap { [$0.old, $0.new] })
    let homes = try homes(of: changed.map { ($0.id, $0.new.isClient) })
    var history: [HistoryDraft] = []
    for one in changed {
      let told = one.changes.filter { $0.name != "owner" }.map { change in
        let names = change.name == "relationship" ? names : [:]
        return FieldChange(change.name, old: names[change.old] ?? change.old, new: names[change.new] ?? change.new)
      }
      if !told.isEmpty {
        history += homes[one.id, default: []].map { HistoryDraft(.partyChanged(told), client: $0.client, person: $0.person, by: actor.id, at: now, importID: importID) }
      }
      if one.changesOwner {
        let event = HistoryEvent.ownerChanged(OwnerChange(from: one.old.draft.ownerID, to: one.new.ownerID))
        history.append(HistoryDraft(event, client: one.id, by: actor.id, at: now, importID: importID))
      }
      audit(.changed, .party, one.id.rawValue, detail: one.changes.map(\.name).joined(separator: " "))
    }
    try insertHistory(history)
  }

  /// By id as text: a name of its own or the built-in type's key.
  private func relationshipNames(_ ids: [String]) throws -> [String: String] {
    let ids = Set(ids.compactMap { RelationshipID($0) }).sorted()
    guard !ids.isEmpty else { return [:] }
    let rows = try connection.rows("SELECT id, name, key FROM relationship_type WHERE id IN \(list: ids)") { row in
      let id = try row.next(RelationshipID.self), name = try row.next(String?.self), key = try row.next(String.self)
      return (id.description, name ?? key)
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }
}

/// What differs, once it is known that something does.
struct ChangedClient {
  let old: StoredClient
  let new: ClientDraft
  let changes: [(name: String, old: String, new: String)]
  var id: PartyID { old.id }

  init?(_ saving: ClientSaving) {
    (old, new) = (saving.old, saving.draft)
    let before = old.draft
    changes = before.changedFields(to: new)
    if changes.isEmpty, new.isClient == before.isClient, new.kind == before.kind, new.contactPoints == before.contactPoints { return nil }
  }

  var changesOwner: Bool { old.draft.ownerID != new.ownerID }
  /// How often to be in touch.
  var changesRhythm: Bool {
    let old = old.draft
    return old.relationshipID != new.relationshipID || old.tags != new.tags || old.isClient != new.isClient || old.contactDays != new.contactDays
  }
  /// Whose birthdays to think of.
  var changesDates: Bool {
    let old = old.draft
    return old.birthDate != new.birthDate || old.isClient != new.isClient || old.name != new.name
  }
}
