import Database
package import Domain

/// Whose an address is: what a mail is filed by.
package struct KnownAddress: Hashable, Sendable {
  /// Clients that the address may stand for; one is an answer, several are a question.
  package var clients: [ClientID] = []
  /// Who at the client, where it is somebody's own.
  package var person: PersonID?
}

extension Connection {
  /// Of these folded addresses, those of clients and of people who work at one, outside of the bin. Whoever is a client is meant as
  /// one, wherever he or she works besides.
  func clients(byAddresses keys: [String]) throws -> [String: KnownAddress] {
    guard !keys.isEmpty else { return [:] }
    let holders = try rows("""
      SELECT c.value_key, p.id, p.is_client, p.kind = 'person' FROM contact_point c JOIN party p ON p.id = c.party_id
      WHERE c.kind = 'email' AND c.value_key IN \(list: keys) AND p.deleted_at IS NULL AND p.erased_at IS NULL ORDER BY p.id
      """) { (key: try $0.next(String.self), id: try $0.next(PartyID.self), isClient: try $0.next(Bool.self), isPerson: try $0.next(Bool.self)) }
    let companies = try clientCompanies(of: holders.filter { !$0.isClient && $0.isPerson }.map(\.id))
    var known: [String: KnownAddress] = [:]
    for holder in holders {
      let clients = holder.isClient ? [holder.id] : companies[holder.id] ?? []
      guard !clients.isEmpty else { continue }
      var entry = known[holder.key] ?? KnownAddress()
      entry.clients += clients.filter { !entry.clients.contains($0) }
      if !holder.isClient { entry.person = entry.person ?? holder.id }
      known[holder.key] = entry
    }
    return known
  }

  private func clientCompanies(of people: [PersonID]) throws -> [PersonID: [ClientID]] {
    guard !people.isEmpty else { return [:] }
    let ties = try rows("""
      SELECT t.person_id, c.id FROM tie t JOIN party c ON c.id = t.company_id
      WHERE t.person_id IN \(list: people) AND t.until_date IS NULL AND c.is_client AND c.deleted_at IS NULL AND c.erased_at IS NULL
      ORDER BY t.created_at DESC, t.id DESC
      """) { (person: try $0.next(PersonID.self), company: try $0.next(ClientID.self)) }
    return Dictionary(grouping: ties, by: \.person).mapValues { $0.map(\.company) }
  }

  /// Of these folded addresses, those of colleagues who work here, with their accounts.
  func colleagues(byAddresses keys: [String]) throws -> [String: AccountID] {
    guard !keys.isEmpty else { return [:] }
    return Dictionary(
      try rows("SELECT email_key, id FROM account WHERE email_key IN \(list: keys) AND closed_at IS NULL") {
        (try $0.next(String.self), try $0.next(AccountID.self))
      }, uniquingKeysWith: { first, _ in first })
  }
}
