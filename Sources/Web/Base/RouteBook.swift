package import Domain
package import HTTPTypes
package import Hummingbird
import Markup
import Store

/// Registers handlers for declared routes and puts the door in front of each: session or token, permission, same-origin
/// writes. The list of what was declared is what the access matrix tests.
package struct RouteBook {
  package let site: Site
  let router: Router<AppContext>
  package private(set) var declared: [RouteDeclaration] = []

  init(site: Site, router: Router<AppContext>) {
    self.site = site
    self.router = router
  }

  package mutating func on(_ route: Route<Void>, _ handle: @escaping @Sendable (Call) async throws -> Response) {
    register(route.declaration) { call in try await handle(call) }
  }

  package mutating func on<Input: LosslessStringConvertible & Sendable>(
    _ route: Route<Input>, _ handle: @escaping @Sendable (Call, Input) async throws -> Response
  ) {
    register(route.declaration) { call in
      // A path that cannot be an id names nothing: 404, not 400.
      guard let raw = call.context.parameters.get("id"), let text = URLText.decode(raw),
        let input = Input(text)
      else { throw Refusal.notFound }
      return try await handle(call, input)
    }
  }

  private mutating func register(
    _ route: RouteDeclaration, _ handle: @escaping @Sendable (Call) async throws -> Response
  ) {
    declared.append(route)
    let site = site
    router.on(RouterPath(route.template), method: route.method) { request, context in
      let call = try await Door.open(route, request, context, site)
      return try await handle(call)
    }
  }
}
