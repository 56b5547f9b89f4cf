import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let people = APIRoute<Void>(.get, "/people", .viewClients, APIOperation(
    id: "listPeople", group: .people, summary: "People at clients, by name", query: ClientAPI.filters + [API.limit, API.cursor],
    answer: .found(ClientSchema.page("PeoplePage", "people", ClientSchema.line))))
  static let ties = APIRoute<ClientID>(.get, "/clients/:id/people", .viewClients, APIOperation(
    id: "listTies", group: .people, summary: "A company's people, or a person's companies: those of today first",
    answer: .found(PeopleAPI.ties)))
  static let addPerson = APIRoute<ClientID>(.post, "/clients/:id/people", .editClients, APIOperation(
    id: "addPerson", group: .people, summary: "Tie a person to a company: a new one, or one who is here already",
    body: .json(PeopleAPI.input), answer: .made(PeopleAPI.tie), traits: [.repeatable, .unique]))
  static let tie = APIRoute<TieID>(.get, "/ties/:id", .viewClients, APIOperation(
    id: "readTie", group: .people, summary: "A tie", answer: .found(PeopleAPI.tie)))
  static let changeTie = APIRoute<TieID>(.patch, "/ties/:id", .editClients, APIOperation(
    id: "changeTie", group: .people, summary: "Change a tie; `until` ends it", body: .mergePatch(PeopleAPI.patch),
    answer: .changed(PeopleAPI.tie), traits: [.versioned, .repeatable]))
  static let removeTie = APIRoute<TieID>(.delete, "/ties/:id", .editClients, APIOperation(
    id: "removeTie", group: .people, summary: "Remove a tie that was never true", answer: .nothing, traits: [.versioned]))
}

/// People at clients, and who is what where.
enum PeopleAPI {
  private static let terms: [SchemaField] = [
    .may("role", .text(max: 200)), .may("isManager", .boolean, "Decides for the client."), .may("from", Schema.date.orNull),
    .may("until", Schema.date.orNull),
  ]
  static let patch = Schema.object(Shape("TiePatch", terms))
  static let input = Schema.object(Shape(
    "TieInput", [.may("personId", .id, "Someone who is here; else `person`."), .may("person", ClientSchema.person)] + terms))
  static let tie = Schema.object(Shape("Tie", [
    .must("id", .id), .must("version", .version), .must("companyId", .id), .must("personId", .id),
    .must("name", .text(max: 300), "Of the other end in a list; else of the person."),
  ] + terms.map(\.always)))
  static let ties = Schema.shape("Ties", .must("ties", .list(of: tie, max: 200)))

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.people) { reader, request in try ClientAPI.list(.people, reader, request) }
    api.get(Routes.API.ties) { reader, _, id in try answer(reader, of: id) }
    api.change(Routes.API.addPerson, add)
    api.get(Routes.API.tie) { reader, _, id in try answer(reader, id) }
    api.change(Routes.API.changeTie) { tx, request, id in
      let old = try tx.tie(id)
      let version = try request.expected(old.version)
      try tx.updateTie(id, try draft(request.body, over: old.tie), expecting: version)
      return try answer(tx, id)
    }
    api.change(Routes.API.removeTie) { tx, request, id in
      try tx.removeTie(id, expecting: try request.expected(try tx.tie(id).version))
      return .nothing
    }
  }

  @Sendable private static func add(_ tx: Transaction, _ request: APIRequest, _ id: ClientID) throws -> APIAnswer {
    guard try tx.storedClient(id).draft.kind == .company else { throw InvalidForm([FieldMessage(field: "id", key: "api.no_company")]) }
    let tie = try draft(request.body, over: TieDraft())
    switch (request.body["personId"]?.integer, request.body["person"]?.object) {
    case (let person?, nil): return try answer(tx, try tx.addTie(company: id, person: PersonID(rawValue: person), tie), status: 201)
    case (nil, let body?):
      let draft = try ClientPatch.draft(body, over: ClientDraft(kind: .person, isClient: false, name: ""), try tx.patchTerms())
      let person = try tx.addPerson(draft, to: id, tie)
      return try answer(tx, try tx.newestTie(of: person, at: id), status: 201)
    default: throw InvalidForm([FieldMessage(field: "personId", key: "api.one_of_two", slots: ["other": "person"])])
    }
  }

  private static func draft(_ body: JSONObject, over old: TieDraft) throws(InvalidForm) -> TieDraft {
    var draft = old
    if let role = body["role"] { draft.role = role.filled ?? "" }
    if let manager = body["isManager"] { draft.isManager = manager.bool ?? false }
    if let from = body["from"] { draft.from = from.text.flatMap { CalendarDate($0) } }
    if let until = body["until"] { draft.until = until.text.flatMap { CalendarDate($0) } }
    if let from = draft.from, let until = draft.until, until < from {
      throw InvalidForm([FieldMessage(field: "until", key: "api.before_from")])
    }
    return draft
  }

  static func answer(_ session: some Session, of id: ClientID) throws -> APIAnswer {
    let ties = try session.clientView(id).ties
    return APIAnswer { w in
      w.object { w in
        w.name("ties")
        w.array(ties) { $0.tie($1.tie, $1.name) }
      }
    }
  }

  private static func answer(_ session: some Session, _ id: TieID, status: Int = 200) throws -> APIAnswer {
    let tie = try session.tie(id)
    let name = try session.storedClients([tie.person])[tie.person]?.draft.name ?? ""
    return APIAnswer(status, version: tie.version, location: status == 201 ? Routes.API.tie(id) : nil) { $0.tie(tie, name) }
  }
}

extension JSONWriter {
  mutating func tie(_ tie: Tie, _ name: String) {
    object { w in
      w.field("id", tie.id)
      w.field("version", tie.version)
      w.field("companyId", tie.company)
      w.field("personId", tie.person)
      w.field("name", name)
      w.field("role", tie.tie.role)
      w.field("isManager", tie.tie.isManager)
      w.field("from", tie.tie.from)
      w.field("until", tie.tie.until)
    }
  }
}
