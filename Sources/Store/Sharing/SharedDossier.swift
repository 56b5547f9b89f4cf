import Database
package import Domain

/// What a link opens, for someone without an account. There is no way from here to the inner face: the only thing that can be read
/// is a `ClientDossier`.
package struct OpenShare: Sendable {
  package let id: ShareID
  package let clientID: ClientID
  package let language: Language
  package let period: DossierPeriod
  package let codeHash: String?
  package let files: Bool
  /// The last moment it opens.
  package let endsAt: Instant
  /// Who made the link, and of which company.
  package let sender: String
  package let company: String
  package let zone: String
  fileprivate let senderID: AccountID
}

extension Store {
  /// Nil for whatever does not open: never made, ended, withdrawn, or of a client that is gone. Nobody outside learns which.
  package func openShare(tokenHash: [UInt8], at now: Instant) async throws -> OpenShare? {
    try await database.read { try $0.openShare(tokenHash, at: now) }
  }

  /// The client's face, read on behalf of whoever shared it, whatever that account may see today: a link that was given holds when its
  /// maker has left or the client has another owner.
  package func sharedDossier(_ share: OpenShare, at now: Instant) async throws -> ClientDossier {
    let reader = Actor(
      id: share.senderID, name: share.sender, role: .readOnly, scope: .all, teamID: nil, language: share.language, zone: share.zone,
      limit: [.viewDossier])
    return try await read(as: reader, at: now) { try $0.clientDossier(of: share.clientID, share.period) }
  }

  /// Counts a reading. The first one is told in the client's history.
  package func countView(of share: OpenShare, isFile: Bool, at now: Instant) async throws {
    let isFirst = try await database.write { connection in
      try connection.run("""
        UPDATE share_link SET views = views + \(isFile ? 0 : 1), downloads = downloads + \(isFile ? 1 : 0),
          first_viewed_at = coalesce(first_viewed_at, \(now)), last_viewed_at = \(now)
        WHERE id = \(share.id)
        """)
      return try connection.exists("SELECT 1 FROM share_link WHERE id = \(share.id) AND views + downloads = 1")
    }
    guard isFirst else { return }
    try await writeByItself(at: now) { connection in
      let recipient = try connection.value("SELECT recipient FROM share_link WHERE id = \(share.id)", as: String.self) ?? ""
      let event = HistoryEvent.dossierOpened(ShareNote(share: share.id, recipient: recipient))
      try connection.insert(
        into: "history", HistoryDraft.columns, rows: [HistoryDraft(event, client: share.clientID, by: nil, at: now).values])
      return [AuditEntry(accountID: nil, action: .saw, entity: .share, entityID: share.id.rawValue, detail: "first time")]
    }
  }
}

extension Connection {
  fileprivate func openShare(_ tokenHash: [UInt8], at now: Instant) throws -> OpenShare? {
    try first("""
      SELECT s.id, s.client_id, s.language, s.period, s.code_hash, s.files, s.ends_at, a.name,
        coalesce((SELECT company FROM installation WHERE id = 1), ''), a.zone, a.id
      FROM share_link s JOIN party p ON p.id = s.client_id JOIN account a ON a.id = s.created_by
      WHERE s.token_hash = \(tokenHash) AND s.withdrawn_at IS NULL AND s.ends_at > \(now)
        AND p.deleted_at IS NULL AND p.erased_at IS NULL
      """) { row in
      OpenShare(
        id: try row.next(), clientID: try row.next(), language: try row.next(), period: DossierPeriod(try row.next()) ?? .all,
        codeHash: try row.next(), files: try row.next(), endsAt: try row.next(), sender: try row.next(), company: try row.next(),
        zone: try row.next(), senderID: try row.next())
    }
  }
}
