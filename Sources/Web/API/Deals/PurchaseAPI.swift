import Database
import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let purchases = APIRoute<ClientID>(.get, "/clients/:id/purchases", .viewPurchases, APIOperation(
    id: "listPurchases", group: .deals, summary: "A client's purchases, newest first", query: [API.limit, API.cursor],
    answer: .found(.shape(
      "Purchases", .must("purchases", .list(of: PurchaseAPI.purchase, max: 200)), .must("next", Schema.text(max: 2000).orNull)))))
  static let upsertPurchases = APIRoute<Void>(.post, "/purchases/bulk", .editPurchases, APIOperation(
    id: "upsertPurchases", group: .deals, summary: "Make or change up to 1,000 purchases",
    details: """
      A purchase whose number is known is laid over the one that has it; without a number each is a new one. The client is named by \
      id, our number, e-mail or phone. One transaction: all that is not refused is done when the answer comes.
      """,
    body: .json(PurchaseAPI.input, limit: 8 << 20), answer: .found(PurchaseAPI.output, "What became of each item."), traits: [.repeatable]))
}

/// Purchases as a shop's program keeps them. Amounts are whole numbers of the currency's smallest unit; below zero for returns.
enum PurchaseAPI {
  enum Outcome: String, CaseIterable { case created, updated, unchanged, refused }

