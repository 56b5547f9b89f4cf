import Domain
import Hummingbird
import Store

extension Site {
  /// The account behind the session cookie, if it is good.
  func signIn(cookieOf request: Request, at now: Instant) async throws -> SignedIn? {
    guard let token = request.cookies[settings.cookieName]?.value else { return nil }
    let hash = Secret.hash(of: token)
    if let known = sessions.signedIn(hash, at: now) { return known }
    guard let session = try await store.sessions.signedIn(tokenHash: hash, at: now) else { return nil }
    try await store.sessions.touch(session, at: now)
    let preferences = Preferences(theme: session.theme, density: session.density, keys: session.keys)
    let signedIn = SignedIn(actor: session.actor, preferences: preferences, sessionID: session.sessionID)
    sessions.remember(signedIn, hash, at: now)
    return signedIn
  }

  /// The account behind an API token, limited to the token's scopes. A wrong token is refused, never treated as nobody.
  func signIn(token: String, at now: Instant) async throws -> SignedIn {
    let hash = Secret.hash(of: token)
    if let known = sessions.signedIn(hash, at: now) { return known }
    guard let actor = try await store.tokens.actor(tokenHash: hash, at: now) else { throw WebError.loginRequired }
    let signedIn = SignedIn(actor: actor, preferences: Preferences(), sessionID: nil)
    sessions.remember(signedIn, hash, at: now)
    return signedIn
  }
}
