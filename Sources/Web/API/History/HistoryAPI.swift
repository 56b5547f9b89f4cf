import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let history = APIRoute<ClientID>(.get, "/clients/:id/history", .viewHistory, APIOperation(
    id: "listHistory", group: .history, summary: "A client's history, newest first", query: HistoryAPI.filters + [API.limit, API.cursor],
    answer: .found(HistorySchema.page)))
  static let addEntry = APIRoute<ClientID>(.post, "/clients/:id/history", .logContacts, APIOperation(
    id: "addEntry", group: .history, summary: "Log a contact or a note", body: .json(HistorySchema.input),
    answer: .made(HistorySchema.entry), traits: [.repeatable]))
  static let entry = APIRoute<HistoryID>(.get, "/history/:id", .viewHistory, APIOperation(
    id: "readEntry", group: .history, summary: "An entry, whether it still stands or not", answer: .found(HistorySchema.entry)))
  static let correctEntry = APIRoute<HistoryID>(.post, "/history/:id/correction", .logContacts, APIOperation(
    id: "correctEntry", group: .history, summary: "Set right a contact or note",
    details: "The entry stays in the record; the answer is the one that takes its place. 409: `existing` took its place before.",
    body: .json(HistorySchema.correction), answer: .made(HistorySchema.entry), traits: [.repeatable, .unique]))
  static let withdrawEntry = APIRoute<HistoryID>(.post, "/history/:id/withdrawal", .logContacts, APIOperation(
    id: "withdrawEntry", group: .history, summary: "Withdraw a contact or note that should not have been made",
    body: .json(HistorySchema.withdrawal, isOptional: true), answer: .made(HistorySchema.entry), traits: [.repeatable, .unique]))
}

enum HistoryAPI {
  static let filters: [APIParameter] = [
    APIParameter("kind", .choice(TimelineFilter.Kind.self), "Contacts, notes or automatic entries alone."),
    APIParameter("person", .id, "About that person."), APIParameter("channel", .choice(Channel.self), "Over that channel."),
    APIParameter("author", .id, "By that account."), APIParameter("find", .text(1...200), "Words that all occur."),
  ]

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.history, list)
    api.change(Routes.API.addEntry) { tx, request, client in
      switch try written(request, over: nil, tx) {
      case .contact(let contact): try answer(tx, try tx.logContact(contact, client: client), status: 201)
      case .note(let note): try answer(tx, try tx.addNote(note, client: client), status: 201)
      }
    }
    api.get(Routes.API.entry) { reader, request, id in
      try request.call.saw(.history, id.rawValue)
      return try answer(reader, id)
    }
    api.change(Routes.API.correctEntry) { tx, request, id in
      let old = try standing(id, tx)
      guard let before = old.written else { throw Refusal.notFound }
      let reason = request.body["reason"]?.filled ?? ""
      return try answer(tx, try tx.correct(id, with: try written(request, over: before, tx), because: reason), status: 201)
    }
    api.change(Routes.API.withdrawEntry) { tx, request, id in
      _ = try standing(id, tx)
      let reason = request.body["reason"]?.filled ?? ""
      return try answer(tx, try tx.withdraw(id, because: reason), status: 201)
    }
  }

  @Sendable private static func list(_ reader: Reader, _ request: APIRequest, _ client: ClientID) throws -> APIAnswer {
    let filter = TimelineFilter(
      kind: request["kind"].flatMap(TimelineFilter.Kind.init(rawValue:)), person: request["person"].flatMap { PersonID($0) },
      channel: request["channel"].flatMap(Channel.init(rawValue:)), author: request["author"].flatMap { AccountID($0) },
      find: request["find"] ?? "")
    let place = try request.cursor { TimelinePlace($0) }
    let timeline = try reader.timeline(
      of: client, filter, page: place.map(TimelinePage.before) ?? .newest, limit: request.number("limit", default: 50))
    try request.call.saw(.party, client.rawValue)
    return APIAnswer { w in
      w.object { w in
        w.name("pinned")
        w.array(timeline.pinned) { $0.entry($1) }
        w.name("entries")
        w.array(timeline.entries) { $0.entry($1) }
        w.field("next", timeline.older?.description)
      }
    }
  }

  /// The entry, if no other took its place.
  private static func standing(_ id: HistoryID, _ tx: Transaction) throws -> TimelineEntry {
    let entry = try tx.entry(id)
    if let later = entry.supersededBy { throw Refusal.duplicate(field: "corrects", of: later.rawValue) }
    return entry
  }

  static func answer(_ session: some Session, _ id: HistoryID, status: Int = 200) throws -> APIAnswer {
    guard let entry = try session.entryPage(id).entries.first else { throw Refusal.notFound }
    return APIAnswer(status, location: status == 201 ? Routes.API.entry(id) : nil) { $0.entry(entry) }
  }

  /// What is said, over what was said before.
  private static func written(_ request: APIRequest, over old: Written?, _ session: some Session) throws -> Written {
    let body = request.body
    var check = Validation()
    let texts = old?.texts ?? (subject: "", body: "", outcome: "")
    func text(_ name: String, _ before: String) -> String { body[name].map { $0.filled ?? "" } ?? before }
    let person = body["personId"].map { $0.integer.map(PersonID.init(rawValue:)) } ?? old?.personID
    let when = body["occurredAt"]?.text.flatMap { Instant(iso: $0) } ?? old?.occurredAt ?? session.now
    let zone = session.zone
    if zone.date(when).year < 1900 { check.fail("occurredAt", key: "history.error.when") }
    if zone.date(when) > zone.date(session.now) { check.fail("occurredAt", key: "history.error.future") }
    let isContact = old.map { $0.kind == .contact } ?? (body["kind"]?.text == "contact")
    guard isContact else {
      for name in ["channel", "direction", "outcome"] where body[name] != nil { check.fail(name, key: "api.contact_only") }
      let note = Note(occurredAt: when, personID: person, subject: text("subject", texts.subject), body: text("body", texts.body))
      if note.body.isEmpty { check.fail("body", key: "field.required") }
      try check.check()
      return .note(note)
    }
    var before: Contact?
    if case .contact(let contact) = old { before = contact }
    let channel = body["channel"]?.text.flatMap(Channel.init(rawValue:)) ?? before?.channel
    let direction = body["direction"]?.text.flatMap(Direction.init(rawValue:)) ?? before?.direction
    if channel == nil { check.fail("channel", key: "field.required") }
    if direction == nil { check.fail("direction", key: "field.required") }
    try check.check()
    guard let channel, let direction else { throw InvalidForm(check.messages) }
    return .contact(Contact(
      channel: channel, direction: direction, occurredAt: when, personID: person, subject: text("subject", texts.subject),
      body: text("body", texts.body), outcome: text("outcome", texts.outcome)))
  }
}