  private static let minor = Schema.integer(-Money.largest...Money.largest)
  private static let milli = Schema.integer(-Quantity.largest...Quantity.largest)
  private static let line = Schema.object(Shape("PurchaseLine", [
    .must("product", .text(1...PurchaseLineDraft.productLimit)), .may("quantityMilli", milli, "Thousandths; 1000 when absent."),
    .may("amount", minor.orNull),
  ]))
  private static let details: [SchemaField] = [
    .must("boughtOn", .date), .must("amount", minor), .must("currency", .text(3...3)),
    .may("number", Schema.text(1...PurchaseDraft.numberLimit).orNull), .may("note", .text(max: PurchaseDraft.noteLimit)),
    .may("lines", .list(of: line, max: PurchaseDraft.lineLimit)),
  ]
  private static let item = Schema.object(Shape("PurchaseInput", [
    .may("clientId", .id), .may("clientNumber", .text(1...60)), .may("clientEmail", .text(1...320)), .may("clientPhone", .text(1...60)),
  ] + details))
  static let purchase = Schema.object(Shape("Purchase", [.must("id", .id), .must("version", .version), .must("clientId", .id)] + details.map(\.always)))
  static let input = Schema.shape("PurchaseBulkInput", .must("items", .list(of: item, max: 1000)))
  static let output = Schema.shape("PurchaseBulkResult", .must("results", .list(of: .shape("PurchaseBulkItem",
    .must("index", .integer(0...999)), .must("outcome", .choice(Outcome.self)), .must("id", Schema.id.orNull),
    .must("problem", ProblemSchema.schema.orNull)), max: 1000)))

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.purchases) { reader, request, client in
      let limit = request.number("limit", default: 50)
      let found = try reader.purchases(of: client, before: try request.cursor { PurchasePlace($0) }, limit: limit + 1)
      let next = found.count > limit ? found.prefix(limit).last.map { PurchasePlace($0).description } : nil
      return APIAnswer { w in
        w.object { w in
          w.name("purchases")
          w.array(found.prefix(limit)) { $0.purchase($1) }
          w.field("next", next)
        }
      }
    }
    api.change(Routes.API.upsertPurchases) { tx, request in
      let results = try (request.body["items"]?.array ?? []).map { try attempt(tx, $0.object ?? JSONObject()) }
      return APIAnswer { w in
        w.object { w in
          w.name("results")
          w.array(results.enumerated()) { $0.purchaseResult($1.element, at: $1.offset) }
        }
      }
    }
  }

  fileprivate struct Result {
    let outcome: Outcome
    var id: PurchaseID?
    var problem: Problem?
  }

  /// What an item is refused for does not stop the others.
  private static func attempt(_ tx: Transaction, _ item: JSONObject) throws -> Result {
    do {
      return try tx.attempt {
        let kept = try tx.keepPurchase(try draft(item), of: try client(item, tx), source: .api)
        let outcome: Outcome =
          switch kept.outcome {
          case .created: .created
          case .changed: .updated
          case .same: .unchanged
          }
        return Result(outcome: outcome, id: kept.id)
      }
    } catch let error {
      switch error {
      case Refusal.notFound: return refused(unknownClient)
      case is Refusal, is InvalidForm, DatabaseError.unique: return refused(error)
      default: throw error
      }
    }
  }

  private static func refused(_ error: any Error) -> Result { Result(outcome: .refused, problem: Problem(Fault(error), error)) }

  private static let unknownClient = InvalidForm([FieldMessage(field: "clientId", key: "purchases.problem.unknown_client")])

  private static func client(_ item: JSONObject, _ tx: Transaction) throws -> ClientID {
    if let id = item["clientId"]?.integer { return ClientID(id) }
    let key: ClientKey? =
      if let number = item["clientNumber"]?.text { .number(number) }
      else if let email = item["clientEmail"]?.text.flatMap({ EmailAddress($0) }) { .email(email.key) }
      else if let phone = item["clientPhone"]?.text.flatMap({ try? PhoneNumber($0, in: nil) }) { .phone(phone.e164) }
      else { nil }
    guard let key else { throw InvalidForm([FieldMessage(field: "clientId", key: "field.required")]) }
    let found = try tx.clients(knownBy: key, limit: 2)
    guard let only = found.first, found.count == 1 else {
      if found.isEmpty { throw unknownClient }
      throw InvalidForm([FieldMessage(field: "clientId", key: "api.ambiguous")])
    }
    return only
  }

  private static func draft(_ item: JSONObject) throws(InvalidForm) -> PurchaseDraft {
    guard let currency = Currency(item["currency"]?.text ?? "") else {
      throw InvalidForm([FieldMessage(field: "currency", key: "deals.error.currency_unknown")])
    }
    guard let day = item["boughtOn"]?.text.flatMap({ CalendarDate($0) }) else {
      throw InvalidForm([FieldMessage(field: "boughtOn", key: "deals.error.date")])
    }
    let lines = (item["lines"]?.array ?? []).compactMap(\.object).map { line in
      PurchaseLineDraft(
        product: line["product"]?.filled ?? "", quantityMilli: line["quantityMilli"]?.integer ?? 1000, amount: line["amount"]?.integer)
    }
    return PurchaseDraft(
      boughtOn: day, amount: Money(minor: item["amount"]?.integer ?? 0, currency: currency), number: item["number"]?.filled,
      note: item["note"]?.text ?? "", lines: lines)
  }
}

extension JSONWriter {
  fileprivate mutating func purchase(_ purchase: Purchase) {
    let draft = purchase.draft
    object { w in
      w.field("id", purchase.id)
      w.field("version", purchase.version)
      w.field("clientId", purchase.clientID)
      w.field("boughtOn", draft.boughtOn)
      w.minor("amount", draft.amount.minor)
      w.field("currency", draft.amount.currency.code)
      w.field("number", draft.number)
      w.field("note", draft.note)
      w.name("lines")
      w.array(draft.lines) { w, line in
        w.object { w in
          w.field("product", line.product)
          w.minor("quantityMilli", line.quantityMilli)
          w.minor("amount", line.amount)
        }
      }
    }
  }

  fileprivate mutating func purchaseResult(_ result: PurchaseAPI.Result, at index: Int) {
    object { w in
      w.field("index", index)
      w.field("outcome", word: result.outcome)
      w.field("id", result.id)
      w.name("problem")
      if let problem = result.problem { w.json(problem.json) } else { w.null() }
    }
  }
}
