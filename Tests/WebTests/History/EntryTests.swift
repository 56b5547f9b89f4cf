import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

struct EntryTests {
  @Test(arguments: Engine.all) func isCorrectedWithdrawnAndPutBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm()
      _ = try await site.post(Routes.History.log(firm), TestSite.contact)
      let first = try #require(try await site.entries(firm).first)
      #expect(try await site.get(Routes.History.correct(first.id)).text.contains("about &lt;b&gt;delivery"))
      let fields = [("channel", "email"), ("direction", "in"), ("when", "2026-11-05T15:00"), ("body", "about prices"), ("reason", "mixed up")]
      #expect(try await site.post(Routes.History.correct(first.id), fields).location == "/clients/\(firm)?said=said.corrected")
      let second = try #require(try await site.entries(firm).first)
      let page = try await site.get(Routes.History.entry(second.id)).text
      #expect(page.contains("about prices") && page.contains("Reason: mixed up") && page.contains("about &lt;b&gt;delivery"))
      #expect(try await site.get(Routes.History.entry(first.id)).text.contains("/history/\(second.id)"))
      #expect(try await site.post(Routes.History.correct(first.id), fields).status == 412)
      #expect(try await site.post(Routes.History.withdrawSave(second.id), [("reason", "")]).location?.contains("undo=") == true)
      #expect(try await site.entries(firm).isEmpty)
      let withdrawal = try #require(try await site.entries(firm, TimelineFilter()).first { $0.kind == .withdrawal })
      #expect(try await site.post(Routes.History.restore(withdrawal.id)).status == 303)
      #expect(try await site.entries(firm).map(\.body) == ["about prices"])
    }
  }

  @Test(arguments: Engine.all) func onlyItsAuthorOrAManagerSetsItRight(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(of: .maria)
      _ = try await site.post(Routes.History.log(firm), as: .maria, TestSite.contact)
      let id = try #require(try await site.entries(firm).first?.id)
      #expect(try await site.get(Routes.History.correct(id), as: .piotr).status == 403)
      #expect(try await site.post(Routes.History.withdrawSave(id), as: .piotr).status == 403)
      #expect(try await site.get(Routes.History.entry(id), as: .ivan).status == 404)
      #expect(try await site.post(Routes.History.pin(id), as: .ivan).status == 404)
      #expect(try await site.post(Routes.History.pin(id), as: .piotr).status == 303)
      #expect(try await site.read { try $0.timeline(of: firm).pinned.map(\.id) } == [id])
      #expect(try await site.post(Routes.History.unpin(id), as: .maria).status == 303)
      #expect(try await site.post(Routes.History.withdrawSave(id), as: .manager).status == 303)
    }
  }

  @Test(arguments: Engine.all) func filesGoOutAsDownloads(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(of: .maria)
      let bytes: [UInt8] = [0, 1, 2, 255, 13, 10, 45, 45]
      let answer = try await site.upload(
        Routes.History.log(firm), as: .maria, TestSite.contact, files: [("Оферта \"1\".html".replacing("\"", with: "%22"), "text/html", bytes)])
      #expect(answer.status == 303)
      let file = try #require(try await site.entries(firm).first?.files.first)
      let path = Routes.History.attachment(file.id)
      let got = try await site.get(path, as: .maria)
      #expect(got.bytes == bytes)
      #expect(got.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"") == true)
      #expect(got.headers[.contentDisposition]?.contains("filename*=UTF-8''%D0%9E%D1%84%D0%B5%D1%80%D1%82%D0%B0%20%221%22.html") == true)
      #expect(got.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
      #expect(got.headers[.xContentTypeOptions] == "nosniff")
      let tag = try #require(got.headers[.eTag])
      #expect(try await site.get(path, as: .maria, [.ifNoneMatch: tag]).status == 304)
      #expect(try await site.get(path, as: .ivan).status == 404)
      #expect(try await site.get(path, as: nil).status == 303)
    }
  }

  @Test func tooLargeAFileIsRefused() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm()
      let big = [UInt8](repeating: 7, count: site.site.settings.uploadLimit + (2 << 20))
      let answer = try await site.upload(Routes.History.log(firm), TestSite.contact, files: [("big.bin", "x/y", big)])
      #expect(answer.status == 413)
      #expect(try await site.entries(firm).isEmpty)
    }
  }

  @Test(arguments: [
    ("text/html", "text/html"), ("application/vnd.ms-excel", "application/vnd.ms-excel"), ("text/html\r\nX: y", "application/octet-stream"),
    ("", "application/octet-stream"), ("a/b/c", "application/octet-stream"), ("text/плохо", "application/octet-stream"),
  ]) func mediaTypesAreChecked(given: String, sent: String) {
    #expect(AttachmentDownload.mediaType(given) == sent)
  }
}

struct FactPageTests {
  @Test(arguments: Engine.all) func factsAreAddedChangedAndEnded(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(of: .maria)
      let add = Routes.Facts.new(firm)
      #expect(try await site.post(add, as: .maria, [("kind", "date"), ("text", "Name day"), ("date", "31.02")]).status == 422)
      #expect(try await site.post(add, as: .maria, [("kind", "date"), ("text", "Name day"), ("date", "")]).status == 422)
      #expect(try await site.post(add, as: .ivan, [("kind", "other"), ("text", "x")]).status == 404)
      let done = try await site.post(add, as: .maria, [("kind", "date"), ("text", "Name day"), ("date", "29.02"), ("source", "call")])
      #expect(done.location?.hasPrefix("/clients/\(firm)?undo=") == true)
      let fact = try #require(try await site.read { try $0.knowledge(of: firm).facts.first })
      #expect(fact.draft.date == PartialDate(month: 2, day: 29))
      let edit = Routes.Facts.edit(fact.id)
      #expect(try await site.get(edit, as: .maria).text.contains("value=\"29.02\""))
      let change = [("kind", "other"), ("text", "Likes tea"), ("version", "1")]
      #expect(try await site.post(edit, as: .maria, change).status == 303)
      let late = try await site.post(edit, as: .maria, [("kind", "other"), ("text", "Likes coffee"), ("version", "1")])
      #expect(late.status == 409 && late.text.contains("Likes tea") && late.text.contains("Likes coffee") && late.text.contains("value=\"2\""))
      #expect(try await site.post(edit, as: .maria, [("kind", "other"), ("text", "x")]).status == 428)
      #expect(try await site.post(Routes.Facts.end(fact.id), as: .maria, [("version", "2")]).location?.contains("undo=") == true)
      #expect(try await site.post(Routes.Facts.restore(fact.id), as: .maria, [("version", "3")]).status == 303)
    }
  }

  @Test(arguments: [
    ("29.02", PartialDate(month: 2, day: 29)), ("3.5.1986", PartialDate(year: 1986, month: 5, day: 3)), ("3/5", PartialDate(month: 5, day: 3)),
    ("1986-05-03", PartialDate(year: 1986, month: 5, day: 3)), ("--05-03", PartialDate(month: 5, day: 3)), ("31.02", nil), ("5", nil),
    ("3.5.86", nil), ("a.b", nil), ("99999999999999999999.1", nil), ("29.02.1987", nil), ("3. 5. 1986", PartialDate(year: 1986, month: 5, day: 3)),
  ]) func datesAsPeopleWriteThem(text: String, date: PartialDate?) {
    #expect(TypedDate.partial(text) == date)
  }
}
