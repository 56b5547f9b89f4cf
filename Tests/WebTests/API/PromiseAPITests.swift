import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

struct PromiseAPITests {
  @Test(arguments: Engine.all) func makesReadsAndSettles(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(), api = try await APICaller(site)
      let made = try await api.send(.post, "/clients/\(firm)/promises", ["side": "us", "what": "price", "dueDate": "2026-11-06", "dueTime": "16:00", "zone": "Europe/Warsaw"])
      #expect(made.status == 201)
      let id = try #require(made.json["id"]?.integer)
      #expect(made.json["dueAt"]?.text == "2026-11-06T15:00:00Z" && made.json["state"]?.text == "open")
      #expect(try await api.get("/promises?state=open").json["promises"]?.array?.count == 1)
      let changed = try await api.send(.patch, "/promises/\(id)", ["what": "price list"], [.ifMatch: made.etag])
      #expect(changed.status == 200 && changed.json["what"]?.text == "price list")
      let moved = try await api.send(.post, "/promises/\(id)/renegotiation", ["dueDate": "2026-11-10", "reason": "agreed"])
      #expect(moved.status == 200 && moved.json["moves"]?.integer == 1 && moved.json["dueTime"]?.isNull == true)
      let kept = try await api.send(.post, "/promises/\(id)/keeping", [:])
      #expect(kept.status == 200 && kept.json["keptOnTime"]?.bool == true)
      #expect(try await api.send(.post, "/promises/\(id)/keeping", [:]).status == 409)
      #expect(try await api.send(.post, "/promises/\(id)/reopening", [:]).status == 200)
      #expect(try await api.send(.post, "/promises/\(id)/breaking", ["reason": "forgotten"]).status == 200)
      #expect(try await api.get("/promises/kept-on-time?from=2026-11-01&until=2026-11-30").status == 200)
      #expect(try await api.get("/promises?client=999").json["promises"]?.array == [])
      #expect(try await api.send(.post, "/clients/\(firm)/promises", ["side": "us", "what": " ", "dueDate": "2026-11-06"]).status == 422)
      #expect(try await api.send(.post, "/clients/\(firm)/promises", ["side": "us", "what": "x", "dueDate": "2026-11-06", "zone": "Mars/Base"]).status == 422)
    }
  }

  /// What is wrong with what was sent is named by the field that was sent; 409 is for what became of the promise.
  @Test(arguments: Engine.all) func namesTheFieldThatIsWrong(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(), api = try await APICaller(site)
      func make(_ date: String, _ more: [(String, JSONValue)] = []) async throws -> APIReply {
        let body = [("side", "us"), ("what", "price"), ("dueDate", .text(date))] + more
        return try await api.send(.post, "/clients/\(firm)/promises", .object(JSONObject(body)))
      }
      let id = try #require(try await make("2026-11-06").json["id"]?.integer)
      let dates: [(date: String, code: String)] = [
        ("1899-12-31", "promises.error.date_passed"), ("2999-01-01", "promises.error.date_too_far"),
      ]
      for (date, code) in dates {
        let refused = try await make(date)
        #expect(refused.status == 422 && refused.wrongFields == ["dueDate"] && refused.answer.text.contains(code), "\(date)")
      }
      for date in ["2026-11-06", "2026-10-01", "2999-01-01"] {
        let refused = try await api.send(.post, "/promises/\(id)/renegotiation", ["dueDate": .text(date), "reason": "agreed"])
        #expect(refused.status == 422 && refused.wrongFields == ["dueDate"], "\(date)")
      }
      let early = try await api.send(.post, "/promises/\(id)/keeping", ["keptAt": "2026-01-01T00:00:00Z"])
      #expect(early.status == 422 && early.wrongFields == ["keptAt"])
      #expect(try await make("2026-11-06", [("ownerId", 999)]).wrongFields == ["ownerId"])
      #expect(try await make("2026-11-06", [("personId", 999)]).wrongFields == ["personId"])
    }
  }
}
