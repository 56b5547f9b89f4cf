import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// API tokens: made for the own account, shown once, revoked here.
enum Tokens {
  @Sendable static func page(_ call: Call) async throws -> Response {
    try await call.fresh({ try $0.tokens() }) { view(call, $0, Form(), []) }
  }

  @Sendable static func create(_ call: Call) async throws -> Response {
    let form = try await call.form()
    // The prefix lets scanners of leaked secrets find it.
    let token = "dsr_" + call.site.newToken()
    return try await call.submit({
      var v = Validation()
      let name = v.text(form["name"], field: "name", required: true, max: 100)
      let scopes = Set<TokenScope>(form.all("scope").compactMap(TokenScope.init(rawValue:)))
      if scopes.isEmpty { v.fail("scope", key: "settings.scope_needed") }
      try v.check()
      return try await call.write { try $0.createToken(name ?? "", scopes: scopes, tokenHash: Secret.hash(of: token)) }
    }, again: { messages in view(call, try await call.read { try $0.tokens() }, form, messages) }, then: { _ in
      let w = call.words
      return call.answer(Settings.page(call, .tokens, title: w("settings.token_made"), """
        <section class="card stack narrow"><p>\(w("settings.token_text"))</p>\(Settings.once(token, w))
        <div class="form-end"><a class="button" href="\(Routes.Settings.tokens())">\(w("settings.to_tokens"))</a></div></section>
        """))
    })
  }

  @Sendable static func revoke(_ call: Call, _ id: TokenID) async throws -> Response {
    try await call.write { try $0.revokeToken(id) }
    call.site.sessions.forgetAll()
    return call.redirect(to: Routes.Settings.tokens(), said: "said.token_revoked")
  }

  private static func view(_ call: Call, _ tokens: [TokenRow], _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let scopes = TokenScope.allCases.map { (value: $0.rawValue, text: w("token_scope.\($0.rawValue)"), hint: String?.none) }
    let new: HTML = """
      <form class="card stack narrow" method="post" action="\(Routes.Settings.createToken())" aria-labelledby="new-h" novalidate><h2 id="new-h">\(w("settings.new_token"))</h2>
      \(fields.text("name", w("settings.token_name"), hint: w("settings.token_name_hint")))
      \(fields.checks("scope", w("settings.token_scopes"), scopes))
      <div class="form-end"><button class="primary">\(w("settings.create_token"))</button></div></form>
      """
    let list: HTML = tokens.isEmpty ? "<p class=\"empty in\">\(w("settings.no_tokens"))</p>" : "<ul class=\"items\">\(tokens.map { item(call, $0) })</ul>"
    return Settings.page(call, .tokens, title: w("settings.tokens"), summary: fields.summary, """
      <div class="stack"><section class="card narrow" aria-labelledby="tokens-h"><header><h2 id="tokens-h">\(w("settings.tokens"))</h2></header>\(list)</section>\(new)</div>
      """)
  }

  private static func item(_ call: Call, _ token: TokenRow) -> HTML {
    let w = call.words
    let used: HTML = token.usedAt.map { w.html("settings.token_used", ["when": w.dayTag($0, now: call.now)]) } ?? HTML(w("settings.token_unused"))
    let action: HTML = token.revokedAt == nil ? """
      <form method="post" action="\(Routes.Settings.revokeToken(token.id))"><button class="small danger" aria-label="\(w("settings.revoke_named", ["name": token.name]))">\(w("settings.revoke"))</button></form>
      """ : "<span class=\"chip\">\(w("settings.revoked"))</span>"
    let scopes = TokenScope.allCases.filter(token.scopes.contains).map { "<span class=\"tag\">\(w("token_scope.\($0.rawValue)"))</span>" as HTML }
    return """
      <li><div><b>\(token.name)</b><p class="meta">\(token.accountName) · \(used)</p><p class="chips">\(scopes)</p></div><div class="actions">\(action)</div></li>
      """
  }
}
