import Database
import Domain
import Store

/// What the agency did for its clients over the years: rich dossiers for those it knows best, a line or two for others, and some
/// things nobody has decided yet. Written after all else, so that they rest on the history and the projects that are there.
extension Transaction {
  func tellDossiers(seed: UInt64) throws {
    try keepRates()
    var dice = SplitMix64(seed: seed &+ 17, stream: 0)
    let known = try knownClients()
    let spoiled = Set(known.dropFirst(14).sorted { ($0.paid, $0.id) < ($1.paid, $1.id) }.prefix(4).map(\.id))
    for (place, client) in known.enumerated() {
      // A dozen rich ones, every language among them; the others get less and less, but for a few who pay little and are given much.
      let cases =
        if place < 14 { DossierCase.all } else if spoiled.contains(client.id) { DossierCases.special + DossierCases.loyalty } else {
          (0..<dice.pick(weighted: [(0, 45), (1, 25), (2, 18), (4, 12)])).map { _ in dice.pick(DossierCase.all) }
        }
      try tell(client, cases, &dice)
      if place < 14 { try leaveUndecided(client) }
    }
    try connection.identityFollows("dossier_entry")
    try lookThrough(&dice)
    try rebuildDossierTotals()
    try revalueDossiers()
  }

  /// The client's last question was answered for nothing, and nobody has said yet whether the dossier tells of it.
  private func leaveUndecided(_ client: Known) throws {
    let last = try connection.first("""
      SELECT h.id, h.subject, h.occurred_at FROM history h LEFT JOIN history_mark m ON m.history_id = h.id
      WHERE h.client_id = \(client.id) AND NOT h.automatic AND h.kind = 'contact' AND h.direction = 'in' AND h.subject <> ''
        AND m.superseded_by IS NULL ORDER BY h.occurred_at DESC, h.id DESC LIMIT 1
      """) { (id: try $0.next(HistoryID.self), subject: try $0.next(String.self), at: try $0.next(Instant.self)) }
    guard let last else { return }
    try connection.run("INSERT INTO free_help (history_id, client_id, minutes) VALUES (\(last.id), \(client.id), 40)")
    let slots = ["text": last.subject, "minutes": "40", "hour": "45.00"]
    try connection.run("""
      INSERT INTO dossier_proposal (client_id, rule, subject, section, date, amount_minor, currency, basis, slots, history_id, state, made_at)
      VALUES (\(client.id), \(ProposalRule.freeHelp.rawValue), \("entry.\(last.id)"), 'cost', \(last.at.date(in: .utc)), 3000, 'EUR',
        'estimated', \(try JSON.text(slots)), \(last.id), 'open', \(last.at))
      """)
  }

  /// Most are gone through every year; a few wait.
  private func lookThrough(_ dice: inout SplitMix64) throws {
    let today = now.date(in: .utc)
    for client in try connection.values("SELECT DISTINCT client_id FROM dossier_entry ORDER BY client_id", as: ClientID.self) where dice.chance(88) {
      try connection.run("""
        INSERT INTO dossier_review (client_id, reviewed_on) VALUES (\(client), \(today.adding(days: -dice.within(5...340))))
        ON CONFLICT (client_id) DO NOTHING
        """)
    }
  }

  /// Of the euro; the rouble's first rate begins late, so that an older amount stays as it was.
  private func keepRates() throws {
    let today = now.date(in: .utc)
    let rates: [(Currency, Int, Int64, Int)] = [
      (.pln, 2700, 2290, 4), (.pln, 1100, 2135, 4), (.pln, 400, 2340, 4), (.gbp, 2700, 1155, 3), (.gbp, 700, 1163, 3), (.gbp, 200, 1148, 3),
      (.rub, 2000, 1120, 5), (.rub, 900, 1080, 5), (.rub, 300, 1065, 5),
    ]
    try connection.insert(
      into: "exchange_rate", ["currency", "base", "from_date", "mantissa", "scale", "author_id", "recorded_at"],
      rows: rates.map { currency, daysAgo, mantissa, scale in
        [
          currency.code.sqlValue, "EUR".sqlValue, CalendarDate(year: today.adding(days: -daysAgo).year, month: 1, day: 1).sqlValue, mantissa.sqlValue,
          scale.sqlValue, Agency.owner.id.sqlValue, now.sqlValue,
        ]
      })
    try connection.run("UPDATE dossier_setting SET hour_minor = 4500, hour_currency = 'EUR' WHERE id = 1")
  }

