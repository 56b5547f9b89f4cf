import Database
import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// A token does what its scopes and its account's role both allow, to the records its account sees.
struct AccessAPITests {
  @Test(arguments: Engine.all) func asksForAToken(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      for token in [nil, "nonsense", ""] {
        let reply = try await APICaller(site, token: token).get("/clients")
        #expect(reply.status == 401 && reply.answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        #expect(reply.answer.headers[.contentType] == "application/problem+json")
      }
      let api = try await APICaller(site)
      let id = try await site.read { try $0.tokens().first?.id }
      #expect(try await api.get("/clients").status == 200)
      if let id { try await site.write { try $0.revokeToken(id) } }
      site.site.sessions.forgetAll()
      #expect(try await api.get("/clients").status == 401)
      // No origin is let in by the API, and a browser's cookie writes only from our own pages.
      #expect(try await site.get("/api/v1/clients", as: .owner, [.origin: "https://evil.example"]).headers[.accessControlAllowOrigin] == nil)
      let foreign = try await site.send(.post, "/api/v1/clients", as: .owner, [.origin: "https://evil.example"], body: Array("{}".utf8))
      #expect(foreign.status == 403)
    }
  }

  @Test func namesItsMethods() async throws {
    try await withTestSite(.sqlite) { site in
      let reply = try await APICaller(site).send(.put, "/clients/1", [:])
      #expect(reply.status == 405 && reply.answer.headers[.allow] == "GET, HEAD, PATCH, DELETE")
    }
  }

  private static let writes: [(TokenScope, HTTPRequest.Method, String, JSONValue)] = [
    (.writeClients, .post, "/clients", ["kind": "company", "name": "New"]), (.writeClients, .patch, "/clients/ID", ["note": "x"]),
    (.writeClients, .post, "/clients/bulk", ["match": "number", "items": []]), (.writeClients, .delete, "/clients/ID", [:]),
    (.writeClients, .post, "/clients/ID/people", ["person": ["name": "Ann"]]),
    (.writeHistory, .post, "/clients/ID/history", ["kind": "note", "body": "x"]),
    (.writeFacts, .post, "/clients/ID/facts", ["kind": "other", "text": "x"]),
    (.writePromises, .post, "/clients/ID/promises", ["side": "us", "what": "x", "dueDate": "2026-11-20"]),
  ]

  /// Every scope but the right one is refused, and nothing is written; the right one will do.
  @Test(arguments: Engine.all) func keepsToScopes(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let owner = try await APICaller(site)
      for (scope, method, path, body) in Self.writes {
        let id = try await owner.makeClient("Alfa")
        let place = path.replacing("ID", with: "\(id)"), headers: [HTTPField.Name: String] = [.ifMatch: "\"1\""]
        let others = try await APICaller(site, .owner, Set(TokenScope.allCases).subtracting([scope]))
        let before = try await audited(site)
        #expect(try await others.send(method, place, body, headers).status == 403, "\(scope) \(method) \(path)")
        #expect(try await audited(site) == before)
        let right = try await APICaller(site, .owner, [scope])
        #expect(200..<300 ~= (try await right.send(method, place, body, headers)).status, "\(scope) \(method) \(path)")
      }
    }
  }

  /// Marketing may log contacts and not edit clients, whatever its token says.
  @Test(arguments: Engine.all) func keepsToRoles(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let id = try await APICaller(site).makeClient("Alfa")
      let api = try await APICaller(site, .marketing)
      #expect(try await api.send(.patch, "/clients/\(id)", ["note": "x"], [.ifMatch: "\"1\""]).status == 403)
      #expect(try await api.send(.post, "/clients/\(id)/history", ["kind": "note", "body": "x"]).status == 201)
      #expect(try await api.get("/me").json["permissions"]?.array?.contains("editClients") == false)
    }
  }

  /// What is another's is not there: every route by id answers 404 and writes nothing.
  @Test(arguments: Engine.all) func keepsToRecords(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let owner = try await APICaller(site), maria = try await APICaller(site, .maria), piotr = try await APICaller(site, .piotr)
      let own = try await maria.makeClient("Maria's")
      let foreign = try await owner.makeClient("Ivan's", [("ownerId", .integer(TestPerson.ivan.id.rawValue))])
      let tie = try await owner.send(.post, "/clients/\(foreign)/people", ["person": ["name": "Ann"]]).json
      let entry = try await owner.send(.post, "/clients/\(foreign)/history", ["kind": "note", "body": "x"]).json["id"]?.integer ?? 0
      let fact = try await owner.send(.post, "/clients/\(foreign)/facts", ["kind": "other", "text": "x"]).json["id"]?.integer ?? 0
      #expect(try await maria.get("/clients").names("clients") == ["Maria's"])
      #expect(try await piotr.get("/clients").names("clients") == ["Maria's"])
      #expect(try await maria.get("/people").names("people") == [])
      #expect(try await maria.get("/clients/\(own)").json["ownerId"]?.integer == TestPerson.maria.id.rawValue)
      let before = try await audited(site)
      let tieID = tie["id"]?.integer ?? 0, person = tie["personId"]?.integer ?? 0
      let note: JSONValue = ["kind": "note", "body": "y"], text: JSONValue = ["text": "y"]
      let calls: [(HTTPRequest.Method, String, JSONValue?)] = [
        (.get, "/clients/\(foreign)", nil), (.patch, "/clients/\(foreign)", ["note": "y"]), (.delete, "/clients/\(foreign)", nil),
        (.post, "/clients/\(foreign)/restoration", nil), (.get, "/clients/\(foreign)/people", nil), (.get, "/clients/\(person)", nil),
        (.post, "/clients/\(foreign)/people", ["person": ["name": "Eve"]]), (.post, "/clients/\(own)/people", ["personId": .integer(person)]),
        (.get, "/ties/\(tieID)", nil), (.patch, "/ties/\(tieID)", ["role": "y"]), (.delete, "/ties/\(tieID)", nil),
        (.get, "/clients/\(foreign)/history", nil), (.post, "/clients/\(foreign)/history", note), (.get, "/history/\(entry)", nil),
        (.post, "/history/\(entry)/correction", ["reason": "y", "body": "y"]), (.post, "/history/\(entry)/withdrawal", nil),
        (.get, "/clients/\(foreign)/facts", nil), (.post, "/clients/\(foreign)/facts", ["kind": "other", "text": "y"]),
        (.get, "/facts/\(fact)", nil), (.patch, "/facts/\(fact)", text), (.post, "/facts/\(fact)/end", nil),
      ]
      for (method, path, body) in calls {
        let reply = try await maria.send(method, path, body, [.ifMatch: "*"])
        #expect(reply.status == 404, "\(method) \(path): \(reply.status)")
      }
      #expect(try await maria.send(.patch, "/clients/\(own)", ["ownerId": .integer(TestPerson.ivan.id.rawValue)], [.ifMatch: "*"]).status == 422)
      #expect(try await audited(site) == before)
    }
  }

  private func audited(_ site: TestSite) async throws -> Int {
    try await site.store.database.read { try $0.required("SELECT count(*) FROM audit WHERE entity <> 'token' AND action <> 'saw'") }
  }
}
