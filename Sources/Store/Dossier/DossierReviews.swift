import Database
package import Domain

/// When a dossier should be looked at: a year after its last entry or its last review, and when someone new decides at the client
/// and has not been given one. Both are reasons of Today.
enum DossierReviews {
  static let sources = [
    ReasonSource(
      .valueReview, expected: "SELECT client_id AS subject_id, client_id, -1 AS due_at FROM dossier_total WHERE entries > 0",
      finish: { tx, subject, returnTo in try tx.finishReview(ClientID(rawValue: subject), returnTo) }),
    ReasonSource(
      .dossierForManager,
      expected: "SELECT client_id AS subject_id, client_id, -1 AS due_at FROM dossier_review WHERE manager_since IS NOT NULL",
      finish: { tx, subject, returnTo in try tx.finishManager(ClientID(rawValue: subject), returnTo) }),
  ]

  struct Payload: Codable {
    let client: ClientID
    var reviewed: CalendarDate?
    var manager: CalendarDate?
  }

  static let undo: [String: Undoing.TakeBack] = [
    "dossier.reviewed": { tx, payload in
      let before: Payload = try JSON.value(payload)
      try tx.setReview(before.client, "reviewed_on = \(before.reviewed)")
      try tx.dossierReviewsFollow([before.client])
    },
    "dossier.manager_met": { tx, payload in
      let before: Payload = try JSON.value(payload)
      try tx.setReview(before.client, "manager_since = \(before.manager)")
      if let day = before.manager { try tx.raise(tx.managerReason(before.client, day)) }
    },
  ]
}

extension Transaction {
  /// After the totals of these clients were worked out.
  func dossierReviewsFollow(_ clients: [ClientID]) throws {
    let zone = self.zone
    for part in clients.parts(of: 512) {
      let rows = try connection.rows("""
        SELECT t.client_id, t.entries, t.last_date, r.reviewed_on FROM dossier_total t
        LEFT JOIN dossier_review r ON r.client_id = t.client_id WHERE t.client_id IN \(list: part)
        """) { row in
        (client: try row.next(ClientID.self), entries: try row.next(Int.self), last: try row.next(CalendarDate?.self), reviewed: try row.next(CalendarDate?.self))
      }
      let reasons = rows.compactMap { row -> Reason? in
        guard row.entries > 0, let last = [row.last, row.reviewed].compactMap(\.self).max() else { return nil }
        let day = last.adding(months: 12)
        return Reason(.valueReview, subject: row.client.rawValue, client: row.client, from: zone.instant(day), due: .on(day, zone))
      }
      try raise(reasons)
      try settle(.valueReview, rows.filter { $0.entries == 0 }.map(\.client.rawValue), as: .dropped)
    }
  }

  /// All of them, after a base was filled at once.
  func raiseDossierReviews() throws {
    try dossierReviewsFollow(connection.values("SELECT client_id FROM dossier_total WHERE entries > 0 ORDER BY client_id"))
    let waiting = try connection.rows("SELECT client_id, manager_since FROM dossier_review WHERE manager_since IS NOT NULL") { row in
      managerReason(try row.next(), try row.next())
    }
    try raise(waiting)
  }

  /// Someone new decides: the dossier tells what we have done so far.
  func managerCame(to client: ClientID) throws {
    try setReview(client, "manager_since = \(today)")
    try raise(managerReason(client, today))
  }

  /// It was given: whoever decides has it.
  package func dossierGiven(to client: ClientID) throws {
    try setReview(client, "manager_since = NULL, reviewed_on = \(today)")
    try settle(.dossierForManager, client.rawValue)
    try dossierReviewsFollow([client])
  }

  fileprivate func managerReason(_ client: ClientID, _ day: CalendarDate) -> Reason {
    Reason(.dossierForManager, subject: client.rawValue, client: client, from: zone.instant(day), due: .on(day.adding(days: 14), zone))
  }

  fileprivate func setReview(_ client: ClientID, _ assignments: SQL) throws {
    try connection.run("INSERT INTO dossier_review (client_id) VALUES (\(client)) ON CONFLICT (client_id) DO NOTHING")
    try connection.run("UPDATE dossier_review SET \(assignments) WHERE client_id = \(client)")
  }

  private func review(of client: ClientID) throws -> DossierReviews.Payload {
    try connection.first("SELECT reviewed_on, manager_since FROM dossier_review WHERE client_id = \(client)") { row in
      DossierReviews.Payload(client: client, reviewed: try row.next(), manager: try row.next())
    } ?? DossierReviews.Payload(client: client)
  }

  fileprivate func finishReview(_ client: ClientID, _ returnTo: String) throws -> UndoID? {
    try require(.editDossier)
    try requireOpenClient(client)
    let before = try review(of: client)
    try setReview(client, "reviewed_on = \(today)")
    try settle(.valueReview, client.rawValue)
    try dossierReviewsFollow([client])
    audit(.changed, .dossierEntry, nil, detail: "reviewed")
    return try leaveUndo("dossier.reviewed", payload: before, summary: "dossier.undo.reviewed", returnTo: returnTo)
  }

  fileprivate func finishManager(_ client: ClientID, _ returnTo: String) throws -> UndoID? {
    try require(.editDossier)
    try requireOpenClient(client)
    let before = try review(of: client)
    try setReview(client, "manager_since = NULL")
    try settle(.dossierForManager, client.rawValue)
    return try leaveUndo("dossier.manager_met", payload: before, summary: "dossier.undo.manager_met", returnTo: returnTo)
  }
}
