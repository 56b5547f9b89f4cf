import Database
package import Domain

/// What came to somebody by handovers: a list with a briefing for each client, and Today's wish to be introduced.
package struct ReceivedClient: Sendable {
  package let id: ReceivedID
  package let clientID: ClientID
  package let name: String
  package let kind: PartyKind
  package let from: String?
  package let note: String
  package let at: Instant
  package let readAt: Instant?
  package let introducedAt: Instant?
  package let lastContactAt: Instant?
}

package struct ReceivedPage: Sendable {
  package let clients: [ReceivedClient]
  package let next: ReceivedID?
}

extension Session {
  /// The actor's own, newest first. Who has passed a client on does not see it here any more.
  package func received(unreadOnly: Bool, before: ReceivedID? = nil, limit: Int = 50) throws -> ReceivedPage {
    try require(.viewClients)
    let place: SQL = before.map { " AND hc.id < \($0)" } ?? ""
    let unread: SQL = unreadOnly ? " AND hc.read_at IS NULL" : ""
    var clients = try connection.rows("""
      SELECT hc.id, p.id, p.name, p.kind, f.name, h.note, hc.at, hc.read_at, hc.introduced_at, p.last_contact_at
      FROM handover_client hc JOIN handover h ON h.id = hc.handover_id JOIN party p ON p.id = hc.client_id
        LEFT JOIN account f ON f.id = h.from_id
      WHERE hc.to_id = \(actor.id) AND hc.undone_at IS NULL\(unread) AND p.owner_id = \(actor.id) AND p.deleted_at IS NULL
        AND p.archived_at IS NULL AND p.erased_at IS NULL\(place)
      ORDER BY hc.id DESC LIMIT \(limit + 1)
      """, ReceivedClient.init(row:))
    guard clients.count > limit else { return ReceivedPage(clients: clients, next: nil) }
    clients.removeLast()
    return ReceivedPage(clients: clients, next: clients.last?.id)
  }

  /// How many briefings wait, up to a hundred.
  package func unreadBriefings() throws -> Int {
    try connection.value("""
      SELECT count(*) FROM (SELECT hc.id FROM handover_client hc JOIN party p ON p.id = hc.client_id
        WHERE hc.to_id = \(actor.id) AND hc.undone_at IS NULL AND hc.read_at IS NULL AND p.owner_id = \(actor.id) AND p.deleted_at IS NULL
          AND p.archived_at IS NULL AND p.erased_at IS NULL LIMIT 100) AS waiting
      """) ?? 0
  }

  /// The newest handover of a client to the actor, for the tick on its briefing.
  func receipt(of client: ClientID) throws -> BriefingReceipt? {
    try connection.first("""
      SELECT hc.id, hc.read_at IS NOT NULL, h.note, f.name FROM handover_client hc JOIN handover h ON h.id = hc.handover_id
        LEFT JOIN account f ON f.id = h.from_id
      WHERE hc.client_id = \(client) AND hc.to_id = \(actor.id) AND hc.undone_at IS NULL ORDER BY hc.id DESC LIMIT 1
      """) { BriefingReceipt(id: try $0.next(), isRead: try $0.next(), note: try $0.next(), from: try $0.next()) }
  }
}

extension Transaction {
  /// Ticked as read, or not yet after all.
  /// - Returns: the client.
  @discardableResult
  package func markBriefing(_ id: ReceivedID, read: Bool) throws -> ClientID {
    let client = try connection.value("""
      SELECT hc.client_id FROM handover_client hc JOIN party p ON p.id = hc.client_id
      WHERE hc.id = \(id) AND hc.to_id = \(actor.id) AND hc.undone_at IS NULL AND \(visible())
      """, as: ClientID.self)
    guard let client else { throw Refusal.notFound }
    try connection.run("UPDATE handover_client SET read_at = \(read ? now : nil) WHERE id = \(id)")
    audit(.changed, .handover, id.rawValue, detail: read ? "briefing read" : "briefing unread")
    return client
  }

