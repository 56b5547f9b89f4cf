import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let deals = APIRoute<Void>(.get, "/deals", .viewDeals, APIOperation(
    id: "listDeals", group: .deals, summary: "Projects, those that changed last first", query: DealAPI.filters + [API.limit, API.cursor],
    answer: .found(.shape("Deals", .must("deals", .list(of: DealAPI.deal, max: 200)), .must("next", Schema.text(max: 2000).orNull)))))
  static let addDeal = APIRoute<ClientID>(.post, "/clients/:id/deals", .editDeals, APIOperation(
    id: "addDeal", group: .deals, summary: "Begin a project with a client", body: .json(DealAPI.input), answer: .made(DealAPI.deal),
    traits: [.repeatable, .unique]))
  static let deal = APIRoute<DealID>(.get, "/deals/:id", .viewDeals, APIOperation(
    id: "readDeal", group: .deals, summary: "A project with its lines",
    details: "`unitCost` of a line is null for those who may not see margins (scope `margins:read`).", answer: .found(DealAPI.deal)))
  static let changeDeal = APIRoute<DealID>(.patch, "/deals/:id", .editDeals, APIOperation(
    id: "changeDeal", group: .deals, summary: "Change a project by a merge patch", details: "`lines` take the place of all lines.",
    body: .mergePatch(DealAPI.patch), answer: .changed(DealAPI.deal), traits: [.versioned, .repeatable, .unique]))
  static let moveDeal = APIRoute<DealID>(.post, "/deals/:id/stage", .editDeals, APIOperation(
    id: "moveDeal", group: .deals, summary: "Move a project to another stage", details: "A stage for lost ones asks for `reasonId`.",
    body: .json(.shape("StageMove", .must("stageId", .id), .may("reasonId", .id), .may("words", .text(max: 1000)))),
    answer: .changed(DealAPI.deal), traits: [.repeatable]))
  static let stages = APIRoute<Void>(.get, "/stages", .viewDeals, APIOperation(
    id: "listStages", group: .deals, summary: "Stages of the pipeline and reasons for losing", answer: .found(.shape("Stages",
      .must("stages", .list(of: DealAPI.stage, max: 200)), .must("lossReasons", .list(of: DealAPI.reason, max: 200))))))
  static let offerings = APIRoute<Void>(.get, "/offerings", .viewDeals, APIOperation(
    id: "listOfferings", group: .deals, summary: "The price list", answer: .found(.shape("Offerings",
      .must("offerings", .list(of: DealAPI.offering, max: 1000))))))
  static let addOffering = APIRoute<Void>(.post, "/offerings", .manageDeals, APIOperation(
    id: "addOffering", group: .deals, summary: "Put something on the price list", body: .json(DealAPI.offeringInput),
    answer: .made(DealAPI.offering), traits: [.repeatable, .unique]))
}

/// Projects for other programs. Amounts are whole numbers of the currency's smallest unit, discounts hundredths of a per cent,
/// quantities thousandths.
enum DealAPI {
  static let filters = [
    APIParameter("state", .choice(DealFilter.State.self), "All when absent."), APIParameter("stage", .id, "At this stage."),
    APIParameter("owner", .id, "Of this account."), APIParameter("client", .id, "Of this client."),
  ]
  private static let minor = Schema.integer(0...Int64.max)
  private static let share = Schema.integer(0...10_000)

