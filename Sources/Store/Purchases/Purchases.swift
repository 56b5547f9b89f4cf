import Database
package import Domain

/// A purchase as it is kept.
package struct Purchase: Sendable, Hashable {
  package let id: PurchaseID
  package let clientID: ClientID
  package let draft: PurchaseDraft
  let historyID: HistoryID?
  package let version: Int
}

/// Where a page of purchases ended: `2026-03-02_17`.
package struct PurchasePlace: Sendable, LosslessStringConvertible {
  let day: CalendarDate
  let id: PurchaseID

  package init(_ last: Purchase) { (day, id) = (last.draft.boughtOn, last.id) }

  package init?(_ text: String) {
    let parts = text.split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let day = CalendarDate(String(parts[0])), let id = PurchaseID(parts[1]) else { return nil }
    (self.day, self.id) = (day, id)
  }

  package var description: String { "\(day)_\(id)" }
}

/// What a client's purchases come to in one currency.
package struct PurchaseTotal: Sendable, Hashable {
  package let count: Int
  package let money: Money
  package let first: CalendarDate
  package let last: CalendarDate
}

extension Session {
  package func purchase(_ id: PurchaseID) throws -> Purchase {
    try require(.viewPurchases)
    guard let found = try purchases(where: "x.id = \(id)", "", 1).first else { throw Refusal.notFound }
    return found
  }

  /// A client's purchases, newest first.
  package func purchases(of client: ClientID, before place: PurchasePlace? = nil, limit: Int = 50) throws -> [Purchase] {
    try require(.viewPurchases)
    try requireVisible(client)
    let older: SQL = place.map { " AND (x.bought_on, x.id) < (\($0.day), \($0.id))" } ?? ""
    return try purchases(where: "x.client_id = \(client)\(older)", "ORDER BY x.bought_on DESC, x.id DESC", limit)
  }

  func purchases(numbered numbers: [String]) throws -> [String: Purchase] {
    guard !numbers.isEmpty else { return [:] }
    let found = try purchases(where: "x.number IN \(list: numbers)", "", numbers.count)
    return Dictionary(found.compactMap { one in one.draft.number.map { ($0, one) } }, uniquingKeysWith: { first, _ in first })
  }

  private func purchases(where condition: SQL, _ order: SQL, _ limit: Int) throws -> [Purchase] {
    let rows = try connection.rows("""
      SELECT x.id, x.client_id, x.bought_on, x.amount_minor, x.currency, x.number, x.note, x.history_id, x.version
      FROM purchase x JOIN party p ON p.id = x.client_id WHERE \(condition) AND \(visible()) \(order) LIMIT \(limit)
      """) { row in
      let id = try row.next(PurchaseID.self), client = try row.next(ClientID.self), day = try row.next(CalendarDate.self)
      let minor = try row.next(Int64.self), currency = try row.next(Currency.self)
      let draft = PurchaseDraft(
        boughtOn: day, amount: Money(minor: minor, currency: currency), number: try row.next(), note: try row.next())
      return Purchase(id: id, clientID: client, draft: draft, historyID: try row.next(), version: try row.next())
    }
    let lines = try purchaseLines(of: rows.map(\.id))
    return rows.map { one in
      var draft = one.draft
      draft.lines = lines[one.id] ?? []
      return Purchase(id: one.id, clientID: one.clientID, draft: draft, historyID: one.historyID, version: one.version)
    }
  }

  private func purchaseLines(of ids: [PurchaseID]) throws -> [PurchaseID: [PurchaseLineDraft]] {
    guard !ids.isEmpty else { return [:] }
    var out: [PurchaseID: [PurchaseLineDraft]] = [:]
    try connection.each("""
      SELECT purchase_id, product, quantity_milli, amount_minor FROM purchase_line WHERE purchase_id IN \(list: ids)
      ORDER BY purchase_id, position
      """) { row in
      out[try row.next(), default: []].append(
        PurchaseLineDraft(product: try row.next(), quantityMilli: try row.next(), amount: try row.next()))
    }
    return out
  }

