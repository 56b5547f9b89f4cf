package import Domain

/// What goes wrong between the socket and the store. Handlers throw it or a store's `Refusal`; `ErrorPages` answers.
package enum WebError: Error, Sendable {
  case loginRequired
  /// A write that did not come from our own pages.
  case crossSite
  case badRequest(String)
  case tooLarge(limit: Int)
  case tooMany(retryAfterSeconds: Int)
  case unsupportedMediaType
  case preconditionRequired
  case idempotencyMismatch
}
