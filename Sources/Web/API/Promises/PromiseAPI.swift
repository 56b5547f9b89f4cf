import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let promises = APIRoute<Void>(.get, "/promises", .viewPromises, APIOperation(
    id: "listPromises", group: .promises, summary: "Promises: open ones by date, settled ones the latest first",
    query: PromiseAPI.filters + [API.limit, API.cursor], answer: .found(PromiseAPI.page)))
  static let clientPromises = APIRoute<ClientID>(.get, "/clients/:id/promises", .viewPromises, APIOperation(
    id: "listClientPromises", group: .promises, summary: "A client's promises", query: PromiseAPI.stateFilters + [API.limit, API.cursor],
    answer: .found(PromiseAPI.page)))
  static let makePromise = APIRoute<ClientID>(.post, "/clients/:id/promises", .editPromises, APIOperation(
    id: "makePromise", group: .promises, summary: "Make a promise, ours or the client's", body: .json(PromiseAPI.input),
    answer: .made(PromiseAPI.promise), traits: [.repeatable], fields: ["due": "dueDate"]))
  static let promise = APIRoute<PromiseID>(.get, "/promises/:id", .viewPromises, APIOperation(
    id: "readPromise", group: .promises, summary: "A promise", answer: .found(PromiseAPI.promise)))
  static let changePromise = APIRoute<PromiseID>(.patch, "/promises/:id", .editPromises, APIOperation(
    id: "changePromise", group: .promises, summary: "Change its words or people by a merge patch",
    details: "Another date is agreed by `renegotiation`.", body: .mergePatch(PromiseAPI.patch), answer: .changed(PromiseAPI.promise),
    traits: [.versioned, .repeatable]))
  static let keepPromise = APIRoute<PromiseID>(.post, "/promises/:id/keeping", .editPromises, APIOperation(
    id: "keepPromise", group: .promises, summary: "It is kept", details: "409 where it is settled already.",
    body: .json(PromiseAPI.keeping, isOptional: true), answer: .changed(PromiseAPI.promise), traits: [.repeatable, .unique],
    fields: ["kept_on": "keptAt"]))
  static let breakPromise = APIRoute<PromiseID>(.post, "/promises/:id/breaking", .editPromises, APIOperation(
    id: "breakPromise", group: .promises, summary: "It is not kept and will not be", body: .json(PromiseAPI.reason, isOptional: true),
    answer: .changed(PromiseAPI.promise), traits: [.repeatable, .unique]))
  static let renegotiatePromise = APIRoute<PromiseID>(.post, "/promises/:id/renegotiation", .editPromises, APIOperation(
    id: "renegotiatePromise", group: .promises, summary: "Another date is agreed",
    details: "Agreed before the old date has passed, the new one counts for the share kept on time.", body: .json(PromiseAPI.renegotiation),
    answer: .changed(PromiseAPI.promise), traits: [.repeatable, .unique], fields: ["due": "dueDate"]))
  static let withdrawPromise = APIRoute<PromiseID>(.post, "/promises/:id/withdrawal", .editPromises, APIOperation(
    id: "withdrawPromise", group: .promises, summary: "Whoever it was given to no longer wants it",
    body: .json(PromiseAPI.reason, isOptional: true), answer: .changed(PromiseAPI.promise), traits: [.repeatable, .unique]))
  static let reopenPromise = APIRoute<PromiseID>(.post, "/promises/:id/reopening", .editPromises, APIOperation(
    id: "reopenPromise", group: .promises, summary: "Open a settled one again", answer: .changed(PromiseAPI.promise),
    traits: [.repeatable, .unique]))
  static let promiseShare = APIRoute<Void>(.get, "/promises/kept-on-time", .viewPromises, APIOperation(
    id: "readKeptOnTime", group: .promises, summary: "The share kept on time, by month",
    details: "Of promises due in the month that were kept or broken, or are overdue: those kept by the date that stood.",
    query: PromiseAPI.shareFilters, answer: .found(PromiseAPI.share)))
}

enum PromiseAPI {
  static func register(_ api: inout APIBook) {
    api.get(Routes.API.promises) { reader, request in try list(reader, request, client: request["client"].flatMap { ClientID($0) }) }
    api.get(Routes.API.clientPromises) { reader, request, client in
      _ = try reader.partyName(client)
      try request.call.saw(.party, client.rawValue)
      return try list(reader, request, client: client)
    }
    api.change(Routes.API.makePromise) { tx, request, client in
      let body = request.body
      let entry = body["entryId"]?.integer.map(HistoryID.init(rawValue:))
      let terms = try terms(body, over: PromiseTerms(what: "", ownerID: tx.actor.id)), due = try due(body, tx)
      let id = try tx.makePromise(terms, due: due, to: client, saidAt: try entry.map { try tx.entry($0).occurredAt }, in: entry)
      return try answer(tx, id, status: 201)
    }
    api.get(Routes.API.promise) { reader, request, id in
      try request.call.saw(.promise, id.rawValue)
      return try answer(reader, id)
    }
    api.change(Routes.API.changePromise) { tx, request, id in
      let old = try tx.promise(id)
      let version = try request.expected(old.version)
      let terms = try terms(request.body, over: old.value.terms)
      try tx.changePromise(id, to: terms, version: version)
      return try answer(tx, id)
    }
    registerSteps(&api)
    api.get(Routes.API.promiseShare, share)
  }

