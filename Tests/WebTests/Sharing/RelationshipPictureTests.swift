import Domain
import Markup
import TestSupport
import Testing

@testable import Web

@Suite struct RelationshipPictureTests {
  private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  /// Who decides now stands at the right end: the name goes before the bar and is whole. The largest sums are no trap.
  @Test func everyNameIsReadAndEverySumDrawn() async throws {
    try await withTestSite(.sqlite) { site in
      let today = try Self.day("2026-11-22"), since = try Self.day("2021-03-01")
      let head = DossierHead(
        clientID: ClientID(rawValue: 1), client: "Alfa", company: "Beta", language: .en, period: .all, base: .eur, madeAt: site.now, madeBy: "Eve")
      let huge = Money(minor: .max, currency: .eur)
      let dossier = ClientDossier(
        head: head,
        managers: [
          ClientDossier.Manager(name: "Bartholomew Featherstonehaugh", role: "", from: try Self.day("2026-10-01"), until: nil),
          ClientDossier.Manager(name: "Ann Lee", role: "", from: since, until: try Self.day("2026-09-01")),
        ],
        projects: [ClientDossier.Project(name: "Survey", price: nil, value: nil, from: since, until: try Self.day("2021-04-01"))],
        all: [ClientDossier.Entry(
          section: .cost, projectName: nil, date: try Self.day("2024-05-01"), what: "Work", why: "", story: DossierStory(),
          amount: DossierAmount(huge, basis: .agreed), value: huge, proof: "")],
        since: since, today: today, promises: nil)
      let words = site.site.words(.en, zone: "UTC")
      let picture = try #require(RelationshipPicture(PictureSubject(dossier), today: today, words: words))
      let svg = String(decoding: picture.html().bytes, as: UTF8.self)
      #expect(svg.contains("text-anchor=\"end\" fill=\"#1b1c1a\">Bartholomew Featherstonehaugh</text>"))
      #expect(svg.contains(">Ann Lee</text>") && svg.contains(">Survey</text>") && svg.matches(of: /class="b"/).count == 2)
    }
  }
}
