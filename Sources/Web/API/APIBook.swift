import Domain
import HTTPTypes
import Hummingbird
import Store

/// Registers the API's routes: the only road on which a route with `Access.api` comes into the book, and it asks for the
/// operation that describes it. Reading is one snapshot, changing one transaction.
struct APIBook {
  var book: RouteBook
  private(set) var operations: [(route: RouteDeclaration, operation: APIOperation)] = []

  typealias Read<Input> = @Sendable (Reader, APIRequest, Input) throws -> APIAnswer
  typealias Change<Input> = @Sendable (Transaction, APIRequest, Input) throws -> APIAnswer

  init(_ book: RouteBook) { self.book = book }

  mutating func get(_ route: APIRoute<Void>, _ read: @escaping @Sendable (Reader, APIRequest) throws -> APIAnswer) {
    add(route) { call, operation in try await APIBook.read(call, operation) { try read($0, $1) } }
  }
  mutating func get<Input: LosslessStringConvertible & Sendable>(_ route: APIRoute<Input>, _ read: @escaping Read<Input>) {
    add(route) { call, operation, input in try await APIBook.read(call, operation) { try read($0, $1, input) } }
  }
  mutating func change(_ route: APIRoute<Void>, _ change: @escaping @Sendable (Transaction, APIRequest) throws -> APIAnswer) {
    add(route) { call, operation in try await APIBook.change(call, operation) { try change($0, $1) } }
  }
  mutating func change<Input: LosslessStringConvertible & Sendable>(_ route: APIRoute<Input>, _ change: @escaping Change<Input>) {
    add(route) { call, operation, input in try await APIBook.change(call, operation) { try change($0, $1, input) } }
  }

  /// For what is no JSON in or out: files.
  mutating func add(_ route: APIRoute<Void>, _ handle: @escaping @Sendable (Call, APIOperation) async throws -> Response) {
    operations.append((route.route.declaration, route.operation))
    let operation = route.operation
    book.on(route.route) { call in try await handle(call, operation) }
  }
  mutating func add<Input: LosslessStringConvertible & Sendable>(
    _ route: APIRoute<Input>, _ handle: @escaping @Sendable (Call, APIOperation, Input) async throws -> Response
  ) {
    operations.append((route.route.declaration, route.operation))
    let operation = route.operation
    book.on(route.route) { call, input in try await handle(call, operation, input) }
  }

  /// A path that is there, asked by a method that it has not: 405 with those it has (RFC 9110, 15.5.6).
  func refuseOtherMethods() {
    let all: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap(\.self)
    for (template, declared) in Dictionary(grouping: operations.map(\.route), by: \.template) {
      let known = Set(declared.map(\.method)).union(declared.contains { $0.method == .get } ? [.head] : [])
      let allow = all.filter(known.contains).map(\.rawValue).joined(separator: ", ")
      for method in all where !known.contains(method) {
        book.router.on(RouterPath(template), method: method) { _, _ in
          let error = HTTPError(.methodNotAllowed)
          var response = Problem(Fault(error), error).response()
          response.headers[.allow] = allow
          return response
        }
      }
    }
  }

  private static func read(
    _ call: Call, _ operation: APIOperation, _ body: @escaping @Sendable (Reader, APIRequest) throws -> APIAnswer
  ) async throws -> Response {
    let request = try await APIRequest(call, operation)
    return try await call.read { try body($0, request) }.response(to: call)
  }

  private static func change(
    _ call: Call, _ operation: APIOperation, _ body: @escaping @Sendable (Transaction, APIRequest) throws -> APIAnswer
  ) async throws -> Response {
    let request = try await APIRequest(call, operation)
    guard let key = request.idempotencyKey else {
      return try await call.write { tx in try operation.named { try body(tx, request) } }.response(to: call)
    }
    let outcome = try await call.write { tx in
      try tx.once(key, request: request.hash) { try operation.named { try body(tx, request).kept } }
    }
    switch outcome {
    case .done(let answer): return APIAnswer(answer).response(to: call)
    case .replayed(let answer): return APIAnswer(answer).response(to: call, isReplay: true)
    case .mismatch: throw WebError.idempotencyMismatch
    }
  }
}
