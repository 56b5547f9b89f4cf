import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The own password: the present one is asked for, and guessing it is limited as at log-in.
enum OwnPassword {
  @Sendable static func change(_ call: Call) async throws -> Response {
    let form = try await call.form()
    let actor = try call.actor
    return try await call.submit({
      let account = try await call.read { try $0.account(actor.id) }
      try await confirm(form, account, call)
      var v = Validation()
      let password = PasswordFields.parse(form, email: account.email, into: &v)
      try v.check()
      let hash = try await call.site.passwords.newHash(password)
      let session = call.signedIn?.sessionID
      try await call.write { try $0.changePassword(hash, except: session) }
    }, again: { try await Profile.again(call, form, $0) }, then: {
      call.site.sessions.forgetAll()
      return call.redirect(to: Routes.Settings.profile(), said: "said.password_changed")
    })
  }

  private static func confirm(_ form: Form, _ account: AccountRow, _ call: Call) async throws {
    let key = EmailAddress(account.email)?.key ?? account.email
    let attempt = LoginAttempt(emailKey: key, address: call.clientAddress, at: call.now)
    let wait = try await call.site.store.begin(attempt, limit: call.site.settings.loginLimit)
    guard wait == 0 else { throw WebError.tooMany(retryAfterSeconds: Int(clamping: wait / Instant.second + 1)) }
    let known = try await call.site.store.credentials(of: call.actor)
    guard await call.site.passwords.verify(form.all("password").last ?? "", against: known?.passwordHash) else {
      throw InvalidForm([FieldMessage(field: "password", key: "settings.password_wrong")])
    }
    try await call.site.store.succeeded(attempt)
  }

  static func form(_ call: Call, _ account: AccountRow, _ fields: inout FormFields) -> HTML {
    let w = call.words
    return """
      <form class="card stack" method="post" action="\(Routes.Settings.changePassword())" aria-labelledby="password-h" novalidate><h2 id="password-h">\(w("settings.password"))</h2>
      <input type="hidden" name="username" autocomplete="username" value="\(account.email)">
      \(fields.text("password", w("settings.present_password"), type: "password", autocomplete: "current-password"))
      \(PasswordFields.fields(&fields, w))
      <div class="form-end"><button>\(w("settings.change_password"))</button></div></form>
      """
  }
}
