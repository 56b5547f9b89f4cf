import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

struct TaskAPITests {
  @Test(arguments: Engine.all) func isMadeChangedDoneAndDeleted(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site, .maria)
      let made = try await api.send(.post, "/tasks", [
        "title": " Report ", "dueDate": "2026-11-05", "dueTime": "16:30", "zone": "Europe/Warsaw", "rule": "RRULE:FREQ=WEEKLY;BYDAY=MO",
        "checklist": [["text": "count"], ["text": "send", "isDone": true]],
      ])
      #expect(made.status == 201)
      let id = try #require(made.json["id"]?.integer)
      #expect(made.json["dueDate"]?.text == "2026-11-09" && made.json["rule"]?.text == "FREQ=WEEKLY;BYDAY=MO" && made.json["stepsDone"]?.integer == 1)
      let changed = try await api.send(.patch, "/tasks/\(id)", ["title": "Report 2", "dueTime": .null], [.ifMatch: made.etag])
      #expect(changed.status == 200 && changed.json["dueTime"] == .null && changed.json["scheduledOn"]?.text == "2026-11-09")
      #expect(try await api.send(.patch, "/tasks/\(id)", ["title": "x"], [.ifMatch: made.etag]).status == 412)
      let done = try await api.send(.post, "/tasks/\(id)/done")
      #expect(done.status == 200 && done.json["doneAt"] != .null)
      let open = try await api.get("/tasks?who=mine")
      #expect(open.json["tasks"]?.array?.map { $0["dueDate"]?.text } == ["2026-11-16"])
      #expect(try await api.get("/tasks?state=done").json["tasks"]?.array?.count == 1)
      #expect(try await api.send(.post, "/tasks/\(id)/reopening").json["doneAt"] == .null)
      #expect(try await api.send(.delete, "/tasks/\(id)").status == 204)
      #expect(try await api.get("/tasks/\(id)").status == 404)
      let wrong = try await api.send(.post, "/tasks", ["title": "x", "rule": "FREQ=HOURLY", "dueTime": "7", "zone": "Nowhere"])
      #expect(wrong.status == 422 && Set(wrong.wrongFields).isSuperset(of: ["rule", "dueTime", "zone"]))
      #expect(try await api.send(.post, "/tasks", ["title": "x", "clientId": 999]).wrongFields == ["clientId"])
      #expect(try await api.send(.post, "/tasks", ["title": "x", "ownerId": 999]).wrongFields == ["ownerId"])
      // Nobody's: a list of nothing.
      for filter in ["client=999", "owner=999&who=all"] { #expect(try await api.get("/tasks?\(filter)").json["tasks"]?.array == [], "\(filter)") }
      let reading = try await APICaller(site, .maria, [.readTasks])
      #expect(try await reading.send(.post, "/tasks", ["title": "x"]).status == 403)
      #expect(try await reading.get("/tasks").status == 200)
    }
  }
}
