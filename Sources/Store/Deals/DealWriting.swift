import Database
package import Domain

/// Making and changing deals: state, history and audit in one transaction. Access is decided before the first write.
extension Transaction {
  /// - Parameters:
  ///   - stage: the first open one where none is named.
  @discardableResult
  package func createDeal(
    _ draft: DealDraft, client: ClientID, stage: StageID? = nil, lines: [DealLineDraft] = []
  ) throws -> DealID {
    try require(.editDeals)
    try requireOpen(client)
    let all = try stages()
    // What is lost asks why: it is moved there.
    guard let stage = all.first(where: { stage == nil ? $0.phase == .open : $0.id == stage && $0.phase != .lost }) else {
      throw InvalidForm([FieldMessage(field: "stage", key: "deals.error.stage")])
    }
    try requireColleague(draft.ownerID, field: "owner")
    try requireFreeDealNumber(draft.number, except: nil)
    let price = try draft.price.settledOrRefused(netOfLines: nil)
    let id = try insertDeal(draft, price, client, stage)
    try tell(.began(DealNote(deal: id, name: draft.name)), client: client)
    if price.agreed ?? price.list != nil {
      let none = DealPrice(currency: price.currency)
      try tell(.price(DealPriceChange(deal: id, name: draft.name, old: none, new: price)), client: client)
    }
    audit(.created, .deal, id.rawValue)
    if !lines.isEmpty { try replaceLines(lines, of: id, expecting: nil) }
    return id
  }

  private func insertDeal(_ draft: DealDraft, _ price: DealPrice, _ client: ClientID, _ stage: DealStage) throws -> DealID {
    let wonAt = stage.phase.isWon ? now : nil
    return try connection.required("""
      INSERT INTO deal (client_id, name, name_sort, number, stage_id, stage_since, owner_id, currency, list_minor, discount_bp,
        agreed_minor, agreed_typed, final_minor, probability, expected_on, planned_from, planned_until, actual_from, actual_until,
        urgent, note, won_at, finished_at, created_at, created_by, changed_at, changed_by)
      VALUES (\(client), \(draft.name), \(Fold.sortKey(draft.name)), \(draft.number), \(stage.id), \(now), \(draft.ownerID ?? actor.id),
        \(price.currency), \(price.list), \(price.discount), \(price.agreed), \(price.agreedIsTyped), \(price.final),
        \(draft.probability), \(draft.expectedOn), \(draft.period.plannedFrom), \(draft.period.plannedUntil),
        \(draft.period.actualFrom), \(draft.period.actualUntil), \(draft.isUrgent), \(draft.note), \(wonAt),
        \(stage.phase == .finished ? now : nil), \(now), \(actor.id), \(now), \(actor.id))
      RETURNING id
      """)
  }

  /// Saves the draft over the deal: what the draft lacks is emptied.
  /// - Returns: the version after it; the same when nothing differs.
  @discardableResult
  package func updateDeal(_ id: DealID, _ draft: DealDraft, expecting version: Int) throws -> Int {
    let old = try changeable(id, version)
    if draft.number != old.draft.number { try requireFreeDealNumber(draft.number, except: id) }
    if draft.ownerID != old.draft.ownerID { try requireColleague(draft.ownerID, field: "owner") }
    return try save(draft, over: old)
  }

  /// The deal, if this actor may change it and nobody did meanwhile.
  func changeable(_ id: DealID, _ version: Int?) throws -> StoredDeal {
    try require(.editDeals)
    let deal = try self.deal(id)
    guard !deal.isRemoved else { throw Refusal.notFound }
    try requireOpen(deal.clientID)
    if let version, deal.version != version { throw Refusal.conflict(currentVersion: deal.version) }
    return deal
  }

  private func requireFreeDealNumber(_ number: String?, except id: DealID?) throws {
    guard let number else { return }
    let holder = try connection.value("SELECT id FROM deal WHERE number = \(number)", as: DealID.self)
    if let holder, holder != id { throw Refusal.duplicate(field: "number", of: holder.rawValue) }
  }