  private static func registerSteps(_ api: inout APIBook) {
    api.change(Routes.API.keepPromise) { tx, request, id in
      try tx.keepPromise(id, at: request.body["keptAt"]?.text.flatMap { Instant(iso: $0) })
      return try answer(tx, id)
    }
    api.change(Routes.API.breakPromise) { tx, request, id in
      try tx.breakPromise(id, because: reason(request.body))
      return try answer(tx, id)
    }
    api.change(Routes.API.withdrawPromise) { tx, request, id in
      try tx.withdrawPromise(id, because: reason(request.body))
      return try answer(tx, id)
    }
    api.change(Routes.API.renegotiatePromise) { tx, request, id in
      _ = try tx.promise(id)
      try tx.renegotiatePromise(id, to: try due(request.body, tx), because: reason(request.body))
      return try answer(tx, id)
    }
    api.change(Routes.API.reopenPromise) { tx, _, id in
      try tx.reopenPromise(id)
      return try answer(tx, id)
    }
  }

  private static func reason(_ body: JSONObject) -> String { body["reason"]?.filled ?? "" }

  private static func terms(_ body: JSONObject, over old: PromiseTerms) throws(InvalidForm) -> PromiseTerms {
    var terms = old
    if let side = body["side"]?.text.flatMap(PromiseSide.init(rawValue:)) { terms.side = side }
    if let what = body["what"]?.text { terms.what = String(what.trimmingBlanks) }
    if let note = body["note"] { terms.note = note.filled ?? "" }
    if let person = body["personId"] { terms.personID = person.integer.map(PersonID.init(rawValue:)) }
    if let owner = body["ownerId"]?.integer { terms.ownerID = AccountID(rawValue: owner) }
    if terms.what.isEmpty { throw InvalidForm([FieldMessage(field: "what", key: "field.required")]) }
    return terms
  }

  /// The zone is the account's when it is not given.
  private static func due(_ body: JSONObject, _ session: some Session) throws -> PromiseDue {
    var check = Validation()
    let zone = check.parsed(body["zone"]?.text, field: "zone", key: "field.unknown") { Zone($0) }
    let time = check.parsed(body["dueTime"]?.text, field: "dueTime", key: "promises.error.time") { LocalTime($0) }
    let date = check.parsed(body["dueDate"]?.text, field: "dueDate", key: "promises.error.due", required: true) { CalendarDate($0) }
    try check.check()
    guard let date else { throw InvalidForm(check.messages) }
    return PromiseDue(date: date, time: time, zone: zone ?? session.zone)
  }

  private static func list(_ reader: Reader, _ request: APIRequest, client: ClientID?) throws -> APIAnswer {
    var filter = PromiseFilter(pairs: request.query.filter { !["cursor", "limit"].contains($0.name) }.map { ($0.name, $0.value) }, mine: nil)
    filter.client = client
    let cursor: ListCursor? = try request.cursor { ListCursor($0) }
    let page = try reader.promises(filter, after: cursor, limit: request.number("limit", default: 50))
    return APIAnswer { w in
      w.object { w in
        w.name("promises")
        w.array(page.lines) { $0.promise($1) }
        w.field("next", page.next?.text)
      }
    }
  }

  private static func answer(_ session: some Session, _ id: PromiseID, status: Int = 200) throws -> APIAnswer {
    let promise = try session.promise(id)
    let evidence = try session.evidence(of: id)
    return APIAnswer(status, version: promise.version, location: status == 201 ? Routes.API.promise(id) : nil) { $0.promise(promise, evidence) }
  }

  private static func share(_ reader: Reader, _ request: APIRequest) throws -> APIAnswer {
    let today = reader.today
    let first = request["from"].flatMap { CalendarDate($0) } ?? today.adding(months: -12)
    let last = request["until"].flatMap { CalendarDate($0) } ?? today
    guard first <= last else { throw InvalidForm([FieldMessage(field: "until", key: "field.unknown")]) }
    let scope = PromiseScope(
      owner: request["owner"].flatMap { AccountID($0) }, team: request["team"].flatMap { TeamID($0) },
      client: request["client"].flatMap { ClientID($0) }, side: request["side"].flatMap(PromiseSide.init) ?? .us)
    let months = try reader.promiseShareByMonth(scope, first...last)
    return APIAnswer { w in
      w.object { w in
        w.name("months")
        w.array(months) { w, line in
          w.object { w in
            w.field("month", line.month)
            w.field("onTime", line.share.onTime)
            w.field("counted", line.share.counted)
          }
        }
      }
    }
  }
}