  private static let lineFields: [SchemaField] = [
    .must("text", .text(1...DealLineDraft.textLimit)), .may("offeringId", Schema.id.orNull),
    .may("quantityMilli", .integer(1...Quantity.largest), "Thousandths; 1000 when absent."), .may("unit", .text(max: DealLineDraft.unitLimit)),
    .must("unitPrice", minor), .may("discount", share), .may("unitCost", minor.orNull, "What one costs us."),
  ]
  private static let lineInput = Schema.object(Shape("DealLineInput", lineFields))
  private static let line = Schema.object(Shape("DealLine", [.must("id", .id)] + lineFields.map(\.always) + [
    .must("gross", minor), .must("net", minor),
  ]))
  private static let details: [SchemaField] = [
    .may("number", Schema.text(1...DealDraft.numberLimit).orNull, "The company's own; unique."), .may("ownerId", Schema.id.orNull),
    .may("currency", .text(3...3)), .may("list", minor.orNull, "Before discounts; the sum of the lines where there are any."),
    .may("discount", share), .may("agreed", minor.orNull, "The list price less the discount where it is not named."),
    .may("final", minor.orNull), .may("probability", Schema.integer(0...100).orNull), .may("expectedOn", Schema.date.orNull),
    .may("plannedFrom", Schema.date.orNull), .may("plannedUntil", Schema.date.orNull), .may("actualFrom", Schema.date.orNull),
    .may("actualUntil", Schema.date.orNull), .may("urgent", .boolean), .may("note", .text(max: DealDraft.noteLimit)),
  ]
  static let input = Schema.object(Shape("DealInput", [
    .must("name", .text(1...DealDraft.nameLimit)), .may("stageId", .id), .may("lines", .list(of: lineInput, max: DealLineDraft.limit)),
  ] + details))
  static let patch = Schema.object(Shape("DealPatch", [
    .may("name", .text(1...DealDraft.nameLimit)), .may("lines", .list(of: lineInput, max: DealLineDraft.limit)),
  ] + details))
  static let deal = Schema.object(Shape("Deal", [
    .must("id", .id), .must("version", .version), .must("clientId", .id), .must("name", .text(max: DealDraft.nameLimit)),
    .must("stageId", .id), .must("phase", .choice(DealPhase.self)), .must("stageSince", .instant),
    .must("reasonId", Schema.id.orNull), .must("words", .text(max: 1000)),
  ] + details.map(\.always) + [.must("lines", .list(of: line, max: DealLineDraft.limit)), .must("changedAt", .instant)]))

  static let stage = Schema.shape("Stage", .must("id", .id), .must("key", .text(max: 200)), .must("name", Schema.text(max: 60).orNull,
    "Null for a built-in one: the key says which."), .must("phase", .choice(DealPhase.self)), .must("probability", .integer(0...100)))
  static let reason = Schema.shape("LossReason", .must("id", .id), .must("key", .text(max: 200)), .must("name", Schema.text(max: 100).orNull))

