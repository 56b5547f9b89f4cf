import Domain
import HTTPTypes

/// The OpenAPI 3.1 description, made of what the routes were registered with.
struct OpenAPIDocument {
  let operations: [(route: RouteDeclaration, operation: APIOperation)]

  var json: JSONValue {
    var named: [String: JSONValue] = [:]
    _ = ProblemSchema.schema.description(&named)
    var paths: [(template: String, item: JSONObject)] = []
    for (route, operation) in operations {
      let template = String(route.template.replacing(":id", with: "{id}"))
      let described = JSONValue.object(Self.describe(route, operation, &named))
      let method = route.method.rawValue.lowercased()
      if let index = paths.firstIndex(where: { $0.template == template }) { paths[index].item.add(method, described) } else {
        paths.append((template, [method: described]))
      }
    }
    return [
      "openapi": "3.1.0",
      "info": ["title": "Dossier", "version": "1", "description": .text(Self.introduction)],
      "servers": [["url": "/"]],
      "tags": .array(APIOperation.Group.allCases.map { ["name": .text($0.rawValue)] }),
      "security": [["token": []]],
      "paths": .object(JSONObject(paths.map { ($0.template, .object($0.item)) })),
      "components": [
        "securitySchemes": ["token": ["type": "http", "scheme": "bearer", "description": "A token made in the settings or by `dossier token add`."]],
        "schemas": .object(JSONObject(named.sorted { $0.key < $1.key })),
      ],
    ]
  }

  private static let introduction = """
    Clients, people, history and facts. Instants are ISO 8601 in UTC, dates ISO 8601, phone numbers E.164. Lists are read by cursor: \
    send `next` of one answer as `cursor` of the next call; null is the end. A change of a row with a version needs its ETag in \
    `If-Match` (428 without it, 412 when someone was first). With `Idempotency-Key` a call may be sent again for 24 hours and takes \
    effect once. Errors are `application/problem+json` (RFC 9457).
    """

  private static func describe(_ route: RouteDeclaration, _ operation: APIOperation, _ named: inout [String: JSONValue]) -> JSONObject {
    var out: JSONObject = [
      "operationId": .text(operation.id), "tags": [.text(operation.group.rawValue)], "summary": .text(operation.summary),
    ]
    let details = [operation.details, permission(route.access)].compactMap(\.self).joined(separator: " ")
    if !details.isEmpty { out.add("description", .text(details)) }
    let parameters = parameters(route, operation, &named)
    if !parameters.isEmpty { out.add("parameters", .array(parameters)) }
    if let body = operation.body { out.add("requestBody", requestBody(body, &named)) }
    out.add("responses", .object(responses(route, operation, &named)))
    return out
  }

  private static func permission(_ access: Access) -> String? {
    guard case .api(let permission?) = access else { return nil }
    let scopes = TokenScope.allCases.filter { $0.permissions.contains(permission) }.map { "`\($0.rawValue)`" }
    return scopes.isEmpty ? nil : "Scope: \(scopes.joined(separator: " or "))."
  }

