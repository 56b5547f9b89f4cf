import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let opportunities = APIRoute<Void>(.get, "/opportunities", .viewDeals, APIOperation(
    id: "listOpportunities", group: .deals, summary: "Opportunities, newest first", query: OpportunityAPI.filters + [API.limit, API.cursor],
    answer: .found(.shape(
      "Opportunities", .must("opportunities", .list(of: OpportunityAPI.opportunity, max: 200)), .must("next", Schema.text(max: 2000).orNull)))))
  static let noticeOpportunity = APIRoute<ClientID>(.post, "/clients/:id/opportunities", .logContacts, APIOperation(
    id: "noticeOpportunity", group: .deals, summary: "Hand to sales what was noticed at a client",
    details: "The account that it goes to finds it among what to do today. Asks for `history:write` and `deals:read`.",
    body: .json(OpportunityAPI.input), answer: .made(OpportunityAPI.opportunity), traits: [.repeatable], fields: ["to": "toId"]))
  static let opportunity = APIRoute<OpportunityID>(.get, "/opportunities/:id", .viewDeals, APIOperation(
    id: "readOpportunity", group: .deals, summary: "An opportunity, and what became of it", answer: .found(OpportunityAPI.opportunity)))
  static let takeOpportunity = APIRoute<OpportunityID>(.post, "/opportunities/:id/project", .editDeals, APIOperation(
    id: "takeOpportunity", group: .deals, summary: "Make a project of it",
    details: "`dealId` of the answer is the project's; what becomes of that becomes of the opportunity. 409 where it is answered already.",
    body: .json(DealAPI.takingInput, isOptional: true), answer: .changed(OpportunityAPI.opportunity),
    traits: [.versioned, .repeatable, .unique], fields: DealAPI.fields))
  static let declineOpportunity = APIRoute<OpportunityID>(.post, "/opportunities/:id/refusal", .editDeals, APIOperation(
    id: "declineOpportunity", group: .deals, summary: "Say why nothing comes of it",
    details: "Whoever noticed it reads the reason. 409 where it is answered already.",
    body: .json(.shape("OpportunityRefusal", .must("reason", .text(1...OpportunityDraft.answerLimit)))),
    answer: .changed(OpportunityAPI.opportunity), traits: [.versioned, .repeatable, .unique]))
}

/// What someone noticed at a client, for other programs: handed to an account that sells, and answered by it.
enum OpportunityAPI {
  static let filters = [
    APIParameter("state", .choice(OpportunityState.self), "All when absent."), APIParameter("client", .id, "At this client."),
    APIParameter("to", .id, "Handed to this account."),
  ]
  static let input = Schema.shape(
    "OpportunityInput", .must("text", .text(1...OpportunityDraft.textLimit), "What was noticed."),
    .may("toId", .id, "The account that sells; the client's owner when absent."))
  static let opportunity = Schema.shape(
    "Opportunity", .must("id", .id), .must("version", .version), .must("clientId", .id), .must("text", .text(max: OpportunityDraft.textLimit)),
    .must("authorId", .id, "The account that noticed it."), .must("noticedAt", .instant), .must("toId", .id),
    .must("state", .choice(OpportunityState.self)), .must("dealId", Schema.id.orNull, "The project that was made of it."),
    .must("reason", .text(max: OpportunityDraft.answerLimit), "Why it was declined."), .must("answeredAt", Schema.instant.orNull))

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.opportunities, list)
    api.change(Routes.API.noticeOpportunity) { tx, request, client in
      try answer(tx, try tx.noticeOpportunity(try draft(request.body, client, tx), at: client), status: 201)
    }
    api.get(Routes.API.opportunity) { reader, request, id in
      try request.call.saw(.opportunity, id.rawValue)
      return try answer(reader, id)
    }
    api.change(Routes.API.takeOpportunity) { tx, request, id in
      let found = try tx.opportunity(id), body = request.body
      let version = try request.expected(found.version)
      let draft = try DealAPI.draft(body, over: try start(found, tx))
      _ = try tx.takeOpportunity(
        id, as: draft, stage: body["stageId"]?.integer.map { StageID($0) }, lines: try DealAPI.lines(body) ?? [], expecting: version)
      return try answer(tx, id)
    }
    api.change(Routes.API.declineOpportunity) { tx, request, id in
      let version = try request.expected(try tx.opportunity(id).version)
      try tx.declineOpportunity(id, because: request.body["reason"]?.filled ?? "", expecting: version)
      return try answer(tx, id)
    }
  }

  private static func draft(_ body: JSONObject, _ client: ClientID, _ tx: Transaction) throws -> OpportunityDraft {
    guard let to = try body["toId"]?.integer.map({ AccountID($0) }) ?? tx.storedClient(client).draft.ownerID else {
      throw InvalidForm([FieldMessage(field: "to", key: "deals.error.seller")])
    }
    return OpportunityDraft(text: body["text"]?.filled ?? "", to: to)
  }

  /// As the form is filled in before anybody writes: the first line is the name, all of it the note.
  private static func start(_ found: Opportunity, _ tx: Transaction) throws -> DealDraft {
    var draft = try DealAPI.blank(tx)
    (draft.name, draft.note) = (found.suggestedName, found.text)
    return draft
  }

  @Sendable private static func list(_ reader: Reader, _ request: APIRequest) throws -> APIAnswer {
    let filter = OpportunityFilter(
      state: request["state"].flatMap(OpportunityState.init(rawValue:)), client: request["client"].flatMap { ClientID($0) },
      to: request["to"].flatMap { AccountID($0) })
    let page = try reader.opportunities(
      filter, before: try request.cursor { OpportunityID($0) }, limit: request.number("limit", default: 50))
    return APIAnswer { w in
      w.object { w in
        w.name("opportunities")
        w.array(page.opportunities) { $0.opportunity($1) }
        w.field("next", page.next?.description)
      }
    }
  }

  private static func answer(_ session: some Session, _ id: OpportunityID, status: Int = 200) throws -> APIAnswer {
    let found = try session.opportunity(id)
    return APIAnswer(status, version: found.version, location: status == 201 ? Routes.API.opportunity(id) : nil) { $0.opportunity(found) }
  }
}

extension JSONWriter {
  fileprivate mutating func opportunity(_ found: Opportunity) {
    object { w in
      w.field("id", found.id)
      w.field("version", found.version)
      w.field("clientId", found.clientID)
      w.field("text", found.text)
      w.field("authorId", found.noticedBy)
      w.field("noticedAt", found.noticedAt)
      w.field("toId", found.to)
      w.field("state", word: found.state)
      w.field("dealId", found.dealID)
      w.field("reason", found.answer)
      w.field("answeredAt", found.answeredAt)
    }
  }
}
