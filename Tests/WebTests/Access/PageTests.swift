import Database
import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// Every page, from the declared routes, in every language: well-formed, and inert whatever people are called.
struct PageTests {
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "</title><script>alert(1)</script>",
    "javascript:alert(1)", "{{7*7}}${7*7}", "&lt;script&gt;alert(1)&lt;/script&gt;", "\" autofocus onfocus=\"alert(1)", "--><b>x</b><!--",
    "</textarea><script>alert(1)</script>", "`onmouseover=alert(1)`", "]]><script>alert(1)</script>", "</option></select><img src=x>",
    "\u{202E}gnp.exe", "{name} {count}",
  ]

  @Test(arguments: Language.allCases) func pagesAreWellFormed(language: Language) async throws {
    try await withTestSite(.sqlite) { site in
      let records = try await SampleRecords.make(for: .owner, in: site)
      try await site.store.database.write { _ = try $0.run("UPDATE account SET language = \(language)") }
      for person in [TestPerson.owner, .marketing, .reader] {
        for route in site.routes where !route.isWrite {
          guard let (path, _) = route.path(records) else { continue }
          let answer = try await site.get(path, as: person, Self.headers(route))
          guard answer.headers[.contentType]?.hasPrefix("text/html") == true else { continue }
          let problems = PageCheck.problems(in: answer.text)
          #expect(problems.isEmpty, "\(path) as \(person): \(problems)")
        }
      }
    }
  }

  @Test(arguments: hostile) func namesAreInert(text: String) async throws {
    try await withTestSite(.sqlite) { site in
      let records = try await SampleRecords.make(for: .owner, in: site, text: text)
      try await site.store.database.write { connection in
        try connection.run("UPDATE account SET name = name || \(text)")
        try connection.run("UPDATE team SET name = name || \(text)")
      }
      site.site.sessions.forgetAll()
      for route in site.routes where !route.isWrite {
        guard let (path, _) = route.path(records) else { continue }
        let answer = try await site.get(path + "?q=" + URLText.encode(text) + "&next=" + URLText.encode(text), as: .owner, Self.headers(route))
        guard answer.headers[.contentType]?.hasPrefix("text/html") == true else { continue }
        let problems = PageCheck.problems(in: answer.text)
        #expect(problems.isEmpty, "\(path): \(problems)")
        if text.contains(where: { "<>\"'".contains($0) }) { #expect(!answer.text.contains(text), "\(path) shows it raw") }
      }
    }
  }

  /// Lists of options are made for scripts, which say so.
  private static func headers(_ route: RouteDeclaration) -> HTTPFields {
    route.template == "/palette" || route.template.hasPrefix("/pick/") ? [.xFragment: "1"] : [:]
  }

  /// A refused form comes back whole, with its summary and what was typed.
  @Test func refusedFormsKeepWhatWasTyped() async throws {
    try await withTestSite(.sqlite) { site in
      let typed = "\"><b>x"
      for path in [Routes.Settings.changeProfile(), Routes.Settings.inviteUser(), Routes.Settings.changeInstallation()] {
        let answer = try await site.post(path, [("name", typed), ("company", typed), ("email", "no address"), ("theme", "pink")])
        #expect(answer.status == 422, "\(path)")
        #expect(answer.text.contains("&quot;&gt;&lt;b&gt;x"), "\(path)")
        #expect(answer.text.contains("class=\"summary\"") && answer.text.contains("<title>Error: "))
        #expect(PageCheck.problems(in: answer.text).isEmpty, "\(path): \(PageCheck.problems(in: answer.text))")
      }
    }
  }
}
