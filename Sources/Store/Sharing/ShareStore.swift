import Database
package import Domain

/// A link as our people see it: everything but the token, which was shown once.
package struct ShareLink: Sendable, Hashable {
  package enum State: String, Sendable { case open, ended, withdrawn }

  package let id: ShareID
  package let clientID: ClientID
  package let recipient: String
  package let language: Language
  package let period: DossierPeriod
  package let hasCode: Bool
  package let files: Bool
  package let createdAt: Instant
  package let creator: String
  package let endsAt: Instant
  package let withdrawnAt: Instant?
  package let withdrawer: String?
  package let views: Int
  package let downloads: Int
  package let lastViewedAt: Instant?
  package let version: Int

  package func state(at now: Instant) -> State { withdrawnAt != nil ? .withdrawn : endsAt <= now ? .ended : .open }
}

extension Session {
  /// Newest first.
  package func shares(of client: ClientID) throws -> [ShareLink] {
    try require(.viewDossier)
    try requireVisible(client)
    return try connection.rows("\(Self.shareRows) WHERE s.client_id = \(client) ORDER BY s.id DESC LIMIT 200", ShareLink.init(row:))
  }

  package func share(_ id: ShareID) throws -> ShareLink {
    try require(.viewDossier)
    guard let link = try connection.first("""
      \(Self.shareRows) JOIN party p ON p.id = s.client_id WHERE s.id = \(id) AND \(visible())
      """, ShareLink.init(row:)) else { throw Refusal.notFound }
    return link
  }

  private static var shareRows: SQL {
    """
    SELECT s.id, s.client_id, s.recipient, s.language, s.period, s.code_hash IS NOT NULL, s.files, s.created_at, a.name, s.ends_at,
      s.withdrawn_at, w.name, s.views, s.downloads, s.last_viewed_at, s.version
    FROM share_link s JOIN account a ON a.id = s.created_by LEFT JOIN account w ON w.id = s.withdrawn_by
    """
  }
}

extension ShareLink {
  init(row: inout Row) throws {
    id = try row.next()
    clientID = try row.next()
    recipient = try row.next()
    language = try row.next()
    period = DossierPeriod(try row.next()) ?? .all
    hasCode = try row.next()
    files = try row.next()
    createdAt = try row.next()
    creator = try row.next()
    endsAt = try row.next()
    withdrawnAt = try row.next()
    withdrawer = try row.next()
    views = try row.next()
    downloads = try row.next()
    lastViewedAt = try row.next()
    version = try row.next()
  }
}

extension Transaction {
  /// - Parameters:
  ///   - tokenHash: of the token in the link.
  ///   - codeHash: of the code a reader types first, made by `Password.hash`.
  package func createShare(_ draft: ShareDraft, of client: ClientID, tokenHash: [UInt8], codeHash: String?) throws -> ShareID {
    try require(.showToClient)
    try requireOpen(client)
    let id: ShareID = try connection.required("""
      INSERT INTO share_link (client_id, token_hash, recipient, language, period, code_hash, files, created_at, created_by, ends_at)
      VALUES (\(client), \(tokenHash), \(draft.recipient), \(draft.language), \(draft.period.description), \(codeHash), \(draft.files),
        \(now), \(actor.id), \(zone.instant(draft.lastDay.adding(days: 1))))
      RETURNING id
      """)
    try record(.dossierShared(ShareNote(share: id, recipient: draft.recipient)), client: client)
    try dossierGiven(to: client)
    audit(.created, .share, id.rawValue)
    return id
  }

  package func withdrawShare(_ id: ShareID) throws -> UndoID? {
    let link = try changeableShare(id)
    guard link.withdrawnAt == nil else { return nil }
    try connection.run("""
      UPDATE share_link SET withdrawn_at = \(now), withdrawn_by = \(actor.id), version = version + 1 WHERE id = \(id)
      """)
    try record(.dossierUnshared(ShareNote(share: id, recipient: link.recipient)), client: link.clientID)
    audit(.changed, .share, id.rawValue, detail: "withdrawn")
    return try leaveUndo(
      ShareUndo.withdrawn, payload: ShareUndo.Payload(share: id), summary: "sharing.undo.withdrawn",
      returnTo: "/clients/\(link.clientID)/shares")
  }

  /// Opens again what was withdrawn; an end that has passed stays passed.
  func reopenShare(_ id: ShareID) throws {
    let link = try changeableShare(id)
    guard link.withdrawnAt != nil else { return }
    try connection.run("UPDATE share_link SET withdrawn_at = NULL, withdrawn_by = NULL, version = version + 1 WHERE id = \(id)")
    try record(.dossierShared(ShareNote(share: id, recipient: link.recipient)), client: link.clientID)
    audit(.restored, .share, id.rawValue)
  }

  private func changeableShare(_ id: ShareID) throws -> ShareLink {
    try require(.showToClient)
    let link = try share(id)
    try requireOpen(link.clientID)
    return link
  }
}

/// Taking back a withdrawal lets the link open again.
package enum ShareUndo {
  static let withdrawn = "share.withdrawn"
  struct Payload: Codable { let share: ShareID }
  static let kinds: [String: Undoing.TakeBack] = [
    withdrawn: { tx, payload in try tx.reopenShare(try JSON.value(payload, as: Payload.self).share) }
  ]
}

extension Connection {
  /// Of clients that are erased.
  func eraseShares(of clients: [PartyID]) throws { try run("DELETE FROM share_link WHERE client_id IN \(list: clients)") }
}
