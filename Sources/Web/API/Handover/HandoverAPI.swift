import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let startHandover = APIRoute<Void>(.post, "/handovers", .handOver, APIOperation(
    id: "startHandover", group: .handover, summary: "Hand a colleague's clients over to others",
    details: """
      A plan is carried out by a job, in one transaction; read it to see when it is done. With `leaves` the account is closed, which needs \
      the right to manage accounts: a token does not have it.
      """,
    body: .json(HandoverAPI.input), answer: .made(HandoverAPI.handover), traits: [.repeatable],
    fields: ["from": "fromId", "takers": "plan.takerIds", "trait": "plan.splitBy"]))
  static let handover = APIRoute<HandoverID>(.get, "/handovers/:id", .handOver, APIOperation(
    id: "readHandover", group: .handover, summary: "A handover: how far it is, what passed on", answer: .found(HandoverAPI.handover)))
  static let undoHandover = APIRoute<HandoverID>(.post, "/handovers/:id/undo", .handOver, APIOperation(
    id: "undoHandover", group: .handover, summary: "Take a handover back, within 30 days",
    details: "What somebody has given to somebody else since stays, and is counted in `left`.", answer: .changed(HandoverAPI.handover),
    traits: [.repeatable]))
  static let briefing = APIRoute<ClientID>(.get, "/clients/:id/briefing", .viewClients, APIOperation(
    id: "readBriefing", group: .handover, summary: "What one must know of a client before talking with them",
    details: "Sections that the caller may not see are left out.", answer: .found(BriefingAPI.briefing)))
  static let markBounced = APIRoute<PartyID>(.post, "/people/:id/bounces", .logContacts, APIOperation(
    id: "markBounced", group: .people, summary: "Say that mail to an address of a client or person came back",
    body: .json(.shape("BounceInput", .must("email", .text(3...254)), .may("detail", .text(max: 500)))), answer: .nothing, traits: [.repeatable]))
}

enum HandoverAPI {
  private static let rule = Schema.shape("SplitRule", .must("value", .text(1...60), "`bg`, `PL`, or the id of a tag or relationship type."), .must("toId", .id))
  private static let plan = Schema.shape("HandoverPlan",
    .must("method", .choice(HandoverPlan.Method.self)),
    .may("takerIds", .list(of: .id, max: HandoverPlan.takerLimit), "`one`: the one; else those who share evenly what no rule names."),
    .may("splitBy", Schema.choice(SplitTrait.self).orNull, "For `rule`."), .may("rules", .list(of: rule, max: HandoverPlan.ruleLimit)),
    .may("restTakerId", Schema.id.orNull, "Takes what hangs on no client."))
  static let input = Schema.shape("HandoverInput",
    .must("fromId", .id), .must("reason", .choice([HandoverReason.leaves.rawValue, HandoverReason.changes.rawValue])), .must("plan", plan),
    .may("note", .text(max: 2000), "To the successors."))
  private static let counts = Schema.list(of: .shape("HandoverCount", .must("thing", .text(max: 40)), .must("count", .integer(0...Int64.max))), max: 40)
  static let handover = Schema.shape("Handover",
    .must("id", .id), .must("version", .version), .must("fromId", Schema.id.orNull), .must("reason", .choice(HandoverReason.self)),
    .must("state", .choice(HandoverState.self)), .must("jobId", Schema.id.orNull), .must("clients", .integer(0...Int64.max)),
    .must("things", counts), .must("restored", Schema.integer(0...Int64.max).orNull), .must("left", .integer(0...Int64.max)),
    .must("createdAt", .instant), .must("doneAt", Schema.instant.orNull), .must("undoneAt", Schema.instant.orNull))

  static func register(_ api: inout APIBook) {
    api.change(Routes.API.startHandover, start)
    api.get(Routes.API.handover) { reader, _, id in answer(try reader.handover(id)) }
    api.change(Routes.API.undoHandover) { tx, _, id in
      _ = try tx.startUndo(ofHandover: id, expecting: try tx.handover(id).version)
      return answer(try tx.handover(id))
    }
    api.get(Routes.API.briefing) { reader, request, client in
      let briefing = try reader.briefing(of: client)
      try request.call.saw(.party, client.rawValue)
      return APIAnswer { $0.briefing(briefing) }
    }
    api.change(Routes.API.markBounced) { tx, request, party in
      guard let address = (request.body["email"]?.text).flatMap({ EmailAddress($0) }) else {
        throw InvalidForm([FieldMessage(field: "email", key: "handover.error.address")])
      }
      try tx.markBounced(address, of: party, detail: request.body["detail"]?.text ?? "")
      return .nothing
    }
  }

