import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

struct BulkAPITests {
  private static func outcomes(_ reply: APIReply) -> [String] { reply.json["results"]?.array?.compactMap { $0["outcome"]?.text } ?? [] }

  @Test(arguments: Engine.all) func upserts(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let items: JSONValue = [
        ["kind": "company", "name": "Alfa", "ownNumber": "1", "industry": "Print"], ["kind": "company", "name": "Beta", "ownNumber": "2"],
      ]
      let body: JSONValue = ["match": "number", "items": items]
      #expect(Self.outcomes(try await api.send(.post, "/clients/bulk", body)) == ["created", "created"])
      #expect(Self.outcomes(try await api.send(.post, "/clients/bulk", body)) == ["unchanged", "unchanged"])
      let mixed = try await api.send(.post, "/clients/bulk", ["match": "number", "items": [
        ["kind": "company", "name": "Alfa Print", "ownNumber": "1"], ["kind": "company", "name": "No number"],
        ["kind": "company", "name": "Gamma", "ownNumber": "3", "emails": [["address": "wrong"]]],
        ["kind": "company", "name": "Delta", "ownNumber": "4", "ownerId": 999], ["kind": "company", "name": "Epsilon", "ownNumber": "5"],
        ["kind": "company", "name": "Epsilon again", "ownNumber": "5"],
      ]])
      #expect(Self.outcomes(mixed) == ["updated", "refused", "refused", "refused", "created", "updated"], "\(mixed.answer.text)")
      #expect(mixed.json["results"]?.array?[2]["problem"]?["errors"]?.array?.first?["field"] == "emails[0].address")
      // An update is a merge: what the item lacks stays.
      let first = mixed.json["results"]?.array?[0]["id"]?.integer ?? 0
      #expect(try await api.get("/clients/\(first)").json["industry"] == "Print")
      #expect(try await api.get("/clients").names("clients") == ["Alfa Print", "Beta", "Epsilon again"])
    }
  }

  @Test(arguments: Engine.all) func matchesByEmailAndPhone(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let item: JSONValue = ["kind": "company", "name": "Alfa", "emails": [["address": "a@example.com"]], "phones": [["number": "+359888123456"]]]
      for match in ["email", "phone"] as [JSONValue] { _ = try await api.send(.post, "/clients/bulk", ["match": match, "items": [item]]) }
      #expect(try await api.get("/clients").names("clients") == ["Alfa"])
      _ = try await api.makeClient("Twin", [("emails", [["address": "A@example.com"]])])
      #expect(Self.outcomes(try await api.send(.post, "/clients/bulk", ["match": "email", "items": [item]])) == ["refused"])
    }
  }

  @Test(arguments: Engine.all) func isRepeatableAsAWhole(engine: Engine) async throws {
    try await withTestSite(engine, connections: 8) { site in
      let api = try await APICaller(site)
      let items = (0..<1000).map { JSONValue.object(["kind": "company", "name": "Client \($0)", "ownNumber": "N\($0)"]) }
      let body: JSONValue = ["match": "number", "items": .array(items)]
      let replies = try await withThrowingTaskGroup(of: APIReply.self) { group in
        for _ in 0..<3 { group.addTask { try await api.send(.post, "/clients/bulk", body, [.idempotencyKey: "bulk"]) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(replies.allSatisfy { Self.outcomes($0).allSatisfy { $0 == "created" } })
      #expect(Set(replies.map(\.answer.text)).count == 1)
      let count = try await site.read { try $0.count(ClientFilter(), cap: nil) }
      #expect(count == 1000)
      #expect(try await api.send(.post, "/clients/bulk", ["match": "number", "items": .array(items + items)]).status == 422)
    }
  }
}
