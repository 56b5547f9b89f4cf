import Database
package import Domain

/// Lines of a deal. Every change of a line works the deal's price out anew and is one more version of the deal.
extension Transaction {
  @discardableResult
  package func addLine(_ draft: DealLineDraft, to id: DealID, expecting version: Int?) throws -> LineID {
    let deal = try changeable(id, version)
    let count: Int = try connection.value("SELECT count(*) FROM deal_line WHERE deal_id = \(id)") ?? 0
    guard count < DealLineDraft.limit else { throw InvalidForm([FieldMessage(field: "text", key: "deals.error.many_lines")]) }
    let line = try insertLine(costed(draft, try offeringCosts([draft], deal)), id)
    try linesChanged(deal, FieldChange("line", old: nil, new: draft.text))
    return line
  }

  package func changeLine(_ line: LineID, of id: DealID, to draft: DealLineDraft, expecting version: Int?) throws {
    let deal = try changeable(id, version)
    guard let old = try lines(of: id).first(where: { $0.id == line }) else { throw Refusal.notFound }
    let priced = costed(draft, try offeringCosts([draft], deal))
    let amounts = try priced.amounts()
    // Who does not see the cost leaves it, unless the line is about something else now.
    let isPriced = actor.may(.viewMargins) || draft.offeringID != old.draft.offeringID
    let cost: SQL = isPriced ? ", unit_cost_minor = \(priced.unitCost)" : ""
    try connection.run("""
      UPDATE deal_line SET offering_id = \(draft.offeringID), text = \(draft.text), quantity_milli = \(draft.quantity),
        unit = \(draft.unit), unit_price_minor = \(draft.unitPrice), discount_bp = \(draft.discount),
        gross_minor = \(amounts.gross), net_minor = \(amounts.net)\(cost)
      WHERE id = \(line) AND deal_id = \(id)
      """)
    try linesChanged(deal, FieldChange("line", old: old.draft.text, new: draft.text))
  }

  /// - Returns: how to take it back.
  package func removeLine(_ line: LineID, of id: DealID, expecting version: Int?, returnTo: String) throws -> UndoID {
    let deal = try changeable(id, version)
    guard let text = try connection.value("SELECT text FROM deal_line WHERE id = \(line) AND deal_id = \(id)", as: String.self),
      let payload = try removedLine(line, of: id)
    else { throw Refusal.notFound }
    try connection.run("DELETE FROM deal_line WHERE id = \(line)")
    try linesChanged(deal, FieldChange("line", old: text, new: nil))
    return try leaveUndo(DealUndo.line, payload: payload, summary: "deals.undo.line", ["text": text], returnTo: returnTo)
  }

  /// Takes the place of all lines: for the API, whose callers know the whole of a deal.
  package func replaceLines(_ drafts: [DealLineDraft], of id: DealID, expecting version: Int?) throws {
    let deal = try changeable(id, version)
    guard drafts.count <= DealLineDraft.limit else {
      throw InvalidForm([FieldMessage(field: "lines", key: "deals.error.many_lines")])
    }
    let costs = try connection.rows("SELECT text, unit_cost_minor FROM deal_line WHERE deal_id = \(id)") { row in
      (text: try row.next(String.self), cost: try row.next(Int64?.self))
    }
    let listed = try offeringCosts(drafts, deal)
    try connection.run("DELETE FROM deal_line WHERE deal_id = \(id)")
    for draft in drafts {
      var draft = costed(draft, listed)
      // Who does not see a cost does not lose it either.
      if draft.unitCost == nil, !actor.may(.viewMargins) { draft.unitCost = costs.first { $0.text == draft.text }?.cost }
      try insertLine(draft, id)
    }
    try linesChanged(deal, FieldChange("lines", old: "\(costs.count)", new: "\(drafts.count)"))
  }

  /// What an offering costs us comes from the price list, seen or not.
  private func costed(_ draft: DealLineDraft, _ listed: [OfferingID: Int64?]) -> DealLineDraft {
    var draft = draft
    if !actor.may(.viewMargins) { draft.unitCost = nil }
    if draft.unitCost == nil, let offering = draft.offeringID { draft.unitCost = listed[offering] ?? nil }
    return draft
  }

