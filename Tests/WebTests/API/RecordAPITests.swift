import Domain
import HTTPTypes
import TestSupport
import Testing

@testable import Web

/// People, history and facts over the API.
struct RecordAPITests {
  @Test(arguments: Engine.all) func tiesPeople(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let firm = try await api.makeClient("Alfa"), other = try await api.makeClient("Beta")
      let tie = try await api.send(.post, "/clients/\(firm)/people", ["person": ["givenName": "Ann"], "role": "CEO", "isManager": true, "from": "2026-01-01"])
      #expect(tie.status == 201 && tie.json["name"] == "Ann" && tie.json["isManager"] == true)
      let path = "/ties/\(tie.json["id"]?.integer ?? 0)"
      #expect(try await api.send(.post, "/clients/\(other)/people", ["personId": tie.json["personId"] ?? .null]).status == 201)
      #expect(try await api.send(.post, "/clients/\(other)/people", [:]).status == 422)
      #expect(try await api.send(.patch, path, ["until": "2025-01-01"], [.ifMatch: tie.etag]).wrongFields == ["until"])
      let ended = try await api.send(.patch, path, ["until": "2026-06-30"], [.ifMatch: tie.etag])
      #expect(ended.json["until"] == "2026-06-30" && ended.json["role"] == "CEO")
      #expect(try await api.send(.delete, path, nil, [.ifMatch: tie.etag]).status == 412)
      #expect(try await api.send(.delete, path, nil, [.ifMatch: ended.etag]).status == 204)
      #expect(try await api.get("/clients/\(firm)/people").json["ties"] == [])
      #expect(try await api.get("/people").names("people") == ["Ann"])
    }
  }

  @Test(arguments: Engine.all) func logsCorrectsAndWithdraws(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let client = try await api.makeClient("Alfa"), path = "/clients/\(client)/history"
      let call = try await api.send(.post, path, ["kind": "contact", "channel": "call", "direction": "in", "occurredAt": "2026-11-01T10:00:00+02:00", "subject": "Price"])
      #expect(call.status == 201 && call.json["occurredAt"] == "2026-11-01T08:00:00Z")
      #expect(try await api.get("/clients/\(client)").json["lastContact"]?["channel"] == "call")
      #expect(try await api.send(.post, path, ["kind": "contact", "channel": "call"]).wrongFields == ["direction"])
      #expect(try await api.send(.post, path, ["kind": "note", "body": "x", "occurredAt": "2099-01-01T00:00:00Z"]).wrongFields == ["occurredAt"])
      #expect(try await api.send(.post, path, ["kind": "note", "body": "x", "personId": 9_999]).wrongFields == ["personId"])
      let entry = "/history/\(call.json["id"]?.integer ?? 0)"
      let right = try await api.send(.post, entry + "/correction", ["reason": "other channel", "channel": "meeting"])
      #expect(right.status == 201 && right.json["channel"] == "meeting" && right.json["subject"] == "Price" && right.json["corrects"] == call.json["id"])
      let twice = try await api.send(.post, entry + "/correction", ["reason": "again"])
      #expect(twice.status == 409 && twice.json["existing"] == right.json["id"])
      #expect(try await api.get(entry).json["supersededBy"] == right.json["id"])
      let later = "/history/\(right.json["id"]?.integer ?? 0)"
      #expect(try await api.send(.post, later + "/withdrawal").json["kind"] == "withdrawal")
      #expect(try await api.get("/clients/\(client)").json["lastContact"]?.isNull == true)
      let kinds = try await api.get(path + "?limit=1").json["entries"]?.array?.compactMap { $0["kind"]?.text }
      #expect(kinds?.count == 1)
      #expect(try await api.get(path + "?kind=automatic").json["entries"]?.array?.first?["kind"] == "party.created")
    }
  }

  @Test(arguments: Engine.all) func keepsFacts(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let client = try await api.makeClient("Alfa")
      let made = try await api.send(.post, "/clients/\(client)/facts", ["kind": "preference", "text": "Tea", "source": "call"])
      let path = "/facts/\(made.json["id"]?.integer ?? 0)"
      #expect(try await api.send(.patch, path, ["text": "Coffee"]).status == 428)
      let changed = try await api.send(.patch, path, ["text": "Coffee", "date": "--02-29"], [.ifMatch: made.etag])
      #expect(changed.json["text"] == "Coffee" && changed.json["source"] == "call" && changed.json["date"] == "--02-29")
      #expect(try await api.send(.patch, path, ["text": "Milk"], [.ifMatch: made.etag]).json["currentVersion"] == 2)
      #expect(try await api.send(.post, path + "/end").json["endedAt"]?.isNull == false)
      #expect(try await api.get("/clients/\(client)/facts").json["facts"]?.array?.count == 1)
    }
  }

  @Test(arguments: Engine.all) func keepsFiles(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let client = try await api.makeClient("Alfa")
      let entry = try await api.send(.post, "/clients/\(client)/history", ["kind": "note", "body": "x"]).json["id"]?.integer ?? 0
      let body = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n"
      let kept = try await api.send(.post, "/history/\(entry)/attachments", bytes: Array(body.utf8), [.contentType: "multipart/form-data; boundary=b"])
      #expect(kept.status == 201)
      let file = kept.json["attachments"]?.array?.first?["id"]?.integer ?? 0
      let read = try await api.get("/attachments/\(file)")
      #expect(read.answer.text == "hello" && read.answer.headers[.contentDisposition]?.hasPrefix("attachment") == true)
    }
  }

  @Test(arguments: Engine.all) func tellsWhatIdsStandFor(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site, .maria)
      _ = try await api.makeClient("Alfa", [("tags", ["VIP"])])
      #expect(try await api.get("/tags").names("tags") == ["VIP"])
      #expect(try await api.get("/relationship-types").json["relationshipTypes"]?.array?.count == 7)
      #expect(try await api.get("/custom-fields").json["customFields"] == [])
      let page = try await api.get("/accounts?limit=4")
      #expect(page.names("accounts") == ["owner", "manager", "maria", "piotr"])
      #expect(try await api.get("/accounts?cursor=\(page.json["next"]?.text ?? "")").names("accounts") == ["ivan", "marketing", "reader"])
      #expect(try await api.get("/me").json["name"] == "maria")
    }
  }

  /// No route without a description, no description without a route.
  @Test func describesEveryRoute() async throws {
    try await withTestSite(.sqlite) { site in
      let document = try await APICaller(site, token: nil).get("/openapi.json")
      #expect(document.status == 200)
      let described = Set((document.json["paths"]?.object?.members ?? []).flatMap { path, item in
        (item.object?.members ?? []).map { "\($0.name) \(path)" }
      })
      let declared = site.routes.filter(\.isAPI).map { "\($0.method.rawValue.lowercased()) \($0.template.replacing(":id", with: "{id}"))" }
      #expect(Set(declared) == described && declared.count == described.count && declared.count > 25)
      #expect(site.routes.filter { $0.template.hasPrefix("/api/") && !$0.isAPI }.map(\.template) == ["/api/v1/openapi.json"])
    }
  }
}
