/// A value dossier as the client reads it. It is built from entries marked for the client alone, read by a query of their own, and
/// has no place for what is ours: no notes, no authors of entries, no history, no margins, no numbers of records.

package struct ClientDossier: Sendable {
  package let head: DossierHead
  package let managers: [Manager]
  package let projects: [Project]
  /// Of the period, oldest first.
  package let entries: [Entry]
  package let totals: DossierTotals
  package let headline: DossierHeadline

  package struct Manager: Hashable, Sendable {
    package let name: String
    package let role: String
    package let from: CalendarDate?
    package let until: CalendarDate?
    package init(name: String, role: String, from: CalendarDate?, until: CalendarDate?) {
      (self.name, self.role, self.from, self.until) = (name, role, from, until)
    }
  }

  /// Agreed ones only.
  package struct Project: Hashable, Sendable {
    package let name: String
    package let price: Money?
    package let value: Money?
    package let from: CalendarDate?
    package let until: CalendarDate?
    package init(name: String, price: Money?, value: Money?, from: CalendarDate?, until: CalendarDate?) {
      (self.name, self.price, self.value, self.from, self.until) = (name, price, value, from, until)
    }
  }

  package struct Entry: Hashable, Sendable, DossierSummed {
    package let section: DossierSection
    package let projectName: String?
    package let date: CalendarDate
    package let what: String
    package let why: String
    package let story: DossierStory
    package let amount: DossierAmount?
    package let value: Money?
    package let proof: String
    package var money: Money? { amount?.money }

    package init(
      section: DossierSection, projectName: String?, date: CalendarDate, what: String, why: String, story: DossierStory,
      amount: DossierAmount?, value: Money?, proof: String
    ) {
      self.section = section
      self.projectName = projectName
      self.date = date
      self.what = what
      self.why = why
      self.story = story
      self.amount = amount
      self.value = value
      self.proof = proof
    }
  }

  /// - Parameter all: the entries for the client of all time, which the headline sums.
  package init(
    head: DossierHead, managers: [Manager], projects: [Project], all: [Entry], since: CalendarDate?, today: CalendarDate,
    promises: DossierHeadline.Promises?
  ) {
    self.head = head
    self.managers = managers
    self.projects = projects.filter { head.period.overlaps($0.from, $0.until) }
    entries = all.filter { head.period.contains($0.date) }
    totals = DossierTotals(entries, in: head.base)
    let ever = DossierTotals(all, in: head.base)
    headline = DossierHeadline(
      since: since, today: today, projects: projects.count, given: ever.given, benefit: ever.benefit, promises: promises)
  }

  package func entries(of section: DossierSection) -> [Entry] { entries.filter { $0.section == section } }
}
