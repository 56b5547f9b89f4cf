import Database
package import Domain

/// Birthdays, and dates of clients and their families: reasons that come round every year. A person who works at a client is
/// thought of there.
enum YearlyDates {
  static let sources = [
    ReasonSource(.birthday, expected: "SELECT b.subject_id, b.client_id, -1 AS due_at FROM (\(birthdays)) b", finish: finish(.birthday)),
    ReasonSource(.yearly, expected: "SELECT f.subject_id, f.client_id, -1 AS due_at FROM (\(facts)) f", finish: finish(.yearly)),
  ]

  /// The client itself, or the first of those the person works at.
  private static let client: SQL = """
    CASE WHEN p.is_client THEN p.id ELSE (SELECT min(t.company_id) FROM tie t JOIN party c ON c.id = t.company_id
      WHERE t.person_id = p.id AND t.until_date IS NULL AND c.is_client AND c.erased_at IS NULL) END
    """
  private static let isThere: SQL = "p.erased_at IS NULL AND (p.is_client OR (p.deleted_at IS NULL AND p.archived_at IS NULL))"

  /// Of parties `p`: subject, client, date, words. The words name who it is, where that is not the client.
  static let birthdays: SQL = """
    SELECT w.* FROM (SELECT p.id AS subject_id, \(client) AS client_id, p.birth_date AS date,
      CASE WHEN p.is_client THEN '' ELSE p.name END AS words, p.id AS party_id
    FROM party p WHERE p.birth_date IS NOT NULL AND p.kind = 'person' AND \(isThere)) w WHERE w.client_id IS NOT NULL
    """
  static let facts: SQL = """
    SELECT w.* FROM (SELECT f.id AS subject_id, \(client) AS client_id, f.date AS date,
      CASE WHEN p.is_client THEN f.text ELSE p.name || ': ' || f.text END AS words, p.id AS party_id
    FROM fact f JOIN party p ON p.id = f.party_id
    WHERE f.date IS NOT NULL AND f.kind IN ('date','family') AND f.ended_at IS NULL AND f.ends_on IS NULL AND \(isThere)) w WHERE w.client_id IS NOT NULL
    """

  /// Done for this year: the reason moves to the next.
  private static func finish(_ kind: ReasonKind) -> ReasonSource.Finish {
    { tx, subject, returnTo in
      guard let party = try tx.connection.value("""
        SELECT coalesce((SELECT party_id FROM fact WHERE id = \(subject) AND \(kind == .yearly)), \(subject))
        """, as: PartyID.self) else { throw Refusal.notFound }
      try tx.settle(kind, subject)
      try tx.datesFollow([party])
      return try tx.leaveUndo("today.date_done", payload: DateDone(kind: kind, subject: subject, party: party), summary: "today.undo.date", returnTo: returnTo)
    }
  }

  static let undo: [String: Undoing.TakeBack] = [
    "today.date_done": { tx, payload in
      let done: DateDone = try JSON.value(payload)
      try tx.connection.run("""
        DELETE FROM reason_done WHERE kind = \(done.kind) AND subject_id = \(done.subject) AND done_by = \(tx.actor.id)
          AND done_at > \(tx.now.adding(milliseconds: -2 * Instant.day))
        """)
      try tx.datesFollow([done.party])
    }
  ]

  private struct DateDone: Codable { let kind: ReasonKind, subject: Int64, party: PartyID }
}

extension Transaction {
  /// After whatever decides about the dates of these parties: the dates themselves, ties, the calendar moving on.
  package func datesFollow(_ parties: [PartyID]) throws {
    for ids in parties.parts(of: 500) {
      try datesFollow(.birthday, YearlyDates.birthdays, among: "subject_id IN \(list: ids)", of: ids)
      try datesFollow(.yearly, YearlyDates.facts, among: "subject_id IN (SELECT id FROM fact WHERE party_id IN \(list: ids))", of: ids)
    }
  }

  private func datesFollow(_ kind: ReasonKind, _ expected: SQL, among: SQL, of parties: [PartyID]) throws {
    let zone = try companyZone(), today = zone.date(now)
    let done = try doneDates(kind, among)
    var reasons: [Reason] = []
    try connection.each("SELECT subject_id, client_id, date, words FROM (\(expected)) e WHERE e.party_id IN \(list: parties) ORDER BY subject_id") { row in
      let subject = try row.next(Int64.self), client = try row.next(ClientID.self)
      guard let date = try row.next(PartialDate?.self) else { return }
      let words = try row.next(String.self), yearly = YearlyDate(date)
      guard var next = yearly.occurrence(around: today) else { return }
      if done.contains(DoneDate(subject: subject, due: zone.instant(next.day))) {
        guard let later = yearly.occurrence(onOrAfter: next.day.adding(days: 1)) else { return }
        next = later
      }
      reasons.append(Reason(
        kind, subject: subject, client: client, from: zone.instant(next.from), due: .on(next.day, zone), text: words, number: next.years))
    }
    let kept = reasons.map(\.subject)
    let others: SQL = kept.isEmpty ? "" : " AND subject_id NOT IN \(list: kept)"
    try settle("kind = \(kind) AND \(among)\(others)", as: .dropped)
    try raise(reasons)
  }

  private struct DoneDate: Hashable { let subject: Int64, due: Instant }

  private func doneDates(_ kind: ReasonKind, _ among: SQL) throws -> Set<DoneDate> {
    Set(try connection.rows("SELECT subject_id, due_at FROM reason_done WHERE kind = \(kind) AND \(among)") {
      DoneDate(subject: try $0.next(), due: try $0.next())
    })
  }
}

extension Session {
  /// Of the installation: where a day begins for what belongs to no account.
  package func companyZone() throws -> Zone {
    try connection.value("SELECT zone FROM installation WHERE id = 1", as: Zone.self) ?? .utc
  }
}

extension Store {
  /// Dates that nobody kept move on to the next year. Called by the hour; what it finds changes once a day.
  package func rollDates(at now: Instant, limit: Int = 200) async throws {
    while true {
      let past = now.adding(milliseconds: -Int64(YearlyDate.grace + 1) * Instant.day)
      let due: SQL = "kind IN ('birthday','yearly') AND due_at < \(past)"
      let found = try await database.read { try $0.exists("SELECT 1 FROM reason WHERE \(due)") }
      guard found else { return }
      try await writeByItself(at: now) { connection in
        let parties = try connection.values("""
          SELECT DISTINCT coalesce(f.party_id, r.subject_id) FROM reason r LEFT JOIN fact f ON f.id = r.subject_id AND r.kind = 'yearly'
          WHERE r.kind IN ('birthday','yearly') AND r.due_at < \(past) ORDER BY 1 LIMIT \(limit)
          """, as: PartyID.self)
        try Transaction(connection: connection, actor: .nobody, now: now).datesFollow(parties)
        return parties.isEmpty ? [] : [AuditEntry(accountID: nil, action: .changed, entity: .reason, entityID: nil, detail: "dates")]
      }
    }
  }
}
