import Database
import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// What a caller gets wrong is named; nothing is guessed, dropped in silence or trapped on.
struct StrictnessTests {
  @Test(arguments: [
    (#"{"kind":"company","name":7}"#, "name"), (#"{"kind":"company"}"#, "name"), (#"{"name":"A"}"#, "kind"),
    (#"{"kind":"firm","name":"A"}"#, "kind"), (#"{"kind":"company","name":"A","emails":[{"address":"x"}]}"#, "emails[0].address"),
    (#"{"kind":"company","name":"A","emails":[{"adress":"x"}]}"#, "emails[0].adress"),
    (#"{"kind":"company","name":"A","profile":{"children":9223372036854775807}}"#, "profile.children"),
    (#"{"kind":"company","name":"A","profile":{"children":-9223372036854775808}}"#, "profile.children"),
    (#"{"kind":"company","name":"A","profile":{"children":1e300}}"#, "profile.children"),
    (#"{"kind":"company","name":"A","relationshipId":9223372036854775807}"#, "relationshipId"),
    (#"{"kind":"company","name":"A","ownerId":9223372036854775807}"#, "ownerId"),
    (#"{"kind":"company","name":"A","birthDate":"2026-02-30"}"#, "birthDate"), (#"{"kind":"company","name":"A","zone":"Mars/Base"}"#, "zone"),
    (#"{"kind":"company","name":"A","websites":[{"url":"javascript:alert(1)"}]}"#, "websites[0].url"),
    (#"{"kind":"company","name":"A","customFields":{"99":"x"}}"#, "customFields.99"),
    (#"{"kind":"company","name":"A","phones":[{"number":"12"}]}"#, "phones[0].number"), (#"[1]"#, ""), ("7", ""),
  ])
  func namesWhatIsWrong(body: String, field: String) async throws {
    try await withTestSite(.sqlite) { site in
      let api = try await APICaller(site)
      let reply = try await api.send(.post, "/clients", bytes: Array(body.utf8))
      #expect(reply.status == 422)
      #expect(reply.wrongFields.contains(field), "\(reply.answer.text)")
      #expect(try await api.get("/clients?limit=1").names("clients") == [])
    }
  }

  @Test(arguments: [
    "", "{", #"{"a":1,}"#, #"{"a":1,"a":2}"#, "{'a':1}", #"{"a":01}"#, #"{"a":NaN}"#, #"{"a":1e999}"#, #"{"a":"\ud800"}"#, "{}x",
    String(repeating: "[", count: 100_000), "\u{FEFF}{}", "{\"a\":\"\u{1}\"}",
  ])
  func refusesWhatIsNoJSON(body: String) async throws {
    #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(body.utf8)) }
  }

  @Test func readsAndWritesTheSame() throws {
    let text = #"{"a":[-9223372036854775808,9223372036854775807,0.5,true,false,null,"ж😀\"\\\n\u001f"],"b":{}}"#
    #expect(String(decoding: try JSONReader.read(Array(text.utf8)).bytes, as: UTF8.self) == text)
    #expect(try JSONReader.read(Array(#""\ud83d\ude00\u0416""#.utf8)) == "😀Ж")
    #expect(throws: JSONReader.Failure.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
  }

  @Test func boundsBodies() async throws {
    try await withTestSite(.sqlite) { site in
      let api = try await APICaller(site)
      let large = Array(#"{"kind":"company","name":"\#(String(repeating: "a", count: 1 << 20))"}"#.utf8)
      #expect(try await api.send(.post, "/clients", bytes: large).status == 413)
      #expect(try await api.send(.post, "/clients", bytes: Array("{}".utf8), [.contentType: "text/plain"]).status == 415)
      let deep = Array((#"{"a":"# + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "}").utf8)
      #expect(try await api.send(.post, "/clients", bytes: deep).status == 400)
    }
  }

  @Test(arguments: ["limit=0", "limit=201", "limit=x", "sort=owner", "cursor=zz", "owner=me", "tag=1&tag=x", "colour=red", "q=", "q=a&q=b"])
  func refusesWrongParameters(query: String) async throws {
    try await withTestSite(.sqlite) { site in
      let api = try await APICaller(site)
      #expect(try await api.get("/clients?\(query)").status == 422)
    }
  }

  /// Columns that no caller may set are refused by name, and nothing is written.
  @Test(arguments: Engine.all) func assignsNothingUnlisted(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let api = try await APICaller(site)
      let id = try await api.makeClient("Alfa")
      let before = try await api.get("/clients/\(id)")
      let columns = try await site.store.database.read { connection in
        try connection.values(
          "\(sqlite: "SELECT name FROM pragma_table_info('party')", postgres: "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'party'")",
          as: String.self)
      }
      #expect(columns.count > 30)
      let readOnly = columns + ["version", "createdAt", "deletedAt", "archivedAt", "isClient", "teamId", "lastContact", "id", "kind", "importId"]
      let allowed: Set<String> = ["name", "language", "zone", "country", "industry", "note", "profile"]
      for name in Set(readOnly).subtracting(allowed) {
        let reply = try await api.send(.patch, "/clients/\(id)", .object(JSONObject([(name, 1)])), [.ifMatch: before.etag])
        #expect(reply.status == 422 && reply.wrongFields == [name], "\(name): \(reply.status)")
      }
      #expect(try await api.get("/clients/\(id)").json == before.json)
    }
  }
}
