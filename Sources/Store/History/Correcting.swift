package import Domain
import Database

/// Setting right what the history says: the entry stays as it was, another takes its place and keeps the reason.
extension Transaction {
  /// - Parameter keeping: the files of the entry that go over to the new one.
  @discardableResult
  package func correct(
    _ id: HistoryID, with written: Written, because reason: String, keeping files: Set<AttachmentID>? = nil
  ) throws -> HistoryID {
    let old = try correctable(id)
    guard old.kind == written.kind || old.kind == .withdrawal else { throw Refusal.notFound }
    if let person = written.personID { try requirePerson(person, of: old.clientID) }
    var draft = HistoryDraft(written, client: old.clientID, by: actor.id, recordedAt: now)
    draft.data = try JSON.text(CorrectionNote(reason: reason))
    return try replace(old, by: draft, keeping: files)
  }

  /// Takes an entry out of the record's sense without taking it out of the record.
  @discardableResult
  package func withdraw(_ id: HistoryID, because reason: String = "") throws -> HistoryID {
    let old = try correctable(id)
    guard old.kind != .withdrawal else { throw Refusal.notFound }
    return try replace(old, by: HistoryDraft(withdrawing: old, because: reason, by: actor.id, at: now), keeping: [])
  }

  /// Puts a withdrawn entry back: its words take the withdrawal's place.
  @discardableResult
  package func restore(_ id: HistoryID) throws -> HistoryID {
    let withdrawal = try correctable(id)
    guard withdrawal.kind == .withdrawal, let old = try versions(before: [id])[id]?.first, let written = old.written else {
      throw Refusal.notFound
    }
    let new = try correct(id, with: written, because: "")
    try copyFiles(from: old.id, to: new, keeping: nil)
    return new
  }

  /// The entry, if it still stands and this actor may set it right.
  private func correctable(_ id: HistoryID) throws -> TimelineEntry {
    let entry = try entry(id)
    guard !entry.kind.isAutomatic else { throw Refusal.notFound }
    guard actor.mayCorrect(entryBy: entry.authorID) else { throw Refusal.forbidden(.logContacts) }
    try requireOpen(entry.clientID)
    if let later = entry.supersededBy { throw Refusal.conflict(currentVersion: Int(later.rawValue)) }
    return entry
  }

  private func replace(_ old: TimelineEntry, by draft: HistoryDraft, keeping files: Set<AttachmentID>?) throws -> HistoryID {
    var draft = draft
    draft.correctsID = old.id
    let new = try insert(draft)
    let marked = try connection.run("""
      INSERT INTO history_mark (history_id, client_id, superseded_by) VALUES (\(old.id), \(old.clientID), \(new))
      ON CONFLICT (history_id) DO UPDATE SET superseded_by = excluded.superseded_by, pinned_at = NULL, pinned_by = NULL
      WHERE history_mark.superseded_by IS NULL
      """)
    guard marked == 1 else { throw Refusal.conflict(currentVersion: Int(old.id.rawValue)) }
    if old.isPinned, draft.kind != .withdrawal { try mark(new, of: old.clientID, pinned: true) }
    try copyFiles(from: old.id, to: new, keeping: files)
    try freeHelpFollows(old.id, to: new, isWithdrawal: draft.kind == .withdrawal)
    try recomputeLastContact(of: old.clientID)
    let people = Set([old.personID, draft.personID].compactMap(\.self)).subtracting([old.clientID])
    for person in people.sorted() { try recomputeLastContact(of: person) }
    audit(.changed, .history, old.id.rawValue, detail: draft.kind == .withdrawal ? "withdrawn" : "corrected")
    return new
  }

  private func copyFiles(from old: HistoryID, to new: HistoryID, keeping files: Set<AttachmentID>?) throws {
    var condition: SQL = ""
    if let files {
      guard !files.isEmpty else { return }
      condition = " AND id IN \(list: files.sorted())"
    }
    try connection.run("""
      INSERT INTO attachment (history_id, client_id, hash, name, media_type, size, created_at)
      SELECT \(new), client_id, hash, name, media_type, size, created_at FROM attachment
      WHERE history_id = \(old)\(condition) ORDER BY id
      """)
  }
}

/// Pins: what everyone should see first.
extension Transaction {
  package func pin(_ id: HistoryID) throws { try setPin(id, true) }
  package func unpin(_ id: HistoryID) throws { try setPin(id, false) }

  private func setPin(_ id: HistoryID, _ pinned: Bool) throws {
    try require(.logContacts)
    let entry = try entry(id)
    if let later = entry.supersededBy { throw Refusal.conflict(currentVersion: Int(later.rawValue)) }
    guard entry.isPinned != pinned else { return }
    try mark(id, of: entry.clientID, pinned: pinned)
    audit(.changed, .history, id.rawValue, detail: pinned ? "pinned" : "unpinned")
  }

  private func mark(_ id: HistoryID, of client: ClientID, pinned: Bool) throws {
    let at = pinned ? now : nil, by = pinned ? actor.id : nil
    try connection.run("""
      INSERT INTO history_mark (history_id, client_id, pinned_at, pinned_by) VALUES (\(id), \(client), \(at), \(by))
      ON CONFLICT (history_id) DO UPDATE SET pinned_at = excluded.pinned_at, pinned_by = excluded.pinned_by
      """)
  }
}

extension Session {
  /// One entry of a client this actor may see, by its own id whether it still stands or not.
  package func entry(_ id: HistoryID) throws -> TimelineEntry {
    guard let entry = try connection.first("""
      SELECT \(TimelineEntry.columns) FROM history h JOIN party p ON p.id = h.client_id
        LEFT JOIN history_mark m ON m.history_id = h.id
      WHERE h.id = \(id) AND \(visible())
      """, { try TimelineEntry(row: &$0) }) else { throw Refusal.notFound }
    return entry
  }

  /// One entry with its files, names and what it takes the place of.
  package func entryPage(_ id: HistoryID) throws -> Timeline {
    var timeline = Timeline()
    timeline.entries = [try entry(id)]
    try complete(&timeline)
    return timeline
  }
}
