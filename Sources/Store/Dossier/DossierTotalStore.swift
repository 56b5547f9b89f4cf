import Database
package import Domain

/// The kept totals of each client's dossier: one row a client, so that a base of any size is summed in one read. They are written
/// with the entries, and can be built anew from them.
extension Transaction {
  /// Works out the totals of these clients from their entries.
  func refreshDossierTotals(of clients: Set<ClientID>) throws {
    let ids = clients.sorted()
    for part in ids.parts(of: 256) {
      // Rows are locked, or made, before the entries are read: of two changes at once the second sees the first.
      for client in part {
        try connection.run("""
          INSERT INTO dossier_total (client_id, entries, for_client, cost, benefit, loyalty, special, given, unconverted)
          VALUES (\(client), 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (client_id) DO UPDATE SET entries = dossier_total.entries
          """)
      }
      try connection.run("UPDATE dossier_total SET \(DossierTotalRows.emptied) WHERE client_id IN \(list: part)")
      try connection.run(DossierTotalRows.fill("AND e.client_id IN \(list: part)"))
    }
    try dossierReviewsFollow(ids)
  }

  /// Every total anew: after rows were written in bulk or came in from an archive.
  package func rebuildDossierTotals() throws {
    try connection.run("DELETE FROM dossier_total")
    try connection.run(DossierTotalRows.fill(""))
    try settle("kind = \(ReasonKind.valueReview)", as: .dropped)
    try raiseDossierReviews()
  }

  /// After the company's currency or an archive came in: values first, then totals.
  package func revalueDossiers() throws {
    try revalue(nil)
    try rebuildDossierTotals()
  }
}

enum DossierTotalRows {
  static let emptied: SQL = """
    entries = 0, for_client = 0, cost = 0, benefit = 0, loyalty = 0, special = 0, given = 0, unconverted = 0, first_date = NULL,
    last_date = NULL
    """

  private static func sum(_ sections: SQL) -> SQL {
    "CAST(coalesce(sum(CASE WHEN e.section IN (\(sections)) THEN e.value_minor END), 0) AS BIGINT)"
  }

  /// The totals of live entries, one row a client.
  static func sums(_ condition: SQL) -> SQL {
    """
    SELECT e.client_id, count(*), CAST(sum(CASE WHEN e.for_client THEN 1 ELSE 0 END) AS BIGINT), \(sum("'cost'")), \(sum("'benefit'")),
      \(sum("'loyalty'")), \(sum("'special'")), \(sum("'cost','loyalty','special'")),
      CAST(sum(CASE WHEN e.amount_minor IS NOT NULL AND e.value_minor IS NULL THEN 1 ELSE 0 END) AS BIGINT), min(e.date), max(e.date)
    FROM dossier_entry e WHERE e.removed_at IS NULL \(condition) GROUP BY e.client_id
    """
  }

  static func fill(_ condition: SQL) -> SQL {
    """
    INSERT INTO dossier_total (client_id, entries, for_client, cost, benefit, loyalty, special, given, unconverted, first_date, last_date)
    \(sums(condition))
    ON CONFLICT (client_id) DO UPDATE SET entries = excluded.entries, for_client = excluded.for_client, cost = excluded.cost,
      benefit = excluded.benefit, loyalty = excluded.loyalty, special = excluded.special, given = excluded.given,
      unconverted = excluded.unconverted, first_date = excluded.first_date, last_date = excluded.last_date
    """
  }
}

/// The kept total of one client: for its page.
package struct DossierGlance: Sendable, Hashable {
  package let base: Currency
  package let entries: Int
  package let forClient: Int
  package let given: Money
  package let benefit: Money
  package let unconverted: Int
  package let lastDate: CalendarDate?
  /// Proposals that wait.
  package let proposals: Int
  package var total: Money? { try? given.adding(benefit) }
}

extension Session {
  /// What the client's page says of its dossier; whether the actor may see the client is asked before.
  package func dossierGlance(of client: ClientID) throws -> DossierGlance {
    let base = try baseCurrency()
    let proposals = try connection.value(
      "SELECT count(*) FROM dossier_proposal WHERE client_id = \(client) AND state = 'open'", as: Int.self) ?? 0
    let found = try connection.first("""
      SELECT entries, for_client, given, benefit, unconverted, last_date FROM dossier_total WHERE client_id = \(client)
      """) { row in
      DossierGlance(
        base: base, entries: try row.next(), forClient: try row.next(), given: Money(minor: try row.next(), currency: base),
        benefit: Money(minor: try row.next(), currency: base), unconverted: try row.next(), lastDate: try row.next(),
        proposals: proposals)
    }
    return found ?? DossierGlance(
      base: base, entries: 0, forClient: 0, given: .zero(base), benefit: .zero(base), unconverted: 0, lastDate: nil,
      proposals: proposals)
  }
}
