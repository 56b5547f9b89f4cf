import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Log-in by e-mail and password. One message for whatever was wrong, in the same time.
enum LogIn {
  @Sendable static func page(_ call: Call) async throws -> Response {
    let next = localPath(call.query["next"])
    if call.signedIn != nil { return call.redirect(to: next ?? Routes.home()) }
    return call.answer(view(call, Form([("next", next ?? "")]), nil))
  }

  @Sendable static func send(_ call: Call) async throws -> Response {
    let form = try await call.doorForm()
    let (email, password) = (form["email"], form.all("password").last ?? "")
    let key = EmailAddress(email)?.key ?? String(email.lowercased().prefix(EmailAddress.maximumLength))
    let attempt = LoginAttempt(emailKey: key, address: call.clientAddress, at: call.now)
    let store = call.site.store
    let wait = try await store.begin(attempt, limit: call.site.settings.loginLimit)
    guard wait == 0 else { return limited(call, form, wait) }
    let known = try await store.credentials(emailKey: key)
    let isRight = await call.site.passwords.verify(password, against: known?.passwordHash)
    guard isRight, let known else {
      try await store.failed(attempt, account: known?.accountID)
      return call.answer(view(call, form, call.words("accounts.login_failed")), status: .unprocessableContent)
    }
    try await store.succeeded(attempt)
    let current = try await renewed(known, password, call)
    let path = localPath(form.text("next")) ?? Routes.home()
    return try await call.startSession(known.accountID, passwordHash: current, to: path)
  }

  /// A hash with older parameters is made anew while the password is at hand.
  private static func renewed(_ known: Credentials, _ password: String, _ call: Call) async throws -> String {
    guard Password.needsRehash(known.passwordHash), let hash = await call.site.passwords.hash(password) else {
      return known.passwordHash
    }
    try await call.site.store.rehash(known, to: hash)
    return hash
  }

  private static func limited(_ call: Call, _ form: Form, _ wait: Int64) -> Response {
    let seconds = Int(clamping: (wait + Instant.second - 1) / Instant.second)
    let text = seconds > 90
      ? call.words.count("accounts.wait_minutes", (seconds + 59) / 60) : call.words.count("accounts.wait_seconds", seconds)
    var response = call.answer(view(call, form, text), status: .tooManyRequests)
    response.headers[.retryAfter] = "\(seconds)"
    return response
  }

  private static func view(_ call: Call, _ form: Form, _ problem: String?) -> Page {
    let w = call.words
    var fields = FormFields(call, form)
    let note: HTML = problem.map { "<div class=\"note danger\" role=\"alert\">\(call.icon("alert"))<p>\($0)</p></div>" } ?? ""
    var page = call.doorPage(w("accounts.login"), """
      \(note)<form class="card stack" method="post" action="\(call.doorAction(Routes.Accounts.sendLogIn()))" novalidate>
      \(fields.text("email", w("accounts.email"), type: "email", autocomplete: "username"))
      \(fields.text("password", w("accounts.password"), type: "password", autocomplete: "current-password"))
      \(fields.hidden("next"))
      <button class="primary wide">\(w("accounts.login_button"))</button>
      </form>
      <p class="fine">\(w("accounts.forgotten"))</p>
      """)
    page.hasErrors = problem != nil
    return page
  }
}
