import Database
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// problem+json (RFC 9457). English for programs; field errors name the field and the message key.
struct Problem: Encodable {
  struct Field: Encodable {
    let field: String, code: String, values: [String: String]

    init(_ message: FieldMessage) {
      // A name that we do not know is told as it came.
      field = message.key == "api.unknown_field" ? message.field : APIName.of(message.field)
      (code, values) = (message.key, message.slots)
    }
  }
  let type: String
  let title: String
  let status: Int
  let detail: String?
  let errors: [Field]?
  let currentVersion: Int?
  let existing: Int64?
  private let fault: Fault

  enum CodingKeys: String, CodingKey { case type, title, status, detail, errors, currentVersion, existing }

  init(_ fault: Fault, _ error: any Error) {
    self.fault = fault
    type = "urn:dossier:problem:\(fault.name.replacing("_", with: "-"))"
    title = fault.name.replacing("_", with: " ")
    status = fault.status.code
    var detail: String?
    var errors: [Field]?
    var version: Int?
    var existing: Int64?
    switch error {
    case Refusal.conflict(let current):
      version = current
      detail = "The record is at version \(current). Read it again and send its ETag in If-Match."
    case Refusal.forbidden(let permission): detail = "This account or token lacks the permission \(permission.rawValue)."
    case Refusal.duplicate(let field, let id):
      existing = id
      detail = "The value of \(APIName.of(field)) belongs to another record."
    case let invalid as InvalidForm: errors = invalid.messages.map { Field($0) }
    case WebError.badRequest(let why): detail = why
    case WebError.tooLarge(let limit): detail = "At most \(limit) bytes."
    case WebError.preconditionRequired: detail = "Send the record's ETag in If-Match."
    case WebError.idempotencyMismatch: detail = "This Idempotency-Key was used with another request."
    default: break
    }
    (self.detail, self.errors, currentVersion, self.existing) = (detail, errors, version, existing)
  }

  var json: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)) ?? Data("{}".utf8)
  }

  func response() -> Response {
    var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
    fault.addHeaders(&headers)
    return Response(status: fault.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
  }
}

/// Fields have one name in forms, imports and stores; the API writes it in the manner of JSON and tells ids from what they name.
enum APIName {
  static func of(_ field: String) -> String {
    if let known = others[field] { return known }
    if field.hasPrefix("field.") { return "customFields." + field.dropFirst(6) }
    var out = ""
    for part in field.split(separator: "_", omittingEmptySubsequences: false) {
      out += out.isEmpty ? String(part) : part.prefix(1).uppercased() + part.dropFirst()
    }
    return out
  }

  private static let others = [
    "owner": "ownerId", "relationship": "relationshipId", "person": "personId", "when": "occurredAt", "stage": "stageId",
    "offering": "offeringId",
  ]
}
