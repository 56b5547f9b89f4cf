/// Sums of a dossier: what could be valued in the company's currency, and beside it what could not. No sum fails: an amount that
/// would pass 64 bits is told beside it too, since neither a wrong figure nor none at all would do.

package struct DossierSum: Hashable, Sendable {
  /// In the company's currency.
  package private(set) var total: Money
  /// Amounts without a rate on their day, by currency in the order of codes.
  package private(set) var unconverted: [Money]
  /// Entries with and without an amount.
  package private(set) var entries: Int

  package init(in base: Currency) { (total, unconverted, entries) = (.zero(base), [], 0) }

  package mutating func add(_ amount: Money?, value: Money?) {
    entries += 1
    if let value {
      addConverted(value)
    } else if let amount {
      addUnconverted(amount)
    }
  }

  package func adding(_ other: DossierSum) -> DossierSum {
    var both = self
    both.addConverted(other.total)
    both.entries += other.entries
    for amount in other.unconverted { both.addUnconverted(amount) }
    return both
  }

  private mutating func addConverted(_ value: Money) {
    if let sum = try? total.adding(value) { total = sum } else { addUnconverted(value) }
  }

  private mutating func addUnconverted(_ amount: Money) {
    let index = unconverted.firstIndex { (try? $0.adding(amount)) != nil }
    if let index, let sum = try? unconverted[index].adding(amount) {
      unconverted[index] = sum
    } else {
      unconverted.append(amount)
      unconverted.sort { $0.currency.code < $1.currency.code }
    }
  }
}

/// What is summed of an entry, on either face.
package protocol DossierSummed {
  var section: DossierSection { get }
  var projectName: String? { get }
  var date: CalendarDate { get }
  var money: Money? { get }
  /// In the company's currency.
  var value: Money? { get }
}

package struct DossierTotals: Hashable, Sendable {
  package struct Year: Hashable, Sendable {
    package let year: Int
    package var given: DossierSum
    package var benefit: DossierSum
  }
  package struct Project: Hashable, Sendable {
    /// Nil for what belongs to no project.
    package let name: String?
    package var sum: DossierSum
  }

  /// Sections 2 to 5, each there whether it has entries or not.
  package private(set) var sections: [DossierSection: DossierSum]
  /// All of them: what the client received.
  package private(set) var all: DossierSum
  /// Sections 2, 4 and 5.
  package private(set) var given: DossierSum
  /// Section 3.
  package private(set) var benefit: DossierSum
  /// From the first year with an entry to the last, none left out.
  package private(set) var years: [Year]
  package private(set) var projects: [Project]

  package init(_ entries: some Sequence<some DossierSummed>, in base: Currency) {
    let none = DossierSum(in: base)
    sections = Dictionary(uniqueKeysWithValues: DossierSection.written.map { ($0, none) })
    (all, given, benefit, projects) = (none, none, none, [])
    var byYear: [Int: Year] = [:]
    var places: [String?: Int] = [:]
    for entry in entries where entry.section.isWritten {
      sections[entry.section, default: none].add(entry.money, value: entry.value)
      all.add(entry.money, value: entry.value)
      var year = byYear[entry.date.year] ?? Year(year: entry.date.year, given: none, benefit: none)
      if entry.section.isGiven {
        given.add(entry.money, value: entry.value)
        year.given.add(entry.money, value: entry.value)
      } else {
        benefit.add(entry.money, value: entry.value)
        year.benefit.add(entry.money, value: entry.value)
      }
      byYear[entry.date.year] = year
      let place = places[entry.projectName] ?? projects.count
      if place == projects.count {
        places[entry.projectName] = place
        projects.append(Project(name: entry.projectName, sum: none))
      }
      projects[place].sum.add(entry.money, value: entry.value)
    }
    let span = byYear.keys.min().flatMap { first in byYear.keys.max().map { first...$0 } }
    years = span.map { $0.map { byYear[$0] ?? Year(year: $0, given: none, benefit: none) } } ?? []
  }

  package func of(_ section: DossierSection) -> DossierSum { sections[section] ?? DossierSum(in: all.total.currency) }
}

extension DossierEntry: DossierSummed {
  package var section: DossierSection { draft.section }
  package var date: CalendarDate { draft.date }
  package var money: Money? { draft.amount?.money }
}
