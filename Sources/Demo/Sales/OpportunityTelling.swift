import Database
import Domain
import Store

extension Store {
  func tellOpportunities(at now: Instant) async throws {
    for (index, tale) in OpportunityTale.all.enumerated() { try await tell(tale, index, at: now) }
  }

  private func tell(_ tale: OpportunityTale, _ index: Int, at now: Instant) async throws {
    func colleague(_ mailbox: String) -> Colleague? { Agency.colleagues.first { $0.email.hasPrefix(mailbox + "@") } }
    guard let noticer = colleague(tale.by), let seller = colleague(tale.to) else { return }
    let zone = Zone(seller.zone) ?? .utc
    func morning(_ daysAgo: Int) -> Instant {
      zone.instant(zone.date(now).adding(days: -daysAgo), LocalTime(hour: 9, minute: 40) ?? .midnight)
    }
    let noticed = try await write(as: noticer.actor, at: morning(tale.daysAgo)) { tx -> OpportunityID? in
      let known = try tx.companies(of: seller.id)
      guard !known.isEmpty else { return nil }
      return try tx.noticeOpportunity(OpportunityDraft(text: tale.text, to: seller.id), at: known[index % known.count])
    }
    guard let noticed else { return }
    switch tale.fate {
    case .waiting: break
    case .declined(let words):
      try await write(as: seller.actor, at: morning(tale.daysAgo - 1)) { try $0.declineOpportunity(noticed, because: words) }
    case .taken(let name, let list, let outcome):
      let draft = DealDraft(name: name, ownerID: seller.id, price: DealPrice(currency: .eur, list: list), note: tale.text)
      let deal = try await write(as: seller.actor, at: morning(tale.daysAgo - 1)) { try $0.takeOpportunity(noticed, as: draft) }
      try await write(as: seller.actor, at: morning(tale.daysAgo / 2)) { try $0.bring(deal, to: outcome) }
    }
  }
}

extension Transaction {
  /// Those of this colleague's that have been clients for a while, the newest first.
  fileprivate func companies(of keeper: AccountID) throws -> [ClientID] {
    try connection.values("""
      SELECT id FROM party WHERE owner_id = \(keeper) AND is_client AND kind = 'company' AND archived_at IS NULL
        AND deleted_at IS NULL AND created_at < \(now.adding(milliseconds: -100 * Instant.day)) ORDER BY id DESC LIMIT 8
      """, as: ClientID.self)
  }

  fileprivate func bring(_ deal: DealID, to outcome: OpportunityTale.Outcome) throws {
    switch outcome {
    case .open: break
    case .won: try moveDeal(deal, to: DealPlace.agreed.ref.id, expecting: nil)
    case .lost(let reason, let words):
      let why = try lossReasons().first { $0.key == reason }
      try moveDeal(deal, to: DealPlace.lost.ref.id, expecting: nil, reason: why?.id, words: words)
    }
  }
}
