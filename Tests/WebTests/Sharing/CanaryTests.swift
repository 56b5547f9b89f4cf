import Domain
import Foundation
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// Marks planted in everything that is ours alone are looked for in everything that goes to a client.
struct CanaryTests {
  private static func leaks(_ text: String) -> [String] {
    let amount = String(SampleDossier.secretAmount / 100)
    let digits = text.filter { $0.isNumber || $0 == "." }
    var found = text.components(separatedBy: SampleDossier.mark).dropFirst().map { SampleDossier.mark + $0.prefix(12) }
    if digits.contains(amount) { found.append(amount) }
    return found
  }

  /// First that they are there to be found: our own face has them all.
  @Test func ourOwnFaceHasThem() async throws {
    try await withTestSite(.sqlite) { site in
      let sample = try await SampleDossier.plant(in: site)
      let dossier = try await site.read { try $0.dossier(of: sample.client) }
      var text = ""
      dump(dossier.entries, to: &text)
      for field in ["What", "Why", "Asked", "Did", "Took", "Workings", "Proof", "Note", "Subject", "Author"] {
        #expect(text.contains(SampleDossier.mark + field))
      }
      #expect(Self.leaks("€776,655.44") == ["776655"] && Self.leaks("776655.44") == ["776655"])
    }
  }

  @Test(arguments: Language.allCases) func noneIsInWhatAClientReads(language: Language) async throws {
    try await withTestSite(.sqlite) { site in
      let sample = try await SampleDossier.plant(in: site)
      let path = try await sample.link([("language", language.rawValue)])
      let inside = "?lang=\(language.rawValue)"
      var outputs = [("page", try await sample.open(path).text)]
      outputs.append(("print", try await site.get(Routes.DossierFiles.print(sample.client) + inside).text))
      let api = try await APICaller(site)
      outputs.append(("API", try await api.get("/clients/\(sample.client)/dossier/client").answer.text))
      for (name, answer) in [("link", try await sample.open(path + "/pdf")), ("ours", try await site.get(Routes.DossierFiles.pdf(sample.client) + inside))] {
        #expect(answer.status == 200)
        outputs.append(("PDF \(name)", try Tool.run("pdftotext", ["-layout", "-", "-"], answer.bytes)))
        outputs.append(("PDF head \(name)", try Tool.run("pdfinfo", ["-"], answer.bytes)))
      }
      for (name, answer) in [("link", try await sample.open(path + "/excel")), ("ours", try await site.get(Routes.DossierFiles.excel(sample.client) + inside))] {
        #expect(answer.status == 200)
        outputs.append(("Excel \(name)", try Tool.run("unzip", ["-p", "-"], answer.bytes)))
      }
      for (name, text) in outputs {
        #expect(text.count > 200, "\(name)")
        #expect(Self.leaks(text).isEmpty, "\(name): \(Self.leaks(text))")
      }
    }
  }

  /// What the page says in figures, the PDF says too.
  @Test(arguments: Language.allCases) func theFileSaysWhatThePageSays(language: Language) async throws {
    try await withTestSite(.sqlite) { site in
      let sample = try await SampleDossier.plant(in: site)
      let path = try await sample.link([("language", language.rawValue)])
      let page = try await sample.open(path).text
      let pdf = try await sample.open(path + "/pdf")
      #expect(pdf.headers[.contentType] == "application/pdf" && pdf.headers[.cacheControl] == "no-store")
      let info = try Tool.run("pdfinfo", ["-"], pdf.bytes)
      #expect(info.contains(/Tagged: +yes/) && info.contains("A4"))
      let text = Self.flat(try Tool.run("pdftotext", ["-layout", "-", "-"], pdf.bytes))
      let amounts = page.matches(of: /<td class="num">([^<]+)/).map { Self.flat(String($0.1)) } + page.matches(of: /<dd>([^<]+)/).map { Self.flat(String($0.1)) }
      #expect(amounts.count > 12)
      for amount in amounts where amount.contains(where: \.isNumber) { #expect(text.contains(amount), "\(amount)") }
    }
  }

  /// Blanks of any kind are one; entities are what they stand for.
  private static func flat(_ text: String) -> String {
    text.replacing("&amp;", with: "&").split { $0.isWhitespace || $0 == "\u{A0}" }.joined(separator: " ")
  }
}
