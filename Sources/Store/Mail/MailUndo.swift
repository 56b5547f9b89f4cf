import Database
package import Domain

/// What is needed to take back what somebody said of a mail.
struct FilingUndo: Codable {
  let mail: CapturedMailID
  var entry: HistoryID?
  /// Made by filing.
  var person: PersonID?
  /// Whose address was noted.
  var learned: PartyID?
  var from: AccountID?
  var to: AccountID?
}

enum MailUndo {
  static let filed = "mail.filed", dismissed = "mail.dismissed", handed = "mail.handed"

  static let kinds: [String: Undoing.TakeBack] = [
    filed: { tx, payload in
      let undo: FilingUndo = try JSON.value(payload)
      if let entry = undo.entry {
        // Corrected or withdrawn since: that stands.
        guard try tx.entry(entry).supersededBy == nil else { return }
        try tx.withdraw(entry)
        try tx.connection.run("DELETE FROM captured_entry WHERE mail_id = \(undo.mail) AND history_id = \(entry)")
      }
      try tx.forgetAddress(undo)
      try tx.wait(undo.mail)
    },
    dismissed: { tx, payload in try tx.wait((try JSON.value(payload, as: FilingUndo.self)).mail) },
    handed: { tx, payload in
      let undo: FilingUndo = try JSON.value(payload)
      guard let from = undo.from, let to = undo.to,
        try tx.connection.exists("SELECT 1 FROM captured_mail WHERE id = \(undo.mail) AND account_id = \(to) AND state = 'unfiled'")
      else { return }
      try tx.give(undo.mail, to: from)
    },
  ]
}

extension Transaction {
  /// Before somebody again.
  fileprivate func wait(_ id: CapturedMailID) throws {
    let back = try connection.run("""
      UPDATE captured_mail SET state = 'unfiled', ended_at = NULL, ended_by = NULL, forget_at = NULL, version = version + 1
      WHERE id = \(id) AND state <> 'unfiled' AND forget_at IS NOT NULL
      """)
    guard back == 1, let mail = try connection.first("SELECT \(CapturedMail.columns) FROM \(CapturedMail.tables) WHERE m.id = \(id)", { try CapturedMail(row: &$0) })
    else { return }
    try raise(mail.reason)
    audit(.changed, .capturedMail, id.rawValue, detail: "unfiled")
  }

  fileprivate func forgetAddress(_ undo: FilingUndo) throws {
    if let person = undo.person {
      // Someone who has been talked to since stays.
      guard try actor.may(.removeClients) && !connection.exists("SELECT 1 FROM party WHERE id = \(person) AND last_contact_at > 0") else { return }
      try take(.remove, [person])
    }
    guard let party = undo.learned, let outsider = try capturedOutsider(undo.mail) else { return }
    let stored = try storedClient(party)
    var draft = stored.draft
    draft.contactPoints.removeAll { $0.kind == .email && $0.key == outsider.key }
    _ = try save(draft, over: stored)
  }

  private func capturedOutsider(_ id: CapturedMailID) throws -> EmailAddress? {
    let text: String? = try connection.value("SELECT outsiders FROM captured_mail WHERE id = \(id)")
    return try text.flatMap { try JSON.value($0, as: [MailOutsider].self).first }.flatMap { EmailAddress($0.address) }
  }
}
