import Database
import Domain
import Store

/// What came of colleagues who left and of managers who changed: handovers with their successors' inboxes, Today's wishes to be
/// introduced, an address that mail came back from. The tales have told the changes themselves.
extension Transaction {
  func tellHandovers() throws {
    let changes = try ownerChanges()
    for colleague in Agency.colleagues where colleague.left != nil {
      try tellHandover(of: colleague, changes.filter { $0.from == colleague.id && $0.client.rawValue > 0 })
    }
    try connection.identityFollows("handover")
    try tellManagers()
    try changeSomeManagers()
    try tellBounce()
  }

  private struct Passed {
    let client: ClientID
    let name: String
    let from: AccountID
    let to: AccountID
    let lastContact: Instant
  }

  /// The last change of each client's owner.
  private func ownerChanges() throws -> [Passed] {
    var last: [ClientID: Passed] = [:]
    try connection.each("""
      SELECT h.client_id, p.name, h.version, h.data, p.last_contact_at FROM history h JOIN party p ON p.id = h.client_id
      WHERE h.kind = \(HistoryKind.ownerChanged) AND p.deleted_at IS NULL AND p.archived_at IS NULL ORDER BY h.id
      """) { row in
      let client = try row.next(ClientID.self), name = try row.next(String.self)
      let version = try row.next(Int.self), data = try row.next(String.self), contact = try row.next(Instant.self)
      guard case .ownerChanged(let change) = HistoryEvent(kind: .ownerChanged, version: version, payload: data), let from = change.from, let to = change.to
      else { return }
      last[client] = Passed(client: client, name: name, from: from, to: to, lastContact: contact)
    }
    return last.values.sorted { $0.client < $1.client }
  }

  private func tellHandover(of colleague: Colleague, _ passed: [Passed]) throws {
    guard let left = colleague.left, !passed.isEmpty else { return }
    let at = now.adding(milliseconds: -Int64(left) * Instant.day)
    var report = HandoverReport()
    (report.clients, report.closedAccount) = (passed.count, true)
    let plan = HandoverPlan(method: .evenly, takers: Set(passed.map(\.to)).sorted())
    let note = Self.notes[colleague.language] ?? ""
    let id: HandoverID = try connection.required("""
      INSERT INTO handover (from_id, reason, plan, note, state, report, last_history_id, made_by, created_at, changed_at, done_at, version)
      VALUES (\(colleague.id), \(HandoverReason.leaves), \(try JSON.text(plan)), \(note), 'done', \(try JSON.text(report)),
        (SELECT max(id) FROM history), \(Agency.owner.id), \(at.adding(milliseconds: -2 * Instant.day)), \(at), \(at), 6) RETURNING id
      """)
    let isRecent = left < 30
    for (number, one) in passed.enumerated() {
      let read: Instant? = isRecent && number % 3 != 0 ? nil : at.adding(milliseconds: Int64(1 + number % 3) * Instant.day)
      let met: Instant? = one.lastContact > at ? one.lastContact : isRecent ? nil : at.adding(milliseconds: 14 * Instant.day)
      try connection.run("""
        INSERT INTO handover_client (handover_id, client_id, to_id, at, read_at, introduced_at)
        VALUES (\(id), \(one.client), \(one.to), \(at), \(read), \(met))
        """)
      if met == nil {
        try raise(Reason(.handedOver, subject: one.client.rawValue, client: one.client, from: at, due: .at(at), text: colleague.name))
      }
    }
  }

  private static let notes: [Language: String] = [
    .en: "Most of them prefer a call before noon. Please write to each within two weeks that I have left.",
    .pl: "Większość woli telefon przed południem. Napisz, proszę, do każdego w ciągu dwóch tygodni, że odeszłam.",
    .bg: "Повечето предпочитат обаждане преди обяд. Моля, до две седмици пишете на всички, че вече не съм тук.",
    .ru: "Почти всем удобнее звонок до обеда. Пожалуйста, в течение двух недель сообщите каждому о смене.",
  ]

  /// Managers who came in the last two months: some have not been talked with.
  private func tellManagers() throws {
    let since = now.adding(milliseconds: -60 * Instant.day)
    let changes = try connection.rows("""
      SELECT t.id, h.client_id, max(h.occurred_at), p.name, p.last_contact_at FROM history h
        JOIN tie t ON t.company_id = h.client_id AND t.is_manager AND t.until_date IS NULL JOIN party p ON p.id = t.person_id
      WHERE h.kind = \(HistoryKind.managerChanged) AND h.person_id = t.person_id AND h.occurred_at > \(since)
      GROUP BY t.id, h.client_id, p.name, p.last_contact_at ORDER BY t.id
      """) { (tie: try $0.next(TieID.self), client: try $0.next(ClientID.self), at: try $0.next(Instant.self), name: try $0.next(String.self), last: try $0.next(Instant.self)) }
    for one in changes {
      let met: Instant? = one.last > one.at ? one.last : nil
      try connection.run("""
        INSERT INTO manager_change (company_id, tie_id, at, introduced_at) VALUES (\(one.client), \(one.tie), \(one.at), \(met))
        """)
      if met == nil { try raise(Reason(.managerChanged, subject: one.tie.rawValue, client: one.client, from: one.at, due: .at(one.at), text: one.name)) }
    }
  }

  /// The newest changes: at some firms with several people another of them decides since yesterday.
  private func changeSomeManagers() throws {
    let zone = Zone(Agency.owner.zone) ?? .utc
    let pairs = try connection.rows("""
      SELECT t.company_id, min(t.id), min(o.person_id) FROM tie t
        JOIN tie o ON o.company_id = t.company_id AND o.until_date IS NULL AND NOT o.is_manager
        JOIN party p ON p.id = t.company_id AND p.is_client AND p.deleted_at IS NULL AND p.archived_at IS NULL
      WHERE t.is_manager AND t.until_date IS NULL AND NOT EXISTS (SELECT 1 FROM manager_change m WHERE m.company_id = t.company_id)
      GROUP BY t.company_id HAVING count(DISTINCT t.id) = 1 ORDER BY t.company_id LIMIT 3
      """) { (company: try $0.next(ClientID.self), tie: try $0.next(TieID.self), person: try $0.next(PersonID.self)) }
    for one in pairs {
      let day = zone.date(now).adding(days: -1)
      _ = try changeManager(
        of: one.company, ManagerSuccession(old: one.tie, lastDay: day, successor: .known(one.person)), returnTo: "/clients/\(one.company)")
    }
  }

  private func tellBounce() throws {
    let found = try connection.first("""
      SELECT t.person_id, c.value FROM tie t JOIN contact_point c ON c.party_id = t.person_id AND c.kind = 'email'
        JOIN party p ON p.id = t.company_id AND p.is_client AND p.deleted_at IS NULL AND p.archived_at IS NULL
      WHERE t.is_manager AND t.until_date IS NULL AND NOT EXISTS (SELECT 1 FROM manager_change m WHERE m.company_id = t.company_id)
      ORDER BY t.id LIMIT 1
      """) { (person: try $0.next(PersonID.self), email: try $0.next(String.self)) }
    guard let found, let address = EmailAddress(found.email) else { return }
    try markBounced(address, of: found.person, detail: "550 5.1.1 mailbox unavailable")
  }
}
