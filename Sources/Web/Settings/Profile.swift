import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// How one's own pages look, in which language, under which name.
enum Profile {
  struct Model { let account: AccountRow, sessions: [SessionRow], digest: DigestPages.Setting }

  @Sendable static func page(_ call: Call) async throws -> Response {
    let sessions = try await call.site.store.sessions.sessions(of: call.actor)
    return try await call.fresh({ reader in try Self.model(reader, sessions, call) }) { model in
      view(call, model, form(model.account, call.signedIn?.preferences ?? Preferences()), [])
    }
  }

  @Sendable static func change(_ call: Call) async throws -> Response {
    let form = try await call.form()
    return try await call.submit({
      let new = try parse(form)
      try await call.write { tx in
        try tx.changeProfile(
          name: new.name, language: new.language, zone: new.zone, theme: new.theme, density: new.density, keys: new.keys)
      }
    }, again: { try await again(call, form, $0) }, then: {
      call.site.sessions.forgetAll()
      return call.redirect(to: Routes.Settings.profile(), said: "said.saved")
    })
  }

  private static func model(_ reader: Reader, _ sessions: [SessionRow], _ call: Call) throws -> Model {
    Model(account: try reader.account(reader.actor.id), sessions: sessions, digest: try DigestPages.setting(reader, call))
  }

  /// The page with a form that was refused; the other forms on it are empty.
  static func again(_ call: Call, _ form: Form, _ messages: [FieldMessage]) async throws -> Page {
    let sessions = try await call.site.store.sessions.sessions(of: call.actor)
    let model = try await call.read { try Self.model($0, sessions, call) }
    let isProfile = form.has("theme")
    let shown = isProfile ? form : self.form(model.account, call.signedIn?.preferences ?? Preferences())
    return view(call, model, shown, messages)
  }

  private struct Entry { let name: String, language: Language, zone: Zone, theme: String, density: String, keys: Bool }

  private static func parse(_ form: Form) throws -> Entry {
    var v = Validation()
    let name = v.text(form["name"], field: "name", required: true)
    let language = v.parsed(form["language"], field: "language", key: "field.unknown", required: true) { Language(rawValue: $0) }
    let zone = v.parsed(form["zone"], field: "zone", key: "field.unknown", required: true) { Zone($0) }
    let theme = v.parsed(form["theme"], field: "theme", key: "field.unknown", required: true) { themes.contains($0) ? $0 : nil }
    let density = v.parsed(form["density"], field: "density", key: "field.unknown", required: true) { densities.contains($0) ? $0 : nil }
    try v.check()
    guard let name, let language, let zone, let theme, let density else { throw InvalidForm(v.messages) }
    return Entry(name: name, language: language, zone: zone, theme: theme, density: density, keys: form.isOn("letters"))
  }

  private static let themes = ["system", "light", "dark"]
  private static let densities = ["normal", "compact"]

  private static func form(_ account: AccountRow, _ preferences: Preferences) -> Form {
    Form([
      ("name", account.name), ("language", account.language.rawValue), ("zone", account.zone), ("theme", preferences.theme),
      ("density", preferences.density), ("letters", preferences.keys ? "1" : "0"),
    ])
  }

  private static func view(_ call: Call, _ model: Model, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let own: HTML = """
      <form class="card stack" method="post" action="\(Routes.Settings.changeProfile())" aria-labelledby="own-h" novalidate data-dirty><h2 id="own-h">\(w("settings.own_pages"))</h2>
      \(fields.text("name", w("accounts.name"), autocomplete: "name"))
      \(fields.select("language", w("accounts.language"), Choices.languages))
      \(fields.select("zone", w("accounts.zone"), Choices.zones))
      \(fields.radios("theme", w("settings.theme"), themes.map { ($0, w("settings.theme_\($0)"), nil) }))
      \(fields.radios("density", w("settings.density"), densities.map { ($0, w("settings.density_\($0)"), nil) }))
      \(fields.check("letters", w("settings.keys"), hint: w("settings.keys_hint")))
      <div class="form-end"><button class="primary">\(w("settings.save"))</button></div></form>
      """
    let password = OwnPassword.form(call, model.account, &fields)
    return Settings.page(
      call, .profile, title: w("settings.title"), summary: fields.summary,
      "<div class=\"stack narrow\">\(own)\(DigestPages.card(call, model.digest))\(password)\(OwnSessions.list(call, model.sessions))\(rights(call, model.account))</div>")
  }

  /// Why one sees what one sees.
  private static func rights(_ call: Call, _ account: AccountRow) -> HTML {
    let w = call.words
    return """
      <section class="card" aria-labelledby="rights-h"><header><h2 id="rights-h">\(w("settings.own_rights"))</h2></header>
      <p>\(account.email)</p><p>\(w("role.\(account.rights.role.rawValue)")): \(w("role.\(account.rights.role.rawValue)_hint"))</p>
      <p>\(w("scope.\(account.rights.scope.rawValue)"))</p></section>
      """
  }
}
