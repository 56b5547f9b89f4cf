import Database
import Domain
import Store
import TestSupport

extension TestBase {
  /// The company, whose currency is the euro.
  func founded() async throws {
    try await store.database.write { connection in
      try connection.run("""
        INSERT INTO installation (id, company, country, zone, currency, language, created_at)
        VALUES (1, 'Survey House', 'BG', 'Europe/Sofia', 'EUR', 'en', 0)
        """)
    }
  }
}

func euros(_ minor: Int64) -> Money { Money(minor: minor, currency: .eur) }

func entry(
  _ section: DossierSection, _ date: String, _ what: String, _ money: Money? = nil, for audience: DossierAudience = .inner
) -> DossierEntryDraft {
  DossierEntryDraft(
    section: section, date: CalendarDate(date) ?? CalendarDate(daysSince1970: 0), what: what,
    amount: money.map { DossierAmount($0, basis: .agreed, workings: "by the price list") }, audience: audience)
}
