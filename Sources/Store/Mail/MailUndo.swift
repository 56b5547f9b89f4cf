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
  /// Folded.
  var address: String?
  var from: AccountID?
  var to: AccountID?
}

enum MailUndo {
  static let filed = "mail.filed", dismissed = "mail.dismissed", handed = "mail.handed"

  static let kinds: [String: Undoing.TakeBack] = [
    filed: { tx, payload in
      let undo: FilingUndo = try JSON.value(payload)
      if let entry = undo.entry {
        let stands = try tx.entry(entry)
        if let later = stands.supersededBy {
          // Withdrawn by hand, it only waits again; corrected, somebody means it.
          guard try tx.entry(later).kind == .withdrawal else { throw Refusal.conflict(currentVersion: Int(later.rawValue)) }
        } else {
          try tx.withdraw(entry)
        }
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
      UPDATE captured_mail SET state = 'unfiled', ended_at = NULL, ended_by = NULL, forget_at = NULL, version = version + 1,
        account_id = CASE WHEN EXISTS (SELECT 1 FROM account a WHERE a.id = account_id AND a.closed_at IS NOT NULL) THEN \(actor.id) ELSE account_id END
      WHERE id = \(id) AND state <> 'unfiled' AND forget_at IS NOT NULL
      """)
    guard back == 1, let mail = try connection.first("SELECT \(CapturedMail.columns) FROM \(CapturedMail.tables) WHERE m.id = \(id)", { try CapturedMail(row: &$0) })
    else { return }
    try raise(mail.reason)
    audit(.changed, .capturedMail, id.rawValue, detail: "unfiled")
  }

  fileprivate func forgetAddress(_ undo: FilingUndo) throws {
    if let person = undo.person {
      // Someone who has been talked to since stays, without the address.
      let isUsed = try connection.exists("SELECT 1 FROM party WHERE id = \(person) AND last_contact_at > 0")
      if !isUsed, actor.may(.removeClients) {
        try take(.remove, [person])
        return
      }
    }
    guard let party = undo.learned ?? undo.person, let address = undo.address else { return }
    let stored = try storedClient(party)
    var draft = stored.draft
    draft.contactPoints.removeAll { $0.kind == .email && $0.key == address }
    _ = try save(draft, over: stored)
  }
}
