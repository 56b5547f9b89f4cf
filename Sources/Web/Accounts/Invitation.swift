import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// An invited person's first page: how they are called, their language and zone, their password.
enum Invitation {
  @Sendable static func page(_ call: Call) async throws -> Response {
    let token = call.query["token"] ?? ""
    let holder = try await call.site.store.linkHolder(.invitation, tokenHash: Secret.hash(of: token), at: call.now)
    let language = holder.language ?? call.words.language
    let form = Form([
      ("token", token), ("name", holder.name), ("language", language.rawValue), ("zone", holder.zone ?? "UTC"),
    ])
    return call.answer(view(call, form, holder, [])).withoutReferrer()
  }

  @Sendable static func send(_ call: Call) async throws -> Response {
    let form = try await call.doorForm()
    let tokenHash = Secret.hash(of: form["token"])
    let holder = try await call.site.store.linkHolder(.invitation, tokenHash: tokenHash, at: call.now)
    return try await call.submit({ () -> Actor in
      var v = Validation()
      let name = v.text(form["name"], field: "name", required: true)
      let language = v.parsed(form["language"], field: "language", key: "field.unknown", required: true) { Language(rawValue: $0) }
      let zone = v.parsed(form["zone"], field: "zone", key: "field.unknown", required: true) { Zone($0) }
      let password = PasswordFields.parse(form, email: holder.email, into: &v)
      try v.check()
      guard let name, let language, let zone else { throw InvalidForm(v.messages) }
      let hash = try await call.site.passwords.newHash(password)
      return try await call.site.store.acceptInvitation(
        name: name, language: language, zone: zone, passwordHash: hash, tokenHash: tokenHash, at: call.now)
    }, again: { view(call, form, holder, $0) }, then: { try await call.startSession($0.id, to: Routes.home()) })
  }

  private static func view(_ call: Call, _ form: Form, _ holder: LinkHolder, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body: HTML = """
      <p>\(w("accounts.invitation_text", ["email": holder.email]))</p>
      <form class="card stack" method="post" action="\(call.doorAction(Routes.Accounts.acceptInvitation()))" novalidate>
      \(fields.text("name", w("accounts.name"), autocomplete: "name"))
      <input type="hidden" name="username" autocomplete="username" value="\(holder.email)">
      \(PasswordFields.fields(&fields, w))
      \(fields.select("language", w("accounts.language"), Choices.languages))
      \(fields.select("zone", w("accounts.zone"), Choices.zones))
      \(fields.hidden("token"))
      <button class="primary wide">\(w("accounts.accept"))</button>
      </form>
      """
    return call.doorPage(w("accounts.invitation"), summary: fields.summary, body)
  }
}
