import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// A new password by a link that a manager made: it works once and for an hour, and ends every session of the account.
enum NewPassword {
  @Sendable static func page(_ call: Call) async throws -> Response {
    let token = call.query["token"] ?? ""
    let holder = try await call.site.store.linkHolder(.password, tokenHash: Secret.hash(of: token), at: call.now)
    return call.answer(view(call, Form([("token", token)]), holder, [])).withoutReferrer()
  }

  @Sendable static func send(_ call: Call) async throws -> Response {
    let form = try await call.doorForm()
    let tokenHash = Secret.hash(of: form["token"])
    let holder = try await call.site.store.linkHolder(.password, tokenHash: tokenHash, at: call.now)
    return try await call.submit({ () -> Actor in
      var v = Validation()
      let password = PasswordFields.parse(form, email: holder.email, into: &v)
      try v.check()
      let hash = try await call.site.passwords.newHash(password)
      return try await call.site.store.resetPassword(hash, tokenHash: tokenHash, at: call.now)
    }, again: { view(call, form, holder, $0) }, then: { try await call.startSession($0.id, to: Routes.home()) })
  }

  private static func view(_ call: Call, _ form: Form, _ holder: LinkHolder, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body: HTML = """
      <p>\(w("accounts.reset_text", ["email": holder.email]))</p>
      <form class="card stack" method="post" action="\(call.doorAction(Routes.Accounts.setPassword()))" novalidate>
      <input type="hidden" name="username" autocomplete="username" value="\(holder.email)">
      \(PasswordFields.fields(&fields, w))
      \(fields.hidden("token"))
      <button class="primary wide">\(w("accounts.set_password"))</button>
      </form>
      """
    return call.doorPage(w("accounts.new_password"), summary: fields.summary, body)
  }
}
