import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

struct OpportunityAPITests {
  @Test(arguments: Engine.all) func isNoticedTakenAndWon(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(of: .owner), api = try await APICaller(site)
      let made = try await api.send(.post, "/clients/\(firm)/opportunities", ["text": " A shop in Varna\nfrom May on "])
      #expect(made.status == 201 && made.json["text"] == "A shop in Varna\nfrom May on" && made.json["state"] == "waiting")
      #expect(made.json["toId"] == .integer(TestPerson.owner.id.rawValue) && made.json["dealId"]?.isNull == true && made.json["answeredAt"]?.isNull == true)
      let id = try #require(made.json["id"]?.integer), path = "/opportunities/\(id)"
      #expect(made.answer.headers[.location] == "/api/v1" + path)
      #expect(try await api.get(path).json == made.json)
      #expect(try await api.send(.post, path + "/project", [:]).status == 428)
      #expect(try await api.send(.post, path + "/project", [:], [.ifMatch: "\"7\""]).status == 412)
      let wrong = try await api.send(.post, path + "/project", ["stageId": 999], [.ifMatch: made.etag])
      #expect(wrong.status == 422 && wrong.wrongFields == ["stageId"])
      let line: JSONValue = ["text": "Survey", "unitPrice": 90000]
      let headers: [HTTPField.Name: String] = [.ifMatch: made.etag, .idempotencyKey: "take"]
      let taken = try await api.send(.post, path + "/project", ["lines": [line]], headers)
      #expect(taken.status == 200 && taken.json["state"] == "taken" && taken.json["version"] == 2)
      let again = try await api.send(.post, path + "/project", ["lines": [line]], headers)
      #expect(again.json == taken.json && again.answer.headers[.idempotentReplayed] == "true")
      let deal = try #require(taken.json["dealId"]?.integer)
      let project = try await api.get("/deals/\(deal)").json
      #expect(project["name"] == "A shop in Varna" && project["note"] == "A shop in Varna\nfrom May on" && project["list"] == 90000)
      let stages = try await api.get("/stages").json["stages"]?.array ?? []
      let won = try #require(stages.first { $0["phase"] == "won" }?["id"])
      #expect(try await api.send(.post, "/deals/\(deal)/stage", ["stageId": won]).status == 200)
      #expect(try await api.get(path).json["state"] == "won")
    }
  }

  @Test(arguments: Engine.all) func isDeclinedOnceAndWithAReason(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(of: .owner), api = try await APICaller(site)
      let made = try await api.send(.post, "/clients/\(firm)/opportunities", ["text": "A shop", "toId": .integer(TestPerson.owner.id.rawValue)])
      let path = "/opportunities/\(made.json["id"]?.integer ?? 0)/refusal"
      for body: JSONValue in [[:], ["reason": ""], ["reason": " "], ["reason": "no", "more": 1]] {
        #expect(try await api.send(.post, path, body, [.ifMatch: made.etag]).status == 422)
      }
      let declined = try await api.send(.post, path, ["reason": " no budget "], [.ifMatch: made.etag])
      #expect(declined.status == 200 && declined.json["state"] == "declined" && declined.json["reason"] == "no budget")
      #expect(try await api.send(.post, path, ["reason": "no"], [.ifMatch: made.etag]).json["currentVersion"] == 2)
      // As it is now, there is nothing to answer any more.
      for (step, body) in [("refusal", ["reason": "no"]), ("project", [:])] as [(String, JSONValue)] {
        let late = try await api.send(.post, path.replacing("refusal", with: step), body, [.ifMatch: declined.etag])
        #expect(late.status == 409 && late.json["type"]?.text?.hasSuffix("opportunity-answered") == true)
      }
      #expect(try await api.get("/deals").json["deals"]?.array == [])
    }
  }

  @Test(arguments: Engine.all) func isListedPageByPage(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(of: .owner), api = try await APICaller(site)
      for number in 1...3 {
        #expect(try await api.send(.post, "/clients/\(firm)/opportunities", ["text": .text("n\(number)")]).status == 201)
      }
      func texts(_ reply: APIReply) -> [String] { reply.json["opportunities"]?.array?.compactMap { $0["text"]?.text } ?? [] }
      let first = try await api.get("/opportunities?state=waiting&limit=2")
      let next = try #require(first.json["next"]?.text), second = try await api.get("/opportunities?state=waiting&limit=2&cursor=\(next)")
      #expect(texts(first) == ["n3", "n2"] && texts(second) == ["n1"] && second.json["next"]?.isNull == true)
      #expect(try await api.get("/opportunities?limit=3").json["next"]?.isNull == true)
      for query in ["client=\(firm)", "to=\(TestPerson.owner.id)"] { #expect(try await texts(api.get("/opportunities?\(query)")).count == 3, "\(query)") }
      for query in ["state=won", "client=999", "to=999"] { #expect(try await texts(api.get("/opportunities?\(query)")) == [], "\(query)") }
      for query in ["state=lukewarm", "cursor=x", "sort=text"] { #expect(try await api.get("/opportunities?\(query)").status == 422, "\(query)") }
    }
  }

  /// Noticing asks for what logging a contact asks for, answering for what changing a project does.
  @Test func asksForTheRightScopes() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm(of: .owner), all = try await APICaller(site)
      let made = try await all.send(.post, "/clients/\(firm)/opportunities", ["text": "A shop"])
      let path = "/opportunities/\(made.json["id"]?.integer ?? 0)"
      let cases: [(Set<TokenScope>, read: Int, notice: Int, decline: Int)] = [
        ([.readDeals], 200, 403, 403), ([.writeHistory], 403, 403, 403), ([.writeHistory, .readDeals], 200, 201, 403),
        ([.writeDeals], 200, 403, 200),
      ]
      for (scopes, read, notice, decline) in cases {
        let api = try await APICaller(site, .owner, scopes)
        #expect(try await api.get(path).status == read, "\(scopes)")
        #expect(try await api.send(.post, "/clients/\(firm)/opportunities", ["text": "More"]).status == notice, "\(scopes)")
        #expect(try await api.send(.post, path + "/refusal", ["reason": "no"], [.ifMatch: made.etag]).status == decline, "\(scopes)")
      }
      let free = try await site.firm("Nobody's")
      let wrong = try await all.send(.post, "/clients/\(firm)/opportunities", ["text": "A shop", "toId": 999])
      // Of a client that nobody owns, whoever notices it says to whom it goes.
      let unsaid = try await all.send(.post, "/clients/\(free)/opportunities", ["text": "A shop"])
      for answer in [wrong, unsaid] { #expect(answer.status == 422 && answer.wrongFields == ["toId"]) }
    }
  }
}
