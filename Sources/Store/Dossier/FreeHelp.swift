import Database
package import Domain

/// Contacts marked as free help: what nobody was billed for.
extension Transaction {
  /// Marks a contact that was just logged, and proposes to tell of it.
  package func markFreeHelp(_ entry: HistoryID, minutes: Int?) throws {
    try require(.logContacts)
    let logged = try self.entry(entry)
    guard logged.kind == .contact, logged.supersededBy == nil else { throw Refusal.notFound }
    try connection.run("""
      INSERT INTO free_help (history_id, client_id, minutes) VALUES (\(entry), \(logged.clientID), \(minutes))
      ON CONFLICT (history_id) DO UPDATE SET minutes = excluded.minutes
      """)
    let day = zone.date(logged.occurredAt)
    let about = logged.subject.isEmpty ? String(logged.body.prefix(120)) : logged.subject
    let help = DossierSignal.freeHelp(
      entry, about: about, minutes: minutes, hour: try dossierSettings().hour, after: try endedDeal(of: logged.clientID, on: day))
    try carryOut(ProposalRules.verdicts(on: help, day), client: logged.clientID, from: entry)
  }

  /// What a correction says of it.
  package func setFreeHelp(_ mark: FreeHelpMark?, on entry: HistoryID) throws {
    if let mark { return try markFreeHelp(entry, minutes: mark.minutes) }
    try connection.run("DELETE FROM free_help WHERE history_id = \(entry)")
    try connection.run("""
      UPDATE dossier_proposal SET state = 'void', version = version + 1 WHERE history_id = \(entry) AND subject = \("entry.\(entry)") AND state = 'open'
      """)
  }

  /// A correction of a contact takes mark and proposal over. A withdrawal keeps them for the case that it is put back, and what
  /// was proposed waits no longer.
  func freeHelpFollows(_ old: HistoryID, to new: HistoryID, isWithdrawal: Bool) throws {
    guard let mark = try freeHelp(of: old) else { return }
    try connection.run("""
      UPDATE dossier_proposal SET subject = \("entry.\(new)"), version = version + 1
      WHERE history_id = \(old) AND subject = \("entry.\(old)")
      """)
    guard isWithdrawal else { return try markFreeHelp(new, minutes: mark.minutes) }
    try connection.run("""
      INSERT INTO free_help (history_id, client_id, minutes) SELECT \(new), client_id, minutes FROM free_help WHERE history_id = \(old)
      """)
    try connection.run("""
      UPDATE dossier_proposal SET state = 'void', history_id = \(new), version = version + 1
      WHERE subject = \("entry.\(new)") AND history_id = \(old) AND state = 'open'
      """)
  }
}

package struct FreeHelpMark: Sendable, Hashable {
  package let minutes: Int?
  package init(minutes: Int?) { self.minutes = minutes }
}

extension Session {
  package func freeHelp(of entry: HistoryID) throws -> FreeHelpMark? {
    try connection.first("SELECT minutes FROM free_help WHERE history_id = \(entry)") { FreeHelpMark(minutes: try $0.next()) }
  }

  /// The project that was over last before that day, while none is going on.
  func endedDeal(of client: ClientID, on day: CalendarDate) throws -> EndedDeal? {
    guard try !connection.exists("""
      SELECT 1 FROM deal d JOIN deal_stage s ON s.id = d.stage_id
      WHERE d.client_id = \(client) AND d.deleted_at IS NULL AND s.phase IN ('won','delivery')
      """) else { return nil }
    return try connection.first("""
      SELECT d.id, d.name, d.actual_until FROM deal d JOIN deal_stage s ON s.id = d.stage_id
      WHERE d.client_id = \(client) AND d.deleted_at IS NULL AND s.phase = 'finished' AND d.actual_until < \(day)
      ORDER BY d.actual_until DESC, d.id DESC LIMIT 1
      """) { EndedDeal(id: try $0.next(), name: try $0.next(), ended: try $0.next()) }
  }
}
