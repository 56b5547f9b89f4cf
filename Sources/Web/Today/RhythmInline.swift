import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

extension Routes.Today {
  static let rhythm = Route<ClientID>(.get, "/clients/:id/rhythm", .may(.editClients))
  static let saveRhythm = Route<ClientID>(.post, "/clients/:id/rhythm", .may(.editClients))
}

/// How often a client should hear from us, in the head of its page: shown, and changed where it stands.
enum RhythmInline {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Today.rhythm) { call, id in
      let view = try await call.read { try $0.clientView(id) }
      guard view.stored.deletedAt == nil, view.stored.draft.isClient else { throw Refusal.notFound }
      return call.answer(page(view, view.stored.draft.contactDays.map(String.init) ?? "", nil, call))
    }
    book.on(Routes.Today.saveRhythm, save)
  }

  /// "every 30 days", yellow before it is due and red after.
  static func html(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let state = view.rhythm?.state(at: call.now) ?? .fine
    let text = view.rhythm.map { w.count("clients.every_days", $0.days) } ?? w("clients.no_interval")
    let chip: HTML = state == .fine ? "" : " <span class=\"chip \(state == .late ? "danger" : "warn")\">\(self.text(view.rhythm, call))</span>"
    guard call.may(.editClients), view.stored.deletedAt == nil else { return "\(call.icon("refresh"))\(text)\(chip)" }
    return "<a class=\"inline\" href=\"\(Routes.Today.rhythm(view.stored.id))\" data-inline>\(call.icon("refresh")) \(text)\(chip) \(call.icon("pencil"))</a>"
  }

  /// How it stands, in words.
  static func text(_ rhythm: Rhythm?, _ call: Call) -> String {
    guard let rhythm else { return "" }
    let w = call.words
    let days = call.today.days(to: w.formats.zone.date(rhythm.dueAt))
    switch rhythm.state(at: call.now) {
    case .late: return days >= 0 ? w("today.rhythm_today") : w.count("today.rhythm_late", -days)
    case .soon: return days == 0 ? w("today.rhythm_today") : w.count("today.rhythm_soon", days)
    case .fine: return ""
    }
  }

  private static func page(_ view: ClientView, _ value: String, _ error: String?, _ call: Call) -> Page {
    let w = call.words
    let stored = view.stored
    let form = Form([("rhythm", value), ("version", String(stored.version))])
    var fields = FormFields(call, form, error.map { [FieldMessage(field: "rhythm", key: $0)] } ?? [])
    let action = Routes.Today.saveRhythm(stored.id)
    if call.header(.xFragment) == "inline" {
      let message: HTML = error.map { "<p class=\"error\" id=\"rhythm-error\">\(call.icon("alert"))\(w($0))</p>" } ?? ""
      return Page("", main: """
        <form class="inline-form" method="post" action="\(action)">\(message)<label class="hide" for="rhythm">\(w("today.rhythm_label"))</label>\
        <input id="rhythm" name="rhythm" inputmode="numeric" class="w-4" value="\(value)" placeholder="\(w("today.rhythm_short"))"\(attr: "aria-describedby", error == nil ? nil : "rhythm-error")>\
        \(fields.hidden("version"))<button class="small primary">\(w("clients.save_changes"))</button></form>
        """)
    }
    return FormPage(
      title: w("today.rhythm_title", ["name": stored.draft.name]), back: ClientFormPages.home(stored), backTitle: stored.draft.name,
      action: action, submit: w("clients.save_changes"), summary: fields.summary,
      fields: fields.text("rhythm", w("today.rhythm_label"), hint: w("today.rhythm_hint"), width: "w-12", isOptional: true) + fields.hidden("version")
    ).page(call)
  }

  private static func save(_ call: Call, _ id: ClientID) async throws -> Response {
    let form = try await call.form()
    let view = try await call.read { try $0.clientView(id) }
    let days = form["rhythm"].isEmpty ? nil : Int(form["rhythm"])
    if !form["rhythm"].isEmpty, !(days.map { $0 == 0 || Rhythm.range.contains($0) } ?? false) {
      return call.answer(page(view, form["rhythm"], "today.error.rhythm", call), status: .unprocessableContent)
    }
    do {
      try await call.write { tx in
        var draft = try tx.storedClient(id).draft
        draft.contactDays = days
        _ = try tx.updateClient(id, draft, expecting: Int(form["version"]) ?? 0)
      }
    } catch Refusal.conflict {
      let now = try await call.read { try $0.clientView(id) }
      return call.answer(page(now, form["rhythm"], "clients.error.changed_meanwhile", call), status: .conflict)
    }
    guard call.header(.xFragment) == "inline" else { return call.redirect(to: ClientFormPages.home(view.stored), said: "said.saved") }
    let now = try await call.read { try $0.clientView(id) }
    return call.answer(Page("", main: html(now, call)))
  }
}
