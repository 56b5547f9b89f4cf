import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let stages = APIRoute<Void>(.get, "/stages", .viewDeals, APIOperation(
    id: "listStages", group: .deals, summary: "Stages of the pipeline and reasons for losing", answer: .found(.shape("Stages",
      .must("stages", .list(of: OfferingAPI.stage, max: 200)), .must("lossReasons", .list(of: OfferingAPI.reason, max: 200))))))
  static let offerings = APIRoute<Void>(.get, "/offerings", .viewDeals, APIOperation(
    id: "listOfferings", group: .deals, summary: "The price list", query: [OfferingAPI.archivedToo], answer: .found(.shape("Offerings",
      .must("offerings", .list(of: OfferingAPI.offering, max: 1000))))))
  static let addOffering = APIRoute<Void>(.post, "/offerings", .manageDeals, APIOperation(
    id: "addOffering", group: .deals, summary: "Put something on the price list", body: .json(OfferingAPI.offeringInput),
    answer: .made(OfferingAPI.offering), traits: [.repeatable, .unique]))
  static let offering = APIRoute<OfferingID>(.get, "/offerings/:id", .viewDeals, APIOperation(
    id: "readOffering", group: .deals, summary: "Something on the price list", answer: .found(OfferingAPI.offering)))
  static let changeOffering = APIRoute<OfferingID>(.patch, "/offerings/:id", .manageDeals, APIOperation(
    id: "changeOffering", group: .deals, summary: "Change something on the price list by a merge patch",
    details: "`prices` take the place of all prices; a cost that the token may not see stays. What is archived is offered no more; lines keep it.",
    body: .mergePatch(OfferingAPI.offeringPatch), answer: .changed(OfferingAPI.offering), traits: [.versioned, .repeatable, .unique]))
}

/// What projects are put together of: the pipeline's stages, the reasons for losing, the price list.
enum OfferingAPI {
  static let stage = Schema.shape("Stage", .must("id", .id), .must("key", .text(max: 200)), .must("name", Schema.text(max: 60).orNull,
    "Null for a built-in one: the key says which."), .must("phase", .choice(DealPhase.self)), .must("probability", .integer(0...100)))
  static let reason = Schema.shape("LossReason", .must("id", .id), .must("key", .text(max: 200)), .must("name", Schema.text(max: 100).orNull))

  private static let priceFields: [SchemaField] = [
    .must("currency", .text(3...3)), .must("price", DealAPI.minor), .may("cost", DealAPI.minor.orNull, "What one costs us; null for those who may not see margins."),
  ]
  private static let details: [SchemaField] = [
    .may("code", Schema.text(1...OfferingDraft.codeLimit).orNull, "The company's own; unique."), .may("unit", .text(max: DealLineDraft.unitLimit)),
    .may("note", .text(max: 2000)), .may("prices", .list(of: .object(Shape("OfferingPriceInput", priceFields)), max: OfferingDraft.priceLimit)),
  ]
  static let offeringInput = Schema.object(Shape("OfferingInput", [.must("name", .text(1...OfferingDraft.nameLimit))] + details))
  static let offeringPatch = Schema.object(Shape(
    "OfferingPatch", [.may("name", .text(1...OfferingDraft.nameLimit)), .may("archived", .boolean)] + details))
  static let offering = Schema.shape("Offering", .must("id", .id), .must("version", .version), .must("name", .text(max: OfferingDraft.nameLimit)),
    .must("code", Schema.text(max: OfferingDraft.codeLimit).orNull), .must("unit", .text(max: DealLineDraft.unitLimit)), .must("note", .text(max: 2000)),
    .must("prices", .list(of: .object(Shape("OfferingPrice", priceFields.map(\.always))), max: OfferingDraft.priceLimit)),
    .must("archived", .boolean))
  static let archivedToo = APIParameter("archived", .boolean, "With those that are offered no more.")

  static func register(_ api: inout APIBook) {
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
    api.get(Routes.API.offerings) { reader, request in
      let all = try reader.offerings(archived: request["archived"] == "true", limit: 1000)
      return APIAnswer { w in
        w.object { w in
          w.name("offerings")
          w.array(all) { $0.offering($1) }
        }
      }
    }
    api.change(Routes.API.addOffering) { tx, request in
      let id = try tx.createOffering(try draft(request.body, over: OfferingDraft(name: "")))
      return try answer(tx, id, status: 201)
    }
    api.get(Routes.API.offering) { reader, _, id in try answer(reader, id) }
    api.change(Routes.API.changeOffering) { tx, request, id in
      let old = try tx.offering(id), body = request.body
      let version = try request.expected(old.version)
      try tx.changeOffering(id, try draft(body, over: old.draft), expecting: version)
      if let isArchived = body["archived"]?.bool, isArchived != old.isArchived { try tx.setOfferingArchived(id, isArchived) }
      return try answer(tx, id)
    }
  }

  private static func answer(_ session: some Session, _ id: OfferingID, status: Int = 200) throws -> APIAnswer {
    let offering = try session.offering(id)
    return APIAnswer(status, version: offering.version, location: status == 201 ? Routes.API.offering(id) : nil) { $0.offering(offering) }
  }

  private static func draft(_ body: JSONObject, over old: OfferingDraft) throws(InvalidForm) -> OfferingDraft {
    var draft = old
    if let name = body["name"]?.text { draft.name = String(name.trimmingBlanks) }
    if draft.name.isEmpty { throw InvalidForm([FieldMessage(field: "name", key: "field.required")]) }
    if let code = body["code"] { draft.code = code.filled }
    if let unit = body["unit"]?.text { draft.unit = unit }
    if let note = body["note"]?.text { draft.note = note }
    if let prices = body["prices"]?.array { draft.prices = try self.prices(prices) }
    return draft
  }

  private static func prices(_ items: [JSONValue]) throws(InvalidForm) -> [OfferingPrice] {
    var prices: [OfferingPrice] = []
    for item in items.compactMap(\.object) {
      guard let currency = Currency(item["currency"]?.text ?? ""), !prices.contains(where: { $0.currency == currency }) else {
        throw InvalidForm([FieldMessage(field: "currency", key: "deals.error.currency_unknown")])
      }
      prices.append(OfferingPrice(currency: currency, price: item["price"]?.integer ?? 0, cost: item["cost"]?.integer))
    }
    return prices.sorted { $0.currency.code < $1.currency.code }
  }
}

extension JSONWriter {
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
      w.field("archived", offering.isArchived)
    }
  }
}
