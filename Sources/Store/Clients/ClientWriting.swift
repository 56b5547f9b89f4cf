import Database
package import Domain

/// Making and changing clients: the one road for forms, imports, the API and demonstration data. Access is decided before
/// the first write; state, history and audit are one transaction.
extension Transaction {
  @discardableResult
  package func createClient(_ draft: ClientDraft, importID: ImportID? = nil) throws -> ClientID {
    try require(.editClients)
    var draft = draft
    try settleOwner(&draft)
    try requireFreeNumber(draft.ownNumber, except: nil)
    let row = NewClient(draft, importID: importID)
    guard let made = try insertClients([row]).first else { throw Refusal.notFound }
    return made.id
  }

  /// Saves the draft over the client: what the draft lacks is emptied.
  /// - Returns: the version after it; the same when nothing differs.
  @discardableResult
  package func updateClient(
    _ id: PartyID, _ draft: ClientDraft, expecting version: Int, importID: ImportID? = nil
  ) throws -> Int {
    try require(.editClients)
    let old = try storedClient(id)
    guard old.deletedAt == nil else { throw Refusal.notFound }
    guard old.version == version else { throw Refusal.conflict(currentVersion: old.version) }
    return try save(draft, over: old, importID: importID)
  }

  /// For a caller that has read the client in this transaction, such as an import of many.
  package func save(_ draft: ClientDraft, over old: StoredClient, importID: ImportID? = nil) throws -> Int {
    let changes = old.draft.changedFields(to: draft)
    guard !changes.isEmpty || draft.isClient != old.draft.isClient || draft.kind != old.draft.kind
      || draft.contactPoints != old.draft.contactPoints
    else { return old.version }
    if draft.ownerID != old.draft.ownerID { try requireOwnerInScope(draft.ownerID) }
    if draft.ownNumber != old.draft.ownNumber { try requireFreeNumber(draft.ownNumber, except: old.id) }
    try updateRow(draft, old)
    try replaceParts(of: old.id, old.draft, draft)
    if draft.searchDocument != old.draft.searchDocument { try refreshSearch(of: old.id) }
    try careFollows(old.id, old.draft, draft)
    try tell(changes, of: old, now: draft, importID: importID)
    return old.version + 1
  }

  private func updateRow(_ draft: ClientDraft, _ old: StoredClient) throws {
    let team = draft.ownerID == old.draft.ownerID ? old.teamID : try teams(ofOwners: [draft.ownerID])[draft.ownerID] ?? nil
    let changed = try connection.run("""
      UPDATE party SET kind = \(draft.kind), is_client = \(draft.isClient), name = \(draft.name), name_sort = \(draft.sortKey),
        given_name = \(draft.givenName), middle_name = \(draft.middleName), family_name = \(draft.familyName),
        own_number = \(draft.ownNumber), language = \(draft.language), zone = \(draft.zone), country = \(draft.country),
        birth_date = \(draft.birthDate), industry = \(draft.industry), size_band = \(draft.size),
        profile = \(try JSON.text(draft.profile)), note = \(draft.note), relationship_id = \(draft.relationshipID),
        owner_id = \(draft.ownerID), team_id = \(team), contact_days_own = \(draft.contactDays), changed_at = \(now), changed_by = \(actor.id), version = version + 1
      WHERE id = \(old.id) AND version = \(old.version)
      """)
    // Another server was first.
    guard changed == 1 else { throw Refusal.conflict(currentVersion: old.version + 1) }
    if draft.ownerID != old.draft.ownerID { try reasonsFollow([old.id]) }
  }

  /// How often to be in touch, and whose birthdays to think of.
  private func careFollows(_ id: PartyID, _ old: ClientDraft, _ new: ClientDraft) throws {
    if old.relationshipID != new.relationshipID || old.tags != new.tags || old.isClient != new.isClient || old.contactDays != new.contactDays {
      try rhythmFollows([id])
    }
    if old.birthDate != new.birthDate || old.isClient != new.isClient || old.name != new.name { try datesFollow([id]) }
  }

