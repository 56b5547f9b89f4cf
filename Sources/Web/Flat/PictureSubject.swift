import Domain

/// What the picture of a relationship is drawn from. Either face of a dossier gives it: a page that goes out passes the client's.
struct PictureSubject: Sendable {
  struct Bar: Sendable { let name: String, from: CalendarDate?, until: CalendarDate? }

  let head: DossierHead
  let since: CalendarDate?
  let managers: [Bar]
  /// Won ones: what is only hoped for is no part of what was done.
  let projects: [Bar]
  /// The days of its entries.
  let days: [DossierSection: [CalendarDate]]
  let years: [DossierTotals.Year]

  init(_ dossier: ClientDossier) {
    (head, since, years) = (dossier.head, dossier.headline.since, dossier.totals.years)
    managers = dossier.managers.map { Bar(name: $0.name, from: $0.from, until: $0.until) }
    projects = dossier.projects.map { Bar(name: $0.name, from: $0.from, until: $0.until) }
    days = Dictionary(grouping: dossier.entries, by: \.section).mapValues { $0.map(\.date) }
  }

  init(_ dossier: Dossier) {
    (head, since, years) = (dossier.head, dossier.headline.since, dossier.totals.years)
    managers = dossier.managers.map { Bar(name: $0.name, from: $0.from, until: $0.until) }
    projects = dossier.projects.filter(\.isWon).map { Bar(name: $0.name, from: $0.from, until: $0.until) }
    days = Dictionary(grouping: dossier.entries, by: \.section).mapValues { $0.map(\.date) }
  }
}
