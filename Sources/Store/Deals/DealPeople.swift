import Database
package import Domain

/// Someone of ours on a deal.
package struct DealMember: Sendable, Hashable {
  package let id: MemberID
  package let accountID: AccountID
  package let name: String
  package let role: String
}

/// Someone at the client as he or she was then: the role, and whether it was the client's manager.
package struct DealContact: Sendable, Hashable {
  package let id: DealContactID
  package let personID: PersonID
  package let name: String
  package let role: String
  package let isManager: Bool
}

extension Session {
  package func members(of deal: DealID) throws -> [DealMember] {
    try connection.rows("""
      SELECT m.id, m.account_id, a.name, m.role FROM deal_member m JOIN account a ON a.id = m.account_id
      WHERE m.deal_id = \(deal) ORDER BY m.id
      """) { DealMember(id: try $0.next(), accountID: try $0.next(), name: try $0.next(), role: try $0.next()) }
  }

  package func contacts(of deal: DealID) throws -> [DealContact] {
    try connection.rows("""
      SELECT c.id, c.person_id, p.name, c.role, c.is_manager FROM deal_contact c JOIN party p ON p.id = c.person_id
      WHERE c.deal_id = \(deal) ORDER BY c.is_manager DESC, c.id
      """) {
      DealContact(id: try $0.next(), personID: try $0.next(), name: try $0.next(), role: try $0.next(), isManager: try $0.next())
    }
  }

  /// Whom one may put on a deal: accounts that are open.
  package func colleagues() throws -> [(id: AccountID, name: String)] {
    try connection.rows("SELECT id, name FROM account WHERE closed_at IS NULL ORDER BY name, id LIMIT 500") {
      (id: try $0.next(AccountID.self), name: try $0.next(String.self))
    }
  }
}

extension Transaction {
  /// Nobody is anybody's choice; an account that is none, or is closed, is a mistake of the form.
  func requireColleague(_ account: AccountID?, field: String) throws {
    guard let account else { return }
    guard try connection.exists("SELECT 1 FROM account WHERE id = \(account) AND closed_at IS NULL") else {
      throw InvalidForm([FieldMessage(field: field, key: "deals.error.colleague")])
    }
  }

  package func addMember(_ account: AccountID, role: String, to id: DealID) throws {
    let deal = try changeable(id, nil)
    try requireColleague(account, field: "account")
    guard try !connection.exists("SELECT 1 FROM deal_member WHERE deal_id = \(id) AND account_id = \(account)") else {
      throw InvalidForm([FieldMessage(field: "account", key: "deals.error.already_on")])
    }
    try connection.run("INSERT INTO deal_member (deal_id, account_id, role) VALUES (\(id), \(account), \(role))")
    try partsChanged(deal, .person(DealPersonNote(deal: id, name: deal.draft.name, change: .joined, account: account, role: role)))
  }

  package func removeMember(_ member: MemberID, of id: DealID) throws {
    let deal = try changeable(id, nil)
    guard let found = try members(of: id).first(where: { $0.id == member }) else { throw Refusal.notFound }
    try connection.run("DELETE FROM deal_member WHERE id = \(member) AND deal_id = \(id)")
    try partsChanged(deal, .person(DealPersonNote(
      deal: id, name: deal.draft.name, change: .left, account: found.accountID, role: found.role)))
  }

  /// The person's role at the client is taken over as it is today, and stays so whatever it becomes.
  package func addContact(_ person: PersonID, role: String?, to id: DealID) throws {
    let deal = try changeable(id, nil)
    guard let tied = try people(of: deal.clientID).first(where: { $0.id == person }) else {
      throw InvalidForm([FieldMessage(field: "person", key: "history.error.person")])
    }
    guard try !connection.exists("SELECT 1 FROM deal_contact WHERE deal_id = \(id) AND person_id = \(person)") else {
      throw InvalidForm([FieldMessage(field: "person", key: "deals.error.already_on")])
    }
    let role = role ?? tied.role
    try connection.run("""
      INSERT INTO deal_contact (deal_id, person_id, role, is_manager) VALUES (\(id), \(person), \(role), \(tied.isManager))
      """)
    try partsChanged(deal, .person(DealPersonNote(deal: id, name: deal.draft.name, change: .joined, person: person, role: role)))
  }

  package func removeContact(_ contact: DealContactID, of id: DealID) throws {
    let deal = try changeable(id, nil)
    guard let found = try contacts(of: id).first(where: { $0.id == contact }) else { throw Refusal.notFound }
    try connection.run("DELETE FROM deal_contact WHERE id = \(contact) AND deal_id = \(id)")
    try partsChanged(deal, .person(DealPersonNote(
      deal: id, name: deal.draft.name, change: .left, person: found.personID, role: found.role)))
  }

  /// One more version of the deal, with its entry.
  func partsChanged(_ deal: StoredDeal, _ event: DealEvent) throws {
    try connection.run("""
      UPDATE deal SET changed_at = \(now), changed_by = \(actor.id), version = version + 1 WHERE id = \(deal.id)
      """)
    try tell(event, client: deal.clientID)
    audit(.changed, .deal, deal.id.rawValue, detail: event.kind.rawValue)
  }
}
