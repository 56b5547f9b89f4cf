import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let deals = APIRoute<Void>(.get, "/deals", .viewDeals, APIOperation(
    id: "listDeals", group: .deals, summary: "Projects, those that changed last first", query: DealAPI.filters + [API.limit, API.cursor],
    answer: .found(.shape("Deals", .must("deals", .list(of: DealAPI.deal, max: 200)), .must("next", Schema.text(max: 2000).orNull)))))
  static let addDeal = APIRoute<ClientID>(.post, "/clients/:id/deals", .editDeals, APIOperation(
    id: "addDeal", group: .deals, summary: "Begin a project with a client", body: .json(DealAPI.input), answer: .made(DealAPI.deal),
    traits: [.repeatable, .unique], fields: DealAPI.fields))
  static let deal = APIRoute<DealID>(.get, "/deals/:id", .viewDeals, APIOperation(
    id: "readDeal", group: .deals, summary: "A project with its lines",
    details: "`unitCost` of a line is null for those who may not see margins (scope `margins:read`).", answer: .found(DealAPI.deal)))
  static let changeDeal = APIRoute<DealID>(.patch, "/deals/:id", .editDeals, APIOperation(
    id: "changeDeal", group: .deals, summary: "Change a project by a merge patch", details: "`lines` take the place of all lines.",
    body: .mergePatch(DealAPI.patch), answer: .changed(DealAPI.deal), traits: [.versioned, .repeatable, .unique],
    fields: DealAPI.fields))
  static let moveDeal = APIRoute<DealID>(.post, "/deals/:id/stage", .editDeals, APIOperation(
    id: "moveDeal", group: .deals, summary: "Move a project to another stage", details: "A stage for lost ones asks for `reasonId`.",
    body: .json(.shape("StageMove", .must("stageId", .id), .may("reasonId", .id), .may("words", .text(max: 1000)))),
    answer: .changed(DealAPI.deal), traits: [.repeatable]))
}

/// Projects for other programs. Amounts are whole numbers of the currency's smallest unit, discounts hundredths of a per cent,
/// quantities thousandths.
enum DealAPI {
  static let fields = ["price": "lines.unitPrice"]

  /// Before anything is said of it: ours, in the company's currency.
  static func blank(_ tx: Transaction) throws -> DealDraft {
    DealDraft(name: "", ownerID: tx.actor.id, price: DealPrice(currency: try tx.installation()?.value.currency ?? .eur))
  }

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.deals, list)
    api.change(Routes.API.addDeal) { tx, request, client in
      let draft = try draft(request.body, over: try blank(tx))
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
    OfferingAPI.register(&api)
  }

  private static func list(_ reader: Reader, _ request: APIRequest) throws -> APIAnswer {
    let names = ["state", "stage", "owner", "client"]
    var filter = DealFilter(pairs: names.compactMap { name in request[name].map { (name, $0) } })
    if request["state"] == nil { filter.state = .all }
    let page = try reader.deals(
      filter, .usual, after: try request.cursor { ListCursor($0) }, limit: request.number("limit", default: 50))
    let lines = try reader.lines(of: page.deals.map(\.id))
    return APIAnswer { w in
      w.object { w in
        w.name("deals")
        w.array(page.deals) { $0.deal($1, lines[$1.id] ?? []) }
        w.field("next", page.next?.text)
      }
    }
  }

  private static func answer(_ session: some Session, _ id: DealID, status: Int = 200) throws -> APIAnswer {
    let deal = try session.deal(id), lines = try session.lines(of: id)
    return APIAnswer(status, version: deal.version, location: status == 201 ? Routes.API.deal(id) : nil) { $0.deal(deal, lines) }
  }
}
