import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// A call sent again, at once or later, takes one effect.
struct IdempotencyTests {
  private static let body: JSONValue = ["kind": "company", "name": "Alfa"]

  @Test(arguments: Engine.all) func twentyAtOnceMakeOne(engine: Engine) async throws {
    try await withTestSite(engine, connections: 8) { site in
      let api = try await APICaller(site)
      let replies = try await withThrowingTaskGroup(of: APIReply.self) { group in
        for _ in 0..<20 { group.addTask { try await api.send(.post, "/clients", Self.body, [.idempotencyKey: "once"]) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(replies.allSatisfy { $0.status == 201 })
      #expect(Set(replies.map(\.answer.text)).count == 1)
      #expect(Set(replies.map(\.answer.location)).count == 1)
      #expect(replies.filter { $0.answer.headers[.idempotentReplayed] == "true" }.count == 19)
      #expect(try await api.get("/clients").names("clients") == ["Alfa"])
    }
  }

  @Test(arguments: Engine.all) func tellsRequestsApart(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site), other = try await APICaller(site, .manager)
      let key: [HTTPField.Name: String] = [.idempotencyKey: "k"]
      #expect(try await api.send(.post, "/clients", Self.body, key).status == 201)
      #expect(try await api.send(.post, "/clients", ["kind": "company", "name": "Beta"], key).status == 422)
      // Keys are the caller's own.
      #expect(try await other.send(.post, "/clients", Self.body, key).answer.headers[.idempotentReplayed] == nil)
      // What was refused may be corrected under the same key.
      let mend: [HTTPField.Name: String] = [.idempotencyKey: "mend"]
      #expect(try await api.send(.post, "/clients", ["kind": "company", "name": ""], mend).status == 422)
      #expect(try await api.send(.post, "/clients", ["kind": "company", "name": "Gamma"], mend).status == 201)
      #expect(try await api.send(.post, "/clients", Self.body, [.idempotencyKey: "with blank"]).status == 400)
    }
  }

  /// A change whose answer was lost is not refused for the version that it made itself.
  @Test(arguments: Engine.all) func replaysChanges(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let id = try await api.makeClient("Alfa")
      let headers: [HTTPField.Name: String] = [.ifMatch: "\"1\"", .idempotencyKey: "p"]
      let first = try await api.send(.patch, "/clients/\(id)", ["note": "x"], headers)
      let second = try await api.send(.patch, "/clients/\(id)", ["note": "x"], headers)
      #expect(first.status == 200 && second.status == 200 && first.etag == second.etag && first.json == second.json)
    }
  }

  @Test(arguments: Engine.all) func forgetsAfterADay(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let key: [HTTPField.Name: String] = [.idempotencyKey: "k"]
      _ = try await api.send(.post, "/clients", Self.body, key)
      #expect(try await site.store.purgeIdempotency(at: site.now) == 0)
      site.time.goOn(milliseconds: Instant.day)
      #expect(try await api.send(.post, "/clients", Self.body, key).answer.headers[.idempotentReplayed] == nil)
      site.time.goOn(milliseconds: Instant.day)
      #expect(try await site.store.purgeIdempotency(at: site.now) == 1)
    }
  }
}
