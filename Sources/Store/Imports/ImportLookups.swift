package import Database
package import Domain

/// What rows name by words: accounts, relationship types, custom fields. Read once a chunk.
struct ImportLookups {
  private var owners: [String: AccountID] = [:]
  private var relationships: [String: RelationshipID] = [:]
  private var relationshipOwners: [RelationshipID: AccountID] = [:]
  private var fields: [String: CustomField] = [:]
  private let interpreter: RowInterpreter
  private let plan: ImportPlan
  private let actor: Actor

  init(_ session: any Session, _ plan: ImportPlan) throws {
    (self.plan, actor, interpreter) = (plan, session.actor, RowInterpreter(plan.mapping))
    try readOwners(session)
    try session.connection.each("SELECT id, key, name, owner_id FROM relationship_type WHERE archived_at IS NULL") { row in
      let id = try row.next(RelationshipID.self)
      relationships[Fold.search(try row.next(String.self))] = id
      if let name = try row.next(String?.self) { relationships[Fold.search(name)] = id }
      relationshipOwners[id] = try row.next(AccountID?.self)
    }
    try session.connection.each("SELECT id, name, type, applies_to, options FROM custom_field WHERE archived_at IS NULL") { row in
      let id = try row.next(FieldID.self), name = try row.next(String.self)
      fields[Fold.search(name)] = CustomField(
        id: id, name: name, kind: try row.next(), appliesTo: try row.next(), options: try JSON.value(try row.next()))
    }
  }

  /// Those whom the actor may give clients to.
  private mutating func readOwners(_ session: any Session) throws {
    try session.connection.each("SELECT id, name, email_key, team_id FROM account WHERE closed_at IS NULL") { row in
      let id = try row.next(AccountID.self), name = try row.next(String.self), email = try row.next(String.self)
      let team = try row.next(TeamID?.self)
      let mayOwn =
        switch actor.scope {
        case .all: true
        case .team: id == actor.id || team != nil && team == actor.teamID
        case .own: id == actor.id
        }
      guard mayOwn else { return }
      owners[Fold.search(name)] = id
      owners[email] = id
    }
  }

  /// Puts ids where the row has words.
  func resolve(_ row: ImportRow) -> (client: ImportedClient, problems: [RowProblem])? {
    guard var imported = row.client else { return nil }
    var problems: [RowProblem] = []
    if let name = imported.relationship {
      imported.client.relationshipID = relationships[Fold.search(name)]
      if imported.client.relationshipID == nil { problems.append(problem(.relationship, "relationship", name)) }
    }
    if let name = imported.owner {
      imported.client.ownerID = owners[Fold.search(name)] ?? EmailAddress(name).flatMap { owners[$0.key] }
      if imported.client.ownerID == nil { problems.append(problem(.owner, "owner", name)) }
    }
    for (name, text) in imported.custom.sorted(by: { $0.key < $1.key }) {
      guard let field = fields[Fold.search(name)], field.applies(to: imported.client.kind) else { continue }
      if let value = interpreter.customValue(text, of: field) { imported.client.customValues[field.id] = value } else {
        problems.append(problem(.custom(name), "custom", text))
      }
    }
    let known = Set(imported.client.tags.map(Fold.search))
    imported.client.tags += plan.tags.filter { !known.contains(Fold.search($0)) }
    return (imported, problems)
  }

  /// Of a new client that the row gives to nobody.
  func owner(of draft: ClientDraft) -> AccountID? {
    if let owner = draft.ownerID ?? plan.owner { return owner }
    if actor.scope != .all { return actor.id }
    return draft.relationshipID.flatMap { relationshipOwners[$0] }
  }

  func problem(_ field: ImportField?, _ key: String, _ value: String) -> RowProblem {
    let column = field.flatMap { field in plan.mapping.fields.filter { $0.value == field }.keys.min() }
    return RowProblem(column: column, "import.problem." + key, value: value)
  }
}