  @Sendable private static func start(_ tx: Transaction, _ request: APIRequest) throws -> APIAnswer {
    let from = AccountID(rawValue: request.body["fromId"]?.integer ?? 0)
    let reason = (request.body["reason"]?.text).flatMap(HandoverReason.init) ?? .changes
    let id = try tx.beginHandover(from: from, reason: reason, note: request.body["note"]?.text ?? "")
    try tx.changeHandover(id, plan: plan(request.body["plan"]?.object ?? JSONObject()), expecting: 1)
    let draft = try tx.handover(id)
    // The caller has seen no preview: what is so now is what is done, unless it changes before the job begins.
    _ = try tx.startHandover(id, seen: tx.preview(draft).fingerprint, expecting: draft.version)
    return answer(try tx.handover(id), status: 201)
  }

  private static func plan(_ body: JSONObject) -> HandoverPlan {
    let rules = (body["rules"]?.array ?? []).compactMap { item -> SplitRule? in
      guard let rule = item.object, let value = rule["value"]?.text, let to = rule["toId"]?.integer else { return nil }
      return SplitRule(value: value, to: AccountID(rawValue: to))
    }
    return HandoverPlan(
      method: (body["method"]?.text).flatMap(HandoverPlan.Method.init) ?? .one,
      takers: (body["takerIds"]?.array ?? []).compactMap { $0.integer.map(AccountID.init(rawValue:)) },
      trait: (body["splitBy"]?.text).flatMap(SplitTrait.init), rules: rules,
      rest: (body["restTakerId"]?.integer).map(AccountID.init(rawValue:)))
  }

  private static func answer(_ record: HandoverRecord, status: Int = 200) -> APIAnswer {
    APIAnswer(status, version: record.version, location: status == 201 ? Routes.API.handover(record.id) : nil) { $0.handover(record) }
  }
}

enum BriefingAPI {
  private static let line = Schema.shape("BriefingLine",
    .must("text", .text(max: 20_000)), .must("detail", .text(max: 40_000)),
    .must("note", .text(max: FactDraft.sourceLimit), "How a fact is known."), .must("at", Schema.instant.orNull),
    .must("date", Schema.partialDate.orNull), .must("who", .optional(.text(max: 300))), .must("amount", .optional(.text(max: 40)), "With its currency."),
    .must("isPressing", .boolean))
  private static let person = Schema.shape("BriefingPerson",
    .must("id", .id), .must("name", .text(max: 300)), .must("role", .text(max: 200)), .must("isManager", .boolean))
  static let briefing = Schema.shape("Briefing",
    .must("clientId", .id), .must("name", .text(max: 300)), .must("owner", .optional(.text(max: 200))),
    .must("people", .list(of: person, max: 200)),
    .must("sections", .list(of: .shape("BriefingSection", .must("section", .text(max: 40)), .must("lines", .list(of: line, max: 100))), max: 20)))
}

extension JSONWriter {
  fileprivate mutating func handover(_ record: HandoverRecord) {
    object { w in
      w.field("id", record.id)
      w.field("version", record.version)
      w.field("fromId", record.fromID)
      w.field("reason", word: record.reason)
      w.field("state", word: record.state)
      w.field("jobId", record.jobID)
      w.field("clients", record.report.clients)
      w.name("things")
      w.array(record.report.things.sorted { $0.key < $1.key }) { w, thing in
        w.object { w in
          w.field("thing", thing.key)
          w.field("count", thing.value)
        }
      }
      w.field("restored", record.report.restored)
      w.field("left", record.report.left)
      w.field("createdAt", record.createdAt)
      w.field("doneAt", record.doneAt)
      w.field("undoneAt", record.undoneAt)
    }
  }

  fileprivate mutating func briefing(_ briefing: Briefing) {
    object { w in
      w.field("clientId", briefing.view.stored.id)
      w.field("name", briefing.view.stored.draft.name)
      w.field("owner", briefing.view.owner)
      w.name("people")
      w.array(briefing.view.ties.filter(\.tie.isCurrent)) { w, line in
        w.object { w in
          w.field("id", line.otherID)
          w.field("name", line.name)
          w.field("role", line.tie.tie.role)
          w.field("isManager", line.tie.tie.isManager)
        }
      }
      w.name("sections")
      w.array(briefing.parts) { w, part in
        w.object { w in
          w.field("section", part.key)
          w.name("lines")
          w.array(part.lines) { $0.line($1) }
        }
      }
    }
  }

  private mutating func line(_ line: BriefingLine) {
    object { w in
      w.field("text", line.text)
      w.field("detail", line.detail)
      w.field("note", line.note)
      var moment: Instant?, day: PartialDate?
      switch line.when {
      case .at(let instant): moment = instant
      case .on(let date): day = PartialDate(year: date.year, month: date.month, day: date.day)
      case .day(let partial): day = partial
      case nil: break
      }
      w.field("at", moment)
      w.field("date", day)
      w.field("who", line.who)
      w.field("amount", (line.amount ?? line.price).map { "\($0.plain) \($0.currency.code)" })
      w.field("isPressing", line.isPressing)
    }
  }
}