  /// Per currency, along the client's part of the index; the most frequent currency first.
  package func purchaseTotals(of client: ClientID) throws -> [PurchaseTotal] {
    try require(.viewPurchases)
    return try connection.rows("""
      SELECT count(*), \(SQL.moneySum("x.amount_minor")), x.currency, min(x.bought_on), max(x.bought_on)
      FROM purchase x JOIN party p ON p.id = x.client_id WHERE x.client_id = \(client) AND \(visible())
      GROUP BY x.currency ORDER BY count(*) DESC, x.currency
      """) {
      PurchaseTotal(
        count: try $0.next(), money: Money(minor: try $0.next(), currency: try $0.next()), first: try $0.next(), last: try $0.next())
    }
  }
}

package enum PurchaseSource: String, Sendable { case imported = "import", api, hand }

extension Transaction {
  package enum PurchaseOutcome: Sendable, Hashable { case created, changed, same }

  /// Keeps a purchase, or lays it over the one with its number. A number that another client's purchase has is refused.
  @discardableResult
  package func keepPurchase(
    _ draft: PurchaseDraft, of client: ClientID, source: PurchaseSource, importID: Int64? = nil
  ) throws -> (id: PurchaseID, outcome: PurchaseOutcome, before: Purchase?) {
    try require(.editPurchases)
    try requireOpen(client)
    guard !draft.amount.isTooLarge else {
      throw InvalidForm([FieldMessage(field: "amount", key: "deals.error.too_large")])
    }
    if let number = draft.number, let old = try purchases(numbered: [number])[number] {
      guard old.clientID == client else { throw Refusal.duplicate(field: "number", of: old.id.rawValue) }
      guard old.draft != draft else { return (old.id, .same, nil) }
      try changePurchase(old, to: draft)
      return (old.id, .changed, old)
    }
    // A number in use out of the actor's sight is found by the constraint.
    let entry = try tellOfPurchase(draft, client)
    let id: PurchaseID = try connection.required("""
      INSERT INTO purchase (client_id, bought_on, amount_minor, currency, number, note, source, import_id, history_id, created_at,
        created_by, changed_at)
      VALUES (\(client), \(draft.boughtOn), \(draft.amount.minor), \(draft.amount.currency), \(draft.number), \(draft.note),
        \(source.rawValue), \(importID), \(entry), \(now), \(actor.id), \(now))
      RETURNING id
      """)
    try insertLines(draft.lines, of: id)
    audit(.created, .purchase, id.rawValue)
    return (id, .created, nil)
  }

  func changePurchase(_ old: Purchase, to draft: PurchaseDraft) throws {
    let entry = try tellOfPurchase(draft, old.clientID)
    if let before = old.historyID { try supersede(before, by: entry, of: old.clientID) }
    try connection.run("""
      UPDATE purchase SET bought_on = \(draft.boughtOn), amount_minor = \(draft.amount.minor), currency = \(draft.amount.currency),
        number = \(draft.number), note = \(draft.note), history_id = \(entry), changed_at = \(now), version = version + 1
      WHERE id = \(old.id)
      """)
    try connection.run("DELETE FROM purchase_line WHERE purchase_id = \(old.id)")
    try insertLines(draft.lines, of: old.id)
    audit(.changed, .purchase, old.id.rawValue)
  }

  private func insertLines(_ lines: [PurchaseLineDraft], of id: PurchaseID) throws {
    guard !lines.isEmpty else { return }
    try connection.insert(
      into: "purchase_line", ["purchase_id", "position", "product", "product_key", "quantity_milli", "amount_minor"],
      rows: lines.enumerated().map { index, line in
        [
          id.sqlValue, (index + 1).sqlValue, line.product.sqlValue, Fold.search(line.product).sqlValue, line.quantityMilli.sqlValue,
          line.amount.sqlValue,
        ]
      })
  }

  /// It stands in the history on its day, at noon: the hour is seldom known.
  private func tellOfPurchase(_ draft: PurchaseDraft, _ client: ClientID) throws -> HistoryID {
    let note = PurchaseNote(amount: draft.amount, number: draft.number, what: String(draft.what.prefix(200)))
    return try insert(HistoryDraft(.deal(.purchase(note)), client: client, by: actor.id, at: zone.noon(draft.boughtOn), recordedAt: now))
  }

  func supersede(_ old: HistoryID, by new: HistoryID, of client: ClientID) throws {
    try connection.run("""
      INSERT INTO history_mark (history_id, client_id, superseded_by) VALUES (\(old), \(client), \(new))
      ON CONFLICT (history_id) DO UPDATE SET superseded_by = excluded.superseded_by
      """)
  }
}
