import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Step 1: who leaves or changes, why, and a word to the successors.
enum HandoverWho {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Handover.start) { call in
      let givers = try await call.read { try $0.handoverGivers() }
      var form = Form([("from", call.query["from"] ?? ""), ("reason", HandoverReason.leaves.rawValue)])
      if !givers.contains(where: { $0.id.description == form["from"] }) { form.set("from", "") }
      return call.answer(page(call, nil, givers, form, []))
    }
    book.on(Routes.Handover.begin) { call in
      let form = try await call.form()
      return try await call.submit {
        let (from, reason, note) = try read(form)
        return try await call.write { try $0.beginHandover(from: from, reason: reason, note: note) }
      } again: { messages in
        page(call, nil, try await call.read { try $0.handoverGivers() }, form, messages)
      } then: { call.redirect(to: Routes.Handover.plan($0)) }
    }
    book.on(Routes.Handover.who) { call, id in
      let (record, givers) = try await call.read { (try $0.handover(id), try $0.handoverGivers()) }
      guard record.state == .draft else { return call.redirect(to: Routes.Handover.page(id)) }
      let form = Form([
        ("from", record.fromID?.description ?? ""), ("reason", record.reason.rawValue), ("note", record.note),
        ("version", String(record.version)),
      ])
      return call.answer(page(call, record, givers, form, []))
    }
    book.on(Routes.Handover.changeWho, change)
  }

  private static func change(_ call: Call, _ id: HandoverID) async throws -> Response {
    let form = try await call.form()
    let record = try await call.read { try $0.handover(id) }
    return try await Handover.meanwhile(call, id) {
      try await call.submit {
        let (from, reason, note) = try read(form), version = Int(form["version"]) ?? 0
        try await call.write { try $0.changeHandover(id, from: from, reason: reason, note: note, expecting: version) }
      } again: { messages in
        page(call, record, try await call.read { try $0.handoverGivers() }, form, messages)
      } then: { call.redirect(to: Routes.Handover.plan(id)) }
    }
  }

  private static func read(_ form: Form) throws(InvalidForm) -> (AccountID, HandoverReason, String) {
    var check = Validation()
    let from = check.parsed(form["from"], field: "from", key: "handover.error.from", required: true) { AccountID($0) }
    let reason = check.parsed(form["reason"], field: "reason", key: "handover.error.reason", required: true) { text in
      HandoverReason(rawValue: text).flatMap { $0 == .client ? nil : $0 }
    }
    let note = check.text(form["note"], field: "note", max: 2000)
    try check.check()
    guard let from, let reason else { throw InvalidForm(check.messages) }
    return (from, reason, note ?? "")
  }

  private static func page(
    _ call: Call, _ record: HandoverRecord?, _ givers: [HandoverPerson], _ form: Form, _ messages: [FieldMessage]
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let people = [(value: "", text: w("clients.not_chosen"))] + givers.map {
      (value: $0.id.description, text: w.count("handover.person_with_clients", $0.clients, ["name": $0.name]))
    }
    let reasons = [HandoverReason.leaves, .changes].map {
      (value: $0.rawValue, text: w("handover.reason.\($0.rawValue)"), hint: Optional(w("handover.reason.\($0.rawValue)_hint")))
    }
    let body: HTML = """
      \(fields.select("from", w("handover.field.from"), people))\(fields.radios("reason", w("handover.field.reason"), reasons))\
      \(fields.area("note", w("handover.field.note"), hint: w("handover.note_hint"), isOptional: true))\(record == nil ? "" : fields.hidden("version"))
      """
    let action = record.map { Routes.Handover.changeWho($0.id) } ?? Routes.Handover.begin()
    return Handover.page(call, w("handover.new"), sub: w("handover.draft_kept"), """
      \(fields.summary)\(Handover.steps(record, at: .who, w))
      <form class="card stack narrow" method="post" action="\(action)" novalidate data-dirty>\(body)
      <div class="form-end"><button class="primary">\(w("handover.next"))</button><a class="button" href="\(Routes.Handover.list())">\(w("history.cancel"))</a></div></form>
      """)
  }
}
