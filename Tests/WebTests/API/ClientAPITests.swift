import Domain
import HTTPTypes
import TestSupport
import Testing

@testable import Web

/// Clients over the API: made, read, changed, binned and restored, with versions that keep two callers apart.
struct ClientAPITests {
  @Test(arguments: Engine.all) func keepsWhatItWasGiven(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let made = try await api.send(.post, "/clients", [
        "kind": "person", "givenName": "Анна", "familyName": "Петрова", "language": "bg", "zone": "Europe/Sofia", "country": "BG",
        "birthDate": "--05-03", "ownNumber": "K-7", "tags": ["VIP", "vip", "Sofia"], "profile": ["children": 2, "gender": "female"],
        "emails": [["address": "Anna@Example.com", "label": "work"]], "phones": [["number": "0888 123 456", "extension": "12"]],
        "messengers": [["service": "viber", "handle": "@anna"]], "websites": [["url": "example.com"]],
        "addresses": [["city": "София", "country": "BG"]], "note": "a \"note\"\n\u{1}b",
      ])
      #expect(made.status == 201, "\(made.answer.text)")
      #expect(made.json["name"]?.text == "Анна Петрова")
      #expect(made.json["tags"] == ["Sofia", "VIP"])
      #expect(made.json["phones"] == [["number": "+359888123456", "extension": "12", "label": ""]])
      #expect(made.json["websites"]?.array?.first?["url"] == "https://example.com")
      #expect(made.json["profile"]?["children"] == 2)
      #expect(made.json["note"]?.text == "a \"note\"\n\u{1}b")
      let path = (made.answer.location ?? "").replacing("/api/v1", with: "")
      let read = try await api.get(path)
      #expect(read.json == made.json)
      #expect(read.etag == made.etag)
      let again = try await api.send(.get, path, nil, [.ifNoneMatch: read.etag])
      #expect(again.status == 304 && again.answer.bytes.isEmpty)
    }
  }

  @Test(arguments: Engine.all) func patchesByMerge(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let made = try await api.send(.post, "/clients", [
        "kind": "company", "name": "Alfa", "industry": "Print", "tags": ["a"], "emails": [["address": "a@example.com"]],
        "profile": ["taxNumber": "1", "legalName": "Alfa OOD"],
      ])
      let path = "/clients/\(made.json["id"]?.integer ?? 0)"
      #expect(try await api.send(.patch, path, ["industry": .null]).status == 428)
      #expect(try await api.send(.patch, path, [:], [.ifMatch: "\"7\""]).status == 412)
      #expect(try await api.send(.patch, path, [:], [.ifMatch: "7"]).status == 400)
      let changed = try await api.send(.patch, path, ["industry": .null, "profile": ["taxNumber": .null]], [
        .ifMatch: made.etag, .contentType: "application/merge-patch+json",
      ])
      #expect(changed.status == 200 && changed.json["version"] == 2)
      #expect(changed.json["industry"]?.isNull == true)
      #expect(changed.json["profile"]?["taxNumber"]?.isNull == true)
      #expect(changed.json["profile"]?["legalName"] == "Alfa OOD")
      #expect(changed.json["emails"] == made.json["emails"])
      let stale = try await api.send(.patch, path, ["name": "Beta"], [.ifMatch: made.etag])
      #expect(stale.status == 412 && stale.json["currentVersion"] == 2)
      // What changes nothing leaves the version; the version alone will do, and so will "whatever is there".
      #expect(try await api.send(.patch, path, ["name": "Alfa"], [.ifMatch: "\"2\""]).json["version"] == 2)
      #expect(try await api.send(.patch, path, ["name": "Beta"], [.ifMatch: "*"]).json["version"] == 3)
    }
  }

  @Test(arguments: Engine.all) func binsAndRestores(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let id = try await api.makeClient("Alfa")
      #expect(try await api.send(.delete, "/clients/\(id)").status == 428)
      #expect(try await api.send(.delete, "/clients/\(id)", nil, [.ifMatch: "\"9\""]).status == 412)
      #expect(try await api.send(.delete, "/clients/\(id)", nil, [.ifMatch: "\"1\""]).status == 204)
      #expect(try await api.get("/clients").names("clients") == [])
      #expect(try await api.get("/clients?state=bin").names("clients") == ["Alfa"])
      #expect(try await api.send(.delete, "/clients/\(id)", nil, [.ifMatch: "\"2\""]).status == 404)
      #expect(try await api.send(.post, "/clients/\(id)/restoration").json["deletedAt"]?.isNull == true)
      #expect(try await api.get("/clients").names("clients") == ["Alfa"])
    }
  }

  @Test(arguments: Engine.all) func listsByCursor(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      for number in 1...7 { _ = try await api.makeClient("Client \(number)") }
      var names: [String] = []
      var cursor = ""
      repeat {
        let page = try await api.get("/clients?sort=-name&limit=3\(cursor)")
        names += page.names("clients")
        cursor = page.json["next"]?.text.map { "&cursor=\($0)" } ?? ""
      } while !cursor.isEmpty
      #expect(names == (1...7).reversed().map { "Client \($0)" })
      #expect(try await api.get("/clients?q=ient").names("clients").count == 7)
    }
  }

  @Test(arguments: Engine.all) func refusesDuplicates(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let id = try await api.makeClient("Alfa", [("ownNumber", "7"), ("emails", [["address": "info@alfa.example"]])])
      let number = try await api.send(.post, "/clients", ["kind": "company", "name": "Beta", "ownNumber": "7"])
      #expect(number.status == 409 && number.json["existing"]?.integer == id)
      let body: JSONValue = ["kind": "company", "name": "Beta", "emails": [["address": "INFO@alfa.example"]]]
      let email = try await api.send(.post, "/clients?on_duplicate=refuse", body)
      #expect(email.status == 409 && email.json["existing"]?.integer == id)
      #expect(try await api.send(.post, "/clients", body).status == 201)
    }
  }

  /// One of a hundred wins; the others learn the version they lost to.
  @Test(arguments: Engine.all) func hundredAtOnceHaveOneWinner(engine: Engine) async throws {
    try await withTestSite(engine, connections: 8) { site in
      let api = try await APICaller(site)
      let id = try await api.makeClient("Alfa")
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<100 {
          group.addTask { try await api.send(.patch, "/clients/\(id)", ["note": "by \(number)"], [.ifMatch: "\"1\""]).status }
        }
        return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      }
      #expect(statuses == [200: 1, 412: 99])
      #expect(try await api.get("/clients/\(id)").json["version"] == 2)
    }
  }
}
