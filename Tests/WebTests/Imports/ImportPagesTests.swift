import Database
import Domain
import Files
import HTTPTypes
import Jobs
import Store
import TestSupport
import Testing

@testable import Web

/// The whole road as a browser without scripts goes it.
@Suite struct ImportPagesTests {
  static let list = "Name;E-mail;Phone\nAnna <b>;anna@example.com;0888123456\n;nobody@example.com;\n"

  @Test(arguments: Engine.all) func fromFileToReportAndBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let uploaded = try await site.upload(Self.list)
      #expect(uploaded.status == 303)
      #expect(uploaded.location == "/imports/1/columns")
      let columns = try await site.get("/imports/1/columns")
      #expect(columns.status == 200)
      #expect(columns.text.contains("<option value=\"email\" selected>"))
      #expect(!columns.text.contains("Anna <b>"))

      let checking = try await site.check(fields: ["name", "email", "phone"], version: 1)
      #expect(checking.location == "/imports/1")
      #expect(try await site.get("/imports/1").text.contains("data-progress-url"))
      try await site.runJobs()
      let checked = try await site.get("/imports/1")
      #expect(checked.text.contains("The row names neither a person nor a company."))
      let version = try await site.version
      _ = try await site.post("/imports/1/run", [("version", "\(version)")])
      try await site.runJobs()
      let report = try await site.get("/imports/1")
      #expect(report.text.contains("/imports/1/undo"))

      let wrong = try await site.get("/imports/1/wrong")
      #expect(wrong.headers[.contentDisposition]?.contains("list-wrong.csv") == true)
      #expect(wrong.text.contains("nobody@example.com;;2;"))
      let undone = try await site.post("/imports/1/undo", [("version", "\(try await site.version)")])
      #expect(undone.status == 303)
      try await site.runJobs()
      #expect(try await site.get("/imports/1").text.contains("Into the bin: 1."))
      #expect(try await site.get("/imports").text.contains("taken back"))
    }
  }

  /// Back in the browser to an older page: nothing starts twice.
  @Test(arguments: Engine.all) func anOldPageIsRefused(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      _ = try await site.upload(Self.list)
      _ = try await site.check(fields: ["name", "email", "phone"], version: 1)
      let again = try await site.check(fields: ["name", "email", "phone"], version: 1)
      #expect(again.status == 412)
    }
  }

  @Test(arguments: Engine.all) func wrongInputComesBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      #expect(try await site.upload("").status == 422)
      #expect(try await site.upload("PK\u{3}\u{4}spreadsheet").status == 422)
      _ = try await site.upload(Self.list)
      let nameless = try await site.check(fields: ["ignore", "email", "phone"], version: 1)
      #expect(nameless.status == 422)
      #expect(nameless.text.contains("Choose a column for the name"))
    }
  }

  @Test(arguments: Engine.all) func othersStayOut(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      _ = try await site.upload(Self.list)
      for person in [TestPerson.maria, .marketing, .reader] {
        for path in ["/imports", "/imports/new", "/imports/1", "/imports/1/columns", "/imports/1/wrong"] {
          #expect(try await site.get(path, as: person).status == 403, "\(person) \(path)")
        }
      }
      #expect(try await site.get("/imports/99").status == 404)
    }
  }

  @Test(arguments: Engine.all) func archiveIsItsStartersAlone(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      _ = try await site.post("/export")
      try await site.runJobs()
      #expect(try await site.get("/export").text.contains("/export/1/archive"))
      let file = try await site.get("/export/1/archive")
      #expect(file.bytes.starts(with: [0x50, 0x4B]))
      #expect(try await site.get("/export/1/archive", as: .manager).status == 404)
      #expect(try await site.get("/export", as: .maria).status == 403)
      site.time.goOn(milliseconds: 25 * Instant.hour)
      #expect(try await site.get("/export/1/archive").status == 404)
      try await site.runJobs()
      #expect(try await site.read { try $0.connection.value("SELECT count(*) FROM stored_file", as: Int.self) } == 0)
    }
  }

  /// What the list shows goes into the file; imported again it changes nothing.
  @Test(arguments: Engine.all) func listAsFile(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      _ = try await site.write { tx in
        var draft = ClientDraft(kind: .person, name: "=Anna")
        draft.contactPoints = [.email(try #require(EmailAddress("anna@example.com")))]
        draft.tags = ["vip"]
        _ = try tx.createClient(draft)
        return try tx.createClient(ClientDraft(kind: .company, name: "Beta"))
      }
      let file = try await site.get("/clients/export?q=anna")
      #expect(file.status == 200)
      #expect(file.text.contains(",'=Anna,"))
      #expect(!file.text.contains("Beta"))
      #expect(try await site.get("/clients").text.contains("/clients/export"))
      #expect(try await site.get("/clients/export", as: .maria).status == 403)
      let guess = try #require(try ImportFile.guess(.bytes(file.bytes), country: nil))
      let read = RowInterpreter(guess.plan.mapping)
      let row = try #require(guess.sample.first)
      #expect(try read.interpret(row).client.name == "=Anna")
      #expect(try read.interpret(row).client.tags == ["vip"])
    }
  }

  private func missingKeys(_ page: String) -> [String] {
    page.matches(of: /[>" ]((?:import|export|job)\.[a-zA-Z_.]+)[<" ]/).map { String($0.1) }
  }

  /// Every page of the feature has its words in every language.
  @Test(arguments: Language.allCases) func words(language: Language) async throws {
    try await withTestSite(.sqlite) { site in
      try await site.write { try $0.connection.run("UPDATE account SET language = \(language)") }
      _ = try await site.upload(Self.list)
      for path in ["/imports", "/imports/new", "/imports/1/columns", "/export"] {
        let page = try await site.get(path)
        #expect(missingKeys(page.text).isEmpty, "\(path): \(missingKeys(page.text))")
      }
    }
  }
}

extension TestSite {
  fileprivate func upload(_ text: String) async throws -> TestAnswer {
    let body = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\nContent-Type: text/csv\r\n\r\n\(text)\r\n--xyz--\r\n"
    return try await send(.post, "/imports", [.contentType: "multipart/form-data; boundary=xyz"], body: Array(body.utf8))
  }

  fileprivate func check(fields: [String], version: Int) async throws -> TestAnswer {
    let columns = fields.enumerated().map { ("column-\($0)", $1) }
    let rules = [("version", "\(version)"), ("match", "email"), ("existing", "update"), ("country", "BG"), ("kind", ""), ("tags", "fair 2026")]
    return try await post("/imports/1/check", rules + columns)
  }

  fileprivate var version: Int {
    get async throws { try await read { try $0.importRecord(ImportID(1)).version } }
  }

  fileprivate func runJobs() async throws {
    let runner = JobRunner(store: store, kinds: JobCatalogue.all(store), clock: site.clock, log: site.log)
    while try await runner.runNext() {}
  }
}
