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
    try requireFreeNumbers([(draft.ownNumber, nil)])
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

  /// For a caller that has read the client in this transaction.
  package func save(_ draft: ClientDraft, over old: StoredClient, importID: ImportID? = nil) throws -> Int {
    try save([ClientSaving(draft, over: old)], importID: importID)[old.id] ?? old.version
  }

  /// In whose history a change of a party is told: a client's is its own; what happens to someone at a client is told there.
  func homes(of parties: [(id: PartyID, isClient: Bool)]) throws -> [PartyID: [(client: ClientID, person: PersonID?)]] {
    let companies = try currentCompanies(of: parties.filter { !$0.isClient }.map(\.id))
    return Dictionary(uniqueKeysWithValues: parties.map { party in
      (party.id, companies[party.id].map { $0.map { ($0, party.id) } } ?? [(party.id, nil)])
    })
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

  /// An own number is nobody else's, neither in the base nor among those who come to have it now.
  func requireFreeNumbers(_ wanted: [(number: String?, id: PartyID?)]) throws {
    var holders: [String: PartyID?] = [:]
    for case (let number?, let id) in wanted {
      if let other = holders.updateValue(id, forKey: number) { throw Refusal.duplicate(field: "own_number", of: other?.rawValue) }
    }
    guard !holders.isEmpty else { return }
    try connection.each("SELECT own_number, id FROM party WHERE own_number IN \(list: holders.keys.sorted())") { row in
      let number = try row.next(String.self), holder = try row.next(PartyID.self)
      if let id = holders[number], id != holder { throw Refusal.duplicate(field: "own_number", of: holder.rawValue) }
    }
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
}
