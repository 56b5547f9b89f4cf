import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let stages = APIRoute<Void>(.get, "/stages", .viewDeals, APIOperation(
    id: "listStages", group: .deals, summary: "Stages of the pipeline and reasons for losing", answer: .found(.shape("Stages",
      .must("stages", .list(of: OfferingAPI.stage, max: 200)), .must("lossReasons", .list(of: OfferingAPI.reason, max: 200))))))
  static let offerings = APIRoute<Void>(.get, "/offerings", .viewDeals, APIOperation(
    id: "listOfferings", group: .deals, summary: "The price list", answer: .found(.shape("Offerings",
      .must("offerings", .list(of: OfferingAPI.offering, max: 1000))))))
  static let addOffering = APIRoute<Void>(.post, "/offerings", .manageDeals, APIOperation(
    id: "addOffering", group: .deals, summary: "Put something on the price list", body: .json(OfferingAPI.offeringInput),
    answer: .made(OfferingAPI.offering), traits: [.repeatable, .unique]))
}

/// What projects are put together of: the pipeline's stages, the reasons for losing, the price list.
enum OfferingAPI {
  static let stage = Schema.shape("Stage", .must("id", .id), .must("key", .text(max: 200)), .must("name", Schema.text(max: 60).orNull,
    "Null for a built-in one: the key says which."), .must("phase", .choice(DealPhase.self)), .must("probability", .integer(0...100)))
  static let reason = Schema.shape("LossReason", .must("id", .id), .must("key", .text(max: 200)), .must("name", Schema.text(max: 100).orNull))

  private static let priceFields: [SchemaField] = [
    .must("currency", .text(3...3)), .must("price", DealAPI.minor), .may("cost", DealAPI.minor.orNull, "What one costs us; null for those who may not see margins."),
  ]
  static let offeringInput = Schema.shape("OfferingInput", .must("name", .text(1...OfferingDraft.nameLimit)),
    .may("code", Schema.text(1...OfferingDraft.codeLimit).orNull), .may("unit", .text(max: DealLineDraft.unitLimit)),
    .may("note", .text(max: 2000)), .may("prices", .list(of: .object(Shape("OfferingPriceInput", priceFields)), max: OfferingDraft.priceLimit)))
  static let offering = Schema.shape("Offering", .must("id", .id), .must("version", .version), .must("name", .text(max: OfferingDraft.nameLimit)),
    .must("code", Schema.text(max: OfferingDraft.codeLimit).orNull), .must("unit", .text(max: DealLineDraft.unitLimit)), .must("note", .text(max: 2000)),
    .must("prices", .list(of: .object(Shape("OfferingPrice", priceFields.map(\.always))), max: OfferingDraft.priceLimit)))

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
