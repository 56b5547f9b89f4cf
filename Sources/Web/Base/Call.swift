package import Domain
package import HTTPTypes
package import Hummingbird
package import HummingbirdCore
package import Markup
package import Store

/// One request on its way to a handler: who asks, in which language, with what.
package struct Call: Sendable {
  package let site: Site
  package let request: Request
  package let context: AppContext
  package let signedIn: SignedIn?
  package let now: Instant
  package let words: Words
  package let query: Query

  init(site: Site, request: Request, context: AppContext, signedIn: SignedIn?, now: Instant) {
    self.site = site
    self.request = request
    self.context = context
    self.signedIn = signedIn
    self.now = now
    words = signedIn.map { site.words($0.actor.language, zone: $0.actor.zone) } ?? site.words(for: request)
    query = Query(request.uri)
  }

  /// Routes that need an actor are refused before their handler runs; this guards against a wrong declaration.
  package var actor: Actor {
    get throws {
      guard let signedIn else { throw WebError.loginRequired }
      return signedIn.actor
    }
  }

  package var isFragment: Bool { request.headers[.xFragment] != nil }
  package var today: CalendarDate { words.formats.zone.date(now) }

  package func header(_ name: HTTPField.Name) -> String? { request.headers[name] }

  package func read<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
    try await site.store.read(as: actor, at: now, body)
  }
  package func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
    try await site.store.write(as: actor, at: now, body)
  }

  /// "Who saw": noted in memory and written in batches, so that looking costs no write.
  package func saw(_ entity: AuditEntity, _ id: Int64) throws {
    // A prefetch is no view.
    guard request.headers[.secPurpose]?.contains("prefetch") != true else { return }
    site.views.note(View(by: try actor.id, entity, id))
  }
}

/// An account that is logged in by cookie or token.
package struct SignedIn: Sendable {
  package let actor: Actor
  package let preferences: Preferences
  /// The session's public id; nil for an API token.
  package let sessionID: String?
}

/// How an account wants its pages.
package struct Preferences: Sendable, Hashable {
  package var theme: String
  package var density: String
  package var keys: Bool
  package init(theme: String = "system", density: String = "normal", keys: Bool = true) {
    self.theme = theme
    self.density = density
    self.keys = keys
  }
}

/// The query string, parsed once; the last of several equal names wins unless all are asked for.
package struct Query: Sendable {
  private let items: [(name: String, value: String)]

  package init(_ uri: URI) {
    // A form sent by GET writes a blank as `+`, which the framework's own reading leaves standing.
    items = (uri.query ?? "").utf8.split(separator: UInt8(ascii: "&")).map { pair in
      let cut = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      return (Form.decode(pair[..<cut]), cut == pair.endIndex ? "" : Form.decode(pair[pair.index(after: cut)...]))
    }
  }
  package subscript(_ name: String) -> String? {
    guard let value = items.last(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
    return value
  }
  package func all(_ name: String) -> [String] { items.filter { $0.name == name && !$0.value.isEmpty }.map(\.value) }
  package var pairs: [(String, String)] { items.map { ($0.name, $0.value) } }
}

extension HTTPField.Name {
  package static let xFragment = known("X-Fragment")
  package static let xLocation = known("X-Location")
  package static let secPurpose = known("Sec-Purpose")
  package static let secFetchSite = known("Sec-Fetch-Site")
  package static let idempotencyKey = known("Idempotency-Key")
  package static let xForwardedFor = known("X-Forwarded-For")
  package static let permissionsPolicy = known("Permissions-Policy")
  package static let referrerPolicy = known("Referrer-Policy")
  package static let crossOriginOpenerPolicy = known("Cross-Origin-Opener-Policy")
  package static let clearSiteData = known("Clear-Site-Data")

  /// A literal that is a valid field name; the fallback keeps a typing error from becoming a trap.
  private static func known(_ name: String) -> Self { HTTPField.Name(name) ?? .cookie }
}
