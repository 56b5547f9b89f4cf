import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The code of a link: asked for once, then a cookie that is good for this link and this code alone remembers it for half a day.
enum SharedCode {
  private static let cookieName = "dossier-reader"
  private static let seconds = 12 * 3600

  static func isKnown(_ call: Call, _ share: OpenShare, _ token: String) -> Bool {
    guard let codeHash = share.codeHash else { return true }
    let wanted = Secret.sha256(proof(token, codeHash).utf8)
    return call.request.cookies[cookieName].map { Secret.sha256($0.value.utf8) == wanted } ?? false
  }

  /// Only who knows the token and passed the code can have it: the base holds neither the token nor this.
  private static func proof(_ token: String, _ codeHash: String) -> String { Secret.text(Secret.hash(of: "reader \(token) \(codeHash)")) }

  static func check(_ call: Call, _ share: OpenShare, _ token: String) async throws -> Response {
    let page = Routes.Shared.page(token)
    guard let codeHash = share.codeHash else { return call.redirect(to: page).unlisted() }
    let code = try await call.doorForm()["code"]
    let words = call.site.words(share.language, zone: share.zone)
    let attempt = LoginAttempt(emailKey: "share \(share.id)", address: call.clientAddress, at: call.now)
    let wait = try await call.site.store.begin(attempt, limit: call.site.settings.loginLimit)
    guard wait == 0 else {
      var response = form(call, token, words, words("shared.wait"), status: .tooManyRequests)
      response.headers[.retryAfter] = "\((wait + 999) / 1000)"
      return response
    }
    guard ShareDraft.codeLengths.contains(code.count), await call.site.passwords.verify(code, against: codeHash) else {
      return form(call, token, words, words("shared.code_wrong"), status: .unprocessableContent)
    }
    try await call.site.store.succeeded(attempt)
    var response = call.redirect(to: page).unlisted()
    let secure = call.site.settings.isSecure ? "; Secure" : ""
    response.headers[.setCookie] = "\(cookieName)=\(proof(token, codeHash)); Path=\(page); Max-Age=\(seconds); HttpOnly; SameSite=Lax\(secure)"
    return response
  }

  static func form(_ call: Call, _ token: String, _ w: Words, _ problem: String?, status: HTTPResponse.Status = .ok) -> Response {
    let note: HTML = problem.map { "<p class=\"note danger\" role=\"alert\">\($0)</p>" } ?? ""
    return call.screen(FlatDocument(w("shared.code_title"), words: w, main: """
      <div class="small"><h1>\(w("shared.code_title"))</h1><p class="lead">\(w("shared.code_text"))</p>
      <form method="post" action="\(Routes.Shared.code(token))">\(note)<label for="code">\(w("shared.code"))</label><input id="code" name="code" autocomplete="off" required maxlength="64">
      <div><button>\(w("shared.code_open"))</button></div></form></div>
      """), status: status)
  }
}
