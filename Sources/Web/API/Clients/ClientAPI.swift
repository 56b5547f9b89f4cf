import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let clients = APIRoute<Void>(.get, "/clients", .viewClients, APIOperation(
    id: "listClients", group: .clients, summary: "Clients by name, last contact or age",
    details: "`field.ID` compares a custom field with its stored text.", query: ClientAPI.filters + ClientAPI.order + [API.limit, API.cursor],
    answer: .found(ClientSchema.page("ClientPage", "clients", ClientSchema.line))))
  static let createClient = APIRoute<Void>(.post, "/clients", .editClients, APIOperation(
    id: "createClient", group: .clients, summary: "Make a client",
    query: [APIParameter("on_duplicate", .choice(["make", "refuse"]), "`refuse`: 409 when a client in sight has the e-mail or phone already.")],
    body: .json(ClientSchema.input), answer: .made(ClientSchema.client), traits: [.repeatable, .unique]))
  static let client = APIRoute<ClientID>(.get, "/clients/:id", .viewClients, APIOperation(
    id: "readClient", group: .clients, summary: "A client, or someone at a client", answer: .found(ClientSchema.client)))
  static let changeClient = APIRoute<ClientID>(.patch, "/clients/:id", .editClients, APIOperation(
    id: "changeClient", group: .clients, summary: "Change a client by a merge patch", body: .mergePatch(ClientSchema.patch),
    answer: .changed(ClientSchema.client), traits: [.versioned, .repeatable, .unique]))
  static let removeClient = APIRoute<ClientID>(.delete, "/clients/:id", .removeClients, APIOperation(
    id: "removeClient", group: .clients, summary: "Move a client to the bin", details: "It stays there for 30 days.", answer: .nothing,
    traits: [.versioned]))
  static let restoreClient = APIRoute<ClientID>(.post, "/clients/:id/restoration", .removeClients, APIOperation(
    id: "restoreClient", group: .clients, summary: "Take a client out of the bin", answer: .changed(ClientSchema.client),
    traits: [.repeatable]))
}

enum ClientAPI {
  static let order = [APIParameter("sort", .choice(ClientSort.Key.allCases.flatMap { [$0.rawValue, "-" + $0.rawValue] }), "`name` when absent; `-` turns it round.")]
  static let filters: [APIParameter] = [
    APIParameter("q", .text(1...100), "Any part of a name, e-mail, phone or own number."),
    APIParameter("state", .choice(ClientFilter.State.self), "`active` when absent."),
    APIParameter("owner", .either([.id, .choice(["none"])]), "An account's id, or `none`."),
    APIParameter("team", .id, "A team's id."), APIParameter("relationship", .id, "A relationship type's id."),
    APIParameter("tag", .id, "A tag's id; of several all are meant.", isRepeatable: true),
    APIParameter("country", ClientSchema.country, "ISO 3166-1 alpha-2."), APIParameter("language", .choice(Language.self), "Spoken language."),
    APIParameter("industry", .text(1...200), "Exactly."), APIParameter("kind", .choice(PartyKind.self), "Company or person."),
    APIParameter("contact", .choice(["never"]), "No contact yet."), APIParameter("before", .date, "Last contact before that day."),
    APIParameter("after", .date, "Last contact on that day or later."),
    APIParameter("promise", .choice(ClientFilter.Promises.self), "With an open promise, or one past its date."), APIParameter("field.ID", .text(1...200), "A custom field's value."),
  ]

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.clients) { reader, request in try list(.clients, reader, request) }
    api.change(Routes.API.createClient, create)
    api.get(Routes.API.client) { reader, request, id in
      try request.call.saw(.party, id.rawValue)
      return try answer(reader, id)
    }
    api.change(Routes.API.changeClient, change)
    api.change(Routes.API.removeClient, remove)
    api.change(Routes.API.restoreClient) { tx, _, id in
      try tx.take(.restore, [id])
      return try answer(tx, id)
    }
  }

  static func list(_ who: ClientFilter.Who, _ reader: Reader, _ request: APIRequest) throws -> APIAnswer {
    let filter = ClientFilter(who, pairs: request.query.map { ($0.name, $0.value) })
    let sort = request["sort"].flatMap { ClientSort($0) } ?? ClientSort(.name)
    let page = try reader.clients(
      filter, sort, after: try request.cursor { ListCursor($0) }, limit: request.number("limit", default: 50))
    return APIAnswer { w in
      w.object { w in
        w.name(who == .people ? "people" : "clients")
        w.array(page.lines) { $0.line($1) }
        w.field("next", page.next?.text)
      }
    }
  }

  static func answer(_ session: some Session, _ id: ClientID, status: Int = 200) throws -> APIAnswer {
    let view = try session.clientView(id)
    return APIAnswer(status, version: view.stored.version, location: status == 201 ? Routes.API.client(id) : nil) { $0.client(view) }
  }

  @Sendable private static func create(_ tx: Transaction, _ request: APIRequest) throws -> APIAnswer {
    let draft = try newDraft(request.body, try tx.patchTerms())
    if request["on_duplicate"] == "refuse" { try refuseLookalike(of: draft, tx) }
    return try answer(tx, try tx.createClient(draft), status: 201)
  }

  static func newDraft(_ body: JSONObject, _ terms: ClientPatch.Terms) throws -> ClientDraft {
    let kind = body["kind"]?.text.flatMap(PartyKind.init(rawValue:)) ?? .company
    return try ClientPatch.draft(body, over: ClientDraft(kind: kind, name: ""), terms)
  }

  private static func refuseLookalike(of draft: ClientDraft, _ tx: Transaction) throws {
    for point in draft.contactPoints {
      let key: ClientKey? = point.kind == .email ? .email(point.key) : point.kind == .phone ? .phone(point.key) : nil
      guard let key, let known = try tx.clients(knownBy: key, limit: 1).first else { continue }
      throw Refusal.duplicate(field: point.kind == .email ? "emails" : "phones", of: known.rawValue)
    }
  }

  @Sendable private static func change(_ tx: Transaction, _ request: APIRequest, _ id: ClientID) throws -> APIAnswer {
    let stored = try tx.storedClient(id)
    let version = try request.expected(stored.version)
    let draft = try ClientPatch.draft(request.body, over: stored.draft, try tx.patchTerms())
    try tx.updateClient(id, draft, expecting: version)
    return try answer(tx, id)
  }

  @Sendable private static func remove(_ tx: Transaction, _ request: APIRequest, _ id: ClientID) throws -> APIAnswer {
    let stored = try tx.storedClient(id)
    guard stored.deletedAt == nil else { throw Refusal.notFound }
    try tx.hold(id, at: try request.expected(stored.version))
    try tx.take(.remove, [id])
    return .nothing
  }
}

extension Session {
  func patchTerms() throws -> ClientPatch.Terms {
    ClientPatch.Terms(
      fields: Dictionary(try customFields().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
      relationships: Set(try relationships(archived: true).map(\.id)), country: try installation()?.value.country)
  }
}