  private static func parameters(_ route: RouteDeclaration, _ operation: APIOperation, _ named: inout [String: JSONValue]) -> [JSONValue] {
    var out: [JSONValue] = []
    if route.template.contains(":id") {
      out.append(["name": "id", "in": "path", "required": true, "schema": .object(Schema.id.description(&named))])
    }
    // A parameter whose name is not fixed is told of in words alone: OpenAPI has no form for it.
    for parameter in operation.query where !parameter.name.hasSuffix(".ID") {
      var described: JSONObject = ["name": .text(parameter.name), "in": "query", "description": .text(parameter.help)]
      let schema = parameter.isRepeatable ? Schema.list(of: parameter.schema, max: parameter.limit) : parameter.schema
      described.add("schema", .object(schema.description(&named)))
      out.append(.object(described))
    }
    if operation.traits.contains(.versioned) {
      out.append(header("If-Match", "The ETag of an earlier answer, or its version alone, as \"12\".", #"^("[1-9][0-9]{0,15}(-[0-9a-f]+)?"|\*)$"#, required: true))
    }
    if operation.traits.contains(.repeatable) {
      out.append(header("Idempotency-Key", "Any text of the caller's own, such as a UUID: the same call again takes no second effect.", "^[!-~]{1,255}$"))
    }
    return out
  }

  private static func header(_ name: String, _ help: String, _ pattern: String, required: Bool = false) -> JSONValue {
    [
      "name": .text(name), "in": "header", "required": .bool(required), "description": .text(help),
      "schema": ["type": "string", "pattern": .text(pattern)],
    ]
  }

  private static func requestBody(_ body: APIBody, _ named: inout [String: JSONValue]) -> JSONValue {
    let schema: JSONValue = .object(body.schema.description(&named))
    let content: JSONValue =
      switch body.kind {
      case .json: ["application/json": ["schema": schema]]
      case .mergePatch: ["application/merge-patch+json": ["schema": schema], "application/json": ["schema": schema]]
      case .files: ["multipart/form-data": ["schema": schema]]
      }
    return ["required": .bool(!body.isOptional), "content": content]
  }

  private static func responses(_ route: RouteDeclaration, _ operation: APIOperation, _ named: inout [String: JSONValue]) -> JSONObject {
    let shape = operation.answer
    var answer: JSONObject = ["description": .text(shape.help)]
    if shape.hasETag { answer.add("headers", ["ETag": ["required": true, "schema": ["type": "string"]]]) }
    if let schema = shape.schema { answer.add("content", ["application/json": ["schema": .object(schema.description(&named))]]) }
    if shape.isFile { answer.add("content", ["*/*": ["schema": ["type": "string", "format": "binary"]]]) }
    var out: JSONObject = [String(shape.status): .object(answer)].object
    if route.method == .get, shape.hasETag { out.add("304", ["description": "As in If-None-Match."]) }
    for status in problems(route, operation) {
      out.add(String(status), [
        "description": .text(ProblemSchema.words[status] ?? ""),
        "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
      ])
    }
    return out
  }

  /// What may go wrong follows from what the operation takes.
  private static func problems(_ route: RouteDeclaration, _ operation: APIOperation) -> [Int] {
    var statuses: Set<Int> = [400, 401, 403, 503]
    let isWrite = route.method != .get
    if route.template.contains(":id") { statuses.insert(404) }
    if operation.traits.contains(.versioned) { statuses.formUnion([412, 428]) }
    if operation.traits.contains(.unique) { statuses.insert(409) }
    if operation.body != nil { statuses.formUnion([413, 415, 422]) }
    if isWrite { statuses.insert(507) }
    if !operation.query.isEmpty || operation.traits.contains(.repeatable) { statuses.insert(422) }
    return statuses.sorted()
  }
}

extension [String: JSONValue] {
  fileprivate var object: JSONObject { JSONObject(sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) }
}

/// Errors, as `Problem` writes them.
enum ProblemSchema {
  static let schema = Schema.shape("Problem",
    .must("type", .text(max: 200)), .must("title", .text(max: 200)), .must("status", .integer(400...599)),
    .may("detail", .text(max: 2000)),
    .may("errors", .list(of: .shape(nil,
      .must("field", .text(max: 400), "Where: a parameter, or the place in the body as `emails[0].address`."),
      .must("code", .text(max: 100)), .must("values", .anyObject)), max: 10_000)),
    .may("currentVersion", .integer(1...Int64.max), "With 412: the version the row is at now."),
    .may("existing", .id, "With 409: the row that has the value already."))

  static let words = [
    400: "The request cannot be read.", 401: "No token, or one that is not good.", 403: "The token or its account may not do that.",
    404: "There is no such row, or it is out of sight.", 409: "It exists already.", 412: "Someone changed the row first.",
    413: "The body is too large.", 415: "The body is of another type.", 422: "Something in the request is wrong; `errors` says where.",
    428: "If-Match is missing.", 503: "Try again after `Retry-After` seconds.", 507: "No space is left for the data.",
  ]
}
