import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Relationship types and what each sets: how often to be in touch, over which channel, who owns the client.
enum RelationshipPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Fields.relationships) { call in
      let (types, choices, toast) = try await call.read { (try $0.relationships(archived: true), try $0.clientChoices(), try call.toast($0)) }
      return call.answer(list(types, choices, Form(), [], call), toast: toast)
    }
    book.on(Routes.Fields.createRelationship) { call in
      let form = try await call.form()
      let (types, choices) = try await call.read { (try $0.relationships(archived: true), try $0.clientChoices()) }
      return try await call.submit {
        let (name, defaults) = try parse(form, isNamed: true)
        try await call.write { try $0.createRelationship(name, defaults) }
      } again: { list(types, choices, form, $0, call) } then: { call.redirect(to: Routes.Fields.relationships(), said: "said.saved") }
    }
    book.on(Routes.Fields.relationship) { call, id in
      let (type, choices) = try await read(id, call)
      return call.answer(edit(type, choices, form(type), [], call))
    }
    book.on(Routes.Fields.changeRelationship) { call, id in
      let form = try await call.form()
      let (type, choices) = try await read(id, call)
      return try await call.submit {
        let (name, defaults) = try parse(form, isNamed: type.name.name != nil)
        try await call.write { try $0.changeRelationship(id, name: name, defaults, expecting: Int(form["version"]) ?? 0) }
      } again: { edit(type, choices, form, $0, call) } then: { call.redirect(to: Routes.Fields.relationships(), said: "said.saved") }
    }
    book.on(Routes.Fields.archiveRelationship) { call, id in
      let (type, _) = try await read(id, call)
      try await call.write { try $0.setRelationshipArchived(id, type.archivedAt == nil) }
      return call.redirect(to: Routes.Fields.relationships(), said: "said.saved")
    }
  }

  private static func read(_ id: RelationshipID, _ call: Call) async throws -> (RelationshipLine, ClientChoices) {
    let (types, choices) = try await call.read { (try $0.relationships(archived: true), try $0.clientChoices()) }
    guard let type = types.first(where: { $0.id == id }) else { throw Refusal.notFound }
    return (type, choices)
  }

  private static func parse(_ form: Form, isNamed: Bool) throws(InvalidForm) -> (String, RelationshipDefaults) {
    var check = Validation()
    let name = isNamed ? check.text(form["name"], field: "name", required: true, max: 100) : nil
    let days = check.parsed(form["interval"], field: "interval", key: "clients.error.number") { text in
      Int(text).flatMap { 1...3650 ~= $0 ? $0 : nil }
    }
    try check.check()
    return (name ?? "", RelationshipDefaults(intervalDays: days, channel: Channel(rawValue: form["channel"]), ownerID: AccountID(form["owner"])))
  }

  private static func form(_ type: RelationshipLine) -> Form {
    Form([
      ("name", type.name.name ?? ""), ("interval", type.intervalDays.map(String.init) ?? ""), ("channel", type.channel?.rawValue ?? ""),
      ("owner", type.ownerID?.description ?? ""), ("version", String(type.version)),
    ])
  }

  private static func defaults(_ fields: inout FormFields, _ choices: ClientChoices, _ w: Words) -> HTML {
    let channels = [(value: "", text: w("clients.not_chosen"))] + Channel.allCases.map { (value: $0.rawValue, text: w("history.channel.\($0.rawValue)")) }
    let owners = [(value: "", text: w("clients.not_chosen"))] + choices.owners.map { (value: $0.id.description, text: $0.name) }
    return """
      <div class="row">\(fields.text("interval", w("clients.interval"), hint: w("clients.hint.interval"), width: "w-12", isOptional: true))\
      \(fields.select("channel", w("clients.usual_channel"), channels))</div>\(fields.select("owner", w("clients.default_owner"), owners))
      """
  }

  private static func list(
    _ types: [RelationshipLine], _ choices: ClientChoices, _ form: Form, _ messages: [FieldMessage], _ call: Call
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body: HTML = "\(fields.text("name", w("clients.field.name")))\(defaults(&fields, choices, w))"
    return Settings.page(call, .relationships, title: w("clients.relationships_title"), summary: fields.summary, """
      <div class="stack narrow"><section class="card" aria-labelledby="list-h"><header><h2 id="list-h">\(w("clients.relationships_title"))</h2></header><ul class="items">\(types.map { item($0, call) })</ul></section>
      <form class="card stack" method="post" action="\(Routes.Fields.createRelationship())" aria-labelledby="new-h" novalidate><h2 id="new-h">\(w("clients.new_relationship"))</h2>\(body)
      <div class="form-end"><button class="primary">\(w("clients.create_relationship"))</button></div></form></div>
      """)
  }

  private static func item(_ type: RelationshipLine, _ call: Call) -> HTML {
    let w = call.words
    let name = w.relationship(type.name)
    let archived: HTML = type.archivedAt != nil ? " <span class=\"chip\">\(w("clients.archived"))</span>" : ""
    let every = type.intervalDays.map { w.count("clients.every_days", $0) } ?? w("clients.no_interval")
    let channel = type.channel.map { " · " + w("history.channel.\($0.rawValue)") } ?? ""
    let key = type.archivedAt == nil ? "clients.archive" : "clients.unarchive"
    return """
      <li><div><b><a href="\(Routes.Fields.relationship(type.id))" data-dialog>\(name)</a></b>\(archived)<p class="meta">\(every)\(channel)</p></div>
      <div class="actions"><form method="post" action="\(Routes.Fields.archiveRelationship(type.id))"><button class="small" aria-label="\(w("\(key)_named", ["name": name]))">\(w(key))</button></form></div></li>
      """
  }

  private static func edit(
    _ type: RelationshipLine, _ choices: ClientChoices, _ form: Form, _ messages: [FieldMessage], _ call: Call
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let name: HTML = type.name.name == nil ? "" : fields.text("name", w("clients.field.name"))
    return FormPage(
      title: w.relationship(type.name), back: Routes.Fields.relationships(), backTitle: w("clients.relationships_title"),
      action: Routes.Fields.changeRelationship(type.id), submit: w("clients.save_changes"), summary: fields.summary,
      fields: name + defaults(&fields, choices, w) + fields.hidden("version")
    ).page(call, place: .settings)
  }
}
