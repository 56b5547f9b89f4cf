import Database
package import Domain

/// The outbox as whoever runs the installation reads it: what waits, what went out, what failed and why.
package struct OutboxLine: Sendable {
  package let id: MailID
  package let kind: MailKind
  package let name: String
  package let address: String
  package let state: MailState
  package let sendAt: Instant
  package let attempts: Int
  package let reply: String
  package let createdAt: Instant
  package let endedAt: Instant?
}

package struct OutboxPage: Sendable {
  package let lines: [OutboxLine]
  package let next: MailID?
  /// By state, each counted up to a limit.
  package let counts: [MailState: Int]
}

package enum OutboxView: String, Sendable, CaseIterable {
  case all, waiting, sent, failed

  package var states: [MailState] {
    switch self {
    case .all: MailState.allCases
    case .waiting: [.queued, .leased, .sending]
    case .sent: [.sent]
    case .failed: [.failed, .unknown, .cancelled]
    }
  }
}

extension Session {
  package static var outboxCountLimit: Int { 1000 }

  package func outbox(_ view: OutboxView, before: MailID? = nil, limit: Int = 50) throws -> OutboxPage {
    try require(.manageInstallation)
    let states = view.states.map(\.rawValue)
    let place: SQL = before.map { " AND m.id < \($0)" } ?? ""
    // One index for each state; the newest of each, and of those the newest.
    let ids = states.map { state -> SQL in
      "SELECT id FROM (SELECT m.id FROM mail m WHERE m.state = \(state)\(place) ORDER BY m.id DESC LIMIT \(limit + 1)) s"
    }.joined(separator: " UNION ALL ")
    var lines = try connection.rows("""
      SELECT m.id, m.kind, coalesce(a.name, m.name), coalesce(a.email, m.address), m.state, m.send_at, m.attempts, m.reply, m.created_at,
             m.ended_at
      FROM mail m LEFT JOIN account a ON a.id = m.account_id WHERE m.id IN (\(ids)) ORDER BY m.id DESC LIMIT \(limit + 1)
      """) { row in
      OutboxLine(
        id: try row.next(), kind: MailKind(rawValue: try row.next()) ?? .notice, name: try row.next(), address: try row.next(),
        state: MailState(rawValue: try row.next()) ?? .failed, sendAt: try row.next(), attempts: try row.next(), reply: try row.next(),
        createdAt: try row.next(), endedAt: try row.next())
    }
    let isLonger = lines.count > limit
    if isLonger { lines.removeLast() }
    return OutboxPage(lines: lines, next: isLonger ? lines.last?.id : nil, counts: try mailCounts())
  }

  private func mailCounts() throws -> [MailState: Int] {
    var counts: [MailState: Int] = [:]
    for state in MailState.allCases {
      counts[state] = try connection.value("""
        SELECT count(*) FROM (SELECT 1 FROM mail WHERE state = \(state.rawValue) LIMIT \(Self.outboxCountLimit)) c
        """) ?? 0
    }
    return counts
  }

  /// What a release would drop or send.
  package func waitingMail() throws -> Int {
    try connection.value("SELECT count(*) FROM (SELECT 1 FROM mail WHERE state IN ('queued','leased') LIMIT \(Self.outboxCountLimit)) c") ?? 0
  }
}

extension Transaction {
  /// Another attempt, asked for by a person. The Message-ID stays: a receiver that has it already can tell.
  package func retryMail(_ id: MailID) throws {
    try require(.manageInstallation)
    let changed = try connection.run("""
      UPDATE mail SET state = 'queued', send_at = \(now), expires_at = \(now.adding(milliseconds: 2 * Instant.day)), attempts = 0,
        ended_at = NULL, lease_until = NULL, reply = ''
      WHERE id = \(id) AND state IN ('queued','failed','unknown','cancelled') AND letter <> ''
      """)
    guard changed == 1 else { throw Refusal.notFound }
    audit(.changed, .installation, 1, detail: "mail \(id) again")
  }

  package func dropMail(_ id: MailID) throws {
    try require(.manageInstallation)
    let changed = try connection.run("""
      UPDATE mail SET state = 'cancelled', reply = 'dropped', ended_at = \(now), lease_until = NULL WHERE id = \(id) AND state IN ('queued','leased')
      """)
    guard changed == 1 else { throw Refusal.notFound }
    audit(.changed, .installation, 1, detail: "mail \(id) dropped")
  }
}