  /// Writes the draft and tells what differs: the price, the period, and the rest.
  func save(_ draft: DealDraft, over old: StoredDeal) throws -> Int {
    var new = draft
    let sums = try lineSums(of: old.id)
    if let sums {
      guard new.price.currency == old.draft.price.currency else {
        throw InvalidForm([FieldMessage(field: "currency", key: "deals.error.currency")])
      }
      new.price.list = sums.gross
    }
    new.price = try new.price.settledOrRefused(netOfLines: sums?.net)
    guard new != old.draft else { return old.version }
    try write(new, over: old)
    try tellDifferences(new, old)
    return old.version + 1
  }

  private func write(_ new: DealDraft, over old: StoredDeal) throws {
    let changed = try connection.run("""
      UPDATE deal SET name = \(new.name), name_sort = \(Fold.sortKey(new.name)), number = \(new.number), owner_id = \(new.ownerID),
        currency = \(new.price.currency), list_minor = \(new.price.list), discount_bp = \(new.price.discount),
        agreed_minor = \(new.price.agreed), agreed_typed = \(new.price.agreedIsTyped), final_minor = \(new.price.final),
        probability = \(new.probability), expected_on = \(new.expectedOn), planned_from = \(new.period.plannedFrom),
        planned_until = \(new.period.plannedUntil), actual_from = \(new.period.actualFrom),
        actual_until = \(new.period.actualUntil), urgent = \(new.isUrgent), note = \(new.note), changed_at = \(now),
        changed_by = \(actor.id), version = version + 1
      WHERE id = \(old.id) AND version = \(old.version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: old.version + 1) }
  }

  private func tellDifferences(_ new: DealDraft, _ old: StoredDeal) throws {
    if new.price != old.draft.price {
      try tell(.price(DealPriceChange(deal: old.id, name: new.name, old: old.draft.price, new: new.price)), client: old.clientID)
    }
    if new.period != old.draft.period {
      try tell(.period(DealPeriodChange(
        deal: old.id, name: new.name, old: old.draft.period, new: new.period, price: new.price.money(new.price.agreed),
        priceStayed: new.price.agreed == old.draft.price.agreed && new.price.currency == old.draft.price.currency)),
        client: old.clientID)
    }
    let changes = try old.draft.changes(to: new, names: accountNames([old.draft.ownerID, new.ownerID]))
    if !changes.isEmpty {
      try tell(.changed(DealFieldChanges(deal: old.id, name: new.name, changes: changes)), client: old.clientID)
    }
    audit(.changed, .deal, old.id.rawValue)
  }

  private func accountNames(_ ids: [AccountID?]) throws -> [AccountID: String] {
    var out: [AccountID: String] = [:]
    try connection.each("SELECT id, name FROM account WHERE id IN \(list: ids.compactMap(\.self))") { row in
      out[try row.next()] = try row.next(String.self)
    }
    return out
  }

  /// Writes an entry into the client's history and into the deal's.
  @discardableResult
  func tell(_ event: DealEvent, client: ClientID) throws -> HistoryID {
    let entry = try record(.deal(event), client: client)
    if let deal = event.deal {
      try connection.run("INSERT INTO deal_history (deal_id, history_id) VALUES (\(deal), \(entry))")
    }
    return entry
  }
}

extension DealPrice {
  /// A price too large for its currency is a mistake of the form.
  func settledOrRefused(netOfLines: Int64?) throws -> DealPrice {
    guard let price = try? settled(netOfLines: netOfLines),
      [price.list, price.agreed, price.final].compactMap(\.self).allSatisfy({ $0 <= Money.largest })
    else { throw InvalidForm([FieldMessage(field: "list", key: "deals.error.too_large")]) }
    return price
  }
}

extension DealDraft {
  /// What differs besides price and period, as people read it.
  fileprivate func changes(to new: DealDraft, names: [AccountID: String]) -> [FieldChange] {
    let pairs: [(String, String?, String?)] = [
      ("name", name, new.name), ("number", number, new.number),
      ("owner", ownerID.flatMap { names[$0] }, new.ownerID.flatMap { names[$0] }),
      ("probability", probability.map { "\($0) %" }, new.probability.map { "\($0) %" }),
      ("expected", expectedOn?.description, new.expectedOn?.description),
      ("urgent", isUrgent ? "1" : nil, new.isUrgent ? "1" : nil), ("note", note, new.note),
    ]
    return pairs.filter { $0.1 ?? "" != $0.2 ?? "" }.map { FieldChange($0.0, old: $0.1, new: $0.2) }
  }
}
