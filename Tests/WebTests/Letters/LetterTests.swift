import Domain
import Foundation
import HTTPTypes
import Markup
import Store
import TestSupport
import Testing

@testable import Web

/// Letters in every use, language and tone: whole sentences with the dossier's figures, nothing that is ours alone.
struct LetterTests {
  private static let cases = LetterUse.allCases.flatMap { use in Language.allCases.map { (use, $0) } }

  @Test(arguments: cases) func everyLetterIsWhole(_ use: LetterUse, _ language: Language) async throws {
    try await withTestSite(.sqlite) { site in
      let sample = try await SampleDossier.plant(in: site)
      for tone in LetterTone.allCases {
        let query = "?use=\(use)&lang=\(language)&tone=\(tone)&name=Anna&year=2024"
        let page = try await site.get(Routes.Letters.page(sample.client) + query).text
        #expect(PageCheck.problems(in: page).isEmpty, "\(PageCheck.problems(in: page))")
        let text = try #require(page.firstMatch(of: /<textarea[^>]*>\s*([^<]+)<\/textarea>/).map { String($0.1) })
        #expect(!text.contains(SampleDossier.mark) && !text.contains("{") && !text.contains("letter."), "\(text)")
        let words = site.site.words(language, zone: "UTC")
        let given = use == .review ? Money(minor: 0, currency: .eur) : Money(minor: 363_456, currency: .eur)
        if given.minor > 0 { #expect(text.contains(words.formats.money(given)), "\(text)") }
        #expect(text.contains(words.formats.money(Money(minor: 1_000_050, currency: .eur))))
        #expect(text.contains(words.formats.money(Money(minor: 50_000, currency: Currency.pln))))
        #expect(use == .pride || text.contains("Anna"))
      }
    }
  }

  @Test func whatIsTypedGoesToPaperAsItIs() async throws {
    try await withTestSite(.sqlite) { site in
      let sample = try await SampleDossier.plant(in: site)
      let fields = [("lang", "pl"), ("text", "Zażółć <b>gęślą</b>\r\njaźń\r\n\r\nDrugi akapit")]
      let page = try await site.post(Routes.Letters.print(sample.client), fields)
      #expect(page.text.contains("Zażółć &lt;b&gt;gęślą&lt;/b&gt;\njaźń</p>") && page.text.contains("<html lang=\"pl\">"))
      #expect(PageCheck.problems(in: page.text).isEmpty)
      let pdf = try await site.post(Routes.Letters.pdf(sample.client), fields)
      let text = try Tool.run("pdftotext", ["-", "-"], pdf.bytes)
      #expect(text.contains("Zażółć <b>gęślą</b>") && text.contains("Drugi akapit") && text.contains("5 lis 2026"))
    }
  }

  @Test func aStrangerWritesNone() async throws {
    try await withTestSite(.sqlite) { site in
      let sample = try await SampleDossier.plant(in: site)
      #expect(try await site.post(Routes.Letters.print(sample.client), as: .ivan, [("text", "x")]).status == 404)
    }
  }
}
