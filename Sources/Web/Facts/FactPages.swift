import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Adding, changing, ending and putting back a fact.
enum FactPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Facts.new) { call, party in
      let name = try await call.read { try $0.partyName(party) }
      let form = Form([("kind", FactKind.preference.rawValue), ("entry", call.query["entry"] ?? "")])
      return call.answer(page(call, form, [], .new(party, name)))
    }
    book.on(Routes.Facts.add, add)
    book.on(Routes.Facts.edit) { call, id in
      let fact = try await call.read { try Named($0, id) }
      return call.answer(page(call, FactForm.form(fact.fact), [], .old(fact)))
    }
    book.on(Routes.Facts.save, save)
    book.on(Routes.Facts.end) { call, id in try await toggle(call, id, ending: true) }
    book.on(Routes.Facts.restore) { call, id in try await toggle(call, id, ending: false) }
  }

  struct Named: Sendable {
    let fact: Fact
    let name: String
    init(_ reader: Reader, _ id: FactID) throws {
      fact = try reader.fact(id)
      name = try reader.partyName(fact.partyID)
    }
  }

  enum Subject: Sendable {
    case new(PartyID, String)
    case old(Named)
  }

  private static func add(_ call: Call, _ party: PartyID) async throws -> Response {
    let form = try await call.form()
    let back = Routes.Clients.page(party)
    return try await call.submit {
      let draft = try FactForm.draft(form), entry = HistoryID(form["entry"])
      return try await call.write { tx in
        try tx.leaveUndo(ofAdding: tx.addFact(draft, to: party, learnedIn: entry), returnTo: back)
      }
    } again: { messages in
      page(call, form, messages, .new(party, try await call.read { try $0.partyName(party) }))
    } then: { undo in
      call.redirect(to: back, undo: undo)
    }
  }

  private static func save(_ call: Call, _ id: FactID) async throws -> Response {
    let form = try await call.form()
    let known = try await call.read { try Named($0, id) }
    do {
      return try await call.submit {
        let draft = try FactForm.draft(form), version = try version(form)
        try await call.write { try $0.changeFact(id, to: draft, version: version) }
      } again: { messages in
        page(call, form, messages, .old(known))
      } then: {
        call.redirect(to: Routes.Clients.page(known.fact.partyID), said: "said.fact_saved")
      }
    } catch Refusal.conflict {
      let now = try await call.read { try Named($0, id) }
      return call.answer(page(call, form, [], .old(now), conflict: now.fact), status: .conflict)
    }
  }

  private static func toggle(_ call: Call, _ id: FactID, ending: Bool) async throws -> Response {
    let version = try version(try await call.form())
    let (party, undo) = try await call.write { tx in
      let party = try tx.fact(id).partyID
      let back = Routes.Clients.page(party)
      if ending {
        try tx.endFact(id, version: version)
        return (party, try tx.leaveUndo(ofEnding: id, version: version + 1, returnTo: back))
      }
      try tx.restoreFact(id, version: version)
      return (party, try tx.leaveUndo(ofRestoring: id, version: version + 1, returnTo: back))
    }
    return call.redirect(to: Routes.Clients.page(party), undo: undo)
  }

  private static func version(_ form: Form) throws -> Int {
    guard let version = Int(form["version"]), version > 0, version < Int.max else { throw WebError.preconditionRequired }
    return version
  }
}

extension FactPages {
  private static func page(
    _ call: Call, _ form: Form, _ messages: [FieldMessage], _ subject: Subject, conflict: Fact? = nil
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let kinds = FactKind.allCases.map { (value: $0.rawValue, text: w("facts.kind.\($0)")) }
    var body = fields.select("kind", w("facts.field.kind"), kinds, width: "w-20")
    body += fields.area("text", w("facts.field.text"))
    body += "<div class=\"row\">\(fields.text("date", w("facts.field.date"), hint: w("facts.date_hint"), width: "w-12", isOptional: true))"
    body += "\(fields.text("ends_on", w("facts.field.ends_on"), type: "date", hint: w("facts.ends_on_hint"), width: "w-12", isOptional: true))</div>"
    body += fields.text("source", w("facts.field.source"), hint: w("facts.source_hint"), isOptional: true)
    switch subject {
    case .new(let party, let name):
      return FormPage(
        title: w("facts.add_for", ["name": name]), back: Routes.Clients.page(party), backTitle: name,
        action: Routes.Facts.add(party), submit: w("facts.save"), summary: fields.summary, fields: body + fields.hidden("entry")
      ).page(call)
    case .old(let named):
      let version: HTML = "<input type=\"hidden\" name=\"version\" value=\"\(conflict?.version.description ?? form["version"])\">"
      return FormPage(
        title: w("facts.edit_for", ["name": named.name]), back: Routes.Clients.page(named.fact.partyID), backTitle: named.name,
        action: Routes.Facts.save(named.fact.id), submit: w("facts.save"),
        summary: fields.summary + (conflict.map { self.conflict($0, call) } ?? ""), fields: body + version,
        extra: ending(named.fact, call)
      ).page(call)
    }
  }

  private static func ending(_ fact: Fact, _ call: Call) -> HTML {
    if fact.isEnded(on: call.today) {
      return "<button formaction=\"\(Routes.Facts.restore(fact.id))\">\(call.icon("refresh"))\(call.words("facts.restore"))</button>"
    }
    return "<button formaction=\"\(Routes.Facts.end(fact.id))\">\(call.icon("clock"))\(call.words("facts.end"))</button>"
  }

  /// Both values: theirs here, mine in the fields.
  private static func conflict(_ fact: Fact, _ call: Call) -> HTML {
    """
    <div class="note warn" role="alert">\(call.icon("warn"))<p>\(call.words("facts.conflict")) <b>\(fact.draft.text)</b></p></div>
    """
  }
}
