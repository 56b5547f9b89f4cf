import HTTPTypes
import Hummingbird

/// A script that posted a dialog's form cannot see where a 303 leads without following it: it gets 204 and the address in
/// X-Location instead, and opens the page itself.
struct FragmentReplies: RouterMiddleware {
  typealias Context = AppContext

  func handle(
    _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    let response = try await next(request, context)
    guard request.headers[.xFragment] != nil, request.method != .get, response.status == .seeOther,
      let location = response.headers[.location]
    else { return response }
    var headers = response.headers
    headers[.location] = nil
    headers[.xLocation] = location
    return Response(status: .noContent, headers: headers)
  }
}
