package import Database

/// What is kept twice for speed must agree with what it was derived from. Each check names the first record that does not.
package enum Consistency {
  package struct Result: Sendable {
    package let name: String
    package let problem: String?
  }

  private static let checks: [(name: String, sql: SQL)] = [
    (
      "last contact of every client",
      """
      SELECT p.id FROM party p
      WHERE p.last_contact_at <> coalesce((
        SELECT max(h.occurred_at) FROM history h LEFT JOIN history_mark m ON m.history_id = h.id
        WHERE (h.client_id = p.id OR h.person_id = p.id) AND h.kind = 'contact' AND m.superseded_by IS NULL), 0)
        -- An imported list may say when the last contact was without having the contact itself.
        AND NOT (p.last_contact_id IS NULL AND p.import_id IS NOT NULL)
      LIMIT 1
      """
    ),
    (
      "team of every owned client",
      """
      SELECT p.id FROM party p JOIN account a ON a.id = p.owner_id WHERE p.team_id IS DISTINCT FROM a.team_id LIMIT 1
      """
    ),
    (
      "team of every task's owner",
      "SELECT t.id FROM task t JOIN account a ON a.id = t.owner_id WHERE t.team_id IS DISTINCT FROM a.team_id LIMIT 1"
    ),
    (
      "search text of every party",
      "SELECT p.id FROM party p LEFT JOIN party_search s ON s.party_id = p.id WHERE s.party_id IS NULL AND p.erased_at IS NULL LIMIT 1"
    ),
    ("ties join a company and a person", """
      SELECT t.id FROM tie t JOIN party c ON c.id = t.company_id JOIN party p ON p.id = t.person_id
      WHERE c.kind <> 'company' OR p.kind <> 'person' LIMIT 1
      """),
    ("contact clock of every client", Rhythms.check),
    ("attachments have their files", """
      SELECT a.id FROM attachment a LEFT JOIN stored_file f ON f.hash = a.hash WHERE f.hash IS NULL OR f.size <> a.size LIMIT 1
      """),
    ("totals of every dossier", """
      SELECT coalesce(t.client_id, s.client_id) FROM dossier_total t FULL JOIN (
        SELECT client_id, count(*) AS n, coalesce(sum(CASE WHEN section <> 'benefit' THEN value_minor END), 0) AS given,
          coalesce(sum(CASE WHEN section = 'benefit' THEN value_minor END), 0) AS benefit
        FROM dossier_entry WHERE removed_at IS NULL GROUP BY client_id) s ON s.client_id = t.client_id
      WHERE coalesce(t.entries, 0) <> coalesce(s.n, 0) OR coalesce(t.given, 0) <> coalesce(s.given, 0)
        OR coalesce(t.benefit, 0) <> coalesce(s.benefit, 0) OR t.given <> t.cost + t.loyalty + t.special LIMIT 1
      """),
  ]

  package static func check(_ connection: any Connection) throws -> [Result] {
    try (checks + ReasonSources.checks).map { check in
      let id = try connection.value(check.sql, as: Int64.self)
      return Result(name: check.name, problem: id.map { "does not hold for record \($0)" })
    }
  }
}
