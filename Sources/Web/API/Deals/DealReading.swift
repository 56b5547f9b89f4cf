import Domain

/// A project and its lines as other programs send them, laid over what is known.
extension DealAPI {
  static func draft(_ body: JSONObject, over old: DealDraft) throws(InvalidForm) -> DealDraft {
    var draft = old
    if let name = body["name"]?.text { draft.name = String(name.trimmingBlanks) }
    if draft.name.isEmpty { throw InvalidForm([FieldMessage(field: "name", key: "field.required")]) }
    if let value = body["number"] { draft.number = value.filled }
    if let value = body["ownerId"] { draft.ownerID = value.integer.map { AccountID($0) } }
    if let text = body["currency"]?.text {
      guard let currency = Currency(text) else { throw InvalidForm([FieldMessage(field: "currency", key: "deals.error.currency_unknown")]) }
      draft.price.currency = currency
    }
    if let value = body["list"] { draft.price.list = value.integer }
    if let value = body["discount"]?.integer, let share = Int(exactly: value).flatMap(BasisPoints.init) { draft.price.discount = share }
    if let value = body["agreed"] { (draft.price.agreed, draft.price.agreedIsTyped) = (value.integer, value.integer != nil) }
    if let value = body["final"] { draft.price.final = value.integer }
    if let value = body["probability"] { draft.probability = value.integer.flatMap { Int(exactly: $0) } }
    func day(_ name: String, _ path: WritableKeyPath<DealDraft, CalendarDate?>) {
      if let value = body[name] { draft[keyPath: path] = value.text.flatMap { CalendarDate($0) } }
    }
    day("expectedOn", \.expectedOn)
    day("plannedFrom", \.period.plannedFrom)
    day("plannedUntil", \.period.plannedUntil)
    day("actualFrom", \.period.actualFrom)
    day("actualUntil", \.period.actualUntil)
    if let value = body["urgent"]?.bool { draft.isUrgent = value }
    if let value = body["note"]?.text { draft.note = value }
    try check(draft.period)
    return draft
  }

  private static func check(_ period: DealPeriod) throws(InvalidForm) {
    if let from = period.plannedFrom, let until = period.plannedUntil, until < from {
      throw InvalidForm([FieldMessage(field: "planned_until", key: "deals.error.period")])
    }
    if let from = period.actualFrom, let until = period.actualUntil, until < from {
      throw InvalidForm([FieldMessage(field: "actual_until", key: "deals.error.period")])
    }
  }

  static func lines(_ body: JSONObject) throws(InvalidForm) -> [DealLineDraft]? {
    guard let items = body["lines"]?.array else { return nil }
    var lines: [DealLineDraft] = []
    for item in items.compactMap(\.object) {
      guard let text = item["text"]?.filled else { throw InvalidForm([FieldMessage(field: "lines.text", key: "field.required")]) }
      lines.append(DealLineDraft(
        offeringID: item["offeringId"]?.integer.map { OfferingID($0) }, text: text,
        quantity: item["quantityMilli"]?.integer.flatMap { Quantity(milli: $0) } ?? .one, unit: item["unit"]?.text ?? "",
        unitPrice: item["unitPrice"]?.integer ?? 0,
        discount: item["discount"]?.integer.flatMap { Int(exactly: $0) }.flatMap(BasisPoints.init) ?? .none,
        unitCost: item["unitCost"]?.integer))
    }
    return lines
  }
}
