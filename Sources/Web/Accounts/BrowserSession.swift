import Domain
import HTTPTypes
import Hummingbird
import Store

/// The session cookie, set and taken back. It carries a random token and nothing else.
extension Call {
  /// A new session in this browser, whatever cookie it came with: a token planted before log-in is worth nothing.
  func startSession(_ account: AccountID, passwordHash: String? = nil, to path: String) async throws -> Response {
    let token = site.newToken()
    try await site.store.sessions.start(
      account, tokenHash: Secret.hash(of: token), id: Secret.text(site.random(16)), agent: header(.userAgent) ?? "",
      address: clientAddress, passwordHash: passwordHash, at: now)
    if let old = signedIn, let id = old.sessionID { try? await site.store.sessions.end(id: id, of: old.actor, at: now) }
    site.sessions.forgetAll()
    var response = redirect(to: path)
    response.headers[.setCookie] = cookie(token, seconds: SessionStore.totalLimit / Instant.second)
    return response
  }

  func endSession(to path: String) async throws -> Response {
    if let signedIn, let id = signedIn.sessionID { try await site.store.sessions.end(id: id, of: signedIn.actor, at: now) }
    site.sessions.forgetAll()
    var response = redirect(to: path)
    response.headers[.setCookie] = cookie("", seconds: 0)
    response.headers[.clearSiteData] = "\"cache\", \"storage\""
    return response
  }

  private func cookie(_ value: String, seconds: Int64) -> String {
    let name = site.settings.cookieName
    return "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax\(site.settings.isSecure ? "; Secure" : "")"
  }

  /// Where the request comes from. A proxy's word counts only when the configuration says there is one; the last address in
  /// the list is the one it wrote itself.
  var clientAddress: String {
    if site.settings.trustsProxy, let last = header(.xForwardedFor)?.split(separator: ",").last {
      return String(last.trimmingBlanks.prefix(64))
    }
    return context.remoteAddress?.ipAddress ?? ""
  }
}
