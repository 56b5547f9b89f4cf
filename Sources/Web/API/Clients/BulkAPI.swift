import Database
import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let upsertClients = APIRoute<Void>(.post, "/clients/bulk", .editClients, APIOperation(
    id: "upsertClients", group: .clients, summary: "Make or change up to 1,000 clients",
    details: """
      Each item is laid over the client that has its key (as a merge patch), or makes one. One transaction: all that is not refused \
      is done when the answer comes. A key that several clients have, refuses the item.
      """,
    body: .json(BulkAPI.input, limit: 8 << 20), answer: .found(BulkAPI.output, "What became of each item."), traits: [.repeatable]))
}

/// Many clients at once, as another system keeps them.
enum BulkAPI {
  private enum Match: String, CaseIterable { case email, phone, number }
  enum Outcome: String, CaseIterable { case created, updated, unchanged, refused }

  static let input = Schema.shape("BulkInput",
    .must("match", .choice(Match.self), "By what a client is known again: the first e-mail, the first phone, or `ownNumber`."),
    .must("items", .list(of: ClientSchema.input, max: 1000)))
  static let output = Schema.shape("BulkResult", .must("results", .list(of: .shape("BulkItem",
    .must("index", .integer(0...999)), .must("outcome", .choice(Outcome.self)), .must("id", Schema.id.orNull),
    .must("version", Schema.version.orNull), .must("problem", ProblemSchema.schema.orNull)), max: 1000)))

  static func register(_ api: inout APIBook) { api.change(Routes.API.upsertClients, upsert) }

  fileprivate struct Result {
    let outcome: Outcome
    var id: ClientID?
    var version: Int?
    var problem: Problem?
  }

  @Sendable private static func upsert(_ tx: Transaction, _ request: APIRequest) throws -> APIAnswer {
    let match = request.body["match"]?.text.flatMap(Match.init(rawValue:)) ?? .number
    let terms = try tx.patchTerms()
    let results = try (request.body["items"]?.array ?? []).map { item in
      try attempt(tx) { try upsert(tx, item.object ?? JSONObject(), match, terms) }
    }
    return APIAnswer { w in
      w.object { w in
        w.name("results")
        w.array(results.enumerated()) { $0.result($1.element, at: $1.offset) }
      }
    }
  }

  /// What an item is refused for does not stop the others; a base that is full or gone stops all.
  private static func attempt(_ tx: Transaction, _ body: () throws -> Result) throws -> Result {
    do { return try tx.attempt(body) } catch let error {
      switch error {
      case is Refusal, is InvalidForm, DatabaseError.unique: return Result(outcome: .refused, problem: Problem(Fault(error), error))
      default: throw error
      }
    }
  }

  private static func upsert(_ tx: Transaction, _ item: JSONObject, _ match: Match, _ terms: ClientPatch.Terms) throws -> Result {
    let new = try ClientAPI.newDraft(item, terms)
    let known = try tx.clients(knownBy: try key(of: new, match), limit: 2)
    guard let id = known.first else {
      let id = try tx.createClient(new)
      return Result(outcome: .created, id: id, version: 1)
    }
    guard known.count == 1 else { throw InvalidForm([FieldMessage(field: field(match), key: "api.ambiguous")]) }
    let stored = try tx.storedClient(id)
    guard stored.draft.kind == new.kind else { throw InvalidForm([FieldMessage(field: "kind", key: "api.other_kind")]) }
    let version = try tx.updateClient(id, try ClientPatch.draft(item, over: stored.draft, terms), expecting: stored.version)
    return Result(outcome: version == stored.version ? .unchanged : .updated, id: id, version: version)
  }

  private static func key(of draft: ClientDraft, _ match: Match) throws -> ClientKey {
    let first = { (kind: ContactPointKind) in draft.contactPoints.first { $0.kind == kind }?.key }
    let key: ClientKey? =
      switch match {
      case .email: first(.email).map(ClientKey.email)
      case .phone: first(.phone).map(ClientKey.phone)
      case .number: draft.ownNumber.map(ClientKey.number)
      }
    guard let key else { throw InvalidForm([FieldMessage(field: field(match), key: "field.required")]) }
    return key
  }

  private static func field(_ match: Match) -> String {
    switch match {
    case .email: "emails"
    case .phone: "phones"
    case .number: "ownNumber"
    }
  }
}

extension JSONWriter {
  fileprivate mutating func result(_ result: BulkAPI.Result, at index: Int) {
    object { w in
      w.field("index", index)
      w.field("outcome", word: result.outcome)
      w.field("id", result.id)
      w.field("version", result.version)
      w.name("problem")
      if let problem = result.problem { w.json(problem.json) } else { w.null() }
    }
  }
}
