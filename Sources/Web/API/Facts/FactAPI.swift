import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let facts = APIRoute<ClientID>(.get, "/clients/:id/facts", .viewFacts, APIOperation(
    id: "listFacts", group: .facts, summary: "What is known of a client or person, newest first",
    answer: .found(.shape("Facts", .must("facts", .list(of: FactAPI.fact, max: 500))))))
  static let addFact = APIRoute<ClientID>(.post, "/clients/:id/facts", .editFacts, APIOperation(
    id: "addFact", group: .facts, summary: "Keep a fact", body: .json(FactAPI.input), answer: .made(FactAPI.fact), traits: [.repeatable]))
  static let fact = APIRoute<FactID>(.get, "/facts/:id", .viewFacts, APIOperation(
    id: "readFact", group: .facts, summary: "A fact", answer: .found(FactAPI.fact)))
  static let changeFact = APIRoute<FactID>(.patch, "/facts/:id", .editFacts, APIOperation(
    id: "changeFact", group: .facts, summary: "Change a fact by a merge patch", body: .mergePatch(FactAPI.patch),
    answer: .changed(FactAPI.fact), traits: [.versioned, .repeatable]))
  static let endFact = APIRoute<FactID>(.post, "/facts/:id/end", .editFacts, APIOperation(
    id: "endFact", group: .facts, summary: "It holds no longer", details: "It stays to be read.", answer: .changed(FactAPI.fact),
    traits: [.repeatable]))
}

enum FactAPI {
  private static let details: [SchemaField] = [
    .may("date", Schema.partialDate.orNull, "What day it is about; the year may be missing."),
    .may("source", .text(max: FactDraft.sourceLimit), "How we know."), .may("endsOn", Schema.date.orNull, "The last day it is known to hold."),
  ]
  static let input = Schema.object(Shape(
    "FactInput", [.must("kind", .choice(FactKind.self)), .must("text", .text(1...FactDraft.textLimit))] + details))
  static let patch = Schema.object(Shape(
    "FactPatch", [.may("kind", .choice(FactKind.self)), .may("text", .text(1...FactDraft.textLimit))] + details))
  static let fact = Schema.object(Shape("Fact", [
    .must("id", .id), .must("version", .version), .must("clientId", .id), .must("kind", .choice(FactKind.self)),
    .must("text", .text(max: FactDraft.textLimit)),
  ] + details.map(\.always) + [
    .must("entryId", Schema.id.orNull, "The entry it was learned in."), .must("authorId", Schema.id.orNull), .must("recordedAt", .instant),
    .must("endedAt", Schema.instant.orNull),
  ]))

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.facts) { reader, request, client in
      let facts = try reader.knowledge(of: client).facts
      try request.call.saw(.party, client.rawValue)
      return APIAnswer { w in
        w.object { w in
          w.name("facts")
          w.array(facts) { $0.fact($1) }
        }
      }
    }
    api.change(Routes.API.addFact) { tx, request, client in
      let new = try draft(request.body, over: FactDraft(kind: .other, text: ""))
      return try answer(tx, try tx.addFact(new, to: client), status: 201)
    }
    api.get(Routes.API.fact) { reader, _, id in try answer(reader, id) }
    api.change(Routes.API.changeFact) { tx, request, id in
      let old = try tx.fact(id)
      let version = try request.expected(old.version)
      try tx.changeFact(id, to: try draft(request.body, over: old.draft), version: version)
      return try answer(tx, id)
    }
    api.change(Routes.API.endFact) { tx, _, id in
      try tx.endFact(id, version: try tx.fact(id).version)
      return try answer(tx, id)
    }
  }

  private static func draft(_ body: JSONObject, over old: FactDraft) throws(InvalidForm) -> FactDraft {
    var draft = old
    if let kind = body["kind"]?.text.flatMap(FactKind.init(rawValue:)) { draft.kind = kind }
    if let text = body["text"]?.text { draft.text = String(text.trimmingBlanks) }
    if let date = body["date"] { draft.date = date.text.flatMap { PartialDate($0) } }
    if let source = body["source"] { draft.source = source.filled ?? "" }
    if let endsOn = body["endsOn"] { draft.endsOn = endsOn.text.flatMap { CalendarDate($0) } }
    if draft.kind == .date, draft.date == nil { throw InvalidForm([FieldMessage(field: "date", key: "facts.error.date_missing")]) }
    return draft
  }

  private static func answer(_ session: some Session, _ id: FactID, status: Int = 200) throws -> APIAnswer {
    let fact = try session.fact(id)
    return APIAnswer(status, version: fact.version, location: status == 201 ? Routes.API.fact(id) : nil) { $0.fact(fact) }
  }
}

extension JSONWriter {
  mutating func fact(_ fact: Fact) {
    object { w in
      w.field("id", fact.id)
      w.field("version", fact.version)
      w.field("clientId", fact.partyID)
      w.field("kind", word: fact.draft.kind)
      w.field("text", fact.draft.text)
      w.field("date", fact.draft.date)
      w.field("source", fact.draft.source)
      w.field("endsOn", fact.draft.endsOn)
      w.field("entryId", fact.sourceID)
      w.field("authorId", fact.authorID)
      w.field("recordedAt", fact.recordedAt)
      w.field("endedAt", fact.endedAt)
    }
  }
}