  /// What the lines' offerings cost us in the deal's currency, where it is known. One that is not on the list is a mistake of the form.
  private func offeringCosts(_ drafts: [DealLineDraft], _ deal: StoredDeal) throws -> [OfferingID: Int64?] {
    let wanted = Set(drafts.compactMap(\.offeringID)).sorted()
    guard !wanted.isEmpty else { return [:] }
    let found = try connection.rows("""
      SELECT o.id, c.cost_minor FROM offering o
        LEFT JOIN offering_price c ON c.offering_id = o.id AND c.currency = \(deal.draft.price.currency)
      WHERE o.id IN \(list: wanted)
      """) { (try $0.next(OfferingID.self), try $0.next(Int64?.self)) }
    guard found.count == wanted.count else { throw InvalidForm([FieldMessage(field: "offering", key: "deals.error.offering")]) }
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }

  @discardableResult
  func insertLine(_ draft: DealLineDraft, _ deal: DealID) throws -> LineID {
    let amounts = try draft.amounts()
    return try connection.required("""
      INSERT INTO deal_line (deal_id, position, offering_id, text, quantity_milli, unit, unit_price_minor, discount_bp,
        gross_minor, net_minor, unit_cost_minor)
      VALUES (\(deal), (SELECT coalesce(max(position), 0) + 1 FROM deal_line WHERE deal_id = \(deal)), \(draft.offeringID),
        \(draft.text), \(draft.quantity), \(draft.unit), \(draft.unitPrice), \(draft.discount), \(amounts.gross), \(amounts.net),
        \(draft.unitCost))
      RETURNING id
      """)
  }

  /// The price follows the lines; with none left the list price stays as it last was.
  func linesChanged(_ deal: StoredDeal, _ change: FieldChange) throws {
    let saved = try save(deal.draft, over: deal)
    if saved == deal.version {
      try connection.run("""
        UPDATE deal SET changed_at = \(now), changed_by = \(actor.id), version = version + 1 WHERE id = \(deal.id)
        """)
      audit(.changed, .deal, deal.id.rawValue, detail: "lines")
    }
    try tell(.changed(DealFieldChanges(deal: deal.id, name: deal.draft.name, changes: [change])), client: deal.clientID)
  }

  private func removedLine(_ line: LineID, of deal: DealID) throws -> DealUndo.Line? {
    try connection.first("""
      SELECT offering_id, text, quantity_milli, unit, unit_price_minor, discount_bp, unit_cost_minor FROM deal_line
      WHERE id = \(line) AND deal_id = \(deal)
      """) { row in
      DealUndo.Line(deal: deal, line: DealLineDraft(
        offeringID: try row.next(), text: try row.next(), quantity: try row.next(), unit: try row.next(),
        unitPrice: try row.next(), discount: try row.next(), unitCost: try row.next()))
    }
  }
}

extension Session {
  /// Before and after the lines' own discounts; nil without lines.
  func lineSums(of deal: DealID) throws -> (gross: Int64, net: Int64)? {
    let amounts = try connection.rows("SELECT gross_minor, net_minor FROM deal_line WHERE deal_id = \(deal)") { row in
      (gross: try row.next(Int64.self), net: try row.next(Int64.self))
    }
    guard !amounts.isEmpty else { return nil }
    let sums = try? (gross: Pricing.sum(amounts.map(\.gross)), net: Pricing.sum(amounts.map(\.net)))
    guard let sums, max(sums.gross, sums.net) <= Money.largest else {
      throw InvalidForm([FieldMessage(field: "price", key: "deals.error.too_large")])
    }
    return sums
  }
}

extension DealLineDraft {
  func amounts() throws -> (gross: Int64, net: Int64) {
    let amounts = try? (gross: gross(), net: net(), cost: cost() ?? 0)
    guard let amounts, max(amounts.gross, amounts.net, amounts.cost) <= Money.largest else {
      throw InvalidForm([FieldMessage(field: "price", key: "deals.error.too_large")])
    }
    return (amounts.gross, amounts.net)
  }
}
