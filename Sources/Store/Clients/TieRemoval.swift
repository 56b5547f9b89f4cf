import Database
package import Domain

extension Transaction {
  /// For a tie that was never true; one that has ended gets its last day instead. The history tells that it is over.
  package func removeTie(_ id: TieID, expecting version: Int) throws {
    try require(.editClients)
    let old = try tie(id)
    let removed = try connection.run("DELETE FROM tie WHERE id = \(id) AND version = \(version)")
    guard removed == 1 else { throw Refusal.conflict(currentVersion: old.version) }
    try dropAcquaintance([id])
    try record(.tieEnded(old.tie.note(company: old.company, person: old.person)), client: old.company, person: old.person)
    audit(.removed, .tie, id.rawValue)
    try datesFollow([old.person])
    try refreshSearch(of: [old.company])
  }

  /// The tie by which a person was joined to a company last.
  package func newestTie(of person: PersonID, at company: PartyID) throws -> TieID {
    try connection.required("SELECT max(id) FROM tie WHERE company_id = \(company) AND person_id = \(person)")
  }
}