  private func tell(
    _ changes: [(name: String, old: String, new: String)], of old: StoredClient, now draft: ClientDraft, importID: ImportID?
  ) throws {
    let told = try changes.filter { $0.name != "owner" }.map { change in
      let names = change.name == "relationship" ? try relationshipNames([change.old, change.new]) : [:]
      return FieldChange(change.name, old: names[change.old] ?? change.old, new: names[change.new] ?? change.new)
    }
    if !told.isEmpty { try tellOf(old.id, isClient: draft.isClient, .partyChanged(told), importID: importID) }
    if draft.ownerID != old.draft.ownerID {
      try record(.ownerChanged(OwnerChange(from: old.draft.ownerID, to: draft.ownerID)), client: old.id, importID: importID)
    }
    audit(.changed, .party, old.id.rawValue, detail: changes.map(\.name).joined(separator: " "))
  }

  /// A client's history is its own; what happens to someone at a client is told in the history of that client.
  func tellOf(_ id: PartyID, isClient: Bool, _ event: HistoryEvent, importID: ImportID? = nil) throws {
    if isClient {
      try record(event, client: id, importID: importID)
      return
    }
    let companies = try currentCompanies(of: id)
    for company in companies { try record(event, client: company, person: id, importID: importID) }
    if companies.isEmpty { try record(event, client: id, importID: importID) }
  }
}

extension Transaction {
  /// Whoever sees only own clients (or the team's) makes clients that stay visible; the relationship may name an owner.
  func settleOwner(_ draft: inout ClientDraft) throws {
    if draft.ownerID == nil, draft.isClient {
      if let relationship = draft.relationshipID {
        draft.ownerID = try connection.value("SELECT owner_id FROM relationship_type WHERE id = \(relationship)")
      }
      if actor.scope != .all { draft.ownerID = actor.id }
    }
    try requireOwnerInScope(draft.ownerID)
  }

  /// Nobody gives a client away out of the own sight, nor takes one into it from nowhere.
  func requireOwnerInScope(_ owner: AccountID?) throws {
    let allowed: Bool
    if let owner, owner == actor.id { return }
    switch actor.scope {
    case .all:
      guard let owner else { return }
      allowed = try connection.exists("SELECT 1 FROM account WHERE id = \(owner) AND closed_at IS NULL")
    case .team:
      guard let owner, let team = actor.teamID else { throw Self.ownerRefused }
      allowed = try connection.exists("SELECT 1 FROM account WHERE id = \(owner) AND team_id = \(team) AND closed_at IS NULL")
    case .own: allowed = false
    }
    guard allowed else { throw Self.ownerRefused }
  }

  private static let ownerRefused = InvalidForm([FieldMessage(field: "owner", key: "clients.error.owner")])

  func requireFreeNumber(_ number: String?, except id: PartyID?) throws {
    guard let number else { return }
    let holder = try connection.value("SELECT id FROM party WHERE own_number = \(number)", as: PartyID.self)
    if let holder, holder != id { throw Refusal.duplicate(field: "own_number", of: holder.rawValue) }
  }

  /// Teams of accounts, as they are kept beside the owner of a client.
  func teams(ofOwners owners: some Sequence<AccountID?>) throws -> [AccountID?: TeamID?] {
    let ids = Set(owners.compactMap(\.self)).sorted()
    guard !ids.isEmpty else { return [:] }
    var teams: [AccountID?: TeamID?] = [:]
    try connection.each("SELECT id, team_id FROM account WHERE id IN \(list: ids)") { row in
      let id = try row.next(AccountID.self)
      teams[id] = try row.next(TeamID?.self)
    }
    return teams
  }

  /// By id as text: a name of its own or the built-in type's key.
  private func relationshipNames(_ ids: [String]) throws -> [String: String] {
    let ids = ids.compactMap { RelationshipID($0) }
    let rows = try connection.rows("SELECT id, name, key FROM relationship_type WHERE id IN \(list: ids)") { row in
      let id = try row.next(RelationshipID.self), name = try row.next(String?.self), key = try row.next(String.self)
      return (id.description, name ?? key)
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }
}
