import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// What every request passes before its handler: who is it, may he or she come in, did the write come from our own pages.
enum Door {
  static func open(
    _ route: RouteDeclaration, _ request: Request, _ context: AppContext, _ site: Site
  ) async throws -> Call {
    let now = site.clock()
    let isWrite = ![.get, .head, .options].contains(route.method)
    let bearer = route.isAPI ? request.headers[.authorization].flatMap(bearerToken) : nil
    // A bearer token is not sent by a browser on its own, so only cookies need the origin check.
    if isWrite, bearer == nil { try requireSameOrigin(request, site) }
    let signedIn: SignedIn? =
      if let bearer { try await site.signIn(token: bearer, at: now) } else { try await site.signIn(cookieOf: request, at: now) }
    try permit(route.access, signedIn)
    return Call(site: site, request: request, context: context, signedIn: signedIn, now: now)
  }

  private static func permit(_ access: Access, _ signedIn: SignedIn?) throws {
    switch access {
    case .everyone: return
    case .signedIn, .api(nil):
      guard signedIn != nil else { throw WebError.loginRequired }
    case .may(let permission), .api(let permission?):
      guard let signedIn else { throw WebError.loginRequired }
      guard signedIn.actor.may(permission) else { throw Refusal.forbidden(permission) }
    }
  }

  /// Cross-site writes are refused by the browser's own word for where they come from; where it is missing, by Origin.
  /// A request with neither is no browser's, and carries no cookie that a browser added by itself.
  static func requireSameOrigin(_ request: Request, _ site: Site) throws {
    if let fetchSite = request.headers[.secFetchSite] {
      guard fetchSite == "same-origin" || fetchSite == "none" else { throw WebError.crossSite }
      return
    }
    guard let origin = request.headers[.origin] else {
      if request.headers[.cookie] == nil { return }
      throw WebError.crossSite
    }
    guard origin == site.settings.baseURL else { throw WebError.crossSite }
  }

  private static func bearerToken(_ header: String) -> String? {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1])
  }
}