  private static let priceFields: [SchemaField] = [
    .must("currency", .text(3...3)), .must("price", minor), .may("cost", minor.orNull, "What one costs us; null for those who may not see margins."),
  ]
  static let offeringInput = Schema.shape("OfferingInput", .must("name", .text(1...OfferingDraft.nameLimit)),
    .may("code", Schema.text(1...OfferingDraft.codeLimit).orNull), .may("unit", .text(max: DealLineDraft.unitLimit)),
    .may("note", .text(max: 2000)), .may("prices", .list(of: .object(Shape("OfferingPriceInput", priceFields)), max: OfferingDraft.priceLimit)))
  static let offering = Schema.shape("Offering", .must("id", .id), .must("version", .version), .must("name", .text(max: OfferingDraft.nameLimit)),
    .must("code", Schema.text(max: OfferingDraft.codeLimit).orNull), .must("unit", .text(max: DealLineDraft.unitLimit)), .must("note", .text(max: 2000)),
    .must("prices", .list(of: .object(Shape("OfferingPrice", priceFields.map(\.always))), max: OfferingDraft.priceLimit)))

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.deals, list)
    api.change(Routes.API.addDeal) { tx, request, client in
      let currency = try tx.installation()?.value.currency ?? .eur
      let start = DealDraft(name: "", ownerID: tx.actor.id, price: DealPrice(currency: currency))
      let draft = try draft(request.body, over: start)
      let id = try tx.createDeal(
        draft, client: client, stage: request.body["stageId"]?.integer.map { StageID($0) }, lines: try lines(request.body) ?? [])
      return try answer(tx, id, status: 201)
    }
    api.get(Routes.API.deal) { reader, request, id in
      try request.call.saw(.deal, id.rawValue)
      return try answer(reader, id)
    }
    api.change(Routes.API.changeDeal) { tx, request, id in
      let old = try tx.deal(id)
      let version = try request.expected(old.version)
      try tx.updateDeal(id, try draft(request.body, over: old.draft), expecting: version)
      if let lines = try lines(request.body) { try tx.replaceLines(lines, of: id, expecting: nil) }
      return try answer(tx, id)
    }
    api.change(Routes.API.moveDeal) { tx, request, id in
      guard let stage = request.body["stageId"]?.integer else { throw InvalidForm([FieldMessage(field: "stage", key: "deals.error.stage")]) }
      _ = try tx.deal(id)
      try tx.moveDeal(
        id, to: StageID(stage), expecting: nil, reason: request.body["reasonId"]?.integer.map { ReasonID($0) },
        words: request.body["words"]?.text ?? "")
      return try answer(tx, id)
    }
    reference(&api)
  }

  private static func list(_ reader: Reader, _ request: APIRequest) throws -> APIAnswer {
    let names = ["state", "stage", "owner", "client"]
    var filter = DealFilter(pairs: names.compactMap { name in request[name].map { (name, $0) } })
    if request["state"] == nil { filter.state = .all }
    let page = try reader.deals(
      filter, .usual, after: try request.cursor { ListCursor($0) }, limit: request.number("limit", default: 50))
    let lines = try page.deals.map { try reader.lines(of: $0.id) }
    return APIAnswer { w in
      w.object { w in
        w.name("deals")
        w.array(zip(page.deals, lines)) { $0.deal($1.0, $1.1) }
        w.field("next", page.next?.text)
      }
    }
  }

  private static func draft(_ body: JSONObject, over old: DealDraft) throws(InvalidForm) -> DealDraft {
    var draft = old
    if let name = body["name"]?.text { draft.name = String(name.trimmingBlanks) }
    if draft.name.isEmpty { throw InvalidForm([FieldMessage(field: "name", key: "field.required")]) }
    if let value = body["number"] { draft.number = value.text.map { String($0.trimmingBlanks) } }
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

  private static func lines(_ body: JSONObject) throws(InvalidForm) -> [DealLineDraft]? {
    body["lines"]?.array.map { items in
      items.compactMap(\.object).map { item in
        DealLineDraft(
          offeringID: item["offeringId"]?.integer.map { OfferingID($0) }, text: String((item["text"]?.text ?? "").trimmingBlanks),
          quantity: item["quantityMilli"]?.integer.flatMap { Quantity(milli: $0) } ?? .one, unit: item["unit"]?.text ?? "",
          unitPrice: item["unitPrice"]?.integer ?? 0,
          discount: item["discount"]?.integer.flatMap { Int(exactly: $0) }.flatMap(BasisPoints.init) ?? .none,
          unitCost: item["unitCost"]?.integer)
      }
    }
  }

  private static func answer(_ session: some Session, _ id: DealID, status: Int = 200) throws -> APIAnswer {
    let deal = try session.deal(id), lines = try session.lines(of: id)
    return APIAnswer(status, version: deal.version, location: status == 201 ? Routes.API.deal(id) : nil) { $0.deal(deal, lines) }
  }

  private static func reference(_ api: inout APIBook) {
    api.get(Routes.API.stages) { reader, _ in
      let stages = try reader.stages(), reasons = try reader.lossReasons()
      return APIAnswer { w in
        w.object { w in
          w.name("stages")
          w.array(stages) { w, stage in
            w.object { w in
              w.field("id", stage.id)
              w.field("key", stage.key)
              w.field("name", stage.name)
              w.field("phase", word: stage.phase)
              w.field("probability", stage.probability)
            }
          }
          w.name("lossReasons")
          w.array(reasons) { w, reason in
            w.object { w in
              w.field("id", reason.id)
              w.field("key", reason.key)
              w.field("name", reason.name)
            }
          }
        }
      }
    }
    api.get(Routes.API.offerings) { reader, _ in
      let all = try reader.offerings(limit: 1000)
      return APIAnswer { w in
        w.object { w in
          w.name("offerings")
          w.array(all) { $0.offering($1) }
        }
      }
    }
    api.change(Routes.API.addOffering) { tx, request in
      let id = try tx.createOffering(try offering(request.body))
      let made = try tx.offering(id)
      return APIAnswer(201, version: made.version) { $0.offering(made) }
    }
  }

  private static func offering(_ body: JSONObject) throws(InvalidForm) -> OfferingDraft {
    var prices: [OfferingPrice] = []
    for item in (body["prices"]?.array ?? []).compactMap(\.object) {
      guard let currency = Currency(item["currency"]?.text ?? ""), !prices.contains(where: { $0.currency == currency }) else {
        throw InvalidForm([FieldMessage(field: "currency", key: "deals.error.currency_unknown")])
      }
      prices.append(OfferingPrice(currency: currency, price: item["price"]?.integer ?? 0, cost: item["cost"]?.integer))
    }
    let name = String((body["name"]?.text ?? "").trimmingBlanks)
    if name.isEmpty { throw InvalidForm([FieldMessage(field: "name", key: "field.required")]) }
    return OfferingDraft(
      name: name, code: body["code"]?.text, note: body["note"]?.text ?? "", unit: body["unit"]?.text ?? "", prices: prices)
  }
}

