import Database
import Domain
import Files
import HTTPTypes
import Hummingbird
import Logging
import Markup
import NIOCore
import Store

/// The one place where errors become answers: a page in the reader's language, or problem+json (RFC 9457) for the API.
/// Handlers do not catch.
struct ErrorPages: RouterMiddleware {
  typealias Context = AppContext
  let site: Site

  func handle(
    _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    let clock = ContinuousClock.now
    var response: Response
    do { response = try await next(request, context) } catch {
      response = await answer(Fault(error), error, request, context)
    }
    let spent = clock.duration(to: .now)
    site.counters.count(
      status: response.status.code,
      nanoseconds: Int(spent.components.attoseconds / 1_000_000_000) + Int(clamping: spent.components.seconds) * 1_000_000_000)
    return response
  }

  /// Who can read the log must not be able to open what a link opens.
  static func loggable(_ path: String) -> String { path.hasPrefix("/d/") ? "/d/…" : path }

  private func answer(_ fault: Fault, _ error: any Error, _ request: Request, _ context: AppContext) async -> Response {
    if fault.status.code >= 500 {
      context.logger.error("request failed", metadata: ["path": "\(Self.loggable(request.uri.path))", "error": "\(error)"])
    }
    if request.uri.path.hasPrefix("/api/") { return Problem(fault, error).response() }
    if case WebError.loginRequired = error, request.method == .get, request.headers[.xFragment] == nil {
      let next = URLText.query([("next", request.uri.description)])
      return Response(status: .seeOther, headers: [.location: Routes.Accounts.logIn() + next, .cacheControl: "no-store"])
    }
    let signedIn = try? await site.signIn(cookieOf: request, at: site.clock())
    let call = Call(site: site, request: request, context: context, signedIn: signedIn, now: site.clock())
    var response = call.answer(ErrorPage.page(fault, call), status: fault.status)
    fault.addHeaders(&response.headers)
    return response
  }
}

/// An error as status and message key: the same for pages and API.
struct Fault {
  let status: HTTPResponse.Status
  /// `error.<name>.title` and `error.<name>.text` in the catalogues; the last part of the problem's type URI.
  let name: String
  var retryAfter: Int?

  init(_ error: any Error) {
    switch error {
    case let refusal as Refusal: (status, name) = Self.fault(refusal)
    case let error as WebError:
      (status, name) = Self.fault(error)
      if case .tooMany(let seconds) = error { retryAfter = seconds }
    case let refusal as AccountRefusal: (status, name) = (refusal == .linkGone ? .gone : .conflict, "account_\(refusal.rawValue)")
    case let refusal as PromiseRefusal: (status, name) = (.conflict, "promise_\(refusal.rawValue)")
    case is ProposalRefusal: (status, name) = (.conflict, "proposal_decided")
    case is OpportunityRefusal: (status, name) = (.conflict, "opportunity_answered")
    case is CaptureRefusal: (status, name) = (.conflict, "mail_ended")
    case is InvalidForm: (status, name) = (.unprocessableContent, "invalid")
    case let error as DatabaseError:
      (status, name) = Self.fault(error)
      if status == .serviceUnavailable { retryAfter = 5 }
    case let error as HTTPError:
      (status, name) = (error.status, Self.name(of: error.status))
    case let problem as PDFProblem:
      (status, name) = Self.fault(problem)
      if problem == .busy { retryAfter = 10 }
    case is NIOTooManyBytesError: (status, name) = (.contentTooLarge, "too_large")
    default: (status, name) = (.internalServerError, "internal")
    }
  }

  /// Of what the framework refuses by itself.
  private static func name(of status: HTTPResponse.Status) -> String {
    switch status {
    case .notFound: "not_found"
    case .methodNotAllowed: "method_not_allowed"
    default: status.code < 500 ? "bad_request" : "internal"
    }
  }

  private static func fault(_ refusal: Refusal) -> (HTTPResponse.Status, String) {
    switch refusal {
    case .notFound: (.notFound, "not_found")
    case .forbidden: (.forbidden, "forbidden")
    case .conflict: (.preconditionFailed, "conflict")
    case .duplicate: (.conflict, "duplicate")
    }
  }

  private static func fault(_ error: WebError) -> (HTTPResponse.Status, String) {
    switch error {
    case .loginRequired: (.unauthorized, "login_required")
    case .crossSite: (.forbidden, "cross_site")
    case .badRequest: (.badRequest, "bad_request")
    case .tooLarge: (.contentTooLarge, "too_large")
    case .tooMany: (.tooManyRequests, "too_many")
    case .unsupportedMediaType: (.unsupportedMediaType, "unsupported_media_type")
    case .preconditionRequired: (HTTPResponse.Status(code: 428, reasonPhrase: "Precondition Required"), "precondition_required")
    case .idempotencyMismatch: (.unprocessableContent, "idempotency_mismatch")
    }
  }

  private static func fault(_ problem: PDFProblem) -> (HTTPResponse.Status, String) {
    switch problem {
    case .notInstalled: (.serviceUnavailable, "pdf_missing")
    case .busy: (.serviceUnavailable, "pdf_busy")
    case .timedOut, .failed: (.internalServerError, "pdf_failed")
    }
  }

  private static func fault(_ error: DatabaseError) -> (HTTPResponse.Status, String) {
    switch error {
    case .unique: (.conflict, "duplicate")
    case .busy, .unavailable, .readOnly: (.serviceUnavailable, "unavailable")
    case .unknownOutcome: (.serviceUnavailable, "unknown_outcome")
    case .full: (HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"), "full")
    default: (.internalServerError, "internal")
    }
  }

  func addHeaders(_ headers: inout HTTPFields) {
    if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
    if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
  }
}

enum ErrorPage {
  static func page(_ fault: Fault, _ call: Call) -> Page {
    let w = call.words
    let title = w("error.\(fault.name).title")
    return Page(title, isPublic: call.signedIn == nil, main: """
      <section class="empty"><h1>\(title)</h1><p>\(w("error.\(fault.name).text"))</p>
      <p><a class="button" href="\(Routes.home())">\(w("error.home"))</a></p></section>
      """)
  }
}
