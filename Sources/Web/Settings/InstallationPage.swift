import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The company's own data.
enum InstallationPage {
  @Sendable static func page(_ call: Call) async throws -> Response {
    try await call.fresh({ try $0.installation() }) { found in
      let pairs = found.map { InstallationFields.form($0.value) + [("version", "\($0.version)")] } ?? []
      return view(call, Form(pairs), [])
    }
  }

  @Sendable static func change(_ call: Call) async throws -> Response {
    let form = try await call.form()
    do { return try await save(form, call) } catch Refusal.conflict {
      guard let now = try await call.read({ try $0.installation() }) else { throw Refusal.notFound }
      return call.answer(Conflict.installation(now.value, version: now.version, call).page(call, form), status: .conflict)
    }
  }

  private static func save(_ form: Form, _ call: Call) async throws -> Response {
    try await call.submit({
      var v = Validation()
      let new = InstallationFields.parse(form, into: &v)
      try v.check()
      guard let new else { throw InvalidForm(v.messages) }
      try await call.write { try $0.changeInstallation(to: new, version: Int(form["version"]) ?? 0) }
    }, again: { view(call, form, $0) }, then: { call.redirect(to: Routes.Settings.installation(), said: "said.saved") })
  }

  private static func view(_ call: Call, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body = InstallationFields.fields(&fields, call)
    return Settings.page(call, .installation, title: w("settings.installation"), summary: fields.summary, """
      <form class="stack narrow" method="post" action="\(Routes.Settings.changeInstallation())" novalidate data-dirty>\(body)\(fields.hidden("version"))
      <div class="form-end"><button class="primary">\(w("settings.save"))</button></div></form>
      """)
  }
}
