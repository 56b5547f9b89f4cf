import Domain
import Testing

@Suite struct DashboardTests {
  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  @Test(arguments: [("2026-11-05", "2026-11-02"), ("2026-11-02", "2026-11-02"), ("2026-11-08", "2026-11-02"), ("2027-01-01", "2026-12-28")])
  func weeksEndWithThePresentOne(today: String, monday: String) throws {
    let weeks = DashboardFilter().weeks(until: try day(today)), last = try day(monday)
    #expect(weeks.count == 13 && weeks.last == last)
    #expect(weeks.allSatisfy { $0.weekday == .monday })
    #expect(zip(weeks, weeks.dropFirst()).allSatisfy { $0.days(to: $1) == 7 })
  }

  @Test func monthsCrossTheYear() throws {
    var filter = DashboardFilter()
    filter.period = .year
    let months = filter.months(until: try day("2026-02-28")), first = try day("2025-03-01"), last = try day("2026-02-01")
    #expect(months.count == 12 && months.first == first && months.last == last)
  }

  @Test(arguments: [[], [("period", "year"), ("team", "3"), ("owner", "7")], [("period", "half")]] as [[(String, String)]])
  func urlsComeBack(pairs: [(String, String)]) {
    #expect(DashboardFilter(pairs: DashboardFilter(pairs: pairs).pairs) == DashboardFilter(pairs: pairs))
    #expect(DashboardFilter(pairs: pairs).pairs.count == pairs.count)
  }

  @Test func nonsenseInAURLIsNothing() { #expect(DashboardFilter(pairs: [("period", "x"), ("team", "-1"), ("owner", "a")]) == DashboardFilter()) }

  /// Every number of days is in one step, and the client list asked for that step finds the same.
  @Test func stepsCoverEveryAgeOnce() throws {
    let today = try day("2026-11-05")
    for days in 0...400 {
      let last = today.adding(days: -days)
      let steps = ContactAge.allCases.filter { age in
        switch age.range(until: today) {
        case .never: false
        case .after(let from): last >= from
        case .before(let before): last < before
        case .between(let from, let before): last >= from && last < before
        }
      }
      #expect(steps.count == 1, "\(days): \(steps)")
      #expect(steps.first.map { $0.days.from <= days && days <= ($0.days.until ?? .max) } == true)
    }
  }

  @Test(arguments: [
    [("before", "2026-03-01"), ("after", "2026-01-01")], [("after", "2026-01-01"), ("before", "2026-03-01")],
  ])
  func twoEndsOfLastContactAreARange(pairs: [(String, String)]) throws {
    let filter = ClientFilter(.clients, pairs: pairs)
    let range = ClientFilter.LastContact.between(try day("2026-01-01"), try day("2026-03-01"))
    #expect(filter.lastContact == range)
    #expect(ClientFilter(.clients, pairs: filter.pairs) == filter)
  }
}
