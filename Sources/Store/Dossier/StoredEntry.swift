import Database
package import Domain

/// Rows of the dossier, read for us: with names looked up once for all of them, and what proves each.
extension Session {
  /// One entry of a client this actor may see, removed or not.
  package func dossierEntry(_ id: DossierEntryID) throws -> (entry: DossierEntry, isRemoved: Bool) {
    try require(.viewDossier)
    let found = try connection.first("""
      SELECT \(EntryRow.columns), e.removed_at FROM dossier_entry e JOIN party p ON p.id = e.client_id
      WHERE e.id = \(id) AND \(visible())
      """) { (row: try EntryRow(&$0), removed: try $0.next(Int64?.self) != nil) }
    guard let found, let entry = try completed([found.row], in: baseCurrency()).first else { throw Refusal.notFound }
    return (entry, found.removed)
  }

  /// All of a client, oldest first. Whether the actor may see the client is asked before.
  func dossierEntries(of client: ClientID, in base: Currency) throws -> [DossierEntry] {
    let rows = try connection.rows("""
      SELECT \(EntryRow.columns) FROM dossier_entry e WHERE e.client_id = \(client) AND e.removed_at IS NULL
      ORDER BY e.date, e.id LIMIT \(DossierLimits.entries)
      """) { try EntryRow(&$0) }
    return try completed(rows, in: base)
  }

  private func completed(_ rows: [EntryRow], in base: Currency) throws -> [DossierEntry] {
    guard let first = rows.first else { return [] }
    let authors = try names(of: Set(rows.compactMap(\.authorID)))
    let deals = try dealNames(Set(rows.compactMap(\.deal)))
    let evidence = try evidence(of: first.client, entry: rows.count == 1 ? first.id : nil)
    return rows.map { row in
      let found = evidence[row.id] ?? []
      return DossierEntry(
        id: row.id, clientID: row.client, draft: row.draft(evidence: found.map(\.id)), projectName: row.deal.flatMap { deals[$0] },
        value: row.told.value.map { Money(minor: $0, currency: base) }, evidence: found, authorID: row.authorID,
        author: row.authorID.flatMap { authors[$0] }, recordedAt: row.recordedAt, version: row.version)
    }
  }

  private func names(of accounts: Set<AccountID>) throws -> [AccountID: String] {
    guard !accounts.isEmpty else { return [:] }
    var out: [AccountID: String] = [:]
    try connection.each("SELECT id, name FROM account WHERE id IN \(list: accounts.sorted())") { row in
      out[try row.next()] = try row.next(String.self)
    }
    return out
  }

  func dealNames(_ deals: Set<DealID>) throws -> [DealID: String] {
    guard !deals.isEmpty else { return [:] }
    var out: [DealID: String] = [:]
    try connection.each("SELECT id, name FROM deal WHERE id IN \(list: deals.sorted())") { row in
      out[try row.next()] = try row.next(String.self)
    }
    return out
  }

  /// By entry, in the order of time. Files are those of the history entries.
  private func evidence(of client: ClientID, entry: DossierEntryID?) throws -> [DossierEntryID: [DossierEvidence]] {
    let one: SQL = entry.map { " AND v.entry_id = \($0)" } ?? ""
    var found: [(DossierEntryID, DossierEvidence)] = []
    try connection.each("""
      SELECT v.entry_id, h.id, h.occurred_at, h.kind, h.channel, h.direction, h.subject
      FROM dossier_evidence v JOIN history h ON h.id = v.history_id WHERE v.client_id = \(client)\(one)
      ORDER BY v.entry_id, h.occurred_at, h.id
      """) { row in
      found.append((try row.next(), DossierEvidence(
        id: try row.next(), at: try row.next(), kind: try row.next(), channel: try row.next(), direction: try row.next(),
        subject: try row.next())))
    }
    guard !found.isEmpty else { return [:] }
    let files = try evidenceFiles(Set(found.map(\.1.id)))
    var out: [DossierEntryID: [DossierEvidence]] = [:]
    for (entry, var evidence) in found {
      evidence.files = files[evidence.id] ?? []
      out[entry, default: []].append(evidence)
    }
    return out
  }

  private func evidenceFiles(_ entries: Set<HistoryID>) throws -> [HistoryID: [DossierEvidence.File]] {
    var out: [HistoryID: [DossierEvidence.File]] = [:]
    try connection.each("""
      SELECT history_id, id, name FROM attachment WHERE history_id IN \(list: entries.sorted()) ORDER BY id
      """) { row in
      out[try row.next(), default: []].append(DossierEvidence.File(id: try row.next(), name: try row.next()))
    }
    return out
  }

  /// The currency all totals are in.
  package func baseCurrency() throws -> Currency { try installation()?.value.currency ?? .eur }
}

/// A row as it stands in the table: what both faces tell, and what is ours.
private struct EntryRow {
  let id: DossierEntryID, client: ClientID, deal: DealID?, told: ToldRow
  let isForClient: Bool, note: String, authorID: AccountID?, recordedAt: Instant, version: Int

  static let columns: SQL =
    "e.id, e.client_id, e.deal_id, \(ToldRow.columns), e.for_client, e.note, e.author_id, e.recorded_at, e.version"

  init(_ row: inout Row) throws {
    id = try row.next()
    client = try row.next()
    deal = try row.next()
    told = try ToldRow(&row)
    isForClient = try row.next()
    note = try row.next()
    authorID = try row.next()
    recordedAt = try row.next()
    version = try row.next()
  }

  func draft(evidence: [HistoryID]) -> DossierEntryDraft {
    DossierEntryDraft(
      section: told.section, project: deal, date: told.date, what: told.what, why: told.why, story: told.story, amount: told.amount,
      proof: told.proof, audience: isForClient ? .client : .inner, note: note, evidence: evidence)
  }
}

extension DossierAmount {
  /// Four columns: minor units, currency, basis, workings.
  init?(row: inout Row) throws {
    let minor = try row.next(Int64?.self), code = try row.next(String?.self), basis = try row.next(AmountBasis?.self)
    let workings = try row.next(String.self)
    guard let minor, let code, let basis else { return nil }
    guard let currency = Currency(code) else { throw DatabaseError.decoding("no currency in an amount") }
    self.init(Money(minor: minor, currency: currency), basis: basis, workings: workings)
  }
}
