import Database
import Domain
import Store

/// Purchases in the agency's shop, by a few clients of everyone who looks after any; one of these is a regular.
extension Transaction {
  func tellPurchases(seed: UInt64) throws {
    var told: [(client: ClientID, draft: PurchaseDraft)] = []
    for (index, one) in Agency.colleagues.enumerated() where one.left == nil && !one.clients.isEmpty {
      var dice = SplitMix64(seed: seed &+ 29, stream: index)
      let zone = Zone(one.zone) ?? .utc, last = zone.date(now).adding(days: -2)
      for (place, (client, since)) in try settledClients(of: one.id).enumerated() where place == 0 || dice.chance(12) {
        for day in days(from: zone.date(since).adding(days: 7), to: last, isRegular: place == 0, &dice) {
          told.append((client, receipt(on: day, ShopWares.of(one.language, in: day.year), &dice)))
        }
      }
    }
    told.sort { ($0.draft.boughtOn, $0.client) < ($1.draft.boughtOn, $1.client) }
    for (index, one) in told.enumerated() {
      var draft = one.draft
      draft.number = "S-\(2001 + index)"
      try keepPurchase(draft, of: one.client, source: .api)
    }
  }

  private func settledClients(of keeper: AccountID) throws -> [(ClientID, Instant)] {
    try connection.rows("""
      SELECT id, created_at FROM party WHERE owner_id = \(keeper) AND is_client AND archived_at IS NULL AND deleted_at IS NULL
      ORDER BY last_contact_at DESC, id LIMIT 60
      """) { (try $0.next(ClientID.self), try $0.next(Instant.self)) }
  }

  /// A regular has bought every few weeks for years; anyone else a few times in the last year or so.
  private func days(from first: CalendarDate, to last: CalendarDate, isRegular: Bool, _ dice: inout SplitMix64) -> [CalendarDate] {
    let from = max(first, last.adding(days: isRegular ? -1300 : -420))
    guard from < last else { return [] }
    guard isRegular else { return (0..<dice.within(1...5)).map { _ in from.adding(days: dice.within(0...from.days(to: last))) } }
    var days: [CalendarDate] = [], day = from
    while day <= last {
      days.append(day)
      day = day.adding(days: dice.within(18...75))
    }
    return days
  }

  /// One or two things; seats are often taken for several people.
  private func receipt(on day: CalendarDate, _ wares: ShopWares, _ dice: inout SplitMix64) -> PurchaseDraft {
    let first = dice.pick(wares.products), second = dice.pick(wares.products)
    let bought = dice.chance(35) && first.name != second.name ? [first, second] : [first]
    var sum: Int64 = 0
    let lines = bought.map { ware in
      let count = Int64(ware.price < 20_000 && dice.chance(40) ? dice.within(2...4) : 1)
      sum += ware.price * count
      return PurchaseLineDraft(product: ware.name, quantityMilli: count * 1000, amount: ware.price * count)
    }
    return PurchaseDraft(boughtOn: day, amount: Money(minor: sum, currency: .eur), lines: lines)
  }
}