  private struct Known {
    let id: ClientID, language: Language, owner: AccountID?
    let first: CalendarDate
    let days: Int
    /// For projects, in cents.
    let paid: Int64
  }

  /// Those spoken with most first.
  private func knownClients() throws -> [Known] {
    let found = try connection.rows("""
      SELECT p.id, p.language, p.owner_id, min(h.occurred_at), max(h.occurred_at),
        (SELECT CAST(coalesce(sum(coalesce(d.final_minor, d.agreed_minor)), 0) AS BIGINT) FROM deal d JOIN deal_stage s ON s.id = d.stage_id
         WHERE d.client_id = p.id AND s.phase IN ('won','delivery','finished'))
      FROM party p JOIN history h ON h.client_id = p.id
      WHERE p.is_client AND p.deleted_at IS NULL AND NOT h.automatic AND h.kind = 'contact'
      GROUP BY p.id, p.language, p.owner_id HAVING count(*) >= 8 ORDER BY count(*) DESC, p.id LIMIT 120
      """) { row in
      let id = try row.next(ClientID.self), language = try row.next(Language?.self) ?? .bg, owner = try row.next(AccountID?.self)
      let first = try row.next(Instant.self).date(in: .utc), last = try row.next(Instant.self).date(in: .utc)
      return Known(id: id, language: language, owner: owner, first: first, days: first.days(to: last), paid: try row.next())
    }.filter { $0.days > 60 }
    // Each language is among the rich.
    let leaders = Language.allCases.flatMap { language in found.filter { $0.language == language }.prefix(3) }
    return leaders + found.filter { one in !leaders.contains { $0.id == one.id } }
  }

  private func tell(_ client: Known, _ cases: [DossierCase], _ dice: inout SplitMix64) throws {
    var told: Set<String> = []
    for (index, one) in cases.enumerated() {
      guard let words = one.words[client.language] ?? one.words[.en], told.insert(words.what).inserted else { continue }
      let share = client.days * (index * 7 % cases.count) / max(cases.count, 1)
      let day = client.first.adding(days: min(client.days, share + dice.within(0...20)))
      try write(one, words, client, day)
    }
  }

  private func write(_ one: DossierCase, _ words: DossierCase.Words, _ client: Known, _ day: CalendarDate) throws {
    let at = Zone.utc.instant(day, LocalTime(hour: 9, minute: 0) ?? .midnight)
    let amount = one.money(in: client.language)
    let basis = amount.map { _ in one.basis.rawValue }
    let deal = try connection.value("""
      SELECT d.id FROM deal d JOIN deal_stage s ON s.id = d.stage_id
      WHERE d.client_id = \(client.id) AND d.deleted_at IS NULL AND s.phase IN ('won','delivery','finished')
        AND coalesce(d.actual_from, d.planned_from) <= \(day) ORDER BY coalesce(d.actual_from, d.planned_from) DESC, d.id DESC LIMIT 1
      """, as: DealID.self)
    let entry: DossierEntryID = try connection.required("""
      INSERT INTO dossier_entry (client_id, section, deal_id, date, what, why, asked, did, took, amount_minor, currency, basis,
        workings, proof, for_client, note, author_id, recorded_at)
      VALUES (\(client.id), \(one.section.rawValue), \(deal), \(day), \(words.what), \(words.why), \(words.asked), \(words.did),
        \(words.took), \(amount?.0.minor), \(amount?.0.currency.code), \(basis), \(amount?.workings ?? ""),
        \(words.proof), \(one.isForClient), \(words.note), \(client.owner ?? Agency.owner.id), \(at)) RETURNING id
      """)
    // What was said nearest to that day.
    let proof = try connection.value("""
      SELECT h.id FROM history h LEFT JOIN history_mark m ON m.history_id = h.id
      WHERE h.client_id = \(client.id) AND NOT h.automatic AND h.kind = 'contact' AND m.superseded_by IS NULL AND h.occurred_at <= \(at)
      ORDER BY h.occurred_at DESC, h.id DESC LIMIT 1
      """, as: HistoryID.self)
    guard let proof else { return }
    try connection.run("INSERT INTO dossier_evidence (entry_id, history_id, client_id) VALUES (\(entry), \(proof), \(client.id))")
  }
}