extension JSONWriter {
  mutating func minor(_ name: String, _ value: Int64?) {
    self.name(name)
    if let value { integer(value) } else { null() }
  }

  fileprivate mutating func deal(_ deal: StoredDeal, _ lines: [DealLine]) {
    let draft = deal.draft, price = draft.price, period = draft.period
    object { w in
      w.field("id", deal.id)
      w.field("version", deal.version)
      w.field("clientId", deal.clientID)
      w.field("name", draft.name)
      w.field("stageId", deal.stage.id)
      w.field("phase", word: deal.stage.phase)
      w.field("stageSince", deal.stageSince)
      w.field("reasonId", deal.reason?.id)
      w.field("words", deal.lostNote)
      w.field("number", draft.number)
      w.field("ownerId", draft.ownerID)
      w.field("currency", price.currency.code)
      w.minor("list", price.list)
      w.field("discount", price.discount.value)
      w.minor("agreed", price.agreed)
      w.minor("final", price.final)
      w.field("probability", draft.probability)
      w.field("expectedOn", draft.expectedOn)
      w.field("plannedFrom", period.plannedFrom)
      w.field("plannedUntil", period.plannedUntil)
      w.field("actualFrom", period.actualFrom)
      w.field("actualUntil", period.actualUntil)
      w.field("urgent", draft.isUrgent)
      w.field("note", draft.note)
      w.name("lines")
      w.array(lines) { $0.dealLine($1) }
      w.field("changedAt", deal.changedAt)
    }
  }

  private mutating func dealLine(_ line: DealLine) {
    object { w in
      w.field("id", line.id)
      w.field("text", line.draft.text)
      w.field("offeringId", line.draft.offeringID)
      w.minor("quantityMilli", line.draft.quantity.milli)
      w.field("unit", line.draft.unit)
      w.minor("unitPrice", line.draft.unitPrice)
      w.field("discount", line.draft.discount.value)
      w.minor("unitCost", line.draft.unitCost)
      w.minor("gross", line.gross)
      w.minor("net", line.net)
    }
  }

  fileprivate mutating func offering(_ offering: Offering) {
    object { w in
      w.field("id", offering.id)
      w.field("version", offering.version)
      w.field("name", offering.draft.name)
      w.field("code", offering.draft.code)
      w.field("unit", offering.draft.unit)
      w.field("note", offering.draft.note)
      w.name("prices")
      w.array(offering.draft.prices) { w, price in
        w.object { w in
          w.field("currency", price.currency.code)
          w.minor("price", price.price)
          w.minor("cost", price.cost)
        }
      }
    }
  }
}
