import Database
import Domain
import Store

/// Promises of a base for measuring: one employee with two thousand clients and very many open promises, and a kept one of everybody else's
/// clients.
enum LoadPromises {
  /// Piotr, who sees his own.
  static let keeper = AccountID(6)
  private static let heir = AccountID(3)
  private static let clients = 2000
  private static let batch = 5000

  static func write(_ count: Int, in store: Store, as actor: Actor, at now: Instant) async throws {
    try await store.write(as: actor, at: now) { tx in
      let own = try tx.connection.values("""
        SELECT id FROM party WHERE owner_id = \(keeper) AND is_client AND archived_at IS NULL AND deleted_at IS NULL ORDER BY id LIMIT \(clients)
        """, as: ClientID.self)
      guard let last = own.last else { return }
      try tx.connection.run("UPDATE party SET owner_id = \(heir) WHERE owner_id = \(keeper) AND id > \(last)")
      try tx.reasonsFollow(where: "p.owner_id = \(heir)")
      var dice = SplitMix64(seed: 5)
      try tx.insertPromises((0..<count).map { number in
        promise(own[number % own.count], number, of: keeper, isOpen: true, now, &dice)
      })
      try tx.raiseReasonsOfPromises(of: keeper)
    }
    var after = ClientID(0)
    while true {
      let start = after
      let reached = try await store.write(as: actor, at: now) { tx -> ClientID? in
        let others = try tx.connection.rows("""
          SELECT id, owner_id FROM party WHERE id > \(start) AND is_client AND owner_id <> \(keeper) ORDER BY id LIMIT \(batch)
          """) { (id: try $0.next(ClientID.self), owner: try $0.next(AccountID.self)) }
        var dice = SplitMix64(seed: UInt64(start.rawValue) &+ 7)
        try tx.insertPromises(others.enumerated().map { promise($1.id, $0, of: $1.owner, isOpen: false, now, &dice) })
        return others.last?.id
      }
      guard let reached else { return }
      after = reached
    }
  }

  /// Open ones are due from a month ago to four months ahead.
  private static func promise(
    _ client: ClientID, _ number: Int, of owner: AccountID, isOpen: Bool, _ now: Instant, _ dice: inout SplitMix64
  ) -> NewPromise {
    let zone = Zone("Europe/Warsaw") ?? .utc
    let bank = PromiseBank.of(Language.allCases[number % Language.allCases.count])
    let date = zone.date(now).adding(days: isOpen ? dice.within(-30...120) : -dice.within(1...700))
    let due = PromiseDue(date: date, zone: zone)
    let madeAt = min(now, due.deadline).adding(milliseconds: -Int64(dice.within(3...30)) * Instant.day)
    let terms = PromiseTerms(side: dice.chance(80) ? .us : .client, what: dice.pick(bank.ours), ownerID: owner)
    var value = Promise(terms: terms, due: due, madeAt: madeAt, datedAt: madeAt)
    if !isOpen {
      value.state = dice.chance(93) ? .kept : .broken
      value.settledAt = due.deadline.adding(milliseconds: Int64(dice.within(-50...8)) * Instant.hour)
    }
    return NewPromise(client: client, value, author: owner, zone: zone)
  }
}
