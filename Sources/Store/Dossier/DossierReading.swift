import Database
package import Domain

/// A client's whole dossier from one snapshot.
extension Session {
  package func dossier(of client: ClientID, _ period: DossierPeriod = .all) throws -> Dossier {
    try require(.viewDossier)
    let subject = try dossierSubject(client)
    let company = try installation()?.value
    let rates = try rateTable(base: company?.currency ?? .eur)
    let entries = try dossierEntries(of: client, in: rates.base)
    let projects = try ourProjects(of: client, entries, rates)
    let totals = DossierTotals(entries, in: rates.base)
    let head = dossierHead(subject, period, company)
    let won = projects.filter(\.isWon)
    return try Dossier(
      head: head, managers: try dossierManagers(of: client), projects: projects.filter { period.overlaps($0.from, $0.until) },
      entries: entries.filter { period.contains($0.draft.date) },
      headline: DossierHeadline(
        since: try since(subject, won.compactMap(\.from)), today: today, projects: won.count, given: totals.given, benefit: totals.benefit,
        promises: try dossierPromises(of: client)))
  }

  /// What the client may read: from entries marked for it, by a query that asks for nothing else.
  package func clientDossier(of client: ClientID, _ period: DossierPeriod = .all) throws -> ClientDossier {
    try require(.viewDossier)
    let subject = try dossierSubject(client)
    let company = try installation()?.value
    let rates = try rateTable(base: company?.currency ?? .eur)
    let won = try projectRows(of: client, rates).filter(\.isWon)
    return try ClientDossier(
      head: dossierHead(subject, period, company),
      managers: try dossierManagers(of: client).map {
        ClientDossier.Manager(name: $0.name, role: $0.role, from: $0.from, until: $0.until)
      },
      projects: won.map { ClientDossier.Project(name: $0.name, price: $0.price, value: $0.value, from: $0.from, until: $0.until) },
      all: try entriesForClient(client, rates.base), since: try since(subject, won.compactMap(\.from)), today: today,
      promises: try dossierPromises(of: client))
  }

  private func entriesForClient(_ client: ClientID, _ base: Currency) throws -> [ClientDossier.Entry] {
    let entries = try connection.rows("""
      SELECT e.deal_id, \(ToldRow.columns) FROM dossier_entry e
      WHERE e.client_id = \(client) AND e.removed_at IS NULL AND e.for_client ORDER BY e.date, e.id LIMIT \(DossierLimits.entries)
      """) { row in (try row.next(DealID?.self), try ToldRow(&row)) }
    let names = try dealNames(Set(entries.compactMap(\.0)))
    return entries.map { deal, row in row.entry(project: deal.flatMap { names[$0] }, base) }
  }
}

/// What both faces read of an entry: the columns a client may read and no others.
struct ToldRow {
  let section: DossierSection, date: CalendarDate, what: String, why: String, story: DossierStory
  let amount: DossierAmount?, value: Int64?, proof: String

  static let columns: SQL = """
    e.section, e.date, e.what, e.why, e.asked, e.did, e.took, e.amount_minor, e.currency, e.basis, e.workings, e.value_minor, e.proof
    """

  init(_ row: inout Row) throws {
    section = try row.next()
    date = try row.next()
    what = try row.next()
    why = try row.next()
    story = DossierStory(asked: try row.next(), did: try row.next(), took: try row.next())
    amount = try DossierAmount(row: &row)
    value = try row.next()
    proof = try row.next()
  }

  fileprivate func entry(project: String?, _ base: Currency) -> ClientDossier.Entry {
    ClientDossier.Entry(
      section: section, projectName: project, date: date, what: what, why: why, story: story, amount: amount,
      value: value.map { Money(minor: $0, currency: base) }, proof: proof)
  }
}

// Section 1 and the head: what is known of the client anyway.
extension Session {
  private func dossierSubject(_ client: ClientID) throws -> DossierSubject {
    guard let found = try connection.first("""
      SELECT p.id, p.name, p.language, p.created_at, (SELECT min(h.occurred_at) FROM history h WHERE h.client_id = p.id)
      FROM party p WHERE p.id = \(client) AND p.is_client AND \(visible())
      """, { row in
        DossierSubject(
          id: try row.next(), name: try row.next(), language: try row.next(), createdAt: try row.next(), firstEntry: try row.next())
      }) else { throw Refusal.notFound }
    return found
  }

  private func dossierHead(_ subject: DossierSubject, _ period: DossierPeriod, _ company: Installation?) -> DossierHead {
    DossierHead(
      clientID: subject.id, client: subject.name, company: company?.company ?? "", language: subject.language,
      period: period, base: company?.currency ?? .eur, madeAt: now, madeBy: actor.name)
  }

  /// The first day of the relationship: kept since, spoken with, or worked for.
  private func since(_ subject: DossierSubject, _ projects: [CalendarDate]) throws -> CalendarDate? {
    let moments = [subject.createdAt, subject.firstEntry].compactMap(\.self).map { zone.date($0) }
    return (moments + projects).min()
  }

  func dossierManagers(of client: ClientID) throws -> [DossierManager] {
    let ties = try connection.rows("""
      SELECT t.person_id, p.name, t.role, t.is_manager, t.from_date, t.until_date, t.created_at FROM tie t
      JOIN party p ON p.id = t.person_id
      WHERE t.company_id = \(client) AND p.erased_at IS NULL AND p.deleted_at IS NULL ORDER BY t.id LIMIT 500
      """) { row in
      ManagerTie(
        person: try row.next(), name: try row.next(), role: try row.next(), isManager: try row.next(), from: try row.next(),
        until: try row.next(), made: zone.date(try row.next(Instant.self)))
    }
    guard !ties.isEmpty else { return [] }
    var changes: [ManagerTerms.Change] = []
    try connection.each("""
      SELECT h.occurred_at, h.version, h.data FROM history h
      WHERE h.client_id = \(client) AND h.kind = 'manager.changed' ORDER BY h.occurred_at, h.id LIMIT 500
      """) { row in
      let day = zone.date(try row.next(Instant.self))
      let version = try row.next(Int.self), data = try row.next(String.self)
      if case .managerChanged(let change)? = HistoryEvent(kind: .managerChanged, version: version, payload: data) {
        changes.append(ManagerTerms.Change(day: day, from: change.from, to: change.to))
      }
    }
    return ManagerTerms.terms(ties: ties, changes: changes)
  }

  /// Of ours, of all times; as the client's page tells it.
  func dossierPromises(of client: ClientID) throws -> DossierHeadline.Promises? {
    let share = try promiseShare(PromiseScope(client: client))
    return share.counted > 0 ? DossierHeadline.Promises(kept: share.onTime, due: share.counted) : nil
  }
}

private struct DossierSubject {
  let id: ClientID, name: String, language: Language?, createdAt: Instant, firstEntry: Instant?
}
