import Domain
import HTTPTypes

/// What one API route takes and gives, for programs that call it. A route cannot be registered without one.
struct APIOperation: Sendable {
  enum Trait: Sendable {
    /// The row has a version: a change needs its ETag in If-Match.
    case versioned
    /// May be sent again with the same Idempotency-Key.
    case repeatable
    /// Answers 409 where the thing exists already.
    case unique
  }
  enum Group: String, Sendable, CaseIterable {
    case clients = "Clients", people = "People", history = "History", facts = "Facts", promises = "Promises", tasks = "Tasks"
    case handover = "Handover", deals = "Projects and purchases", dossiers = "Value dossiers", reference = "Reference"
  }

  let id: String
  let group: Group
  let summary: String
  var details: String?
  var query: [APIParameter] = []
  var body: APIBody?
  var answer: APIShape
  var traits: Set<Trait> = []
  /// The API's names of fields by those of the pages, by which the store names a mistake; only where `APIName` makes another of one.
  var fields: [String: String] = [:]
}

struct APIParameter: Sendable {
  let name: String
  let schema: Schema
  let help: String
  var isRepeatable = false
  /// How often it may stand in one query.
  var limit: Int { isRepeatable ? 10 : 1 }

  init(_ name: String, _ schema: Schema, _ help: String, isRepeatable: Bool = false) {
    (self.name, self.schema, self.help, self.isRepeatable) = (name, schema, help, isRepeatable)
  }
}

struct APIBody: Sendable {
  /// A change by JSON merge patch (RFC 7396): what is absent stays, null empties.
  enum Kind: Sendable { case json, mergePatch, files }
  let kind: Kind
  let schema: Schema
  var limit = 1 << 20
  /// Absent is as good as `{}`.
  var isOptional = false

  static func json(_ schema: Schema, limit: Int = 1 << 20, isOptional: Bool = false) -> APIBody {
    APIBody(kind: .json, schema: schema, limit: limit, isOptional: isOptional)
  }
  static func mergePatch(_ schema: Schema) -> APIBody { APIBody(kind: .mergePatch, schema: schema) }
}

struct APIShape: Sendable {
  let status: Int
  let help: String
  /// nil: no content.
  let schema: Schema?
  var hasETag = false
  var isFile = false

  static func found(_ schema: Schema, _ help: String = "Found.") -> APIShape {
    APIShape(status: 200, help: help, schema: schema, hasETag: true)
  }
  static func made(_ schema: Schema) -> APIShape { APIShape(status: 201, help: "Made.", schema: schema, hasETag: true) }
  static func changed(_ schema: Schema) -> APIShape { APIShape(status: 200, help: "Changed.", schema: schema, hasETag: true) }
  static let nothing = APIShape(status: 204, help: "Done.", schema: nil)
  static let file = APIShape(status: 200, help: "The file.", schema: nil, isFile: true)
}

/// A declared route with its description.
struct APIRoute<Input>: Sendable {
  let route: Route<Input>
  let operation: APIOperation

  static var base: String { "/api/v1" }

  /// - Parameter permission: nil where any token or session will do.
  init(_ method: HTTPRequest.Method, _ path: String, _ permission: Permission?, _ operation: APIOperation) {
    route = Route(method, Self.base + path, .api(permission))
    self.operation = operation
  }
}

extension APIRoute where Input: LosslessStringConvertible {
  func callAsFunction(_ input: Input) -> String { route(input) }
}
