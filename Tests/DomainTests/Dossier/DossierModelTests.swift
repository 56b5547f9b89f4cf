import Testing

@testable import Domain

struct DossierModelTests {
  private static func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? CalendarDate(daysSince1970: 0) }

  private struct Line: DossierSummed {
    let section: DossierSection, projectName: String?, date: CalendarDate, money: Money?, value: Money?
    init(_ section: DossierSection, _ date: String, _ euros: Int64?, _ project: String? = nil, dollars: Int64? = nil) {
      (self.section, projectName, self.date) = (section, project, DossierModelTests.day(date))
      value = euros.map { Money(minor: $0, currency: .eur) }
      money = dollars.map { Money(minor: $0, currency: .usd) } ?? value
    }
  }

  @Test func sumsBySectionProjectAndYear() throws {
    let lines = [
      Line(.cost, "2024-03-01", 100, "A"), Line(.cost, "2026-03-01", 20, "B"), Line(.benefit, "2026-04-01", 7000),
      Line(.loyalty, "2026-05-01", nil), Line(.special, "2026-06-01", 3, "A"), Line(.special, "2026-06-01", nil, "A", dollars: 50),
    ]
    let totals = DossierTotals(lines, in: .eur)
    #expect(DossierSection.written.map { totals.of($0).total.minor } == [120, 7000, 0, 3])
    #expect(totals.of(.loyalty).entries == 1 && totals.given.total.minor == 123 && totals.benefit.total.minor == 7000)
    #expect(totals.all.total.minor == 7123 && totals.all.entries == 6 && totals.all.unconverted == [Money(minor: 50, currency: .usd)])
    #expect(totals.years.map(\.year) == [2024, 2025, 2026] && totals.years.map(\.given.total.minor) == [100, 0, 23])
    #expect(totals.projects.map(\.name) == ["A", "B", nil] && totals.projects.map(\.sum.total.minor) == [103, 20, 7000])
  }

  /// A wrong figure would be worse than one that says what it leaves out; no page at all would be worst.
  @Test func whatDoesNotFitIsToldBesideTheSum() {
    let lines = [
      Line(.cost, "2026-03-01", .max), Line(.cost, "2026-03-02", 7), Line(.cost, "2026-03-03", nil, dollars: .max),
      Line(.cost, "2026-03-04", nil, dollars: 5), Line(.benefit, "2026-03-05", .max),
    ]
    let totals = DossierTotals(lines, in: .eur)
    #expect(totals.given.total.minor == .max && totals.given.entries == 4)
    #expect(totals.given.unconverted == [
      Money(minor: 7, currency: .eur), Money(minor: .max, currency: .usd), Money(minor: 5, currency: .usd),
    ])
    let both = totals.given.adding(totals.benefit)
    #expect(both.total.minor == .max && both.entries == 5 && both.unconverted.contains(Money(minor: .max, currency: .eur)))
  }

  @Test func nothingSumsToNothing() throws {
    let totals = DossierTotals([Line](), in: .pln)
    #expect(totals.all.total == .zero(.pln) && totals.years.isEmpty && totals.of(.special).total == .zero(.pln))
  }

  @Test(arguments: [
    ("", "all", "2020-01-01", true), ("2026", "2026", "2026-12-31", true), ("2026", "2026", "2027-01-01", false),
    ("2026-01-10..2026-02-01", "2026-01-10..2026-02-01", "2026-02-01", true), ("2026-01-10..2026-02-01", "2026-01-10..2026-02-01", "2026-01-09", false),
  ]) func periodsAreReadAndHold(text: String, description: String, date: String, holds: Bool) throws {
    let period = try #require(DossierPeriod(text))
    #expect(period.description == description && period.contains(Self.day(date)) == holds)
  }

  @Test(arguments: ["20", "2026-01-01", "2026-02-01..2026-01-01", "x..y", "0000", "-2026"]) func badPeriodsAreRefused(text: String) {
    #expect(DossierPeriod(text) == nil)
  }

  @Test(arguments: [
    ("2020-11-05", "2026-11-05", 6), ("2020-11-06", "2026-11-05", 5), ("2024-02-29", "2025-02-28", 1), ("2024-02-29", "2025-02-27", 0),
    ("2026-11-05", "2026-11-05", 0), ("2027-01-01", "2026-11-05", 0),
  ]) func yearsTogetherAreCompletedYears(first: String, today: String, years: Int) {
    #expect(DossierHeadline.years(from: Self.day(first), to: Self.day(today)) == years)
  }

  /// person, is manager, from, until, entered; changes as day, from, to; expected as person, from, until, current.
  @Test func managersOverTime() {
    func tie(_ person: Int64, _ isManager: Bool, _ from: String?, _ until: String?, made: String) -> ManagerTie {
      ManagerTie(
        person: PartyID(person), name: "P\(person)", role: "", isManager: isManager, from: from.map(Self.day), until: until.map(Self.day),
        made: Self.day(made))
    }
    let ties = [
      tie(1, true, "2015-01-01", "2019-06-30", made: "2018-01-01"), tie(2, false, "2019-07-01", nil, made: "2019-07-10"),
      tie(3, true, nil, nil, made: "2020-01-01"), tie(4, false, "2016-01-01", nil, made: "2018-01-01"),
    ]
    let changes = [
      ManagerTerms.Change(day: Self.day("2019-07-10"), from: PartyID(1), to: PartyID(2)),
      ManagerTerms.Change(day: Self.day("2024-03-01"), from: PartyID(2), to: PartyID(3)),
    ]
    let terms = ManagerTerms.terms(ties: ties, changes: changes)
    #expect(terms.map(\.personID.rawValue) == [1, 2, 3])
    #expect(terms.map { $0.from?.description ?? "-" } == ["2015-01-01", "2019-07-01", "2024-03-01"])
    #expect(terms.map { $0.until?.description ?? "-" } == ["2019-06-30", "2024-03-01", "-"])
    #expect(terms.map(\.isCurrent) == [false, false, true])
  }
}
