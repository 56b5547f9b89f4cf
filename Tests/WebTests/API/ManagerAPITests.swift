import Domain
import HTTPTypes
import TestSupport
import Testing

@testable import Web

/// Somebody else decides at a client: said by a program.
struct ManagerAPITests {
  private func people(_ reply: APIReply) -> [String] {
    reply.json["ties"]?.array?.filter { $0["until"]?.isNull == true }.map { tie in
      "\(tie["name"]?.text ?? "") \(tie["role"]?.text ?? "")\(tie["isManager"] == true ? " decides" : "")"
    } ?? []
  }

  @Test(arguments: Engine.all) func endsOneTieAndBeginsAnother(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let firm = try await api.makeClient("Alfa", [("ownerId", .integer(TestPerson.maria.id.rawValue))]), path = "/clients/\(firm)/manager"
      let beta = try await api.makeClient("Beta")
      // Nobody decided so far.
      let first = try await api.send(.post, path, ["person": ["givenName": "Anna"], "role": "Director"])
      #expect(first.status == 200 && people(first) == ["Anna Director decides"])
      let anna = try #require(first.json["ties"]?.array?.first?["personId"]?.integer)
      let second = try await api.send(.post, path, [
        "person": ["givenName": "Boris"], "lastDay": "2026-11-05", "followTo": ["companyId": .integer(beta), "role": "Adviser"],
      ])
      #expect(people(second) == ["Boris Director decides"])
      let ended = try #require(second.json["ties"]?.array?.first { $0["personId"]?.integer == anna })
      #expect(ended["until"] == "2026-11-05")
      #expect(try await people(api.get("/clients/\(beta)/people")) == ["Anna Adviser"])
      #expect(try await site.get("/today", as: .maria).text.contains("Boris"))
      let third = try await api.send(.post, path, ["personId": .integer(anna), "role": "Owner", "followTo": ["name": "Gamma"]])
      #expect(people(third) == ["Anna Owner decides"])
      #expect(try await api.get("/clients?q=Gamma").names("clients") == ["Gamma"])
      #expect(people(try await api.send(.post, path, [:])) == [])
    }
  }

  @Test(arguments: Engine.all) func namesWhatIsWrong(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site), firm = try await api.makeClient("Alfa"), path = "/clients/\(firm)/manager"
      #expect(try await api.send(.post, path, ["followTo": ["name": "Gamma"]]).wrongFields == ["followTo"])
      let anna = try #require(try await api.send(.post, path, ["person": ["givenName": "Anna"]]).json["ties"]?.array?.first?["personId"])
      let hers = try await api.makeClient("Hers"), gone = try await api.makeClient("Gone")
      #expect(try await api.send(.post, "/clients/\(hers)/people", ["personId": anna]).status == 201)
      let boris = try #require(try await api.send(.post, "/clients/\(firm)/people", ["person": ["givenName": "Boris"]]).json["personId"])
      for (id, version) in [(gone, 1), (boris.integer ?? 0, 1)] {
        #expect(try await api.send(.delete, "/clients/\(id)", nil, [.ifMatch: "\"\(version)\""]).status == 204)
      }
      let cases: [(body: JSONValue, field: String)] = [
        (["personId": anna], "personId"), (["personId": 9_999], "personId"), (["personId": .integer(firm)], "personId"),
        (["personId": anna, "person": ["givenName": "Boris"]], "personId"), (["lastDay": "2099-01-01"], "lastDay"),
        (["followTo": ["companyId": .integer(firm)]], "followTo.companyId"), (["followTo": ["companyId": anna]], "followTo.companyId"),
        (["followTo": ["companyId": .integer(hers)]], "followTo.companyId"), (["followTo": ["companyId": .integer(gone)]], "followTo.companyId"),
        (["personId": boris], "personId"), (["followTo": ["name": " "]], "followTo.companyId"), (["followTo": ["companyId": 9_999]], "followTo.companyId"),
      ]
      for (body, field) in cases {
        let refused = try await api.send(.post, path, body)
        #expect(refused.status == 422 && refused.wrongFields == [field], "\(body)")
      }
      #expect(people(try await api.get("/clients/\(firm)/people")) == ["Anna  decides"])
      #expect(try await api.get("/clients?q=Gamma").names("clients") == [])
      #expect(try await api.send(.post, "/clients/\(anna.integer ?? 0)/manager", [:]).wrongFields == ["id"])
      #expect(try await api.send(.post, "/clients/9999/manager", [:]).status == 404)
    }
  }
}
