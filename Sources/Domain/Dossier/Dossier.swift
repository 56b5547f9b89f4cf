/// A client's value dossier as we read it: everything, with what each project brought and the notes that are ours alone. What a
/// client may read is another type, `ClientDossier`, that is not made from this one.

package struct Dossier: Sendable {
  package let head: DossierHead
  package let managers: [DossierManager]
  package let projects: [DossierProject]
  /// Of the period, oldest first.
  package let entries: [DossierEntry]
  /// Of these entries.
  package let totals: DossierTotals
  package let headline: DossierHeadline

  package init(
    head: DossierHead, managers: [DossierManager], projects: [DossierProject], entries: [DossierEntry], headline: DossierHeadline
  ) {
    self.head = head
    self.managers = managers
    self.projects = projects
    self.entries = entries
    self.headline = headline
    totals = DossierTotals(entries, in: head.base)
  }

  package func entries(of section: DossierSection) -> [DossierEntry] { entries.filter { $0.section == section } }

  /// The same with those entries only, and their totals.
  package func showing(_ filter: DossierFilter) -> Dossier {
    guard !filter.isEmpty else { return self }
    return Dossier(head: head, managers: managers, projects: projects, entries: filter.applied(to: entries), headline: headline)
  }
}

/// Whose dossier, of which time, made when: the same on both faces.
package struct DossierHead: Hashable, Sendable {
  package let clientID: ClientID
  package let client: String
  /// Ours.
  package let company: String
  /// The client's, where it is known: what is written for it is written so.
  package let language: Language?
  package let period: DossierPeriod
  /// The currency of all totals.
  package let base: Currency
  package let madeAt: Instant
  package let madeBy: String

  package init(
    clientID: ClientID, client: String, company: String, language: Language?, period: DossierPeriod, base: Currency,
    madeAt: Instant, madeBy: String
  ) {
    self.clientID = clientID
    self.client = client
    self.company = company
    self.language = language
    self.period = period
    self.base = base
    self.madeAt = madeAt
    self.madeBy = madeBy
  }
}

/// Someone who decided for the client, from when until when.
package struct DossierManager: Hashable, Sendable {
  package let personID: PersonID
  package let name: String
  package let role: String
  package let from: CalendarDate?
  package let until: CalendarDate?
  /// Decides today; an earlier manager may still work there.
  package let isCurrent: Bool

  package init(personID: PersonID, name: String, role: String, from: CalendarDate?, until: CalendarDate?, isCurrent: Bool) {
    (self.personID, self.name, self.role, self.from, self.until, self.isCurrent) = (personID, name, role, from, until, isCurrent)
  }
}

/// A project with its price and period, as we see it.
package struct DossierProject: Hashable, Sendable {
  package let id: DealID
  package let name: String
  package let price: Money?
  /// The price in the company's currency; nil where there is no price or no rate.
  package let value: Money?
  package let from: CalendarDate?
  package let until: CalendarDate?
  /// Agreed with the client: what is only hoped for is not part of what we did.
  package let isWon: Bool
  /// What we gave with it, in the company's currency, over all time.
  package let given: Money
  /// The price less what it cost us, in the company's currency; nil where no cost is known, and for those who may not see it.
  package let margin: Money?

  package init(
    id: DealID, name: String, price: Money?, value: Money?, from: CalendarDate?, until: CalendarDate?, isWon: Bool, given: Money,
    margin: Money? = nil
  ) {
    (self.id, self.name, self.price, self.value) = (id, name, price, value)
    (self.from, self.until, self.isWon, self.given, self.margin) = (from, until, isWon, given, margin)
  }
}

/// The figures that a dossier opens with, over all time whatever the period.
package struct DossierHeadline: Hashable, Sendable {
  /// The first day anything is known of.
  package let since: CalendarDate?
  /// Completed years.
  package let years: Int
  package let projects: Int
  package let given: DossierSum
  package let benefit: DossierSum
  /// Promises of ours that came due, and those kept on time; nil where there were none.
  package let promises: Promises?

  package struct Promises: Hashable, Sendable {
    package let kept: Int
    package let due: Int
    package init(kept: Int, due: Int) { (self.kept, self.due) = (kept, due) }
  }

  package init(
    since: CalendarDate?, today: CalendarDate, projects: Int, given: DossierSum, benefit: DossierSum, promises: Promises?
  ) {
    self.since = since
    years = since.map { DossierHeadline.years(from: $0, to: today) } ?? 0
    self.projects = projects
    self.given = given
    self.benefit = benefit
    self.promises = promises
  }

  static func years(from first: CalendarDate, to day: CalendarDate) -> Int {
    let anniversary = PartialDate(first).occurrence(in: day.year)
    return max(0, day.year - first.year - ((anniversary.map { $0 > day } ?? false) ? 1 : 0))
  }
}

/// Which entries of a dossier are shown, and in which order.
package struct DossierFilter: Hashable, Sendable {
  package enum Order: String, CaseIterable, Sendable { case oldest, newest, largest }
  /// Every word must stand in the entry.
  package var find: String
  package var project: DealID?
  package var order: Order

  package init(find: String = "", project: DealID? = nil, order: Order = .oldest) {
    (self.find, self.project, self.order) = (find, project, order)
  }

  package var isEmpty: Bool { find.isEmpty && project == nil && order == .oldest }
  package var leavesOut: Bool { !find.isEmpty || project != nil }

  func applied(to entries: [DossierEntry]) -> [DossierEntry] {
    let terms = Fold.search(find).split(separator: " ").map(String.init)
    var found = entries
    if let project { found = found.filter { $0.draft.project == project } }
    if !terms.isEmpty {
      found = found.filter { entry in
        let text = Fold.search(entry.draft.searchable + " " + (entry.projectName ?? ""))
        return terms.allSatisfy { text.contains($0) }
      }
    }
    switch order {
    case .oldest: return found
    case .newest: return found.reversed()
    case .largest: return found.sorted { ($0.value?.minor ?? -1, $0.date, $0.id) > ($1.value?.minor ?? -1, $1.date, $1.id) }
    }
  }
}

extension DossierEntryDraft {
  package var searchable: String {
    [what, why, story.asked, story.did, story.took, proof, note, amount?.workings ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
