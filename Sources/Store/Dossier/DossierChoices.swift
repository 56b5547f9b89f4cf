import Database
package import Domain

/// What the form of an entry offers, and the language its words are made in.
extension Session {
  package func dossierProjectNames(of client: ClientID) throws -> [(id: DealID, name: String)] {
    try connection.rows("""
      SELECT id, name FROM deal WHERE client_id = \(client) AND deleted_at IS NULL AND lost_at IS NULL ORDER BY changed_at DESC, id DESC
      LIMIT 200
      """) { (id: try $0.next(), name: try $0.next()) }
  }

  /// History entries an entry of the dossier may rest on: those named, and the latest that people wrote.
  package func evidenceChoices(of client: ClientID, linked: [HistoryID], latest: Int = 8) throws -> [DossierEvidence] {
    let columns: SQL = "h.id, h.occurred_at, h.kind, h.channel, h.direction, h.subject"
    let read: (inout Row) throws -> DossierEvidence = { row in
      DossierEvidence(
        id: try row.next(), at: try row.next(), kind: try row.next(), channel: try row.next(), direction: try row.next(),
        subject: try row.next())
    }
    let named = linked.isEmpty ? [] : try connection.rows("""
      SELECT \(columns) FROM history h WHERE h.client_id = \(client) AND h.id IN \(list: linked) ORDER BY h.occurred_at, h.id
      """, read)
    let others = try connection.rows("""
      SELECT \(columns) FROM history h LEFT JOIN history_mark m ON m.history_id = h.id
      WHERE h.client_id = \(client) AND NOT h.automatic AND h.kind <> 'withdrawal' AND m.superseded_by IS NULL
      ORDER BY h.occurred_at DESC, h.id DESC LIMIT \(latest)
      """, read)
    return named + others.filter { other in !named.contains { $0.id == other.id } }
  }

  /// The client's language, else the company's.
  package func dossierLanguage(of client: ClientID) throws -> Language {
    let own = try connection.value("SELECT language FROM party WHERE id = \(client)", as: Language.self)
    return try own ?? installation()?.value.language ?? .en
  }
}