  /// Today asks each successor to get acquainted, from now on.
  func raiseReceived(in id: HandoverID) throws {
    let press = Reason.press(ReasonKind.handedOver.group, due: now, weight: 0)
    try connection.run("""
      INSERT INTO reason (kind, subject_id, client_id, account_id, follows_owner, press, has_deadline, from_at, shows_at, due_at, text, raised_at)
      SELECT \(ReasonKind.handedOver), p.id, p.id, p.owner_id, \(true), \(press), \(false), \(now),
        CASE WHEN p.archived_at IS NULL AND p.deleted_at IS NULL THEN \(now) ELSE \(Reason.never) END, \(now), coalesce(f.name, ''), \(now)
      FROM handover_client hc JOIN handover h ON h.id = hc.handover_id JOIN party p ON p.id = hc.client_id
        LEFT JOIN account f ON f.id = h.from_id
      WHERE hc.handover_id = \(id)
      \(ReasonSQL.merge)
      """)
  }

  /// Someone of ours has been in touch: nobody needs to be introduced any more.
  func introduced(to client: ClientID, _ way: Settling = .done) throws {
    let known = try connection.run("UPDATE handover_client SET introduced_at = \(now) WHERE client_id = \(client) AND introduced_at IS NULL")
    if known > 0 { try settle(.handedOver, client.rawValue, as: way) }
  }
}

enum ReceivedReasons {
  static let sources = [
    ReasonSource(
      .handedOver, expected: """
        SELECT hc.client_id AS subject_id, hc.client_id AS client_id, hc.at AS due_at FROM handover_client hc JOIN party p ON p.id = hc.client_id
        WHERE hc.introduced_at IS NULL AND p.erased_at IS NULL
        """
    ) { tx, subject, returnTo in
      let client = ClientID(subject)
      let name = try tx.connection.value("SELECT p.name FROM party p WHERE p.id = \(client) AND \(tx.visible())", as: String.self)
      guard let name else { throw Refusal.notFound }
      let open = try tx.connection.value(
        "SELECT id FROM handover_client WHERE client_id = \(client) AND introduced_at IS NULL", as: ReceivedID.self)
      try tx.introduced(to: client)
      guard let open else { return nil }
      return try tx.leaveUndo(introducedUndo, payload: open, summary: "handover.undo.introduced", ["client": name], returnTo: returnTo)
    },
  ]

  static let introducedUndo = "handover.introduced"

  static let kinds: [String: Undoing.TakeBack] = [
    introducedUndo: { tx, payload in
      let id: ReceivedID = try JSON.value(payload)
      let row = try tx.connection.first("""
        SELECT hc.client_id, hc.at, coalesce(f.name, '') FROM handover_client hc JOIN handover h ON h.id = hc.handover_id
          LEFT JOIN account f ON f.id = h.from_id JOIN party p ON p.id = hc.client_id
        WHERE hc.id = \(id) AND hc.undone_at IS NULL AND \(tx.visible())
        """) { (client: try $0.next(ClientID.self), at: try $0.next(Instant.self), from: try $0.next(String.self)) }
      guard let row else { throw Refusal.notFound }
      try tx.connection.run("UPDATE handover_client SET introduced_at = NULL WHERE id = \(id)")
      try tx.raise(Reason(.handedOver, subject: row.client.rawValue, client: row.client, from: row.at, due: .at(row.at), text: row.from))
    },
  ]
}

extension ReceivedClient {
  fileprivate init(row: inout Row) throws {
    id = try row.next()
    clientID = try row.next()
    name = try row.next()
    kind = try row.next()
    from = try row.next()
    note = try row.next()
    at = try row.next()
    readAt = try row.next()
    introducedAt = try row.next()
    let last = try row.next(Instant.self)
    lastContactAt = last.milliseconds == 0 ? nil : last
  }
}
