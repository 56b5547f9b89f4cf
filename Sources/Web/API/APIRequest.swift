import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// A call of the API as its operation says it must be: parameters, body and conditions are read and checked before any
/// handler sees them.
struct APIRequest: Sendable {
  let call: Call
  /// Only names that the operation declares.
  let query: [(name: String, value: String)]
  let body: JSONObject
  let ifMatch: VersionMatch?
  let idempotencyKey: String?
  /// Of what makes two requests the same.
  let hash: [UInt8]

  init(_ call: Call, _ operation: APIOperation) async throws {
    self.call = call
    query = try Self.query(call, operation)
    let bytes = try await Self.bytes(call, operation)
    ifMatch = operation.traits.contains(.versioned) ? try VersionMatch(call) : nil
    idempotencyKey = operation.traits.contains(.repeatable) ? try Self.key(call) : nil
    body = try Self.body(bytes, call, operation)
    let head = [call.request.method.rawValue, call.request.uri.description, call.header(.ifMatch) ?? "", ""].joined(separator: "\n")
    hash = idempotencyKey == nil ? [] : Secret.sha256(Array(head.utf8) + bytes)
  }

  subscript(_ name: String) -> String? { query.last { $0.name == name }?.value }

  func number(_ name: String, default usual: Int) -> Int { self[name].flatMap { Int($0) } ?? usual }

  /// - Throws: 422 for a text that no earlier answer gave.
  func cursor<Place>(_ read: (String) -> Place?) throws -> Place? {
    guard let text = self["cursor"] else { return nil }
    guard let place = read(text) else { throw InvalidForm([FieldMessage(field: "cursor", key: "api.bad_cursor")]) }
    return place
  }

  private static func query(_ call: Call, _ operation: APIOperation) throws -> [(name: String, value: String)] {
    var found = Validation()
    var seen: [String: Int] = [:]
    for (name, value) in call.query.pairs {
      let parameter = operation.query.first { $0.name == name || ($0.name == "field.ID" && name.hasPrefix("field.")) }
      guard let parameter else {
        found.fail(Shape.path("", name), key: "api.unknown_parameter")
        continue
      }
      seen[name, default: 0] += 1
      if seen[name] == parameter.limit + 1 {
        found.fail(name, key: parameter.isRepeatable ? "api.too_many" : "api.given_twice", slots: ["max": String(parameter.limit)])
      }
      parameter.schema.check(parameter.schema.value(ofText: value), at: name, &found)
    }
    try found.check()
    return call.query.pairs.map { (name: $0.0, value: $0.1) }
  }

  private static func bytes(_ call: Call, _ operation: APIOperation) async throws -> [UInt8] {
    guard let body = operation.body, body.kind != .files else { return [] }
    let bytes: [UInt8]
    do { bytes = Array(try await call.request.body.collect(upTo: body.limit).readableBytesView) } catch is NIOTooManyBytesError {
      throw WebError.tooLarge(limit: body.limit)
    }
    if bytes.isEmpty, body.isOptional { return [] }
    let type = (call.header(.contentType) ?? "").prefix { $0 != ";" }.trimmingBlanks.lowercased()
    let wanted = body.kind == .mergePatch ? ["application/merge-patch+json", "application/json"] : ["application/json"]
    guard wanted.contains(type) else { throw WebError.unsupportedMediaType }
    return bytes
  }

  private static func body(_ bytes: [UInt8], _ call: Call, _ operation: APIOperation) throws -> JSONObject {
    guard let body = operation.body, body.kind != .files, !(bytes.isEmpty && body.isOptional) else { return JSONObject() }
    let value: JSONValue
    do throws(JSONReader.Failure) { value = try JSONReader.read(bytes) } catch {
      throw WebError.badRequest("The body is not JSON: \(error.reason), at byte \(error.offset).")
    }
    var found = Validation()
    body.schema.check(value, at: "", &found)
    try found.check()
    return value.object ?? JSONObject()
  }

  private static func key(_ call: Call) throws -> String? {
    guard let key = call.header(.idempotencyKey) else { return nil }
    guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw WebError.badRequest("Idempotency-Key: 1 to 255 visible ASCII characters without blanks.")
    }
    return key
  }
}

extension Schema {
  /// A parameter as the JSON value it stands for.
  fileprivate func value(ofText text: String) -> JSONValue {
    switch self {
    case .integer: Int64(text).map(JSONValue.integer) ?? .text(text)
    case .boolean: text == "true" ? true : text == "false" ? false : .text(text)
    case .list(let item, _): item.value(ofText: text)
    case .either(let schemas): schemas.lazy.map { $0.value(ofText: text) }.first { accepts($0) } ?? .text(text)
    default: .text(text)
    }
  }
}

/// If-Match (RFC 9110, 13.1.1). Our ETags begin with the row's version; what follows a `-` tells apart what a version does
/// not, and does not matter for a change.
enum VersionMatch: Hashable, Sendable {
  case any
  case versions([Int])

  init(_ call: Call) throws {
    guard let header = call.header(.ifMatch)?.trimmingBlanks, !header.isEmpty else { throw WebError.preconditionRequired }
    if header == "*" {
      self = .any
      return
    }
    self = .versions(try header.split(separator: ",").map { part in
      let tag = part.trimmingBlanks
      guard tag.hasPrefix("\""), tag.hasSuffix("\""), tag.utf8.count >= 3, let version = Int(tag.dropFirst().dropLast().prefix { $0 != "-" }), version > 0
      else { throw WebError.badRequest("If-Match: send the ETag of an earlier answer, as \"12\".") }
      return version
    })
  }

  /// The version to change, which the store checks again as it writes.
  func expected(_ current: Int) throws(Refusal) -> Int {
    switch self {
    case .any: return current
    case .versions(let versions):
      guard versions.contains(current) else { throw .conflict(currentVersion: current) }
      return current
    }
  }
}

extension APIRequest {
  func expected(_ current: Int) throws -> Int {
    guard let ifMatch else { throw WebError.preconditionRequired }
    return try ifMatch.expected(current)
  }
}
