import Database
package import Domain

/// What the company sells, with a price per currency. What it costs us is there for those who may see margins.
package struct Offering: Sendable, Hashable {
  package let id: OfferingID
  package let draft: OfferingDraft
  package let isArchived: Bool
  package let version: Int
}

extension Session {
  /// In the order of names; by any part of name or code.
  package func offerings(find text: String = "", archived: Bool = false, limit: Int = 200) throws -> [Offering] {
    try require(.viewDeals)
    var condition: SQL = archived ? "1 = 1" : "o.archived_at IS NULL"
    let needle = Fold.search(text)
    if !needle.isEmpty {
      condition += " AND (o.name_key LIKE \(SQL.likeAnywhere(needle)) ESCAPE '\\' OR o.code LIKE \(SQL.likePrefix(text)) ESCAPE '\\')"
    }
    return try offerings(where: condition, limit)
  }

  package func offering(_ id: OfferingID) throws -> Offering {
    try require(.viewDeals)
    guard let found = try offerings(where: "o.id = \(id)", 1).first else { throw Refusal.notFound }
    return found
  }

  private func offerings(where condition: SQL, _ limit: Int) throws -> [Offering] {
    let found = try connection.rows("""
      SELECT o.id, o.code, o.name, o.note, o.unit, o.archived_at, o.version FROM offering o WHERE \(condition)
      ORDER BY o.name_key, o.id LIMIT \(limit)
      """) { row in
      (
        id: try row.next(OfferingID.self), code: try row.next(String?.self), name: try row.next(String.self),
        note: try row.next(String.self), unit: try row.next(String.self), isArchived: try row.next(Int64?.self) != nil,
        version: try row.next(Int.self)
      )
    }
    let prices = try prices(of: found.map(\.id))
    return found.map { row in
      Offering(
        id: row.id,
        draft: OfferingDraft(name: row.name, code: row.code, note: row.note, unit: row.unit, prices: prices[row.id] ?? []),
        isArchived: row.isArchived, version: row.version)
    }
  }

  private func prices(of ids: [OfferingID]) throws -> [OfferingID: [OfferingPrice]] {
    guard !ids.isEmpty else { return [:] }
    let seesCost = actor.may(.viewMargins)
    let cost: SQL = seesCost ? "cost_minor" : "CAST(NULL AS \(sqlite: "INTEGER", postgres: "bigint"))"
    var out: [OfferingID: [OfferingPrice]] = [:]
    try connection.each("""
      SELECT offering_id, currency, price_minor, \(cost) FROM offering_price WHERE offering_id IN \(list: ids) ORDER BY currency
      """) { row in
      out[try row.next(), default: []].append(
        OfferingPrice(currency: try row.next(), price: try row.next(), cost: try row.next()))
    }
    return out
  }
}

extension Transaction {
  @discardableResult
  package func createOffering(_ draft: OfferingDraft) throws -> OfferingID {
    try require(.manageDeals)
    try requireFreeCode(draft.code, except: nil)
    let id: OfferingID = try connection.required("""
      INSERT INTO offering (code, name, name_key, note, unit, created_at)
      VALUES (\(draft.code), \(draft.name), \(Fold.search(draft.name)), \(draft.note), \(draft.unit), \(now)) RETURNING id
      """)
    try writePrices(draft.prices, of: id)
    audit(.created, .offering, id.rawValue)
    return id
  }

  package func changeOffering(_ id: OfferingID, _ draft: OfferingDraft, expecting version: Int) throws {
    try require(.manageDeals)
    try requireFreeCode(draft.code, except: id)
    let old = try offering(id)
    // What stays as it was is no change, and nothing to tell of.
    if draft == old.draft, version == old.version { return }
    let changed = try connection.run("""
      UPDATE offering SET code = \(draft.code), name = \(draft.name), name_key = \(Fold.search(draft.name)), note = \(draft.note),
        unit = \(draft.unit), version = version + 1 WHERE id = \(id) AND version = \(version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: old.version) }
    if draft.prices != old.draft.prices { try writePrices(draft.prices, of: id) }
    audit(.changed, .offering, id.rawValue)
  }

  /// Not offered any more; lines that have it keep it.
  package func setOfferingArchived(_ id: OfferingID, _ isArchived: Bool) throws {
    try require(.manageDeals)
    let at = isArchived ? now : nil
    let changed = try connection.run("UPDATE offering SET archived_at = \(at), version = version + 1 WHERE id = \(id)")
    guard changed == 1 else { throw Refusal.notFound }
    audit(isArchived ? .archived : .restored, .offering, id.rawValue)
  }

  /// Costs that the actor does not see stay as they are.
  private func writePrices(_ prices: [OfferingPrice], of id: OfferingID) throws {
    let kept = actor.may(.viewMargins) ? [:] : Dictionary(
      try connection.rows("SELECT currency, cost_minor FROM offering_price WHERE offering_id = \(id)") {
        (try $0.next(Currency.self), try $0.next(Int64?.self))
      }, uniquingKeysWith: { first, _ in first })
    try connection.run("DELETE FROM offering_price WHERE offering_id = \(id)")
    for price in prices {
      let cost = actor.may(.viewMargins) ? price.cost : kept[price.currency] ?? nil
      try connection.run("""
        INSERT INTO offering_price (offering_id, currency, price_minor, cost_minor)
        VALUES (\(id), \(price.currency), \(price.price), \(cost))
        """)
    }
  }

  private func requireFreeCode(_ code: String?, except id: OfferingID?) throws {
    guard let code else { return }
    let holder = try connection.value("SELECT id FROM offering WHERE code = \(code)", as: OfferingID.self)
    if let holder, holder != id { throw Refusal.duplicate(field: "code", of: holder.rawValue) }
  }
}
