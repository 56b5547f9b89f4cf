import Database
package import Domain

extension Store {
  /// Empties what has been in the bin for 30 days: everything personal goes; the numbers stay, so that the audit trail and the
  /// order of the history hold.
  /// - Parameter limit: parties a transaction, so that the writer is not held for long.
  /// - Returns: how many were purged.
  @discardableResult
  package func purgeBin(at now: Instant, limit: Int = 200) async throws -> Int {
    var purged = 0
    while true {
      let due = try await database.read { try $0.dueInBin(at: now, limit: limit) }
      if due.isEmpty { return purged }
      try await writeByItself(at: now) { connection in
        // Another server, or someone who restored it, may have been here first.
        let still = try connection.dueInBin(at: now, limit: limit)
        try connection.erase(still, at: now)
        return still.map { AuditEntry(accountID: nil, action: .erased, entity: .party, entityID: $0.rawValue, detail: "bin") }
      }
      purged += due.count
    }
  }
}

extension Connection {
  fileprivate func dueInBin(at now: Instant, limit: Int) throws -> [PartyID] {
    try values("""
      SELECT id FROM party WHERE deleted_at IS NOT NULL AND deleted_at < \(now.adding(milliseconds: -Bin.lifetime))
        AND erased_at IS NULL ORDER BY deleted_at, id LIMIT \(limit)
      """)
  }

  fileprivate func erase(_ parties: [PartyID], at now: Instant) throws {
    guard !parties.isEmpty else { return }
    try eraseTasks(of: parties)
    try run("""
      DELETE FROM bounced_address WHERE email_key IN (SELECT value_key FROM contact_point WHERE kind = 'email' AND party_id IN \(list: parties))
      """)
    for table in ["contact_point", "party_tag", "custom_value", "party_search", "fact"] as [SQL] {
      try run("DELETE FROM \(table) WHERE party_id IN \(list: parties)")
    }
    try run("DELETE FROM tie WHERE company_id IN \(list: parties) OR person_id IN \(list: parties)")
    for table in ["reason", "reason_done", "snooze"] as [SQL] { try run("DELETE FROM \(table) WHERE client_id IN \(list: parties)") }
    try eraseDossiers(of: parties)
    try eraseDeals(of: parties)
    try eraseShares(of: parties)
    try erasePromises(of: parties)
    try eraseFiles(of: parties)
    try eraseMail(of: parties)
    try run("""
      UPDATE history SET erased_at = \(now), subject = '', body = '', outcome = '', text_key = '', data = ''
      WHERE client_id IN \(list: parties) AND erased_at IS NULL
      """)
    try run("""
      UPDATE party SET erased_at = \(now), name = '–', name_sort = '', given_name = NULL, middle_name = NULL, family_name = NULL,
        own_number = NULL, birth_date = NULL, industry = NULL, profile = '{}', note = '', owner_id = NULL, team_id = NULL
      WHERE id IN \(list: parties)
      """)
  }

  /// A file's content goes with the last entry that has it.
  private func eraseFiles(of parties: [PartyID]) throws {
    let deals: SQL = "(SELECT id FROM deal WHERE client_id IN \(list: parties))"
    let hashes = try values("""
      SELECT hash FROM attachment WHERE client_id IN \(list: parties) UNION SELECT hash FROM deal_document WHERE deal_id IN \(deals)
      """, as: String.self)
    try run("DELETE FROM attachment WHERE client_id IN \(list: parties)")
    try run("DELETE FROM deal_document WHERE deal_id IN \(deals)")
    try dropUnusedFiles(hashes)
  }

  /// The words of filed mail that are still kept beside the history.
  private func eraseMail(of parties: [PartyID]) throws {
    try emptyMail(values("SELECT DISTINCT mail_id FROM captured_entry WHERE client_id IN \(list: parties)"))
  }

  /// Amounts, dates and products stay, since sums over years must; whatever says who it was goes.
  private func eraseDeals(of parties: [PartyID]) throws {
    let deals: SQL = "(SELECT id FROM deal WHERE client_id IN \(list: parties))"
    try run("DELETE FROM deal_contact WHERE person_id IN \(list: parties) OR deal_id IN \(deals)")
    try run("DELETE FROM deal_requirement WHERE deal_id IN \(deals)")
    try run("UPDATE deal_line SET text = '–' WHERE deal_id IN \(deals)")
    try run("UPDATE deal SET name = '–', name_sort = '', number = NULL, note = '', lost_note = '' WHERE client_id IN \(list: parties)")
    try run("UPDATE opportunity SET text = '–', answer = '' WHERE client_id IN \(list: parties)")
    try run("UPDATE purchase SET number = NULL, note = '' WHERE client_id IN \(list: parties)")
  }
}
