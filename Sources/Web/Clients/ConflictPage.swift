import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Someone saved the client meanwhile: both values, field by field, with a choice. What does not differ is carried along.
enum ConflictPage {
  private static let prefix = "keep."

  static func answer(_ id: PartyID, _ mine: ClientDraft, _ form: Form, _ choices: ClientChoices, _ call: Call) async throws -> Response {
    let view = try await call.read { reader in
      let stored = try reader.storedClient(id)
      let by = try stored.changedBy.flatMap { try reader.accountName($0) }
      return (stored: stored, by: by)
    }
    return call.answer(page(view.stored, by: view.by, mine, form, choices, call), status: .conflict)
  }

  private static func page(
    _ stored: StoredClient, by: String?, _ mine: ClientDraft, _ form: Form, _ choices: ClientChoices, _ call: Call
  ) -> Page {
    let w = call.words
    let values = FieldTexts(call, choices)
    let who = w("clients.conflict_theirs", ["name": by ?? "–", "time": w.formats.dateTime(stored.changedAt)])
    let rows = stored.draft.changedFields(to: mine).map { change in
      row(values.label(change.name), values.text(change.name, change.old), values.text(change.name, change.new), change.name, who, call)
    }
    let carried = form.fields.sorted { $0.key < $1.key }.filter { $0.key != "version" && !$0.key.hasPrefix(prefix) }
    let hidden = carried.flatMap { name, values in
      values.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" as HTML }
    }
    let title = w("clients.conflict_title")
    let action = stored.draft.isClient ? Routes.Clients.update(stored.id) : Routes.People.update(stored.id)
    return Page(title, place: .clients, main: """
      \(ClientFormPages.crumb(ClientFormPages.home(stored), stored.draft.name, call))
      <form class="stack narrow" method="post" action="\(action)"><h1>\(title)</h1><p>\(w("clients.conflict_text"))</p>
      \(rows)\(hidden)<input type="hidden" name="version" value="\(stored.version)">
      <div class="form-end"><button class="primary">\(w("clients.conflict_save"))</button><a class="button" href="\(ClientFormPages.home(stored))">\(w("clients.conflict_drop"))</a></div></form>
      """)
  }

  private static func row(_ label: String, _ theirs: String, _ mine: String, _ field: String, _ who: String, _ call: Call) -> HTML {
    let w = call.words
    func side(_ value: String, _ meta: String, _ text: String, _ choice: String, isChosen: Bool) -> HTML {
      """
      <label><span class="meta">\(meta)</span><b>\(text.isEmpty ? w("clients.empty_value") : text)</b><span class="choice"><input type="radio" name="\(prefix)\(field)" value="\(value)"\(attr: "checked", if: isChosen)><span>\(choice)</span></span></label>
      """
    }
    return """
      <fieldset class="field"><legend>\(label)</legend><div class="versus">\(side("theirs", who, theirs, w("clients.keep_theirs"), isChosen: false))\
      \(side("mine", w("clients.conflict_mine"), mine, w("clients.keep_mine"), isChosen: true))</div></fieldset>
      """
  }

  /// Fields for which the reader chose what stands now.
  static func keepTheirs(_ form: Form, _ theirs: ClientDraft, _ draft: inout ClientDraft) {
    for (name, values) in form.fields where name.hasPrefix(prefix) && values.last == "theirs" {
      draft.take(String(name.dropFirst(prefix.count)), from: theirs)
    }
  }
}

/// Names and values of fields as people read them, where they name other things.
struct FieldTexts {
  private let call: Call
  private let choices: ClientChoices

  init(_ call: Call, _ choices: ClientChoices) { (self.call, self.choices) = (call, choices) }

  func label(_ name: String) -> String {
    guard name.hasPrefix("field.") else { return call.words("clients.field.\(name)") }
    return choices.fields.first { name == "field.\($0.id)" }?.name ?? name
  }

  func text(_ name: String, _ value: String) -> String {
    let w = call.words
    guard !value.isEmpty else { return "" }
    switch name {
    case "owner": return choices.owners.first { $0.id.description == value }?.name ?? "№ \(value)"
    case "relationship": return choices.relationships.first { $0.id.description == value }.map { w.relationship($0.name) } ?? value
    case "country": return Choices.countryName(value, w.language)
    case "language": return Language(rawValue: value)?.ownName ?? value
    case "gender": return w("clients.gender.\(value)")
    case "marital_status": return w("clients.marital_status.\(value)")
    case "size": return w("clients.size.\(value)")
    case "birth_date": return PartialDate(value).map { w.formats.date($0) } ?? value
    default:
      guard let field = choices.fields.first(where: { name == "field.\($0.id)" }) else { return value }
      return CustomValue(stored: value, kind: field.kind).map { w.value($0) } ?? value
    }
  }
}
