package import Database
package import Domain

extension Session {
  package func opportunity(_ id: OpportunityID) throws -> Opportunity {
    try require(.viewDeals)
    guard let found = try connection.first("""
      SELECT \(Opportunity.columns) FROM \(Opportunity.tables) WHERE x.id = \(id) AND \(visible())
      """, { try Opportunity(row: &$0) }) else { throw Refusal.notFound }
    return found
  }

  /// One that nobody has answered.
  package func waitingOpportunity(_ id: OpportunityID) throws -> Opportunity {
    let found = try opportunity(id)
    guard found.state == .waiting else { throw OpportunityRefusal.answered }
    return found
  }

  /// Of a client, newest first.
  package func opportunities(of client: ClientID, limit: Int = 20) throws -> [Opportunity] {
    try require(.viewDeals)
    return try connection.rows("""
      SELECT \(Opportunity.columns) FROM \(Opportunity.tables) WHERE x.client_id = \(client) AND \(visible())
      ORDER BY x.id DESC LIMIT \(limit)
      """) { try Opportunity(row: &$0) }
  }

  /// What waits for this actor's answer, oldest first.
  package func opportunitiesWaiting(limit: Int = 100) throws -> [Opportunity] {
    try require(.viewDeals)
    return try connection.rows("""
      SELECT \(Opportunity.columns) FROM \(Opportunity.tables)
      WHERE x.to_id = \(actor.id) AND x.state = 'waiting' AND p.deleted_at IS NULL AND \(visible())
      ORDER BY x.noticed_at, x.id LIMIT \(limit)
      """) { try Opportunity(row: &$0) }
  }

  /// What became of what this actor noticed, and is not read yet.
  package func opportunitiesAnswered(limit: Int = 100) throws -> [Opportunity] {
    try require(.viewDeals)
    return try connection.rows("""
      SELECT \(Opportunity.columns) FROM \(Opportunity.tables)
      WHERE x.noticed_by = \(actor.id) AND x.answered_at IS NOT NULL AND x.read_at IS NULL AND \(visible())
      ORDER BY x.answered_at, x.id LIMIT \(limit)
      """) { try Opportunity(row: &$0) }
  }

  /// To whom an opportunity at this client may go: those who sell and may see the client.
  package func sellers(for client: ClientID) throws -> [(id: AccountID, name: String)] {
    try requireOpen(client)
    return try connection.rows("""
      SELECT a.id, a.name FROM account a JOIN party p ON p.id = \(client)
      WHERE a.closed_at IS NULL AND a.role IN ('owner','manager','employee')
        AND (a.scope = 'all' OR a.id = p.owner_id OR (a.scope = 'team' AND a.team_id = p.team_id))
      ORDER BY a.id = p.owner_id DESC, a.name, a.id LIMIT 200
      """) { (id: try $0.next(AccountID.self), name: try $0.next(String.self)) }
  }
}

package struct OpportunityList: Sendable {
  package let opportunities: [Opportunity]
  /// The last of these, where more come after it.
  package let next: OpportunityID?
}

extension Session {
  /// All that this actor sees, newest first: one read along an index.
  package func opportunities(
    _ filter: OpportunityFilter, before place: OpportunityID? = nil, limit: Int = 50
  ) throws -> OpportunityList {
    try require(.viewDeals)
    let found = try connection.rows(opportunityQuery(filter, before: place, limit: limit)) { try Opportunity(row: &$0) }
    return OpportunityList(opportunities: Array(found.prefix(limit)), next: found.count > limit ? found.prefix(limit).last?.id : nil)
  }

  /// The statement alone: a test looks at its plan.
  func opportunityQuery(_ filter: OpportunityFilter, before place: OpportunityID?, limit: Int) -> SQL {
    var condition: SQL = "p.deleted_at IS NULL AND \(visible())"
    if let state = filter.state { condition += " AND x.state = \(state)" }
    if let client = filter.client { condition += " AND x.client_id = \(client)" }
    if let seller = filter.to { condition += " AND x.to_id = \(seller)" }
    if let place { condition += " AND x.id < \(place)" }
    return """
      SELECT \(Opportunity.columns) FROM \(Opportunity.tables) WHERE \(condition) ORDER BY x.id DESC LIMIT \(limit + 1)
      """
  }
}
