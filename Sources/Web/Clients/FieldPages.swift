import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Custom fields: made, renamed, archived. The type stays, because values of it are kept.
enum FieldPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Fields.list) { call in
      let fields = try await call.read { try $0.customFields(archived: true) }
      return call.answer(list(fields, Form([("type", "text"), ("applies_to", "both")]), [], call), toast: try await call.read { try call.toast($0) })
    }
    book.on(Routes.Fields.create) { call in
      let form = try await call.form()
      let fields = try await call.read { try $0.customFields(archived: true) }
      return try await call.submit {
        let new = try parse(form, kind: CustomField.Kind(rawValue: form["type"]) ?? .text)
        try await call.write { _ = try $0.createField(new.name, new.kind, new.appliesTo, options: new.options) }
      } again: { list(fields, form, $0, call) } then: { call.redirect(to: Routes.Fields.list(), said: "said.saved") }
    }
    book.on(Routes.Fields.edit) { call, id in
      let field = try await field(id, call)
      return call.answer(edit(field, form(field), [], call))
    }
    book.on(Routes.Fields.update) { call, id in
      let form = try await call.form()
      let old = try await field(id, call)
      return try await call.submit {
        let new = try parse(form, kind: old.kind)
        try await call.write {
          try $0.changeField(id, name: new.name, new.appliesTo, options: new.options, expecting: Int(form["version"]) ?? 0)
        }
      } again: { edit(old, form, $0, call) } then: { call.redirect(to: Routes.Fields.list(), said: "said.saved") }
    }
    book.on(Routes.Fields.archive) { call, id in
      let old = try await field(id, call)
      try await call.write { try $0.setFieldArchived(id, !old.isArchived) }
      return call.redirect(to: Routes.Fields.list(), said: "said.saved")
    }
  }

  private static func field(_ id: FieldID, _ call: Call) async throws -> CustomField {
    guard let field = try await call.read({ try $0.customFields(archived: true) }).first(where: { $0.id == id }) else { throw Refusal.notFound }
    return field
  }

  private static func parse(_ form: Form, kind: CustomField.Kind) throws(InvalidForm) -> CustomField {
    var check = Validation()
    let name = check.text(form["name"], field: "name", required: true, max: 60)
    let options = form["options"].split(whereSeparator: \.isNewline).map { String($0.trimmingBlanks.prefix(100)) }.filter { !$0.isEmpty }
    if kind == .choice, options.count < 2 { check.fail("options", key: "clients.error.options") }
    try check.check()
    return CustomField(
      id: FieldID(0), name: name ?? "", kind: kind, appliesTo: CustomField.AppliesTo(rawValue: form["applies_to"]) ?? .both,
      options: kind == .choice ? Array(options.prefix(100)) : [])
  }

  private static func form(_ field: CustomField) -> Form {
    Form([
      ("name", field.name), ("applies_to", field.appliesTo.rawValue), ("options", field.options.joined(separator: "\n")),
      ("version", String(field.version)),
    ])
  }

  private static func appliesTo(_ fields: inout FormFields, _ w: Words) -> HTML {
    fields.select("applies_to", w("clients.field_applies"), CustomField.AppliesTo.allCases.map { ($0.rawValue, w("clients.applies.\($0.rawValue)")) })
  }

  private static func list(_ all: [CustomField], _ form: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let kinds = CustomField.Kind.allCases.map { ($0.rawValue, w("clients.field_type.\($0.rawValue)")) }
    let new: HTML = """
      <form class="card stack" method="post" action="\(Routes.Fields.create())" aria-labelledby="new-h" novalidate><h2 id="new-h">\(w("clients.new_field"))</h2>
      \(fields.text("name", w("clients.field.name")))<div class="row">\(fields.select("type", w("clients.field_type"), kinds))\(appliesTo(&fields, w))</div>
      \(fields.area("options", w("clients.field_options"), hint: w("clients.hint.options"), isOptional: true))
      <div class="form-end"><button class="primary">\(w("clients.create_field"))</button></div></form>
      """
    let items = all.map { item($0, call) }
    let list: HTML = items.isEmpty ? "<p class=\"empty in\">\(w("clients.no_fields"))</p>" : "<ul class=\"items\">\(items)</ul>"
    return Settings.page(call, .fields, title: w("clients.fields_title"), summary: fields.summary, """
      <div class="stack narrow"><section class="card" aria-labelledby="list-h"><header><h2 id="list-h">\(w("clients.fields_title"))</h2></header>\(list)</section>\(new)</div>
      """)
  }

  private static func item(_ field: CustomField, _ call: Call) -> HTML {
    let w = call.words
    let archived: HTML = field.isArchived ? " <span class=\"chip\">\(w("clients.archived"))</span>" : ""
    return """
      <li><div><b><a href="\(Routes.Fields.edit(field.id))" data-dialog>\(field.name)</a></b>\(archived)<p class="meta">\(w("clients.field_type.\(field.kind.rawValue)")) · \(w("clients.applies.\(field.appliesTo.rawValue)"))</p></div>
      <div class="actions"><form method="post" action="\(Routes.Fields.archive(field.id))"><button class="small" aria-label="\(w(field.isArchived ? "clients.unarchive_named" : "clients.archive_named", ["name": field.name]))">\(w(field.isArchived ? "clients.unarchive" : "clients.archive"))</button></form></div></li>
      """
  }

  private static func edit(_ field: CustomField, _ form: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let options: HTML = field.kind == .choice ? fields.area("options", w("clients.field_options"), hint: w("clients.hint.options")) : ""
    let body: HTML = "\(fields.text("name", w("clients.field.name")))\(appliesTo(&fields, w))\(options)\(fields.hidden("version"))"
    return FormPage(
      title: field.name, back: Routes.Fields.list(), backTitle: w("clients.fields_title"), action: Routes.Fields.update(field.id),
      submit: w("clients.save_changes"), summary: fields.summary, fields: body
    ).page(call, place: .settings)
  }
}
