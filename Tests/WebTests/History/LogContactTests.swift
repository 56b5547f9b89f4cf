import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

extension TestSite {
  func firm(_ name: String = "Alfa", of owner: TestPerson? = nil) async throws -> ClientID {
    try await write { tx in
      var draft = ClientDraft(kind: .company, name: name)
      draft.ownerID = owner?.id
      return try tx.createClient(draft)
    }
  }

  func entries(_ client: ClientID, _ filter: TimelineFilter = TimelineFilter(kind: .contacts)) async throws -> [TimelineEntry] {
    try await read { try $0.timeline(of: client, filter).entries }
  }

  static let contact = [("channel", "call"), ("direction", "in"), ("when", "2026-11-05T15:00"), ("body", "about <b>delivery</b>")]

  /// A form with files, as a browser sends it.
  func upload(
    _ path: String, as person: TestPerson = .owner, _ fields: [(String, String)], files: [(name: String, type: String, bytes: [UInt8])]
  ) async throws -> TestAnswer {
    var body = ""
    for (name, value) in fields { body += "--b0\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n" }
    var bytes = Array(body.utf8)
    for file in files {
      bytes += Array("--b0\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(file.name)\"\r\nContent-Type: \(file.type)\r\n\r\n".utf8)
      bytes += file.bytes + Array("\r\n".utf8)
    }
    bytes += Array("--b0--\r\n".utf8)
    return try await send(.post, path, as: person, [.contentType: "multipart/form-data; boundary=b0"], body: bytes)
  }
}

struct LogContactTests {
  @Test(arguments: Engine.all) func logsAndTakesBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(of: .maria)
      let path = Routes.History.log(firm)
      let shown = try await site.get(path, as: .maria)
      #expect(shown.status == 200 && shown.text.contains("Log contact: Alfa") && shown.text.contains("2026-11-05T16:07"))
      let answer = try await site.post(path, as: .maria, TestSite.contact)
      #expect(answer.status == 303)
      let undo = try #require(answer.location?.split(separator: "undo=").last.flatMap { UndoID($0) })
      let entry = try #require(try await site.entries(firm).first)
      #expect(entry.body == "about <b>delivery</b>" && entry.authorID == TestPerson.maria.id)
      // 15:00 in Sofia.
      #expect(entry.occurredAt.iso == "2026-11-05T13:00:00Z")
      let page = try await site.get(Routes.History.entry(entry.id), as: .maria)
      #expect(page.text.contains("about &lt;b&gt;delivery&lt;/b&gt;") && page.text.contains("Call from the client"))
      #expect(try await site.post(Routes.undo(undo), as: .maria).status == 303)
      #expect(try await site.entries(firm).isEmpty)
    }
  }

  @Test(arguments: [
    ([("when", "2026-11-06T00:00")], "still to come"), ([("when", "yesterday")], "date and time"), ([("channel", "pigeon")], "Choose a channel"),
    ([("direction", "up")], "contacted whom"), ([("person", "999")], "person of this client"), ([("subject", String(repeating: "ы", count: 301))], "at most 300"),
  ] as [([(String, String)], String)]) func refusesAndKeepsWhatWasTyped(change: [(String, String)], says: String) async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm()
      let answer = try await site.post(Routes.History.log(firm), TestSite.contact + change)
      #expect(answer.status == 422)
      #expect(answer.text.contains(says))
      #expect(answer.text.contains("about &lt;b&gt;delivery&lt;/b&gt;"))
      #expect(try await site.entries(firm).isEmpty)
    }
  }

  @Test func laterTodayIsTakenAndEmptyIsNow() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm()
      for when in ["2026-11-05T23:59", "", "1999-12-31T10:00"] {
        #expect(try await site.post(Routes.History.log(firm), [("channel", "visit"), ("direction", "out"), ("when", when)]).status == 303)
      }
      #expect(try await site.entries(firm).map(\.occurredAt.iso) == ["2026-11-05T21:59:00Z", site.now.iso, "1999-12-31T08:00:00Z"])
    }
  }

  @Test(arguments: Engine.all) func anywhereFindsItsClient(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm("Łódź Textiles"), other = try await site.firm("Lodz Tools")
      let path = Routes.History.logAnywhere()
      #expect(try await site.get(path).status == 200)
      let several = try await site.post(path, TestSite.contact + [("client_name", "lodz")])
      #expect(several.status == 422 && several.text.contains("value=\"\(firm)\"") && several.text.contains("value=\"\(other)\""))
      #expect(try await site.post(path, TestSite.contact + [("client_name", "nobody")]).status == 422)
      #expect(try await site.post(path, TestSite.contact).status == 422)
      #expect(try await site.post(path, TestSite.contact + [("client_name", "textil")]).location?.hasPrefix("/clients/\(firm)?undo=") == true)
      #expect(try await site.post(path, TestSite.contact + [("client_name", "lodz"), ("client_id", "\(other)")]).status == 303)
      #expect(try await site.entries(firm).count == 1)
      #expect(try await site.entries(other).count == 1)
    }
  }

  @Test(arguments: Engine.all) func othersClientsAreNotThere(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(of: .maria)
      #expect(try await site.get(Routes.History.log(firm), as: .ivan).status == 404)
      #expect(try await site.post(Routes.History.log(firm), as: .ivan, TestSite.contact).status == 404)
      #expect(try await site.post(Routes.History.noteSave(firm), as: .ivan, [("body", "x")]).status == 404)
      #expect(try await site.post(Routes.History.log(firm), as: .reader, TestSite.contact).status == 403)
      #expect(try await site.post(Routes.History.logAnywhere(), as: .ivan, TestSite.contact + [("client_id", "\(firm)")]).status == 404)
      #expect(try await site.entries(firm, TimelineFilter()).allSatisfy(\.kind.isAutomatic))
    }
  }

  @Test func aDialogGetsTheFormAlone() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm()
      let part = try await site.get(Routes.History.log(firm), as: .owner, [.xFragment: "1"])
      #expect(part.text.hasPrefix("<form") && part.text.contains("<h2>") && !part.text.contains("<main"))
      #expect(part.text.contains("data-close"))
    }
  }
}
