import Domain
import HTTPTypes

@testable import Web

/// A program that calls the API with a token.
struct APICaller: Sendable {
  let site: TestSite
  let token: String?

  init(_ site: TestSite, _ person: TestPerson = .owner, _ scopes: Set<TokenScope> = Set(TokenScope.allCases)) async throws {
    self.site = site
    token = try await person.token(scopes, in: site)
  }
  init(_ site: TestSite, token: String?) { (self.site, self.token) = (site, token) }

  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil, _ headers: [HTTPField.Name: String] = [:]
  ) async throws -> APIReply {
    try await send(method, path, bytes: body?.bytes ?? [], headers)
  }

  func send(
    _ method: HTTPRequest.Method, _ path: String, bytes: [UInt8], _ headers: [HTTPField.Name: String] = [:]
  ) async throws -> APIReply {
    var fields: HTTPFields = [:]
    if let token { fields[.authorization] = "Bearer \(token)" }
    if !bytes.isEmpty { fields[.contentType] = "application/json" }
    for (name, value) in headers { fields[name] = value }
    let answer = try await site.respond(method, "/api/v1" + path, fields, bytes)
    return APIReply(answer: answer, json: (try? JSONReader.read(answer.bytes)) ?? .null)
  }

  func get(_ path: String) async throws -> APIReply { try await send(.get, path) }

  /// A company, made; its id.
  func makeClient(_ name: String, _ more: [(String, JSONValue)] = []) async throws -> Int64 {
    let reply = try await send(.post, "/clients", .object(JSONObject([("kind", "company"), ("name", .text(name))] + more)))
    return reply.json["id"]?.integer ?? -1
  }
}

struct APIReply: Sendable {
  let answer: TestAnswer
  let json: JSONValue
  var status: Int { answer.status }
  var etag: String { answer.headers[.eTag] ?? "" }
  /// Fields named by a problem.
  var wrongFields: [String] { json["errors"]?.array?.compactMap { $0["field"]?.text } ?? [] }
  func names(_ list: String) -> [String] { json[list]?.array?.compactMap { $0["name"]?.text } ?? [] }
}
