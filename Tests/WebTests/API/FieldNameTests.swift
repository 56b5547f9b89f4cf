import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// A mistake is told to a program by the name that it sent, not by that of a page's field.
struct FieldNameTests {
  @Test(arguments: Engine.all) func ofClients(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let known: [(String, JSONValue)] = [("ownNumber", "7"), ("emails", [["address": "a@b.example"]]), ("phones", [["number": "+359888123456"]])]
      _ = try await api.makeClient("Alfa", known)
      let other = try await api.makeClient("Beta")
      for (name, value) in known {
        let body = JSONValue.object(JSONObject([("kind", "company"), ("name", "Gamma"), (name, value)]))
        let refused = try await api.send(.post, "/clients?on_duplicate=refuse", body)
        #expect(refused.status == 409 && refused.json["detail"]?.text?.contains(" of \(name) ") == true, "\(refused.answer.text)")
      }
      let number = try await api.send(.patch, "/clients/\(other)", ["ownNumber": "7"], [.ifMatch: "\"1\""])
      #expect(number.status == 409 && number.json["detail"]?.text?.contains(" of ownNumber ") == true)
      #expect(try await api.send(.post, "/clients", ["kind": "company", "name": "Gamma", "ownerId": 999]).wrongFields == ["ownerId"])
    }
  }

  @Test(arguments: Engine.all) func ofDeals(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let client = try await api.makeClient("Alfa"), path = "/clients/\(client)/deals"
      let dear: JSONValue = [["text": "B", "unitPrice": .integer(Money.largest), "quantityMilli": 2000]]
      #expect(try await api.send(.post, path, ["name": "A", "lines": dear]).wrongFields == ["lines.unitPrice"])
      let made = try await api.send(.post, path, ["name": "A", "number": "P-1"])
      let deal = "/deals/\(made.json["id"]?.integer ?? 0)"
      #expect(try await api.send(.patch, deal, ["lines": dear], [.ifMatch: made.etag]).wrongFields == ["lines.unitPrice"])
      let twice = try await api.send(.post, path, ["name": "B", "number": "P-1"])
      #expect(twice.status == 409 && twice.json["detail"]?.text?.contains(" of number ") == true)
      let lost = try #require(try await site.read { try $0.stages().first { $0.phase == .lost }?.id })
      #expect(try await api.send(.post, deal + "/stage", ["stageId": .integer(lost.rawValue), "reasonId": 999]).wrongFields == ["reasonId"])
    }
  }

  /// The same of a call that may be sent again.
  @Test func ofRepeatableCalls() async throws {
    try await withTestSite(.sqlite) { site in
      let api = try await APICaller(site)
      let refused = try await api.send(.post, "/tasks", ["title": "A", "clientId": 999], [.idempotencyKey: "once"])
      #expect(refused.status == 422 && refused.wrongFields == ["clientId"])
    }
  }
}
